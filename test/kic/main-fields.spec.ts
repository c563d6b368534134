import { expect } from 'chai';
import type { Json, JsonObject } from '../../src/json.ts';
import { runningGateway, urlIn } from '../kit/gateway.ts';
import { expectRefused } from '../verzoeken/samples.ts';
import { kicBase, kicConfig, kicOf, nobody, ours, textIn, uuidFor, without } from './kic.ts';

const medewerker = { identificatie: 'KCC-1', achternaam: '', voorletters: '', voorvoegselAchternaam: '' };

describe('kic A4.2 to A4.4: the fields of everything but a klant', () => {
  const gateway = runningGateway({ config: kicConfig });
  const { create, made, read, link, row, zaak, document } = kicOf(gateway);

  const stored = async (plural: string, body: JsonObject): Promise<JsonObject> => {
    const answer = await create(plural, body);
    expect(answer.status, answer.text).to.equal(201);
    expect((await gateway.get(urlIn(answer))).text).to.equal(answer.text);
    return answer.body;
  };
  const refused = async (plural: string, body: JsonObject, ...wanted: string[]) => {
    expectRefused(await create(plural, body), ...wanted);
  };

  describe('a contactmoment (A4.2)', () => {
    it('shows what was never supplied as unset, in the order of the standard', async () => {
      const shown = await stored('contactmomenten', {});
      expect(
        Object.entries(shown).filter(([name]) => !['url', 'interactiedatum'].includes(name)),
      ).to.deep.equal(
        Object.entries({
          bronorganisatie: '123456782',
          klant: null,
          kanaal: '',
          voorkeurskanaal: '',
          tekst: '',
          onderwerpLinks: [],
          initiatiefnemer: '',
          medewerker: '',
          medewerkerIdentificatie: medewerker,
        }),
      );
      expect(Object.keys(shown).slice(0, 4)).to.deep.equal([
        'url',
        'bronorganisatie',
        'klant',
        'interactiedatum',
      ]);
    });

    it('keeps what was sent; neither medewerker nor onderwerpLinks are fetched', async () => {
      const sent = {
        interactiedatum: '2020-02-29T12:30:00.5Z',
        kanaal: 'k'.repeat(50),
        voorkeurskanaal: 'v'.repeat(50),
        tekst: 'Lang verhaal. '.repeat(500).trim(),
        onderwerpLinks: ['https://nergens.example/1'],
        initiatiefnemer: 'klant',
        medewerker: 'https://nergens.example/medewerkers/1',
      };
      const shown = await stored('contactmomenten', sent);
      expect(shown).to.deep.include({ ...sent, interactiedatum: '2020-02-29T12:30:00.500000Z' });
      expect((await read(ours(textIn(shown.url)))).registratiedatum).to.equal(shown.interactiedatum);
    });

    it('refuses null and what is too long, all at once and in order', async () => {
      const names = ['bronorganisatie', 'interactiedatum', 'kanaal', 'voorkeurskanaal', 'tekst'];
      const more = ['onderwerpLinks', 'initiatiefnemer', 'medewerker'];
      const all = [...names, ...more];
      const nothing = Object.fromEntries(all.map((name) => [name, null]));
      await refused('contactmomenten', nothing, ...all.map((name) => `${name} null`));
      await refused(
        'contactmomenten',
        {
          kanaal: 'k'.repeat(51),
          voorkeurskanaal: 'v'.repeat(51),
          medewerker: `https://a.example/${'x'.repeat(1000)}`,
        },
        ...['kanaal', 'voorkeurskanaal', 'medewerker'].map((name) => `${name} max_length`),
      );
    });

    it('wants a bronorganisatie that passes the elfproef, and a medewerker in one of two ways', async () => {
      await refused('contactmomenten', { bronorganisatie: '123456789' }, 'bronorganisatie invalid');
      const answer = await gateway.create('kic', 'contactmomenten', { medewerkerIdentificatie: medewerker });
      expectRefused(answer, 'bronorganisatie required');
      const nobodys = { medewerker: '', medewerkerIdentificatie: null };
      await refused('contactmomenten', nobodys, 'nonFieldErrors invalid-medewerker');
    });

    it('ignores keys that only the newer API has, and its name of the date', async () => {
      const previous = await made('contactmomenten');
      const shown = await stored('contactmomenten', {
        registratiedatum: '2001-01-01T00:00:00Z',
        vorigContactmoment: ours(previous),
        voorkeurstaal: 'nld',
      });
      const mine = await read(ours(textIn(shown.url)));
      expect(mine).to.deep.include({ vorigContactmoment: null, voorkeurstaal: '' });
      expect(mine.registratiedatum).not.to.match(/^2001/);
    });

    it('what it cannot show it does not change: voorkeurstaal and vorigContactmoment stay', async () => {
      const previous = await made('contactmomenten');
      const url = await made('contactmomenten');
      const links = { voorkeurstaal: 'eng', vorigContactmoment: ours(previous) };
      expect((await gateway.patch(ours(url), links)).status).to.equal(200);
      const before = await read(ours(url));
      expect((await gateway.patch(url, { kanaal: 'balie' })).status).to.equal(200);
      expect((await gateway.put(url, { ...(await read(url)), kanaal: 'brief' })).status).to.equal(200);
      expect(await read(ours(url))).to.deep.equal({ ...before, kanaal: 'brief' });
    });

    it('is not in other contactmomenten any more when it is deleted', async () => {
      const previous = await made('contactmomenten');
      const url = await made('contactmomenten');
      await gateway.patch(ours(url), { vorigContactmoment: ours(previous) });
      expect((await gateway.delete(previous)).status).to.equal(204);
      expect((await read(ours(url))).vorigContactmoment).to.equal(null);
    });
  });

  describe('a verzoek (A4.3)', () => {
    it('shows what was never supplied as unset, in the order of the standard', async () => {
      const shown = await stored('verzoeken', { interactiedatum: '2019-05-06T07:08:09Z' });
      const rest = without(shown, 'url');
      expect(Object.entries(rest)).to.deep.equal(
        Object.entries({
          identificatie: 'VERZOEK-2019-0000000001',
          bronorganisatie: '123456782',
          externeIdentificatie: '',
          klant: null,
          interactiedatum: '2019-05-06T07:08:09Z',
          voorkeurskanaal: '',
          tekst: '',
          status: 'ontvangen',
        }),
      );
      expect(Object.keys(shown)[0]).to.equal('url');
    });

    it('shares one series of numbers with the newer API', async () => {
      const interactiedatum = '2018-05-06T07:08:09Z';
      const registratiedatum = interactiedatum;
      const body = { bronorganisatie: '123456782', status: 'ontvangen', registratiedatum };
      const numbers = [
        (await stored('verzoeken', { interactiedatum })).identificatie,
        (await gateway.create('verzoeken', 'verzoeken', body)).body.identificatie,
        (await stored('verzoeken', { interactiedatum })).identificatie,
      ];
      expect(numbers).to.deep.equal([1, 2, 3].map((number) => `VERZOEK-2018-000000000${number}`));
    });

    it('refuses what the standard refuses', async () => {
      await refused('verzoeken', { status: 'nieuw' }, 'status invalid_choice');
      await refused('verzoeken', { identificatie: 'x'.repeat(41) }, 'identificatie max_length');
      await refused('verzoeken', { externeIdentificatie: 'a b' }, 'externeIdentificatie invalid');
      const nothing = await gateway.create('kic', 'verzoeken', {});
      expectRefused(nothing, 'bronorganisatie required', 'status required');
    });

    it('an identificatie is unique and immutable, and a collision of bronorganisatie alone is found', async () => {
      const identificatie = 'UNIEK-1';
      const url = await made('verzoeken', { identificatie });
      await refused('verzoeken', { identificatie }, 'identificatie identificatie-niet-uniek');
      expectRefused(
        await gateway.patch(url, { identificatie: 'UNIEK-2' }),
        'identificatie wijzigen-niet-toegelaten',
      );
      await made('verzoeken', { identificatie, bronorganisatie: '950428139' });
      expectRefused(
        await gateway.patch(url, { bronorganisatie: '950428139' }),
        'identificatie identificatie-niet-uniek',
      );
    });

    it('what it cannot show it does not change: the verzoek that it withdraws stays', async () => {
      const withdrawn = await made('verzoeken');
      const url = await made('verzoeken');
      expect((await gateway.patch(ours(url), { inTeTrekkenVerzoek: ours(withdrawn) })).status).to.equal(200);
      const before = await read(ours(url));
      expect((await gateway.put(url, { ...(await read(url)), status: 'afgehandeld' })).status).to.equal(200);
      expect((await gateway.patch(url, { tekst: 'x' })).status).to.equal(200);
      expect(await read(ours(url))).to.deep.equal({ ...before, status: 'afgehandeld', tekst: 'x' });
    });
  });

  describe('a relation (A4.4)', () => {
    let [contactmoment, verzoek] = ['', ''];
    before(async () => {
      [contactmoment, verzoek] = [await made('contactmomenten'), await made('verzoeken')];
    });
    const long = (length: number) => zaak().padEnd(length, '0');

    it('shows its fields in the order of the standard', async () => {
      const relations: [string, JsonObject][] = [
        ['verzoekcontactmomenten', { contactmoment, verzoek }],
        ['verzoekinformatieobjecten', { informatieobject: document(), verzoek }],
        [
          'verzoekproducten',
          { verzoek, product: 'https://a.example/1', productIdentificatie: { code: 'P-1' } },
        ],
      ];
      for (const [plural, body] of relations) {
        const { url, ...rest } = await stored(plural, body);
        expect(url).to.match(new RegExp(`^${kicBase}/${plural}/`));
        expect(Object.entries(rest)).to.deep.equal(Object.entries(body));
      }
    });

    it('of a product shows what is not there as unset', async () => {
      const first = await stored('verzoekproducten', { verzoek, productIdentificatie: { code: 'P-2' } });
      expect(first).to.deep.include({ product: '', productIdentificatie: { code: 'P-2' } });
      const second = await stored('verzoekproducten', { verzoek, product: 'https://a.example/2' });
      expect(second).to.deep.include({ productIdentificatie: { code: '' } });
      await refused('verzoekproducten', { verzoek }, 'nonFieldErrors invalid-product');
    });

    it('has an object and a product of two hundred characters, and not one more', async () => {
      const product = 'https://a.example/'.padEnd(200, 'x');
      expect((await stored('verzoekproducten', { verzoek, product })).product).to.equal(product);
      await refused('verzoekproducten', { verzoek, product: `${product}x` }, 'product max_length');
      const objects = { objectcontactmomenten: { contactmoment }, objectverzoeken: { verzoek } };
      for (const [plural, main] of Object.entries(objects)) {
        const body = { ...main, objectType: 'zaak' };
        await refused(plural, { ...body, object: long(201) }, 'object max_length');
        await refused(plural, { ...body, object: long(200) }, 'object bad-url');
      }
    });

    it('wants all that is required, and none of it null', async () => {
      const required = {
        objectcontactmomenten: ['contactmoment', 'object', 'objectType'],
        objectverzoeken: ['verzoek', 'object', 'objectType'],
        verzoekcontactmomenten: ['contactmoment', 'verzoek'],
        verzoekinformatieobjecten: ['informatieobject', 'verzoek'],
        verzoekproducten: ['verzoek'],
      };
      for (const [plural, names] of Object.entries(required)) {
        await refused(plural, {}, ...names.map((name) => `${name} required`));
        const nothing = Object.fromEntries(names.map((name) => [name, null]));
        await refused(plural, nothing, ...names.map((name) => `${name} null`));
      }
    });

    it('leads to records of ours: by any path, and to nothing else', async () => {
      const wrong: [Json, string][] = [
        ['https://elders.example/1', 'no_match'],
        [`${kicBase}/klanten/${nobody}`, 'incorrect_match'],
        [`${kicBase}/contactmomenten/geen-uuid`, 'invalid'],
        [`${kicBase}/contactmomenten/${nobody}`, 'does_not_exist'],
      ];
      for (const [value, code] of wrong)
        await refused('verzoekcontactmomenten', { contactmoment: value, verzoek }, `contactmoment ${code}`);
      const other = await made('contactmomenten');
      const { pathname } = new URL(other);
      const shown = await stored('verzoekcontactmomenten', {
        contactmoment: pathname,
        verzoek: ours(verzoek),
      });
      expect(shown).to.include({ contactmoment: other, verzoek });
      expect(await read(ours(textIn(shown.url)))).to.include({
        contactmoment: ours(other),
        verzoek: ours(verzoek),
      });
    });

    it('with a document that is not one: bad-url, and invalid when it is no URL at all', async () => {
      const relation = 'verzoekinformatieobjecten';
      await refused(
        relation,
        { verzoek, informatieobject: 'geen-url' },
        'informatieobject bad-url',
        'informatieobject invalid',
      );
      await refused(relation, { verzoek, informatieobject: verzoek }, 'informatieobject invalid-resource');
    });

    it('with an object: the URL is fetched only when all fields are right', async () => {
      const bad = { object: 'geen-url', objectType: 'zaak' };
      await refused('objectverzoeken', { ...bad, verzoek }, 'object invalid');
      await refused(
        'objectverzoeken',
        { verzoek, object: `${zaak()}0`, objectType: 'x' },
        'objectType invalid_choice',
      );
      await refused(
        'objectverzoeken',
        { verzoek, object: `${zaak()}0`, objectType: 'zaak' },
        'object bad-url',
      );
      await refused(
        'objectverzoeken',
        { verzoek, object: verzoek, objectType: 'zaak' },
        'object invalid-resource',
      );
      const nowhere = `${kicBase}/verzoeken/${nobody}`;
      await refused(
        'objectverzoeken',
        { ...bad, verzoek: nowhere },
        'verzoek does_not_exist',
        'object invalid',
      );
    });
  });

  describe('sent back as it was shown (B1)', () => {
    it('changes nothing at all: not by PUT and not by PATCH, not here and not in the CRM', async () => {
      const klant = await made('klanten', {
        achternaam: 'Berg',
        adres: 'Dorpsstraat 12a-3, 1234 AB Utrecht',
        subjectType: 'natuurlijk_persoon',
        subjectIdentificatie: { geslachtsnaam: 'Berg', inpBsn: '' },
      });
      await gateway.patch(ours(klant), { voorvoegselAchternaam: 'van den' });
      const contactmoment = await made('contactmomenten', { klant, onderwerpLinks: ['https://a.example/1'] });
      await link(contactmoment, await made('klanten'), 'belanghebbende');
      const verzoek = await made('verzoeken', { klant, externeIdentificatie: 'E-1' });
      for (const url of [klant, contactmoment, verzoek]) {
        const ownRow = async () => (url === klant ? row(url) : undefined);
        const before = [await read(ours(url)), await ownRow()];
        const shown = await gateway.get(url);
        await gateway.crm.forget();
        const answers = [await gateway.put(url, shown.body), await gateway.patch(url, shown.body)];
        const writes = Object.keys(await gateway.crm.counts()).filter((call) => !call.startsWith('GET'));
        expect(writes, url).to.deep.equal([]);
        for (const answer of answers) expect(answer.text).to.equal(shown.text);
        expect([await read(ours(url)), await ownRow()]).to.deep.equal(before);
      }
    });

    it('holds for records that were there before us as well, with all their dirt', async () => {
      const places = [
        ...[1, 2, 3, 4, 5, 6, 7, 8].map((index) => ['klanten', 'klant', 100_000 + index * 37] as const),
        ...[1, 2, 3, 4].map((index) => ['contactmomenten', 'contactmoment', 500_000 + index * 11] as const),
        ...[1, 2, 3, 4].map((index) => ['verzoeken', 'verzoek', 900_000 + index * 11] as const),
      ];
      for (const [plural, name, number] of places) {
        const url = `${kicBase}/${plural}/${uuidFor(name, number)}`;
        const shown = await gateway.get(url);
        expect(shown.status, shown.text).to.equal(200);
        const before = await read(ours(url));
        const answer = await gateway.put(url, shown.body);
        // Only what breaks the standard in the CRM itself may be refused.
        expect(answer.status, answer.text).to.equal(200);
        expect(answer.text).to.equal(shown.text);
        expect(await read(ours(url))).to.deep.equal(before);
      }
    });
  });
});
