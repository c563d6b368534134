import { expect } from 'chai';
import { type Answer, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { relation, scriptedCrm, sendJson } from '../kit/scripted-crm.ts';

const klant = klantPath(100003);
const record = { STATUS: 'OK', RELATIE: relation(100003) };

describe('A CRM that answers with somebody else', () => {
  const crm = scriptedCrm();
  const gateway = runningGateway({
    get config() {
      return {
        backends: { crm: { baseUrl: crm.url } },
        cache: { resources: { klant: { staleSeconds: 0 } } },
      };
    },
  });

  function expectNobody(answer: Answer): void {
    expect(answer.status).to.equal(502);
    expect(answer.text).not.to.contain('Jansen');
  }

  const answersWith = (...bodies: unknown[]) => {
    crm.answers((_, response) => {
      sendJson(response, bodies[crm.calls.length - 1] ?? bodies.at(-1));
    });
  };

  const others: Readonly<Record<string, unknown>> = {
    'another record': relation(100004),
    'a record without an id': { ANAAM: 'Jansen' },
    'a record whose id is null': { ANAAM: 'Jansen', RELNR: null },
    'a list of records': [relation(100003)],
    null: null,
  };
  for (const [what, other] of Object.entries(others)) {
    it(`${what}: a read is a 502`, async () => {
      answersWith({ STATUS: 'OK', RELATIE: other });
      expectNobody(await gateway.get(klant));
      expect(gateway.events).to.deep.include({
        event: 'backend-failed',
        backend: 'crm',
        reason: 'unexpected-answer',
      });
    });

    it(`${what}: a PATCH, PUT and DELETE change nothing`, async () => {
      answersWith({ STATUS: 'OK', RELATIE: other });
      expectNobody(await gateway.patch(klant, { functie: 'bode' }));
      expectNobody(
        await gateway.put(klant, { bronorganisatie: '123456782', websiteUrl: 'https://a.example' }),
      );
      expectNobody(await gateway.delete(klant));
      expect(new Set(crm.calls.map(({ method }) => method))).to.deep.equal(new Set(['GET']));
    });

    it(`${what}: a stamp of it proves nothing`, async () => {
      answersWith(record, { STATUS: 'OK', RELATIE: other });
      expect((await gateway.get(klant)).status).to.equal(200);
      expectNobody(await gateway.get(klant));
    });
  }

  it('an id in digits is the same id', async () => {
    answersWith({ STATUS: 'OK', RELATIE: { ...relation(0), RELNR: '100003' } });
    expect((await gateway.get(klant)).status).to.equal(200);
  });
});

describe('A stamp that is not there', () => {
  const crm = scriptedCrm();
  const gateway = runningGateway({
    get config() {
      return {
        backends: { crm: { baseUrl: crm.url } },
        cache: { resources: { klant: { staleSeconds: 0 } } },
      };
    },
  });

  for (const stamp of [undefined, null]) {
    it(`(${String(stamp)}) proves nothing: the record is read again`, async () => {
      let name = 'Eerst';
      crm.answers((_, response) => {
        sendJson(response, { STATUS: 'OK', RELATIE: { RELNR: 100003, MUTNR: stamp, ANAAM: name } });
      });
      expect((await gateway.get(klant)).body.achternaam).to.equal('Eerst');
      name = 'Later';
      expect((await gateway.get(klant)).body.achternaam).to.equal('Later');
    });
  }
});

describe('An ETag of the CRM', () => {
  const crm = scriptedCrm();
  const mapping = mappingCopy({
    'mapping.yaml': [
      ['revalidate: { by: stamp, request: klant.stamp.jsonata, field: MUTNR }', 'revalidate: { by: etag }'],
    ],
  });
  const gateway = runningGateway({
    get config() {
      return {
        mapping: { folder: mapping.folder },
        backends: { crm: { baseUrl: crm.url } },
        cache: { resources: { klant: { staleSeconds: 0 } } },
      };
    },
  });

  it('is sent as it was given, and only for the record that it came with', async () => {
    crm.answers(({ headers }, response) => {
      if (headers['if-none-match'] === undefined) sendJson(response, record, 200, { ETag: 'W/"een, twee"' });
      else response.writeHead(304).end();
    });
    const first = await gateway.get(klant);
    expect((await gateway.get(klant)).text).to.equal(first.text);
    expect(crm.calls.map(({ headers }) => headers['if-none-match'])).to.deep.equal([
      undefined,
      'W/"een, twee"',
    ]);
  });
});
