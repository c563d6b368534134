import { expect } from 'chai';
import { results, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { foundRelations, relation, scriptedCrm, sendJson } from '../kit/scripted-crm.ts';

describe('An error of a CRM that is about a search', () => {
  const mapping = mappingCopy({
    'mapping.yaml': [
      [
        '    errors:\n',
        `    errors:
      - { when: { field: FOUT.CODE, is: NIEMAND }, means: nothing }
      - { when: { field: FOUT.CODE, is: TEVEEL }, means: too-much }
      - { when: { field: RESULTAAT, isNot: 0 }, means: refused }
`,
      ],
    ],
  });
  const crm = scriptedCrm();
  const gateway = runningGateway({
    get config() {
      return {
        mapping: { folder: mapping.folder },
        backends: { crm: { baseUrl: crm.url, breaker: { minimumCalls: 1, failurePercentage: 1 } } },
      };
    },
  });
  beforeEach(() => {
    gateway.events.length = 0;
  });
  const answersWith = (body: unknown, status = 200) => {
    crm.answers((_, response) => {
      sendJson(response, body, status);
    });
  };

  for (const list of ['/klanten', '/klanten?achternaam=Jansen', '/klanten?emailadres=a@example.nl']) {
    it(`that nothing was found is an empty list: ${list}`, async () => {
      answersWith({ FOUT: { CODE: 'NIEMAND' } }, 404);
      const answer = await gateway.get(list);
      expect(answer.status, answer.text).to.equal(200);
      expect([answer.body.count, results(answer)]).to.deep.equal([0, []]);
      expect((await gateway.get(`${list}${list.includes('?') ? '&' : '?'}page=2`)).status).to.equal(404);
    });
  }

  it('that nothing was found is a 404 for one record', async () => {
    answersWith({ FOUT: { CODE: 'NIEMAND' } }, 500);
    expect((await gateway.get(klantPath(1))).status).to.equal(404);
    expect((await gateway.patch(klantPath(1), { functie: 'x' })).status).to.equal(404);
  });

  it('that there is no such record is still no list', async () => {
    answersWith({ FOUT: { CODE: 'REL404' } });
    expect((await gateway.get('/klanten')).status).to.equal(502);
  });

  it('that there is too much is a 501 that names the filters, and no failure of the CRM', async () => {
    for (const [list, filters, detail] of [
      ['/klanten?achternaam=Jansen', ['achternaam'], 'Zoeken op achternaam raakt'],
      ['/klanten?klantnummer=1&achternaam=Jansen', ['klantnummer', 'achternaam'], 'Zoeken op klantnummer, '],
      ['/klanten', [], 'Deze vraag raakt'],
    ] as const) {
      answersWith({ FOUT: { CODE: 'TEVEEL' } }, 500);
      const answer = await gateway.get(list);
      expect([answer.status, answer.body.code]).to.deep.equal([501, 'not_implemented']);
      expect(answer.body.detail).to.contain(detail);
      expect(gateway.events).to.deep.include({ event: 'bound-passed', resource: 'klant', filters });
    }
    const failed = { event: 'backend-failed', backend: 'crm', reason: 'too-much', status: 500 };
    expect(gateway.events).to.deep.include(failed);
    expect((await gateway.get(klantPath(1))).status).to.equal(501);
    expect(gateway.events.map(({ event }) => event)).not.to.include('breaker');
  });

  it('with any other code than the good one is a refusal, and no code at all is none', async () => {
    answersWith({ ...foundRelations([relation(1)], 1), RESULTAAT: 7 });
    expect((await gateway.get('/klanten')).status).to.equal(502);
    for (const good of [{ RESULTAAT: 0 }, { RESULTAAT: '0' }, { RESULTAAT: null }, {}]) {
      answersWith({ ...foundRelations([relation(1)], 1), ...good });
      expect((await gateway.get('/klanten')).status, JSON.stringify(good)).to.equal(200);
    }
  });
});
