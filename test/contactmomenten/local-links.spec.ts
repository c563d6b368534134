import { expect } from 'chai';
import { complaints, runningGateway } from '../kit/gateway.ts';
import { contactmomentenOf, intern, nobody } from './contactmomenten.ts';

describe('local links in a body: contract sections 3.1 and 3.2', () => {
  const gateway = runningGateway();
  const { create, add, addRelation, addKlant, relate } = contactmomentenOf(gateway);
  let url = '';
  let path = '';
  let relation = '';

  beforeEach(async () => {
    url = await add();
    path = new URL(url).pathname;
    relation = await addRelation('klantcontactmomenten', {
      contactmoment: url,
      klant: await addKlant(),
      rol: 'gesprekspartner',
    });
  });

  /** How the same contactmoment may be written: only the path counts. */
  const spellings: Readonly<Record<string, () => string>> = {
    'as we write it': () => url,
    'under another base URL': () => `${intern}${path}`,
    'under another scheme': () => url.replace('http:', 'https:'),
    'under any host': () => `https://elders.example:9999${path}`,
    'as a path alone': () => path,
    'with a query': () => `${url}?versie=1`,
    'with capitals in the UUID': () => url.replace(/[^/]+$/, (uuid) => uuid.toUpperCase()),
    'with blanks around it': () => `  ${url} `,
  };
  for (const [how, spelled] of Object.entries(spellings)) {
    it(`lead to a contactmoment ${how}, and are answered as we write it`, async () => {
      const contactmoment = await relate('klantcontactmomenten', {
        contactmoment: spelled(),
        klant: await addKlant(),
        rol: 'belanghebbende',
      });
      expect(contactmoment.status, contactmoment.text).to.equal(201);
      expect(contactmoment.body.contactmoment).to.equal(url);
      const answer = await create({ vorigContactmoment: spelled() });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.vorigContactmoment).to.equal(url);
      expect((await gateway.get(url)).body.volgendContactmoment).to.equal(answer.body.url);
    });
  }

  /** What is no contactmoment, and how that is called. */
  const wrong: Readonly<Record<string, readonly [value: () => string, code: string]>> = {
    'a URL of nothing of ours': [() => 'http://mock/404', 'no_match'],
    'no URL at all': [() => 'geen url', 'no_match'],
    'a place of ours that is no resource': [() => 'http://klantbrug.test/gezondheid', 'no_match'],
    'an unknown list of ours': [
      () => url.replace('/contactmomenten/api/v1/contactmomenten/', '/contactmomenten/api/v1/momenten/'),
      'no_match',
    ],
    'another resource': [() => relation, 'incorrect_match'],
    'an identification that is no UUID': [() => url.replace(/[^/]+$/, '123'), 'invalid'],
    'a contactmoment that is not there': [() => url.replace(/[^/]+$/, nobody), 'does_not_exist'],
    'more than a thousand characters': [() => `${url}?${'x'.repeat(1000)}`, 'max_length'],
    'more than a thousand characters of something else': [
      () => `https://x.example/${'x'.repeat(1000)}`,
      'max_length',
    ],
  };
  for (const [what, [value, code]] of Object.entries(wrong)) {
    it(`${what} is ${code}`, async () => {
      const answer = await create({ vorigContactmoment: value() });
      expect(answer.status, answer.text).to.equal(400);
      expect(complaints(answer)).to.deep.equal([`vorigContactmoment ${code}`]);
      const related = await relate('klantcontactmomenten', {
        contactmoment: value(),
        klant: await addKlant(),
        rol: 'belanghebbende',
      });
      expect(related.status, related.text).to.equal(400);
      expect(complaints(related)).to.deep.equal([`contactmoment ${code}`]);
    });
  }

  it('a link of exactly a thousand characters is one', async () => {
    const vorigContactmoment = `${url}?${'x'.repeat(1000 - url.length - 1)}`;
    const answer = await create({ vorigContactmoment });
    expect(answer.status, answer.text).to.equal(201);
  });

  it('may lead to the contactmoment itself, and in a circle', async () => {
    const answer = await gateway.patch(url, { vorigContactmoment: url });
    expect(answer.status, answer.text).to.equal(200);
    expect(answer.body).to.include({ vorigContactmoment: url, volgendContactmoment: url });
    const next = await add();
    await gateway.patch(url, { vorigContactmoment: next });
    await gateway.patch(next, { vorigContactmoment: url });
    expect((await gateway.get(next)).body).to.include({ vorigContactmoment: url, volgendContactmoment: url });
  });
});
