import { AssertionError, expect } from 'chai';
import { type JsonObject, scalarText } from '../../src/json.ts';
import { type Answer, results, runningGateway, urlIn } from '../kit/gateway.ts';
import { expectDescribed } from './openapi-answers.ts';
import { badFilters, samplesOf } from './openapi-samples.ts';

const nobody = '00000000-0000-4000-8000-000000000000';

describe('What the gateway answers is what its OpenAPI documents describe', () => {
  const gateway = runningGateway({ config: { limits: { bodyBytes: 20_000 } } });
  const documents = new Map<string, JsonObject>();
  before(async () => {
    for (const api of ['klanten', 'contactmomenten', 'verzoeken']) {
      documents.set(api, (await gateway.get(`//${api}/api/v1/openapi.json`)).body);
    }
  });

  const { samples, klant, verzoek } = samplesOf(gateway);

  for (const [name, { api, plural, least, full, change, findBy, release }] of Object.entries(samples)) {
    describe(name, () => {
      const described = (
        operation: string,
        answer: Answer,
        status: number,
        blanks: 'let through' | 'refused',
      ) => {
        expect(answer.status, `${operation} ${answer.text}`).to.equal(status);
        expectDescribed(documents.get(api) ?? {}, `${name}_${operation}`, answer, { blanks });
      };
      const writes: readonly (readonly [operation: string, method: string])[] = [
        ['create', 'POST'],
        ...(change
          ? ([
              ['update', 'PUT'],
              ['partial_update', 'PATCH'],
            ] as const)
          : []),
      ];
      const reads = [
        ['list', 'GET'],
        ['read', 'GET'],
      ] as const;
      const collection = `//${api}/api/v1/${plural}`;
      const placeOf = (operation: string, uuid: string = nobody) =>
        ['list', 'create'].includes(operation) ? collection : `${collection}/${uuid}`;

      it('for a record with everything filled in', async () => {
        const body = await full();
        const created = await gateway.create(api, plural, body);
        described('create', created, 201, 'refused');
        const url = urlIn(created);
        const read = await gateway.get(url);
        described('read', read, 200, 'refused');
        const headers = { 'If-None-Match': read.headers.get('ETag') ?? '' };
        described('read', await gateway.get(url, { headers }), 304, 'refused');
        if (change) {
          described('update', await gateway.put(url, { ...body, ...change }), 200, 'refused');
          described('partial_update', await gateway.patch(url, change), 200, 'refused');
        }
        await release?.();
        described('delete', await gateway.delete(url), 204, 'refused');
      });

      it('for a record with the least that it takes', async () => {
        const body = await least();
        const created = await gateway.create(api, plural, body);
        described('create', created, 201, 'let through');
        const url = urlIn(created);
        described('read', await gateway.get(url), 200, 'let through');
        if (change) {
          described('update', await gateway.put(url, body), 200, 'let through');
          described('partial_update', await gateway.patch(url, {}), 200, 'let through');
        }
        const wanted = new URLSearchParams([[findBy, scalarText(created.body[findBy]) ?? '']]);
        const list = await gateway.list(api, `${plural}?${wanted.toString()}`);
        described('list', list, 200, 'let through');
        expect(results(list).map((one) => one.url)).to.include(url);
        await release?.();
        described('delete', await gateway.delete(url), 204, 'let through');
      });

      it('for requests that are refused whatever they are about', async () => {
        for (const [operation, method] of [...writes, ...reads, ['delete', 'DELETE']] as const) {
          const ask = (place: string, given: object) => gateway.request(method, place, given);
          const withBody = writes.some(([write]) => write === operation);
          const body = withBody ? { body: { bronorganisatie: 'nee' } } : {};
          const refused = async (status: number, answering: Promise<Answer>) => {
            described(operation, await answering, status, 'refused');
          };
          await refused(403, ask(placeOf(operation), { client: null, ...body }));
          await refused(406, ask(placeOf(operation), { headers: { Accept: 'text/csv' }, ...body }));
          if (placeOf(operation) !== collection) await refused(404, ask(placeOf(operation), body));
          if (withBody) {
            const headers = { 'Content-Type': 'text/plain' };
            await refused(415, ask(placeOf(operation), { body: 'tekst', headers }));
            await refused(413, ask(placeOf(operation), { body: { tekst: 'x'.repeat(30_000) } }));
          }
        }
      });

      it('for fields and filters that are refused', async () => {
        described('create', await gateway.create(api, plural, {}), 400, 'refused');
        described('list', await gateway.list(api, `${plural}?${badFilters[name] ?? ''}`), 400, 'refused');
        if (!change) return;
        const url = urlIn(await gateway.create(api, plural, await least()));
        described('update', await gateway.put(url, {}), 400, 'refused');
        described('partial_update', await gateway.patch(url, { bronorganisatie: 'nee' }), 400, 'refused');
      });
    });
  }

  describe('also when the CRM fails', () => {
    for (const [name, { api, plural }] of Object.entries(samples).filter(([, { change }]) => change)) {
      it(`for a list of ${plural}`, async () => {
        await gateway.crm.fault({ soort: 'fout' });
        const answer = await gateway.list(api, `${plural}?bronorganisatie=123456782`);
        expect(answer.status, answer.text).to.be.within(500, 504);
        expectDescribed(documents.get(api) ?? {}, `${name}_list`, answer);
      });
    }
  });

  describe('and otherwise it would show', () => {
    const wrong: Readonly<Record<string, (answer: Answer) => Partial<Answer>>> = {
      'another status': () => ({ status: 207 }),
      'no header with the version': () => ({ headers: new Headers({ 'Content-Type': 'application/json' }) }),
      'another media type': () => ({
        headers: new Headers({ 'API-version': '1', 'Content-Type': 'text/html' }),
      }),
      'a field too few': ({ body: { url = '' } }) => ({ body: { url } }),
      'a field too many': ({ body }) => ({ body: { ...body, meer: '' } }),
      'a word that is none': ({ body }) => ({ body: { ...body, rol: 'buurman' } }),
      'no text': ({ body }) => ({ body: { ...body, rol: null } }),
      'a blank where something is required': ({ body }) => ({ body: { ...body, verzoek: '' } }),
    };
    let answer: Answer;
    before(async () => {
      const body = { klant: await klant(), verzoek: await verzoek(), rol: 'initiator' };
      answer = await gateway.create('verzoeken', 'klantverzoeken', body);
    });
    const expectIt = (given: Answer) => {
      expectDescribed(documents.get('verzoeken') ?? {}, 'klantverzoek_create', given);
    };
    for (const [what, change] of Object.entries(wrong)) {
      it(`with ${what}`, () => {
        expectIt(answer);
        expect(() => {
          expectIt({ ...answer, ...change(answer) });
        }).to.throw(AssertionError);
      });
    }
  });
});
