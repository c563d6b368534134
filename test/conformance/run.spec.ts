import { expect } from 'chai';
import type { Conformance } from '../../src/conformance/run/conform.ts';
import { junitOf } from '../../src/conformance/run/report/junit.ts';
import { rowsOf, verdictOf } from '../../src/conformance/run/report/rows.ts';
import { tableOf } from '../../src/conformance/run/report/table.ts';
import { kicConfig, kicOf } from '../kic/kic.ts';
import { gatewayToTry, runLimit } from './places.ts';

/** `npm run conformance`, against our own gateway. */
describe('the conformance run against the gateway', function () {
  this.timeout(runLimit);
  const { gateway, conform } = gatewayToTry(kicConfig);
  let found: Conformance;

  before(async function () {
    this.timeout(runLimit);
    await kicOf(gateway).emptied();
    found = await conform();
  });

  it('passes everything, and leaves nothing untried', () => {
    const others = found.tried.filter(({ outcome }) => outcome.kind !== 'passed');
    expect(others.map(({ check, outcome }) => [check.id, outcome])).to.deep.equal([]);
  });

  it('tries every operation and every numbered rule', () => {
    const rows = rowsOf(found);
    expect(rows.filter((row) => verdictOf(row) !== 'passed')).to.deep.equal([]);
    expect(rows.filter(({ group }) => group === 'rules').map(({ name }) => name)).to.have.length(18);
    expect(rows.filter(({ name }) => /_(list|create|read|update|delete)$/.test(name))).to.have.length(
      52 + 38,
    );
  });

  it('removes all that it made', async () => {
    expect(found.left).to.deep.equal([]);
    for (const [api, plural] of [
      ['klanten', 'klanten?page=last'],
      ['contactmomenten', 'contactmomenten?page=last'],
      ['verzoeken', 'verzoeken?page=last'],
    ] as const) {
      const { text } = await gateway.list(api, plural);
      expect(text).not.to.include('"conf-');
    }
  });

  it('writes no number of a person in full', () => {
    for (const text of [tableOf(found), junitOf(found)]) expect(text).not.to.match(/\b\d{9}\b/);
  });

  it('has one suite for each API, and one for the rules', () => {
    const xml = junitOf(found);
    const suites = [...xml.matchAll(/<testsuite name="(\w+)" tests="(\d+)" failures="0" skipped="0"/g)];
    expect(suites.map(([, name]) => name)).to.deep.equal([
      'klanten',
      'contactmomenten',
      'verzoeken',
      'kic',
      'rules',
    ]);
    const total = suites.reduce((sum, [, , tests]) => sum + Number(tests), 0);
    expect(total).to.equal(found.tried.length);
  });
});
