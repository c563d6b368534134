import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { complaints, results, runningGateway } from '../kit/gateway.ts';
import { contactmomentenOf, nobody, textIn } from './contactmomenten.ts';

const objects = [
  'https://zaken.example/zaken/1',
  'https://zaken.example/zaken/1,2',
  'https://zaken.example/zaken/2',
];

describe('objectcontactmomenten: contract sections 1.5 and 2.4', () => {
  const gateway = runningGateway({ config: { rules: { 'cm-005': 'off', 'cm-006': 'off' } } });
  const { add, addRelation, relate, all, list } = contactmomentenOf(gateway);
  let everything: JsonObject[] = [];

  before(async () => {
    const contactmomenten = [await add(), await add()];
    for (const contactmoment of contactmomenten) {
      for (const object of objects) {
        await addRelation('objectcontactmomenten', { contactmoment, object, objectType: 'zaak' });
      }
    }
    everything = await all('objectcontactmomenten');
    expect(everything).to.have.length(6);
  });

  const found = async (query: string) => results(await list(`objectcontactmomenten?${query}`));

  it('are found by object, exactly', async () => {
    for (const object of objects) {
      const matches = everything.filter((one) => one.object === object);
      expect(matches).to.have.length(2);
      expect(await found(`object=${encodeURIComponent(object)}`)).to.deep.equal(matches);
    }
    expect(await found('object=https://zaken.example/zaken/')).to.deep.equal([]);
    expect(await found('object=https://ZAKEN.example/zaken/1')).to.deep.equal([]);
  });

  it('are found by contactmoment and object together', async () => {
    const [one] = everything;
    const query = new URLSearchParams({
      contactmoment: textIn(one?.contactmoment),
      object: textIn(one?.object),
    });
    expect(await found(query.toString())).to.deep.equal([one]);
  });

  it('are found by objectType', async () => {
    expect(await found('objectType=zaak')).to.deep.equal(everything);
    expect(await found('objectType=&object=')).to.deep.equal(everything);
    expect(complaints(await list('objectcontactmomenten?objectType=Zaak'))).to.deep.equal([
      'objectType invalid_choice',
    ]);
    expect(complaints(await list('objectcontactmomenten?object=/zaken/1'))).to.deep.equal(['object invalid']);
  });

  it('can be read and deleted by the URL that the list gives', async () => {
    const body = { contactmoment: await add(), object: objects[0] ?? '', objectType: 'zaak' };
    const url = await addRelation('objectcontactmomenten', body);
    const answer = await gateway.get(url);
    expect(answer.body).to.deep.equal({ url, ...body });
    expect(answer.headers.get('ETag')).to.match(/^".+"$/);
    expect((await gateway.delete(url)).status).to.equal(204);
    expect((await gateway.get(url)).status).to.equal(404);
    expect((await gateway.delete(url)).status).to.equal(404);
    expect(await all('objectcontactmomenten')).to.deep.equal(everything);
  });

  it('take an object of a thousand characters, and no more', async () => {
    const contactmoment = await add();
    const object = 'https://zaken.example/'.padEnd(1000, 'x');
    const answer = await relate('objectcontactmomenten', { contactmoment, object, objectType: 'zaak' });
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body.object).to.equal(object);
    const longer = await relate('objectcontactmomenten', {
      contactmoment,
      object: `${object}x`,
      objectType: 'zaak',
    });
    expect(complaints(longer)).to.deep.equal(['object max_length']);
    await gateway.delete(textIn(answer.body.url));
  });

  it('have no other identification', async () => {
    const path = textIn(everything[0]?.url).replace(/[^/]+$/, '');
    for (const id of [nobody, '123']) expect((await gateway.get(`${path}${id}`)).status).to.equal(404);
  });
});

describe('relations of a contactmoment cannot be changed: contract section 1.3', () => {
  const gateway = runningGateway({
    config: { rules: { 'cm-004': 'off', 'cm-005': 'off', 'cm-006': 'off' } },
  });
  const { add, addRelation } = contactmomentenOf(gateway);

  const bodies: Readonly<Record<string, JsonObject>> = {
    klantcontactmomenten: { klant: 'https://klanten.example/1', rol: 'gesprekspartner' },
    objectcontactmomenten: { object: 'https://zaken.example/1', objectType: 'zaak' },
  };
  for (const [plural, fields] of Object.entries(bodies)) {
    it(`PUT and PATCH of ${plural} are a 405, also without a token and of what is not there`, async () => {
      const body = { contactmoment: await add(), ...fields };
      const url = await addRelation(plural, body);
      for (const place of [url, url.replace(/[^/]+$/, nobody)]) {
        for (const client of ['all', null] as const) {
          for (const answer of [
            await gateway.put(place, body, { client }),
            await gateway.patch(place, body, { client }),
          ]) {
            expect(answer.status, answer.text).to.equal(405);
            expect(answer.body.code).to.equal('method_not_allowed');
            expect(answer.headers.get('Allow'))
              .to.include('GET')
              .and.include('DELETE')
              .and.not.include('PUT');
          }
        }
      }
      expect((await gateway.get(url)).body).to.deep.equal({ url, ...body });
    });
  }
});
