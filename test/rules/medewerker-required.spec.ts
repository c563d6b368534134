import { expect } from 'chai';
import { contactmomentenOf } from '../contactmomenten/contactmomenten.ts';
import { complaints, runningGateway, urlIn } from '../kit/gateway.ts';
import { webHost } from '../kit/web-host.ts';

const least = { bronorganisatie: '123456782' };

const missing = ['nonFieldErrors invalid-medewerker'];

describe('medewerker-required: a contactmoment has a medewerker (contract section 3.4)', () => {
  const host = webHost((_, response) => response.end('{}'));
  const gateway = runningGateway({
    get config() {
      return { urlChecks: { hosts: [{ origin: host.origin, addresses: ['127.0.0.0/8'] }] } };
    },
  });
  const create = (body: Parameters<typeof gateway.post>[0]) =>
    gateway.create('contactmomenten', 'contactmomenten', body);

  it('holds with a URL, with data, and with both', async () => {
    const medewerker = `${host.origin}/medewerkers/1`;
    const medewerkerIdentificatie = { achternaam: 'Jansen' };
    for (const fields of [
      { medewerker },
      { medewerkerIdentificatie },
      { medewerker, medewerkerIdentificatie },
    ]) {
      const answer = await create({ ...least, ...fields });
      expect(answer.status, answer.text).to.equal(201);
    }
  });

  const nothing = {
    'with neither': {},
    'with two blanks': { medewerker: '', medewerkerIdentificatie: null },
    'with an empty object': { medewerkerIdentificatie: {} },
  };
  for (const [what, fields] of Object.entries(nothing)) {
    it(`is broken ${what}`, async () => {
      const answer = await create({ ...least, ...fields });
      expect(answer.status, answer.text).to.equal(400);
      expect(complaints(answer)).to.deep.equal(missing);
    });
  }

  it('is only asked once the fields and the uniqueness are in order', async () => {
    expect(complaints(await create({ bronorganisatie: '1' }))).to.deep.equal([
      'bronorganisatie invalid-length',
    ]);
    const contactmomenten = contactmomentenOf(gateway);
    const vorigContactmoment = await contactmomenten.add();
    await contactmomenten.add({ vorigContactmoment });
    expect(complaints(await create({ ...least, vorigContactmoment }))).to.deep.equal([
      'vorigContactmoment unique',
    ]);
  });

  it('counts what is stored on an update: the only medewerker can be emptied, once', async () => {
    const url = urlIn(await create({ ...least, medewerker: `${host.origin}/medewerkers/1` }));
    const emptied = await gateway.patch(url, { medewerker: '' });
    expect(emptied.status, emptied.text).to.equal(200);
    expect(emptied.body).to.include({ medewerker: '', medewerkerIdentificatie: null });
    for (const answer of [await gateway.patch(url, { tekst: 'x' }), await gateway.put(url, least)]) {
      expect(answer.status).to.equal(400);
      expect(complaints(answer)).to.deep.equal(missing);
    }
    const answer = await gateway.patch(url, { medewerkerIdentificatie: { identificatie: 'KCC-2' } });
    expect(answer.status, answer.text).to.equal(200);
  });
});

describe('medewerker-required, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'medewerker-required': 'off' } } });

  it('takes a contactmoment without a medewerker, and lets it be changed', async () => {
    const answer = await gateway.create('contactmomenten', 'contactmomenten', least);
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.include({ medewerker: '', medewerkerIdentificatie: null });
    expect((await gateway.patch(urlIn(answer), { tekst: 'x' })).status).to.equal(200);
  });
});
