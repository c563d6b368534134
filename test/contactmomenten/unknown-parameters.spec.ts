import { expect } from 'chai';
import { isObject } from '../../src/json.ts';
import { complaints, runningGateway, urlIn } from '../kit/gateway.ts';
import { contactmomentenOf } from './contactmomenten.ts';

/** The parameters that each list knows, apart from `page`, and spellings of them that it does not know. */
const lists: Readonly<Record<string, { known: readonly string[]; unknown: readonly string[] }>> = {
  contactmomenten: {
    known: ['kanaal', 'registratiedatum__gte', 'ordering', 'medewerker', 'initiatiefnemer'],
    unknown: [
      'vorig_contactmoment',
      'Kanaal',
      'registratiedatum_gte',
      'registratiedatumGte',
      'tekst',
      'klant',
      'url',
    ],
  },
  klantcontactmomenten: {
    known: ['klant', 'rol'],
    unknown: ['Rol', 'ROL', 'ordering', 'kanaal', 'contact_moment', 'contactMoment'],
  },
  objectcontactmomenten: {
    known: ['object', 'objectType'],
    unknown: ['object_type', 'objecttype', 'ordering', 'zaak', 'contact_moment'],
  },
};

describe('unknown query parameters: contract section 1.5', () => {
  const gateway = runningGateway();
  const { list, add } = contactmomentenOf(gateway);

  for (const [plural, { known, unknown }] of Object.entries(lists)) {
    for (const name of [...unknown, 'pageSize', 'page_size', 'expand', 'Page', '']) {
      it(`${plural} refuses ${JSON.stringify(name)}, whatever its value`, async () => {
        for (const value of ['x', '']) {
          const answer = await list(`${plural}?${name}=${value}`);
          expect(answer.status, answer.text).to.equal(400);
          expect(complaints(answer)).to.deep.equal(['nonFieldErrors unknown-parameters']);
        }
      });
    }

    it(`${plural} refuses no parameter of its own`, async () => {
      for (const name of [...known, 'page']) {
        expect((await list(`${plural}?${name}=${name === 'page' ? '1' : ''}`)).status, name).to.equal(200);
      }
    });

    it(`${plural} names all of them, before it looks at any value, and without asking the CRM`, async () => {
      await gateway.crm.forget();
      const answer = await list(`${plural}?een=1&contactmoment_=2&page=geen&bronorganisatie=1`);
      expect(answer.status).to.equal(400);
      expect(complaints(answer)).to.deep.equal(['nonFieldErrors unknown-parameters']);
      const params = answer.body.invalidParams;
      const [complaint] = Array.isArray(params) ? params : [];
      expect(isObject(complaint) ? complaint.reason : '').to.match(
        /^Onbekende query parameters: een, contactmoment_/,
      );
      expect(await gateway.crm.total()).to.equal(0);
    });
  }

  it('are ignored where there is no list', async () => {
    const url = await add();
    const answer = await gateway.get(`${url}?een=1&kanaal=x`);
    expect(answer.status).to.equal(200);
    expect(urlIn(answer)).to.equal(url);
  });
});
