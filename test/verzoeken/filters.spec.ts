import { expect } from 'chai';
import type { Json, JsonObject } from '../../src/json.ts';
import { results, runningGateway } from '../kit/gateway.ts';
import {
  expectRefused,
  leastVerzoek,
  nobody,
  otherOrganisation,
  pathOf,
  type Relation,
  verzoekenOf,
  plain,
} from './samples.ts';

const query = (filters: Readonly<Record<string, string>>) => new URLSearchParams(filters).toString();
const base = 'http://klantbrug.test/verzoeken/api/v1';

describe('the filters of /verzoeken: contract section 1.5', function () {
  this.timeout(60_000);
  // A list of everything may take long on a machine that does more than this.
  const gateway = runningGateway({ config: { limits: { requestMs: 60_000 } } });
  const { made, list, count } = verzoekenOf(gateway);
  let all: JsonObject[] = [];

  before(async () => {
    const target = await made({ tekst: 'Doel', identificatie: 'DOEL' });
    // One microsecond after the next one.
    await made({ registratiedatum: '2020-06-01T12:00:00.000001Z' });
    await made({
      identificatie: 'F-1',
      externeIdentificatie: 'EXT-9',
      registratiedatum: '2020-06-01T12:00:00Z',
      voorkeurskanaal: 'Duif',
      tekst: 'Wat, dan & hoe?',
      status: 'ingetrokken',
      bronorganisatie: otherOrganisation,
      inTeTrekkenVerzoek: target,
      aangevuldeVerzoek: target,
    });
    for (const page of [1, 2]) all.push(...results(await list(`verzoeken?page=${page}`)));
    expect(all).to.have.length(153);
  });

  after(() => {
    all = [];
  });

  async function expectMatches(
    filters: Readonly<Record<string, string>>,
    matches: (verzoek: JsonObject) => boolean,
  ) {
    const answer = await list(`verzoeken?${query(filters)}`);
    expect(answer.status, answer.text).to.equal(200);
    const wanted = all.filter(matches);
    expect(answer.body.count).to.equal(wanted.length);
    expect(results(answer)).to.deep.equal(wanted.slice(0, 100));
  }

  const texts = [
    'identificatie',
    'externeIdentificatie',
    'bronorganisatie',
    'voorkeurskanaal',
    'tekst',
    'status',
  ];
  const snake: Readonly<Record<string, string>> = {
    externeIdentificatie: 'externe_identificatie',
    inTeTrekkenVerzoek: 'in_te_trekken_verzoek',
    intrekkendeVerzoek: 'intrekkende_verzoek',
    aangevuldeVerzoek: 'aangevulde_verzoek',
    aanvullendeVerzoek: 'aanvullende_verzoek',
  };
  for (const name of texts) {
    it(`${name} finds what has the value, and nothing else`, async () => {
      const value = plain(all.at(-1)?.[name]);
      for (const wanted of [value, plain(all[20]?.[name])])
        await expectMatches({ [name]: wanted }, (verzoek) => wanted === '' || verzoek[name] === wanted);
      await expectMatches({ [snake[name] ?? name]: ` ${value} ` }, (verzoek) => verzoek[name] === value);
    });
  }

  for (const name of ['identificatie', 'externeIdentificatie', 'voorkeurskanaal', 'tekst']) {
    it(`${name} in other letters, or only begun, finds nothing`, async () => {
      const value = plain(all.at(-1)?.[name]);
      for (const wanted of [value.toLowerCase(), value.slice(0, -1), `${value.slice(0, 2)}*`])
        await expectMatches({ [name]: wanted }, (verzoek) => verzoek[name] === wanted);
    });
  }

  it('identificatie finds what stands in for one that the CRM does not have', async () => {
    const stand = all.find(({ identificatie }) => plain(identificatie).startsWith('AANV-'));
    await expectMatches({ identificatie: plain(stand?.identificatie) }, (verzoek) => verzoek === stand);
  });

  for (const [suffix, holds] of Object.entries({
    '': (order: number) => order === 0,
    __gt: (order: number) => order > 0,
    __gte: (order: number) => order >= 0,
    __lt: (order: number) => order < 0,
    __lte: (order: number) => order <= 0,
  })) {
    it(`registratiedatum${suffix} compares moments to the microsecond, in any offset`, async () => {
      const moments = ['2020-06-01T14:00:00+02:00', plain(all[60]?.registratiedatum)];
      expect(moments[1]).to.match(/\.[0-9]{6}Z$/);
      for (const [given, utc] of [
        [moments[0], '2020-06-01T12:00:00'],
        [moments[1], moments[1]?.replace('Z', '')],
      ]) {
        const wanted = plain(utc).padEnd(20, '.').padEnd(26, '0');
        await expectMatches({ [`registratiedatum${suffix}`]: given ?? '' }, ({ registratiedatum }) => {
          const stored = plain(registratiedatum).replace('Z', '').padEnd(20, '.').padEnd(26, '0');
          return holds(stored < wanted ? -1 : stored > wanted ? 1 : 0);
        });
      }
    });
  }

  it('the five that lead to another verzoek find it, under every base URL and in any spelling', async () => {
    for (const name of [
      'inTeTrekkenVerzoek',
      'aangevuldeVerzoek',
      'intrekkendeVerzoek',
      'aanvullendeVerzoek',
    ]) {
      const wanted = plain(all.findLast((verzoek) => verzoek[name] !== null)?.[name]);
      for (const url of [
        wanted,
        `http://intern.test:8080${pathOf(wanted)}`,
        wanted.replace('http:', 'https:'),
      ])
        for (const spelled of [name, snake[name] ?? name])
          await expectMatches({ [spelled]: url }, (verzoek) => verzoek[name] === wanted);
    }
  });

  it('several filters are ANDed, and of a repeated one the last counts', async () => {
    await expectMatches(
      { status: 'ontvangen', bronorganisatie: leastVerzoek.bronorganisatie },
      ({ status, bronorganisatie }) =>
        status === 'ontvangen' && bronorganisatie === leastVerzoek.bronorganisatie,
    );
    expect(await count('verzoeken?identificatie=X&identificatie=F-1')).to.equal(1);
  });

  it('unknown ones are ignored, and so are blank ones', async () => {
    expect(await count('verzoeken?onbekend=1&identificatie=&status=&registratiedatum=&pageSize=5')).to.equal(
      153,
    );
  });

  const wrong: readonly [name: string, value: string, code: string][] = [
    ['bronorganisatie', '12', 'invalid-length'],
    ['bronorganisatie', 'a', 'only-digits'],
    ['bronorganisatie', '123456789', 'invalid'],
    ['status', 'klaar', 'invalid_choice'],
    ['registratiedatum', '2020-01-01', 'invalid'],
    ['registratiedatum__gte', 'x', 'invalid'],
    ...Object.keys(snake)
      .slice(1)
      .flatMap((name): [string, string, string][] => [
        [name, '', 'invalid'],
        [name, pathOf(`${base}/verzoeken/${nobody}`), 'invalid'],
        [name, `${base}/verzoeken/x`, 'invalid'],
        [name, `${base}/klantverzoeken/${nobody}`, 'invalid-type'],
      ]),
  ];
  for (const [name, value, code] of wrong) {
    it(`${name}=${value} is ${code}`, async () => {
      expectRefused(await list(`verzoeken?${query({ [name]: value })}`), `${name} ${code}`);
    });
  }

  it('a verzoek that we do not have, a stranger, or a collection finds nothing', async () => {
    for (const url of [`${base}/verzoeken/${nobody}`, 'https://vreemd.example/1', `${base}/verzoeken`])
      for (const name of Object.keys(snake).slice(1))
        expect(await count(`verzoeken?${query({ [name]: url })}`), `${name} ${url}`).to.equal(0);
  });
});

describe('the filters of the relations of a verzoek: contract section 1.5', () => {
  const gateway = runningGateway({ config: { rules: { 'vrz-009': 'off', 'vrz-007': 'off' } } });
  const { made, klant, contactmoment, zaak, document, related, urls, list, count } = verzoekenOf(gateway);
  const product = 'https://producten.example/a,b';

  /** Of each relation: the fields besides the verzoek of two records, and the filters that tell these apart. */
  const relations: Readonly<
    Record<
      Relation,
      {
        readonly two: () => Promise<JsonObject[]>;
        readonly filters: Readonly<Record<string, (record: JsonObject) => Json | undefined>>;
        readonly snake: string;
      }
    >
  > = {
    klantverzoeken: {
      two: async () => [
        { klant: await klant(), rol: 'initiator' },
        { klant: await klant(), rol: 'belanghebbende' },
      ],
      filters: { klant: ({ klant: url }) => url },
      snake: 'indicatie_machtiging',
    },
    objectverzoeken: {
      two: () =>
        Promise.resolve([0, 1].map((index) => ({ object: zaak(index === 0 ? 0 : 1), objectType: 'zaak' }))),
      filters: { object: ({ object }) => object },
      snake: 'objectType',
    },
    verzoekcontactmomenten: {
      two: async () => [{ contactmoment: await contactmoment() }, { contactmoment: await contactmoment() }],
      filters: { contactmoment: ({ contactmoment: url }) => url },
      snake: 'contact_moment',
    },
    verzoekinformatieobjecten: {
      two: () => Promise.resolve([{ informatieobject: document() }, { informatieobject: document(1) }]),
      filters: { informatieobject: ({ informatieobject }) => informatieobject },
      snake: 'informatie_object',
    },
    verzoekproducten: {
      two: () =>
        Promise.resolve([
          { product, productIdentificatie: { code: 'P,1' } },
          { product: `${product}2`, productIdentificatie: { code: 'P-2' } },
        ]),
      filters: {
        product: ({ product: url }) => url,
        productIdentificatie__code: ({ productIdentificatie }) => (productIdentificatie as JsonObject).code,
      },
      snake: 'product_identificatie__code',
    },
  };

  for (const [relation, { two, filters, snake }] of Object.entries(relations)) {
    it(`${relation} are found by verzoek and by ${Object.keys(filters).join(' and ')}, and by these together`, async () => {
      const [one, other] = [await made(), await made()];
      const [first = {}, second = {}] = await two();
      const add = (verzoek: string, body: JsonObject) => related(relation as Relation, { ...body, verzoek });
      const created = [await add(one, first), await add(one, second), await add(other, second)];
      expect(await urls(`${relation}?${query({ verzoek: one })}`)).to.have.members(created.slice(0, 2));
      const further = `http://intern.test:8080${pathOf(other)}`;
      expect(await urls(`${relation}?${query({ verzoek: further })}`)).to.deep.equal([created[2]]);
      for (const [name, valueIn] of Object.entries(filters)) {
        const value = plain(valueIn(second));
        const found = await urls(`${relation}?${query({ [name]: value })}`);
        expect(found, name).to.include.members(created.slice(1));
        expect(found, name).not.to.include(created[0]);
        expect(await urls(`${relation}?${query({ [name]: value, verzoek: one })}`)).to.deep.equal([
          created[1],
        ]);
        expect(
          await urls(`${relation}?${query({ [name]: plain(valueIn(first)), verzoek: other })}`),
        ).to.deep.equal([]);
      }
    });

    it(`${relation} refuse unknown parameters, other spellings among them`, async () => {
      for (const name of ['onbekend', snake, 'Verzoek', 'pageSize', 'ordering'])
        expectRefused(await list(`${relation}?${name}=1`), 'nonFieldErrors unknown-parameters');
      const both = await list(`${relation}?b=1&verzoek=x&a=2`);
      expectRefused(both, 'nonFieldErrors unknown-parameters');
      expect(both.text).to.include('Onbekende query parameters: b, a');
    });

    it(`${relation} refuse what cannot be a verzoek, and find nothing of one that is not there`, async () => {
      for (const [value, code] of [
        ['', 'invalid'],
        ['/verzoeken/1', 'invalid'],
        [`${base}/verzoeken/x`, 'invalid'],
        [`${base}/${relation}/${nobody}`, 'invalid-type'],
      ])
        expectRefused(await list(`${relation}?${query({ verzoek: value ?? '' })}`), `verzoek ${code ?? ''}`);
      for (const url of [`${base}/verzoeken/${nobody}`, 'https://vreemd.example/1'])
        expect(await count(`${relation}?${query({ verzoek: url })}`)).to.equal(0);
    });

    it(`${relation} ignore other filters that are blank, and refuse what is no URL`, async () => {
      const [name = ''] = Object.keys(filters);
      expect(await count(`${relation}?${name}=`)).to.equal(await count(relation));
      expectRefused(await list(`${relation}?${name}=geen-url`), `${name} invalid`);
    });
  }

  it('an informatieobject is found whatever its version (ruling R11)', async () => {
    const verzoek = await made();
    const url = await related('verzoekinformatieobjecten', {
      verzoek,
      informatieobject: `${document(1)}?versie=1`,
    });
    for (const informatieobject of [document(1), `${document(1)}?versie=1`, `${document(1)}?versie=2`])
      expect(await urls(`verzoekinformatieobjecten?${query({ verzoek, informatieobject })}`)).to.deep.equal([
        url,
      ]);
  });
});
