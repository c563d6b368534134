import { expect } from 'chai';
import type { Json, JsonObject } from '../../src/json.ts';
import { complaints, runningGateway } from '../kit/gateway.ts';
import { createdIn, expectRefused, leastVerzoek, nobody, verzoekenOf } from './samples.ts';

describe('the fields of a verzoek: contract section 2.5', () => {
  const gateway = runningGateway();
  const { create, made, row } = verzoekenOf(gateway);

  it('are all shown, in the order of the standard, and unset ones as they should be', async () => {
    const { body } = await create({ identificatie: 'K1', registratiedatum: '2020-01-01T12:00:00' });
    expect(Object.entries(body)).to.deep.equal([
      ['url', body.url],
      ['identificatie', 'K1'],
      ['bronorganisatie', leastVerzoek.bronorganisatie],
      ['externeIdentificatie', ''],
      ['registratiedatum', '2020-01-01T12:00:00Z'],
      ['voorkeurskanaal', ''],
      ['tekst', ''],
      ['status', 'ontvangen'],
      ['inTeTrekkenVerzoek', null],
      ['intrekkendeVerzoek', null],
      ['aangevuldeVerzoek', null],
      ['aanvullendeVerzoek', null],
    ]);
  });

  it('come back as they were sent', async () => {
    const given = {
      identificatie: 'x'.repeat(40),
      externeIdentificatie: 'Ab_9-'.padEnd(40, 'z'),
      registratiedatum: '2021-02-03T04:05:06.000007Z',
      voorkeurskanaal: 'é'.repeat(50),
      tekst: 'Regel één\nregel twee '.repeat(500).trim(),
      status: 'afgewezen',
    };
    const answer = await create(given);
    expect(answer.body).to.include(given);
    expect((await gateway.get(createdIn(answer))).body).to.include(given);
  });

  const wrong: readonly [field: string, value: Json | undefined, ...codes: string[]][] = [
    ['identificatie', 'x'.repeat(41), 'max_length'],
    ['identificatie', null, 'null'],
    ['identificatie', true, 'invalid'],
    ['bronorganisatie', undefined, 'required'],
    ['bronorganisatie', null, 'null'],
    ['bronorganisatie', '', 'blank'],
    ['bronorganisatie', 'abcdefghi', 'only-digits'],
    ['bronorganisatie', '12345678', 'invalid-length'],
    ['bronorganisatie', '123456789', 'invalid'],
    ['externeIdentificatie', 'x'.repeat(41), 'max_length'],
    ['externeIdentificatie', null, 'null'],
    ...['a b', 'a.b', 'a/b', 'é', 'a,b', '#'].map((text): [string, Json, string] => [
      'externeIdentificatie',
      text,
      'invalid',
    ]),
    ['registratiedatum', 'gisteren', 'invalid'],
    ['registratiedatum', '2020-01-01', 'invalid'],
    ['registratiedatum', null, 'null'],
    ['registratiedatum', '', 'invalid'],
    ['voorkeurskanaal', 'x'.repeat(51), 'max_length'],
    ['voorkeurskanaal', null, 'null'],
    ['tekst', null, 'null'],
    ['tekst', 'a\u0000b', 'null_characters_not_allowed'],
    ['status', undefined, 'required'],
    ['status', null, 'null'],
    ['status', '', 'invalid_choice'],
    ['status', 'Ontvangen', 'invalid_choice'],
  ];
  for (const [field, value, ...codes] of wrong) {
    it(`${field} is refused: ${codes.join()} for ${value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 30)}`, async () => {
      const body = { ...leastVerzoek, [field]: value ?? null };
      if (value === undefined) Reflect.deleteProperty(body, field);
      const answer = await gateway.create('verzoeken', 'verzoeken', body);
      expectRefused(answer, ...codes.map((code) => `${field} ${code}`));
    });
  }

  it('all wrong ones are reported together, in the order of the standard', async () => {
    const body = { status: 'x', externeIdentificatie: '#', bronorganisatie: '1' };
    expect(complaints(await gateway.create('verzoeken', 'verzoeken', body))).to.deep.equal([
      'bronorganisatie invalid-length',
      'externeIdentificatie invalid',
      'status invalid_choice',
    ]);
  });

  for (const status of ['ontvangen', 'in_behandeling', 'afgehandeld', 'afgewezen', 'ingetrokken']) {
    it(`status may be ${status}`, async () => {
      expect((await gateway.get(await made({ status }))).body.status).to.equal(status);
    });
  }

  it('a body may say klant, as some clients do: it is ignored', async () => {
    expect((await create({ klant: 'https://vreemd.example/1' })).body).not.to.have.property('klant');
  });

  describe('identificatie', () => {
    it('may hold any characters', async () => {
      expect((await create({ identificatie: 'Zaak 1/ë*' })).body.identificatie).to.equal('Zaak 1/ë*');
    });

    it('cannot change, by PUT or by PATCH, and nothing is written', async () => {
      const url = await made({ identificatie: 'I1' });
      const { MUTNR: before } = await row(url);
      const code = 'identificatie wijzigen-niet-toegelaten';
      expectRefused(await gateway.put(url, { ...leastVerzoek, identificatie: 'I2' }), code);
      expectRefused(await gateway.patch(url, { identificatie: 'I2', tekst: 'anders' }), code);
      expect((await row(url)).MUTNR).to.equal(before);
    });

    it('may be left out, be blank, or be the same', async () => {
      const url = await made({ identificatie: 'I3' });
      for (const change of [{}, { identificatie: '' }, { identificatie: ' ' }, { identificatie: 'I3' }]) {
        const answers = [
          await gateway.put(url, { ...leastVerzoek, ...change }),
          await gateway.patch(url, change),
        ];
        expect(answers.map(({ status }) => status)).to.deep.equal([200, 200]);
        expect(answers.map(({ body }) => body.identificatie)).to.deep.equal(['I3', 'I3']);
      }
    });

    it('that was generated stays what it was when the year of registratiedatum changes', async () => {
      const answer = await create({ registratiedatum: '2019-05-01T12:00:00Z' });
      const url = createdIn(answer);
      const changed = await gateway.patch(url, { registratiedatum: '2020-05-01T12:00:00Z' });
      expect(changed.body.identificatie).to.equal(answer.body.identificatie);
      expect(changed.body.registratiedatum).to.equal('2020-05-01T12:00:00Z');
    });
  });

  describe('updates (contract section 2.0)', () => {
    const full = {
      tekst: 'Een',
      voorkeurskanaal: 'balie',
      externeIdentificatie: 'EXT-1',
      status: 'in_behandeling',
    };

    it('a PUT leaves what it does not name as it was', async () => {
      const url = await made(full);
      const { body } = await gateway.put(url, leastVerzoek);
      expect(body).to.include({ ...full, status: 'ontvangen' });
    });

    it('a PATCH changes only what it names, and blanks what is blank', async () => {
      const url = await made(full);
      const { body } = await gateway.patch(url, { tekst: '' });
      expect(body).to.include({ ...full, tekst: '' });
    });

    it('a PUT without what is required is refused', async () => {
      expectRefused(await gateway.put(await made(), {}), 'bronorganisatie required', 'status required');
    });

    it('what a GET shows can be PUT back', async () => {
      const url = await made({ ...full, inTeTrekkenVerzoek: await made() });
      const before = (await gateway.get(url)).body;
      const answer = await gateway.put(url, before);
      expect(answer.status, answer.text).to.equal(200);
      expect(answer.body).to.deep.equal(before);
    });
  });
});

describe('the fields of the relations of a verzoek: contract section 2.6', () => {
  const gateway = runningGateway({ config: { rules: { 'vrz-009': 'off' } } });
  const { made, klant, contactmoment, zaak, document, relate } = verzoekenOf(gateway);
  const product = () => `${gateway.crm.url}/gba/personen/6`;

  const orders: Readonly<Record<string, readonly string[]>> = {
    klantverzoeken: ['url', 'klant', 'verzoek', 'rol', 'indicatieMachtiging'],
    objectverzoeken: ['url', 'verzoek', 'object', 'objectType'],
    verzoekcontactmomenten: ['url', 'contactmoment', 'verzoek'],
    verzoekinformatieobjecten: ['url', 'informatieobject', 'verzoek'],
    verzoekproducten: ['url', 'verzoek', 'product', 'productIdentificatie'],
  };
  const bodies: Readonly<Record<keyof typeof orders, () => Promise<JsonObject>>> = {
    klantverzoeken: async () => ({ klant: await klant() }),
    objectverzoeken: () => Promise.resolve({ object: zaak(), objectType: 'zaak' }),
    verzoekcontactmomenten: async () => ({ contactmoment: await contactmoment() }),
    verzoekinformatieobjecten: () => Promise.resolve({ informatieobject: document() }),
    verzoekproducten: () => Promise.resolve({ product: product() }),
  };

  for (const [relation, fields] of Object.entries(orders)) {
    it(`${relation} have these, in this order, and can be read, listed and deleted, but not changed`, async () => {
      const body = { ...(await bodies[relation]?.()), verzoek: await made() };
      const created = await gateway.create('verzoeken', relation, body);
      const url = createdIn(created);
      expect(Object.keys(created.body)).to.deep.equal(fields);
      expect(created.body).to.deep.include(body);
      expect(created.headers.get('Location')).to.equal(url);
      expect((await gateway.get(url)).body).to.deep.equal(created.body);
      const listed = await gateway.list('verzoeken', `${relation}?verzoek=${body.verzoek}`);
      expect(listed.body).to.deep.equal({ count: 1, next: null, previous: null, results: [created.body] });
      for (const answer of [await gateway.put(url, body), await gateway.patch(url, body)])
        expect(answer.status).to.equal(405);
      expect((await gateway.delete(url)).status).to.equal(204);
      expect((await gateway.get(url)).status).to.equal(404);
      expect((await gateway.delete(url)).status).to.equal(404);
    });

    it(`${relation} of nobody are not found`, async () => {
      expect((await gateway.get(`//verzoeken/api/v1/${relation}/${nobody}`)).status).to.equal(404);
    });
  }

  it('of a klantverzoek: rol and indicatieMachtiging are words of the standard, or blank', async () => {
    const verzoek = await made();
    const answer = await relate('klantverzoeken', {
      klant: await klant(),
      verzoek,
      rol: '',
      indicatieMachtiging: '',
    });
    expect(answer.body).to.include({ rol: '', indicatieMachtiging: '' });
    const wrong = { rol: 'gesprekspartner', indicatieMachtiging: null };
    expectRefused(
      await relate('klantverzoeken', { klant: await klant(), verzoek, ...wrong }),
      'rol invalid_choice',
      'indicatieMachtiging null',
    );
  });

  for (const productIdentificatie of [undefined, null]) {
    it(`of a verzoekproduct: productIdentificatie is always an object, also when it was ${String(productIdentificatie)}`, async () => {
      const body = { verzoek: await made(), product: product() };
      const answer = await relate(
        'verzoekproducten',
        productIdentificatie === null ? { ...body, productIdentificatie } : body,
      );
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.productIdentificatie).to.deep.equal({ code: '' });
    });
  }

  it('of a verzoekproduct: a code of twenty characters is kept, and product is blank', async () => {
    const productIdentificatie = { code: 'x'.repeat(20) };
    const answer = await relate('verzoekproducten', { verzoek: await made(), productIdentificatie });
    expect(answer.body).to.deep.include({ product: '', productIdentificatie });
  });
});
