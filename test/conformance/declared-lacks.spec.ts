import { expect } from 'chai';
import { patientExchange } from '../../src/conformance/run/client.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { webHost } from '../kit/web-host.ts';
import { gatewayToTry, runLimit } from './places.ts';

describe('the conformance run against a CRM that says with 501 what it cannot do', function () {
  this.timeout(runLimit);
  const copy = mappingCopy({
    'mapping.yaml': [
      ['  klant:\n    backend: crm\n', '  klant:\n    backend: crm\n    accepts: klant.accepts.jsonata\n'],
      ['  contactmoment:\n    backend: crm\n', '  contactmoment:\n    backend: crm\n    fixed: [kanaal]\n'],
    ],
    'klant.accepts.jsonata':
      '$boolean(subjectIdentificatie.inpBsn) or $boolean(subjectIdentificatie.innNnpId)',
  });
  const { conform } = gatewayToTry({
    mapping: {
      get folder() {
        return copy.folder;
      },
    },
  });

  it('tries everything else with a klant of somebody, and with a field that can change', async () => {
    const only =
      /^(kla-001\..*|klant_create\.least|klantcontactmoment_create\.complete|contactmoment_(partial_)?update\.kept|contactmoment\.vorigContactmoment\..*)$/;
    const { tried } = await conform({ only });
    const kinds = Object.fromEntries(tried.map(({ check, outcome }) => [check.id, outcome.kind]));
    const { 'klant_create.least': least, ...others } = kinds;
    expect(least).to.equal('not-tried');
    expect(Object.keys(others)).to.include.members([
      'kla-001.generated',
      'kla-001.unique-at-once',
      'klantcontactmoment_create.complete',
      'contactmoment_update.kept',
      'contactmoment_partial_update.kept',
    ]);
    expect([...new Set(Object.values(others))], JSON.stringify(others)).to.deep.equal(['passed']);
  });
});

describe('a request of the conformance run that comes too early', () => {
  /** How many requests are still told to come back; and with which header. */
  let early = 0;
  let headers: Readonly<Record<string, string>> = {};
  const host = webHost((_, response) => {
    response.writeHead(early-- > 0 ? 503 : 200, headers).end('{}');
  });
  const statusAfter = async (times: number, given: Readonly<Record<string, string>>) => {
    [early, headers] = [times, given];
    const request = { method: 'GET', url: host.origin, headers: {} };
    return (await patientExchange(request, 10_000)).status;
  };

  it('is made again when it is told to, so many times', async () => {
    expect(await statusAfter(4, { 'Retry-After': '0' })).to.equal(200);
    expect(host.requests).to.have.length(5);
  });

  it('is not made for ever', async () => {
    expect(await statusAfter(5, { 'Retry-After': '0' })).to.equal(503);
    expect(host.requests).to.have.length(5);
  });

  it('is not made again when nobody asks for it', async () => {
    expect(await statusAfter(1, {})).to.equal(503);
    expect(host.requests).to.have.length(1);
  });
});
