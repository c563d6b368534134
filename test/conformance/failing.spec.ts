import { expect } from 'chai';
import { CannotRun } from '../../src/conformance/run/conform.ts';
import { rowsOf, verdictOf } from '../../src/conformance/run/report/rows.ts';
import { rejectionOf } from '../demo/crm.ts';
import { closedPort } from '../rules/registers.ts';
import { webHost } from '../kit/web-host.ts';
import { conform } from '../../src/conformance/run/conform.ts';
import { gatewayToTry, optionsFor, runLimit } from './places.ts';

describe('the conformance run against a gateway with rules switched off', function () {
  this.timeout(runLimit);
  const off = ['cm-006', 'kla-001', 'vrz-005'];
  const { conform: run } = gatewayToTry({ rules: Object.fromEntries(off.map((id) => [id, 'off'])) });

  it('fails those rules, and no other', async () => {
    const found = await run({ only: /^(kla|cm|vrz|kic)-\d/ });
    const failed = rowsOf(found).filter((row) => row.group === 'rules' && verdictOf(row) === 'FAILED');
    expect(failed.map(({ name }) => name)).to.deep.equal(off);
  });
});

describe('the conformance run against what is no implementation', function () {
  this.timeout(runLimit);
  const nobody = closedPort();
  const empty = webHost((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
  });
  const refusing = webHost((_, response) => {
    response.writeHead(403, { 'Content-Type': 'application/json' }).end('{"code":"invalid-jwt-signature"}');
  });

  it('passes nothing of a server that answers 200 with {} to everything, and fails every rule', async () => {
    const found = await conform(optionsFor(empty.origin, 0), () => undefined);
    const { tried, left } = found;
    const passed = tried.filter(({ outcome }) => outcome.kind === 'passed');
    expect(passed.map(({ check }) => check.id)).to.deep.equal([]);
    const rules = rowsOf(found).filter(({ group }) => group === 'rules');
    expect(rules.filter((row) => verdictOf(row) !== 'FAILED')).to.deep.equal([]);
    expect(left).to.deep.equal([]);
  });

  it('does not begin where nobody answers, or where the token is refused', async () => {
    for (const { origin } of [nobody, refusing]) {
      const refused = await rejectionOf(conform(optionsFor(origin, 0), () => undefined));
      expect(refused).to.be.instanceOf(CannotRun);
    }
  });
});
