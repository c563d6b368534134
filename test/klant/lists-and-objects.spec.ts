import { expect } from 'chai';
import type { Json } from '../../src/json.ts';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { completeKlant, expectRefused } from './samples.ts';

const noObjects: readonly Json[] = ['text', 7, true, [], [{}]];
const noLists: readonly Json[] = ['Kapsalon Krul', 7, true, {}, { 0: 'x' }];

describe('lists and objects in a klant: contract sections 2.1 and 3.1', () => {
  const gateway = runningGateway();
  const branch = (subjectIdentificatie: Json) =>
    gateway.post({ ...leastKlant, subjectType: 'vestiging', subjectIdentificatie });

  for (const value of noObjects) {
    const text = JSON.stringify(value);

    it(`${text} is no adres`, async () => {
      expectRefused(await gateway.post({ ...leastKlant, adres: value }), 'adres.nonFieldErrors invalid');
    });

    it(`${text} is no subjectIdentificatie`, async () => {
      expectRefused(await branch(value), 'subjectIdentificatie.nonFieldErrors invalid');
    });

    it(`${text} is nothing within a subjectIdentificatie either`, async () => {
      expectRefused(
        await branch({ verblijfsadres: value, subVerblijfBuitenland: value }),
        'subjectIdentificatie.verblijfsadres.nonFieldErrors invalid',
        'subjectIdentificatie.subVerblijfBuitenland.nonFieldErrors invalid',
      );
    });

    it(`${text} is no klant`, async () => {
      const url = urlIn(await gateway.post(leastKlant));
      const body = JSON.stringify(value);
      for (const answer of [
        await gateway.post(body),
        await gateway.put(url, body),
        await gateway.patch(url, body),
      ])
        expectRefused(answer, 'nonFieldErrors invalid');
    });
  }

  for (const value of noLists) {
    it(`${JSON.stringify(value)} is no list of trade names`, async () => {
      expectRefused(await branch({ handelsnaam: value }), 'subjectIdentificatie.handelsnaam not_a_list');
    });
  }

  it('null is no list of trade names', async () => {
    expectRefused(await branch({ handelsnaam: null }), 'subjectIdentificatie.handelsnaam null');
  });

  it('each trade name is judged by itself, and named by its place from zero', async () => {
    const handelsnaam = ['fine', 'x'.repeat(626), null, '', true, 'a\0b', {}, 'x'.repeat(625)];
    expectRefused(
      await branch({ handelsnaam }),
      'subjectIdentificatie.handelsnaam.1 max_length',
      'subjectIdentificatie.handelsnaam.2 null',
      'subjectIdentificatie.handelsnaam.4 invalid',
      'subjectIdentificatie.handelsnaam.5 null_characters_not_allowed',
      'subjectIdentificatie.handelsnaam.6 invalid',
    );
  });

  it('trade names are trimmed, numbers are taken as text', async () => {
    const answer = await branch({ handelsnaam: ['  De Tulp ', 1880, 'x'.repeat(625)] });
    expect(answer.body.subjectIdentificatie, answer.text).to.deep.include({
      handelsnaam: ['De Tulp', '1880', 'x'.repeat(625)],
    });
  });

  it('one trade name stays a list, and none an empty one', async () => {
    const one = await branch({ handelsnaam: ['Kapsalon Krul'] });
    expect(one.body.subjectIdentificatie).to.deep.include({ handelsnaam: ['Kapsalon Krul'] });
    const none = await branch({ handelsnaam: [], vestigingsNummer: '1' });
    expect(none.body.subjectIdentificatie).to.deep.include({ handelsnaam: [] });
  });

  it('an empty list takes the trade names away', async () => {
    const url = urlIn(await gateway.post(completeKlant('vestiging', '')));
    const answer = await gateway.patch(url, { subjectIdentificatie: { handelsnaam: [] } });
    expect(answer.body.subjectIdentificatie, answer.text).to.deep.include({ handelsnaam: [] });
  });
});
