import { expect } from 'chai';
import { contactmoment } from '../../src/resources/contactmoment.ts';
import { klant } from '../../src/resources/klant.ts';
import { verzoek } from '../../src/resources/verzoek.ts';
import { complaints, runningGateway } from '../kit/gateway.ts';
import { createdIn, expectRefused } from '../verzoeken/samples.ts';
import { kicBase, kicConfig, kicOf, nobody, ours, textIn, uuidOf } from './kic.ts';

const mainLists = { klanten: klant, contactmomenten: contactmoment, verzoeken: verzoek };

const relations = [
  'objectcontactmomenten',
  'objectverzoeken',
  'verzoekcontactmomenten',
  'verzoekinformatieobjecten',
  'verzoekproducten',
] as const;

const unknown = 'nonFieldErrors unknown-parameters';

describe('kic A3: lists', () => {
  const gateway = runningGateway({ config: { ...kicConfig, rules: { 'cm-006': 'off', 'vrz-009': 'off' } } });
  const { made, items, list, link, create, read, emptied, zaak, document } = kicOf(gateway);

  before(emptied);

  const urls = async (query: string) => (await items(query)).map(({ url }) => textIn(url));

  describe('main lists', () => {
    it('are the whole collection as a bare array, oldest first, with all that a read shows', async () => {
      const wanted = [await made('verzoeken'), await made('verzoeken', { klant: await made('klanten') })];
      const found = await items('verzoeken');
      const { count } = (await gateway.list('verzoeken', 'verzoeken')).body;
      expect(found).to.have.length(Number(count));
      expect(found.slice(-2).map(({ url }) => url)).to.deep.equal(wanted);
      expect(found.at(-1)).to.deep.equal(await read(wanted[1] ?? ''));
    });

    it('have no pages: more than a page of the newer API is in one answer', async () => {
      const found = await urls('klanten');
      expect(new Set(found)).to.have.property('size', found.length);
      expect(found).to.have.length(Number((await gateway.get('/klanten')).body.count));
      expect(found.length).to.be.greaterThan(900);
    }).timeout(60_000);

    for (const [plural, ours] of Object.entries(mainLists)) {
      it(`${plural}: refuse every filter of the newer API, in every spelling`, async () => {
        const names = Object.keys(ours.filters);
        const spelled = names.flatMap((name) => [name, name.toUpperCase(), name.replace(/([A-Z])/g, '_$1')]);
        for (const name of [...spelled, 'klant', 'object', 'KLANT'])
          expect(complaints(await list(`${plural}?${name}=x`)), name).to.deep.equal([unknown]);
        expect(complaints(await list(`${plural}?${names[0] ?? ''}=`)), 'blank').to.deep.equal([unknown]);
      });

      it(`${plural}: refuse any page but the first`, async () => {
        for (const page of ['2', '0', 'last', 'x', ''])
          expectRefused(await list(`${plural}?page=${page}`), unknown);
      });
    }

    it('ignore what means nothing anywhere, and take the first page', async () => {
      const all = (await list('verzoeken')).text;
      for (const query of ['page=1', 'foo=bar', 'pageSize=10', 'interactiedatum=2020'])
        expect((await list(`verzoeken?${query}`)).text, query).to.equal(all);
    });

    it('answer HEAD as GET, without a body', async () => {
      const answer = await gateway.head('//kic/api/v1/verzoeken');
      expect([answer.status, answer.text]).to.deep.equal([200, '']);
      expect(answer.headers.get('API-version')).to.equal('0.1.0');
    });

    it('read the relations with klanten at once, and not record by record', async () => {
      const klant = await made('klanten');
      const requests = async () => {
        await gateway.crm.forget();
        await items('contactmomenten');
        const counts = await gateway.crm.counts();
        return Object.values(counts).reduce((sum, count) => sum + count, 0);
      };
      await made('contactmomenten', { klant });
      const before = await requests();
      await Promise.all(Array.from({ length: 8 }, () => made('contactmomenten', { klant })));
      expect(await requests()).to.equal(before);
    });
  });

  describe('relation lists', () => {
    it('refuse every parameter that is not theirs, also a page', async () => {
      for (const plural of relations) {
        for (const query of [
          'page=1',
          'foo=bar',
          'objectType=zaak',
          'ordering=object',
          'klant=x',
          'Verzoek=x',
        ])
          expect(complaints(await list(`${plural}?${query}`)), `${plural} ${query}`).to.deep.equal([unknown]);
      }
    });

    it('find by each of their filters', async () => {
      const [contactmoment, verzoek] = [await made('contactmomenten'), await made('verzoeken')];
      const [otherContact, otherVerzoek] = [await made('contactmomenten'), await made('verzoeken')];
      const product = 'https://producten.example/1';
      const productIdentificatie = { code: 'P-1' };
      const cases: [string, object, object, Record<string, string>][] = [
        [
          'objectcontactmomenten',
          { contactmoment, object: zaak(), objectType: 'zaak' },
          { contactmoment: otherContact, object: zaak(1), objectType: 'zaak' },
          { contactmoment, object: zaak() },
        ],
        [
          'objectverzoeken',
          { verzoek, object: zaak(), objectType: 'zaak' },
          { verzoek: otherVerzoek, object: zaak(1), objectType: 'zaak' },
          { verzoek, object: zaak() },
        ],
        [
          'verzoekcontactmomenten',
          { contactmoment, verzoek },
          { contactmoment: otherContact, verzoek: otherVerzoek },
          { contactmoment, verzoek },
        ],
        [
          'verzoekinformatieobjecten',
          { informatieobject: document(), verzoek },
          { informatieobject: document(1), verzoek: otherVerzoek },
          { informatieobject: document(), verzoek },
        ],
        [
          'verzoekproducten',
          { verzoek, product, productIdentificatie },
          { verzoek: otherVerzoek, product: `${product}1`, productIdentificatie: { code: 'P-2' } },
          { verzoek, product, productIdentificatie__code: 'P-1' },
        ],
      ];
      for (const [plural, wanted, other, filters] of cases) {
        const url = await made(plural, { ...wanted });
        const otherUrl = await made(plural, { ...other });
        for (const [name, value] of Object.entries(filters)) {
          const found = await urls(`${plural}?${name}=${encodeURIComponent(value)}`);
          expect(found, `${plural} ${name}`).to.include(url).and.not.include(otherUrl);
        }
        const all = new URLSearchParams(filters).toString();
        expect(await items(`${plural}?${all}`)).to.deep.equal([await read(url)]);
      }
    });

    it('find by a reference in either spelling and under each base URL, and by no other', async () => {
      const verzoek = await made('verzoeken');
      const url = await made('verzoekproducten', { verzoek, productIdentificatie: { code: 'P-9' } });
      const { pathname } = new URL(verzoek);
      const spellings = [
        verzoek,
        ours(verzoek),
        `http://intern.test:8080${pathname}`,
        verzoek.replace('http:', 'https:'),
      ];
      for (const spelling of spellings)
        expect(await urls(`verzoekproducten?verzoek=${spelling}`), spelling).to.deep.equal([url]);
      const nowhere = [
        `https://vreemd.example${pathname}`,
        `${kicBase}/verzoeken/${nobody}`,
        `${kicBase}/bestaat-niet/${nobody}`,
        'http://klantbrug.test/elders',
      ];
      for (const other of nowhere)
        expect(await urls(`verzoekproducten?verzoek=${other}`), other).to.deep.equal([]);
      const wrong = { invalid: [pathname, '', 'geen-url'], 'invalid-type': [`${kicBase}/klanten/${nobody}`] };
      for (const [code, values] of Object.entries(wrong)) {
        for (const value of values)
          expectRefused(await list(`verzoekproducten?verzoek=${value}`), `verzoek ${code}`);
      }
    });

    it('take a URL of any length in a filter, and refuse what is no URL', async () => {
      const long = `https://producten.example/${'x'.repeat(2000)}`;
      expect(await urls(`verzoekproducten?product=${long}`)).to.deep.equal([]);
      expectRefused(await list('verzoekproducten?product=geen-url'), 'product invalid');
    });
  });

  it('show a klant that several contactmomenten have under each of them', async () => {
    const [first, second] = [await made('klanten'), await made('klanten')];
    const one = await made('contactmomenten', { klant: first });
    const other = await made('contactmomenten', { klant: second });
    await link(one, second, 'belanghebbende');
    const shown = await items('contactmomenten');
    const klantOf = (url: string) => shown.find((item) => uuidOf(textIn(item.url)) === uuidOf(url))?.klant;
    expect([klantOf(one), klantOf(other)]).to.deep.equal([first, second]);
  });

  it('know nothing of what was refused', async () => {
    const before = await urls('verzoeken');
    expect((await create('verzoeken', { status: 'nieuw' })).status).to.equal(400);
    createdIn(await create('verzoeken'));
    expect(await urls('verzoeken')).to.have.length(before.length + 1);
  });
});

describe('kic A3: a list with more records than the configuration allows', () => {
  const gateway = runningGateway({
    config: { apis: { kic: { ...kicConfig.apis.kic, maxRecords: 3, strictFilters: 'off' } } },
  });
  const { list, made, link, read, emptied, items } = kicOf(gateway);

  before(emptied);

  it('is 501, and nothing of it is shown', async () => {
    for (const plural of ['klanten', 'contactmomenten', 'verzoeken', 'verzoekproducten']) {
      const answer = await list(plural);
      expect(answer.status, plural).to.equal(501);
      expect(answer.text).not.to.include(kicBase);
    }
  });

  it('is shown up to and with that many', async () => {
    const verzoek = await made('verzoeken');
    for (const code of ['A', 'B', 'C'])
      await made('verzoekproducten', { verzoek, productIdentificatie: { code } });
    expect(await items(`verzoekproducten?verzoek=${verzoek}`)).to.have.length(3);
    await made('verzoekproducten', { verzoek, productIdentificatie: { code: 'D' } });
    expect((await list(`verzoekproducten?verzoek=${verzoek}`)).status).to.equal(501);
  });

  it('does not keep a record with more klanten than that from being shown', async () => {
    const url = await made('contactmomenten', { klant: await made('klanten') });
    const { klant } = await read(url);
    for (let count = 0; count < 4; count++) await link(url, await made('klanten'), 'belanghebbende');
    expect((await read(url)).klant).to.equal(klant);
  });

  it('strictFilters off: what is a filter of the newer API is ignored, and so is any page', async () => {
    for (const query of ['achternaam=x', 'page=2', 'klant=x'])
      expect((await list(`klanten?${query}`)).status, query).to.equal(501);
    expectRefused(await list('verzoekproducten?page=1'), unknown);
  });
});
