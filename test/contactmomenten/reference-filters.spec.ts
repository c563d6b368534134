import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { complaints, results, runningGateway } from '../kit/gateway.ts';
import { contactmomentenOf, intern, nobody } from './contactmomenten.ts';

const api = '/contactmomenten/api/v1';

describe('filters on a local relation: contract section 1.5, type FK', () => {
  const gateway = runningGateway({ config: { rules: { 'cm-005': 'off', 'cm-006': 'off' } } });
  const { add, addRelation, addKlant, list } = contactmomentenOf(gateway);
  let first = '';
  let second = '';
  let relation = '';
  let objectRelation = '';

  before(async () => {
    first = await add();
    second = await add({ vorigContactmoment: first });
    relation = await addRelation('klantcontactmomenten', {
      contactmoment: first,
      klant: await addKlant(),
      rol: 'gesprekspartner',
    });
    objectRelation = await addRelation('objectcontactmomenten', {
      contactmoment: first,
      object: 'https://zaken.example/zaken/1',
      objectType: 'zaak',
    });
  });

  const filters: Readonly<Record<string, { on: () => string; finds: () => string }>> = {
    'contactmomenten?vorigContactmoment': { on: () => first, finds: () => second },
    'contactmomenten?volgendContactmoment': { on: () => second, finds: () => first },
    'klantcontactmomenten?contactmoment': { on: () => first, finds: () => relation },
    'objectcontactmomenten?contactmoment': { on: () => first, finds: () => objectRelation },
  };

  for (const [filter, { on, finds }] of Object.entries(filters)) {
    describe(filter, () => {
      const name = filter.replace(/^.*\?/, '');
      const find = (value: string) => list(`${filter}=${encodeURIComponent(value)}`);
      const uuid = () => new URL(on()).pathname.split('/').at(-1) ?? '';

      const found: Readonly<Record<string, () => string>> = {
        'the URL as we write it': on,
        'the URL under another base URL of ours': () => on().replace('http://klantbrug.test', intern),
        'another scheme, which is ignored': () => on().replace('http:', 'https:'),
      };
      for (const [what, value] of Object.entries(found)) {
        it(`finds by ${what}`, async () => {
          const answer = await find(value());
          expect(answer.status, answer.text).to.equal(200);
          expect(answer.body.count).to.equal(1);
          expect(results(answer).map(({ url }) => url)).to.deep.equal([finds()]);
        });
      }

      const nothing: Readonly<Record<string, () => string>> = {
        'another host': () => `http://elders.example${api}/contactmomenten/${uuid()}`,
        'another port': () => `http://intern.test:8081${api}/contactmomenten/${uuid()}`,
        'a contactmoment that is not there': () => `http://klantbrug.test${api}/contactmomenten/${nobody}`,
        'a place of ours that is no resource': () => `http://klantbrug.test/onbekend/${uuid()}`,
        'an unknown list of ours': () => `http://klantbrug.test${api}/momenten/${uuid()}`,
        'the URL of the list itself': () => `http://klantbrug.test${api}/contactmomenten`,
        'a contactmoment that nobody refers to': () => (on() === first ? second : first),
      };
      for (const [what, value] of Object.entries(nothing)) {
        it(`finds nothing by ${what}`, async () => {
          const answer = await find(value());
          expect(answer.status, answer.text).to.equal(200);
          expect(answer.body).to.deep.equal({ count: 0, next: null, previous: null, results: [] });
        });
      }

      const wrong: Readonly<Record<string, readonly [value: () => string, code: string]>> = {
        nothing: [() => '', 'invalid'],
        'a path alone': [() => new URL(on()).pathname, 'invalid'],
        'no URL': [() => 'geen-url', 'invalid'],
        'only a UUID': [uuid, 'invalid'],
        'a URL of another resource': [() => relation, 'invalid-type'],
        'an identification that is no UUID': [
          () => `http://klantbrug.test${api}/contactmomenten/123`,
          'invalid',
        ],
      };
      for (const [what, [value, code]] of Object.entries(wrong)) {
        it(`calls ${what} ${code}`, async () => {
          const answer = await find(value());
          expect(answer.status, answer.text).to.equal(400);
          expect(complaints(answer)).to.deep.equal([`${name} ${code}`]);
        });
      }

      it('takes the last of two', async () => {
        const query = `${filter}=geen-url&${name}=${encodeURIComponent(on())}`;
        expect((await list(query)).body.count).to.equal(1);
      });
    });
  }

  it('find what was moved by its new link, and not by its old one', async () => {
    const [old, other] = [await add(), await add()];
    const moved = await add({ vorigContactmoment: old });
    await gateway.patch(moved, { vorigContactmoment: other });
    const found = async (query: string): Promise<(JsonObject[string] | undefined)[]> =>
      results(await list(query)).map(({ url }) => url);
    expect(await found(`contactmomenten?vorigContactmoment=${old}`)).to.deep.equal([]);
    expect(await found(`contactmomenten?vorigContactmoment=${other}`)).to.deep.equal([moved]);
    expect(await found(`contactmomenten?volgendContactmoment=${moved}`)).to.deep.equal([other]);
  });
});
