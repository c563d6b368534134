import type { ServerResponse } from 'node:http';
import { expect } from 'chai';
import { type Answer, results, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { foundRelations, relation, scriptedCrm, type ScriptedCall, sendJson } from '../kit/scripted-crm.ts';

/** So many records, numbered on from `from`. */
const records = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => relation(from + index));

/** What a search asks for. */
const asked = ({ query }: ScriptedCall) => ({
  offset: Number(query.get('VANAF')),
  limit: Number(query.get('AANTAL')),
});

/** The right answer of a CRM with records 1 to `total`. */
function rightAnswer(call: ScriptedCall, total: number): object {
  const { offset, limit } = asked(call);
  return foundRelations(records(offset + 1, Math.min(limit, Math.max(0, total - offset))), total);
}

describe('A list is complete, or it is no list', () => {
  const crm = scriptedCrm();
  const gateway = runningGateway({
    get config() {
      return { backends: { crm: { baseUrl: crm.url } } };
    },
  });

  function expectNoList(answer: Answer): void {
    expect(answer.status).to.equal(502);
    expect(answer.body).to.include({ code: 'bad_gateway' });
    expect(answer.body).not.to.have.property('results');
  }

  const answersWith = (body: (call: ScriptedCall) => unknown) => {
    crm.answers((call, response) => {
      sendJson(response, body(call));
    });
  };

  /** Both ways in which lists are made: the page itself, and everything that a filter leaves. */
  const lists = ['/klanten', '/klanten?achternaam=Jansen'];

  for (const list of lists) {
    describe(list, () => {
      for (const total of [0, 1, 50, 51, 99, 100, 101, 249, 250]) {
        it(`of ${total} has all of them, each once, in order`, async () => {
          answersWith((call) => rightAnswer(call, total));
          const urls = [];
          for (let page = 1; page <= Math.max(1, Math.ceil(total / 100)); page++) {
            const answer = await gateway.get(`${list}${list.includes('?') ? '&' : '?'}page=${page}`);
            expect(answer.status).to.equal(200);
            expect(answer.body.count).to.equal(total);
            urls.push(...results(answer).map(({ url }) => url));
          }
          expect(urls).to.deep.equal(
            records(1, total).map(
              (_, index) => `http://klantbrug.test/klanten/api/v1${klantPath(index + 1)}`,
            ),
          );
        });
      }

      it('a CRM that gives more than was asked for gives the same list', async () => {
        answersWith((call) => foundRelations(records(asked(call).offset + 1, 120 - asked(call).offset), 120));
        const answer = await gateway.get(list);
        expect(answer.body.count).to.equal(120);
        expect(results(answer)).to.have.length(100);
        expect(new Set(results(answer).map(({ url }) => url)).size).to.equal(100);
      });

      const wrong: Readonly<Record<string, (call: ScriptedCall) => unknown>> = {
        'a page with one record too few': (call) => {
          const { offset, limit } = asked(call);
          return foundRelations(records(offset + 1, limit - 1), 1000);
        },
        'a second page with too few': (call) => {
          const { offset, limit } = asked(call);
          return foundRelations(records(offset + 1, offset === 0 ? limit : 3), 1000);
        },
        'pages that are smaller than it can': (call) =>
          foundRelations(records(asked(call).offset + 1, 25), 1000),
        'no records at all': () => foundRelations([], 3),
        'a TOTAAL that is more than there are': () => foundRelations(records(1, 3), 4),
        'a TOTAAL that is less than there are': () => foundRelations(records(1, 3), 2),
        'a TOTAAL of none, with records': () => foundRelations(records(1, 3), 0),
        'a TOTAAL below none': () => foundRelations(records(1, 3), -1),
        'a TOTAAL that is no whole number': () => foundRelations(records(1, 3), 2.5),
        'a TOTAAL in words': () => foundRelations(records(1, 3), 'drie'),
        'a TOTAAL of null': () => foundRelations(records(1, 3), null),
        'no TOTAAL': () => ({ STATUS: 'OK', RELATIES: records(1, 3) }),
        'a record without an id': () => foundRelations([...records(1, 2), { ANAAM: 'Jansen' }], 3),
        'a record with an id that is none': () => foundRelations([...records(1, 2), relation(-1)], 3),
        'a record with an id of null': () => foundRelations([{ ...relation(1), RELNR: null }], 1),
        'a record that is null': () => foundRelations([...records(1, 2), null], 3),
        'a record that is a text': () => foundRelations(['Jansen'], 1),
        'a list in a list': () => foundRelations([records(1, 3)], 1),
      };
      for (const [what, body] of Object.entries(wrong)) {
        it(`${what} is a 502`, async () => {
          answersWith(body);
          expectNoList(await gateway.get(list));
        });
      }

      it('a TOTAAL in digits will do', async () => {
        answersWith(() => foundRelations(records(1, 3), '3'));
        expect((await gateway.get(list)).body.count).to.equal(3);
      });

      it('one record that is not in a list is a list of one', async () => {
        answersWith(() => ({ STATUS: 'OK', TOTAAL: 1, RELATIES: relation(1) }));
        expect(results(await gateway.get(list))).to.have.length(1);
      });

      it('a second page that fails is a 502', async () => {
        crm.answers((call, response: ServerResponse) => {
          if (asked(call).offset === 0) sendJson(response, rightAnswer(call, 1000));
          else sendJson(response, {}, 500);
        });
        expectNoList(await gateway.get(list));
      });

      it('when a record disappears while the CRM is read, it is read again', async () => {
        answersWith((call) => rightAnswer(call, crm.calls.length === 1 ? 121 : 120));
        const answer = await gateway.get(list);
        expect(answer.status).to.equal(200);
        expect(answer.body.count).to.equal(120);
      });

      it('when records keep disappearing, there is no list: one may have been passed over', async () => {
        answersWith((call) => rightAnswer(call, 1000 - crm.calls.length));
        expectNoList(await gateway.get(list));
      });

      it('when a record is added while the CRM is read, the list is that of before', async () => {
        answersWith((call) => rightAnswer(call, 119 + crm.calls.length));
        const answer = await gateway.get(list);
        expect(answer.status).to.equal(200);
        expect(results(answer)).to.have.length(100);
      });
    });
  }

  it('without a filter, a page costs the CRM two requests, and never more', async () => {
    answersWith((call) => rightAnswer(call, 1_000_000));
    for (const page of [1, 2, 10_000]) {
      crm.calls.length = 0;
      const answer = await gateway.get(`/klanten?page=${page}`);
      expect(results(answer)).to.have.length(100);
      expect(crm.calls.map(({ query }) => query.get('VANAF'))).to.deep.equal([
        String((page - 1) * 100),
        String((page - 1) * 100 + 50),
      ]);
    }
  });
});

describe('A list of the demonstration', () => {
  const gateway = runningGateway();

  it('costs the CRM two requests when there is no filter', async () => {
    for (const page of [1, 2, 10]) {
      await gateway.crm.forget();
      expect(results(await gateway.get(`/klanten?page=${page}`))).to.have.length(100);
      expect(await gateway.crm.counts()).to.deep.equal({ 'GET /relbeheer/relaties': 2 });
    }
  });

  it('is a 502 when the CRM has made its pages smaller', async () => {
    await gateway.crm.settings({ grootte: 25 });
    expect((await gateway.get('/klanten')).status).to.equal(502);
    await gateway.crm.settings({ grootte: 50 });
    expect((await gateway.get('/klanten')).status).to.equal(200);
  });
});
