import { expect } from 'chai';
import { conform, type Conformance } from '../../src/conformance/run/conform.ts';
import { differing } from '../../src/conformance/run/checks/shared/reading.ts';
import { redacted } from '../../src/conformance/run/report/redact.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { webHost } from '../kit/web-host.ts';
import { gatewayToTry, optionsFor, runLimit } from './places.ts';

/** What became of each check, by its id: `passed`, `failed`, or why it was not tried. */
function outcomes({ tried }: Conformance): Record<string, string> {
  return Object.fromEntries(
    tried.map(({ check, outcome }) => [
      check.id,
      outcome.kind === 'not-tried' ? outcome.reason : outcome.kind,
    ]),
  );
}

describe('the conformance run against a CRM that holds one klant of each contactmoment', function () {
  this.timeout(runLimit);
  const copy = mappingCopy({
    'mapping.yaml': [
      [
        '  klantcontactmoment.deelnemer:\n    backend: crm\n',
        '  klantcontactmoment.deelnemer:\n    backend: crm\n    accepts: deelnemer.accepts.jsonata\n',
      ],
    ],
    'deelnemer.accepts.jsonata': 'false',
  });
  const { conform: run } = gatewayToTry({
    mapping: {
      get folder() {
        return copy.folder;
      },
    },
  });

  it('tries reading, filtering and removing all the same, and says what a second klant was answered with', async () => {
    const only =
      /^(klantcontactmoment_(read\.(created|etag)|list\.filter\..*|delete\.gone|create\.complete)|contactmoment_delete\.klantcontactmoment|cm-004\.roles)$/;
    const { 'cm-004.roles': roles, ...others } = outcomes(await run({ only }));
    expect(Object.keys(others)).to.have.length(8);
    expect([...new Set(Object.values(others))], JSON.stringify(others)).to.deep.equal(['passed']);
    expect(roles).to.equal(
      'the implementation answers 501 to klantcontactmoment_create: the first was made, the second got 501',
    );
  });
});

describe('the conformance run against a list of which the next page is not offered', () => {
  const uuid = '17b1b000-0000-8000-8000-000000000226';
  const host = webHost(({ method, url = '' }, response) => {
    const self = `${host.origin}/klanten/api/v1/klanten`;
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    if (method === 'POST') json(201, { url: `${self}/${uuid}` });
    else if (method === 'DELETE') json(403, {});
    else if (url.includes('page=2')) json(501, {});
    else json(200, { count: 150, next: `${self}?page=2`, previous: null, results: Array(100).fill({}) });
  });

  it('fails, and is not left at that', async () => {
    const bases = new Map([['klanten', `${host.origin}/klanten/api/v1`]] as const);
    const options = { ...optionsFor(host.origin, 0), bases, optionalBase: undefined, standIns: undefined };
    const found = await conform({ ...options, only: /^klant_list\.pages$/ }, () => undefined);
    const failures = found.tried.flatMap(({ outcome }) =>
      outcome.kind === 'failed' ? outcome.failures : [],
    );
    expect(failures).to.deep.include({
      sent: 'GET /klanten?page=2',
      expected: 'status 200, as next leads there',
      came: '501',
    });
    expect(found.left).to.deep.equal([`${host.origin}/klanten/api/v1/klanten/${uuid}`]);
    expect(redacted(found.left.join())).to.equal(found.left.join());
  });
});

describe('the report of the conformance run', () => {
  it('shows the UUID of a record whole, and of other long numbers only the end', () => {
    const uuid = '17b1b000-0000-8000-8000-000000000226';
    expect(redacted(`GET /klanten/${uuid}?bsn=999990019, or /123456789`)).to.equal(
      `GET /klanten/${uuid}?bsn=••••••019, or /••••••789`,
    );
    expect(redacted('12345678-1234-1234-1234-999990019123')).to.equal('12345678-1234-1234-1234-•••••••••123');
  });

  it('names the parts of a field that are not as they were sent, and none of their values', () => {
    const sent = { adres: { straatnaam: 'Kade', huisnummer: 7 }, subject: { inp: { a: '1' } }, links: ['x'] };
    const held = { adres: { straatnaam: 'Kade' }, subject: { inp: { a: '2' } }, links: [], adres2: null };
    expect(differing(held, sent)).to.equal('other values of adres.huisnummer, subject.inp.a, links, adres2');
  });
});
