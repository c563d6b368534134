import { expect } from 'chai';
import { isObject, type Json, type JsonObject } from '../../src/json.ts';
import { runningGateway, token, urlIn } from '../kit/gateway.ts';
import { expectRefused } from '../verzoeken/samples.ts';
import { kicConfig, kicOf, ours, textIn, without } from './kic.ts';

/** The order in which clients see the fields (A4.1). */
const keys = [
  'url',
  'voornaam',
  'achternaam',
  'adres',
  'telefoonnummer',
  'emailadres',
  'functie',
  'subject',
  'subjectType',
];

/** How long each text may be. */
const limits: Readonly<Record<string, number>> = {
  voornaam: 200,
  achternaam: 200,
  telefoonnummer: 20,
  functie: 200,
};

const whole = {
  aoaIdentificatie: '0344010000000001',
  wplWoonplaatsNaam: 'Utrecht',
  gorOpenbareRuimteNaam: 'Dorpsstraat',
  aoaHuisnummer: 12,
};

describe('kic A4.1: the fields of a klant', () => {
  const gateway = runningGateway({
    config: {
      apis: { kic: { ...kicConfig.apis.kic, bronorganisatiePerClient: { reader: '950428139' } } },
      // Fifty at once may take long on a machine that does more than this.
      limits: { requestMs: 60_000 },
      clients: [
        { id: 'all', secret: '${ALL}', scopes: 'all' },
        { id: 'reader', secret: '${READER}', scopes: 'all' },
      ],
    },
  });
  const { create, made, ourKlant, read, row } = kicOf(gateway);

  const stored = async (body: JsonObject): Promise<JsonObject> => {
    const answer = await create('klanten', body);
    expect(answer.status, answer.text).to.equal(201);
    expect((await gateway.get(urlIn(answer))).text).to.equal(answer.text);
    return answer.body;
  };
  const refused = async (body: JsonObject, ...wanted: string[]) => {
    expectRefused(await create('klanten', body), ...wanted);
  };

  it('are all optional: an empty body is a klant, shown as unset in the order of the standard', async () => {
    const answer = await create('klanten');
    expect(answer.status, answer.text).to.equal(201);
    expect(Object.keys(answer.body)).to.deep.equal(keys);
    expect(answer.headers.get('Location')).to.equal(answer.body.url);
    expect(answer.body).to.deep.include({
      ...Object.fromEntries(keys.slice(1).map((name) => [name, ''])),
      subjectType: null,
    });
  });

  it('take as many characters as the standard says, and not one more', async () => {
    const longest = Object.fromEntries(
      Object.entries(limits).map(([name, limit]) => [name, 'x'.repeat(limit)]),
    );
    expect(await stored(longest)).to.deep.include(longest);
    const tooLong = Object.fromEntries(
      Object.entries(limits).map(([name, limit]) => [name, 'x'.repeat(limit + 1)]),
    );
    await refused(tooLong, ...Object.keys(limits).map((name) => `${name} max_length`));
  });

  it('refuse null, all of them at once and in order, but for subjectType', async () => {
    const names = keys.slice(1).filter((name) => name !== 'subjectType');
    await refused(
      Object.fromEntries(keys.map((name) => [name, null])),
      ...names.map((name) => `${name} null`),
    );
  });

  it('refuse what is no text, no e-mail address, no URL and no known word', async () => {
    await refused({ adres: {} }, 'adres invalid');
    await refused({ emailadres: 'geen adres' }, 'emailadres invalid');
    await refused({ subject: '/subjecten/1' }, 'subject invalid');
    await refused({ subjectType: 'persoon' }, 'subjectType invalid_choice');
  });

  it('of which subject is never fetched, whatever host it names', async () => {
    const subject = 'https://nergens.example/subjecten/1';
    expect((await stored({ subject })).subject).to.equal(subject);
  });

  it('ignore a url, and keys that only the newer API has', async () => {
    const body = {
      url: 'https://elders.example/1',
      bronorganisatie: '950428139',
      klantnummer: 'EIGEN-1',
      bedrijfsnaam: 'Van Dijk BV',
      voorvoegselAchternaam: 'van',
      websiteUrl: 'geen-url',
      klant: 'geen-url',
    };
    const url = await made('klanten', body);
    expect(Object.keys(await read(url))).to.deep.equal(keys);
    const mine = await read(ours(url));
    expect(mine).to.deep.include({
      bronorganisatie: '123456782',
      bedrijfsnaam: '',
      voorvoegselAchternaam: '',
      websiteUrl: 'https://www.gemeente.example',
    });
    expect(mine.klantnummer).not.to.equal('EIGEN-1');
    const patched = await gateway.patch(url, { ...body, functie: 'inkoper' });
    expect(patched.status, patched.text).to.equal(200);
    expect(await read(ours(url))).to.deep.equal({ ...mine, functie: 'inkoper' });
  });

  describe('that this API does not know (B2)', () => {
    it('the bronorganisatie is that of the client, when it has one of its own', async () => {
      const url = urlIn(await create('klanten', {}, { client: 'reader' }));
      expect((await read(ours(url))).bronorganisatie).to.equal('950428139');
      const other = urlIn(await create('klanten'));
      expect((await read(ours(other))).bronorganisatie).to.equal('123456782');
    });

    it('an update by another client leaves the bronorganisatie', async () => {
      const url = await made('klanten');
      const headers = { Authorization: `Bearer ${await token('reader')}` };
      const answer = await gateway.put(url, { functie: 'inkoper' }, { headers });
      expect(answer.status, answer.text).to.equal(200);
      expect((await read(ours(url))).bronorganisatie).to.equal('123456782');
    });

    it('the klantnummer is generated, and another one for each of fifty at the same time', async () => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => create('klanten')));
      expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 201));
      const shown = await Promise.all(answers.map((answer) => read(ours(urlIn(answer)))));
      const numbers = shown.map(({ klantnummer }) => textIn(klantnummer));
      expect(new Set(numbers)).to.have.property('size', 50);
      for (const number of numbers) expect(number).to.match(/^[2-9A-HJ-NP-Z]{8}$/);
    }).timeout(60_000);

    it('what it cannot show it does not change: website, bedrijfsnaam, number and organisation stay', async () => {
      const mine = await ourKlant({
        bronorganisatie: '950428139',
        websiteUrl: 'https://www.bedrijf.example/wij',
        bedrijfsnaam: 'Jansen BV',
        klantnummer: `B${Date.now() % 1_000_000}`,
      });
      const before = await read(mine);
      const url = mine.replace('/klanten/api', '/kic/api');
      expect((await gateway.patch(url, { functie: 'inkoper' })).status).to.equal(200);
      expect((await gateway.put(url, { functie: 'verkoper' })).status).to.equal(200);
      expect(await read(mine)).to.deep.equal({ ...before, functie: 'verkoper' });
    });
  });

  describe('achternaam (B2)', () => {
    const withPrefix = async () => {
      const url = await ourKlant({ voorvoegselAchternaam: 'van der', achternaam: 'Berg' });
      return url.replace('/klanten/api', '/kic/api');
    };
    const stored = async (url: string) => {
      const { voorvoegselAchternaam, achternaam } = await read(ours(url));
      return [voorvoegselAchternaam, achternaam];
    };

    it('is shown with the prefix that the newer API keeps apart', async () => {
      expect((await read(await withPrefix())).achternaam).to.equal('van der Berg');
    });

    it('is shown whole when prefix and name together are longer than it may be', async () => {
      const name = 'x'.repeat(200);
      const mine = await ourKlant({ voorvoegselAchternaam: 'y'.repeat(10), achternaam: name });
      const url = mine.replace('/klanten/api', '/kic/api');
      const shown = textIn((await read(url)).achternaam);
      expect(shown).to.equal(`${'y'.repeat(10)} ${name}`);
      expect((await gateway.put(url, { achternaam: shown })).status).to.equal(200);
      expect(await stored(url)).to.deep.equal(['y'.repeat(10), name]);
      expectRefused(await gateway.patch(url, { achternaam: `${shown}x` }), 'achternaam max_length');
    });

    it('sent back as it was shown is no change; anything else is all of it, without a prefix', async () => {
      const url = await withPrefix();
      expect((await gateway.patch(url, { achternaam: ' van der Berg ' })).status).to.equal(200);
      expect(await stored(url)).to.deep.equal(['van der', 'Berg']);
      expect((await gateway.patch(url, { achternaam: 'van der Burg' })).body.achternaam).to.equal(
        'van der Burg',
      );
      expect(await stored(url)).to.deep.equal(['', 'van der Burg']);
    });

    it('of blank clears both', async () => {
      const url = await withPrefix();
      expect((await gateway.patch(url, { achternaam: '' })).body.achternaam).to.equal('');
      expect(await stored(url)).to.deep.equal(['', '']);
    });
  });

  describe('subjectType and subjectIdentificatie', () => {
    it('follow the type, in the order of the newer API', async () => {
      const body = { subjectType: 'vestiging', subjectIdentificatie: { vestigingsNummer: '1'.repeat(24) } };
      const shown = await stored(body);
      expect(Object.keys(shown)).to.deep.equal([...keys, 'subjectIdentificatie']);
      expect(isObject(shown.subjectIdentificatie) && Object.keys(shown.subjectIdentificatie)).to.deep.equal([
        'vestigingsNummer',
        'handelsnaam',
        'verblijfsadres',
        'subVerblijfBuitenland',
      ]);
    });

    it('of no type: what is in the body is ignored', async () => {
      for (const subjectType of [null, '']) {
        const shown = await stored({ subjectType, subjectIdentificatie: { inpBsn: 'fout' } });
        expect(shown.subjectType).to.equal(null);
        expect(shown).not.to.have.property('subjectIdentificatie');
      }
    });

    it('null is as good as not supplied, so that what was read can be sent back', async () => {
      const shown = await stored({ subjectType: 'vestiging', subjectIdentificatie: null });
      expect(shown.subjectIdentificatie).to.equal(null);
    });

    it('the type is immutable, and counts when an update does not say it', async () => {
      const url = await made('klanten', { subjectType: 'vestiging' });
      expectRefused(
        await gateway.patch(url, { subjectType: 'natuurlijk_persoon' }),
        'subjectType wijzigen-niet-toegelaten',
      );
      const answer = await gateway.patch(url, { subjectIdentificatie: { vestigingsNummer: '7' } });
      expect(answer.body.subjectIdentificatie).to.include({ vestigingsNummer: '7' });
    });
  });

  describe('verblijfsadres wants four keys', () => {
    const person = (verblijfsadres: Json): JsonObject => ({
      subjectType: 'natuurlijk_persoon',
      subjectIdentificatie: { verblijfsadres },
    });
    const place = 'subjectIdentificatie.verblijfsadres';

    it('on a create', async () => {
      await refused(person({}), ...Object.keys(whole).map((name) => `${place}.${name} required`));
      const shown = await stored(person(whole));
      const { verblijfsadres } = isObject(shown.subjectIdentificatie) ? shown.subjectIdentificatie : {};
      expect(verblijfsadres).to.deep.include(whole);
    });

    it('also in a PATCH, when it says more than is stored', async () => {
      const url = await made('klanten', person(whole));
      const rest = without(whole, 'wplWoonplaatsNaam');
      expectRefused(await gateway.patch(url, person(rest)), `${place}.wplWoonplaatsNaam required`);
    });

    it('none of them null or blank, and each within its limits', async () => {
      await refused(person({ ...whole, aoaHuisnummer: null }), `${place}.aoaHuisnummer null`);
      await refused(person({ ...whole, aoaHuisnummer: 100_000 }), `${place}.aoaHuisnummer max_value`);
      await refused(person({ ...whole, wplWoonplaatsNaam: '' }), `${place}.wplWoonplaatsNaam blank`);
      await refused(
        person({ ...whole, wplWoonplaatsNaam: 'x'.repeat(81) }),
        `${place}.wplWoonplaatsNaam max_length`,
      );
    });

    it('but for gaps that are stored: shown as gaps, and taken back as they are', async () => {
      const mine = await ourKlant(
        person({ aoaIdentificatie: '0344010000000001', gorOpenbareRuimteNaam: 'Dorpsstraat' }),
      );
      const url = mine.replace('/klanten/api', '/kic/api');
      const { subjectIdentificatie } = await read(url);
      const { verblijfsadres } = isObject(subjectIdentificatie) ? subjectIdentificatie : {};
      expect(verblijfsadres).to.deep.include({ wplWoonplaatsNaam: '', aoaHuisnummer: null });
      const before = await row(url);
      const back = await gateway.patch(url, { functie: 'inkoper', ...person(verblijfsadres ?? null) });
      expect(back.status, back.text).to.equal(200);
      const columns = without(before, 'MUTNR', 'FUNC');
      expect(await row(url)).to.include(columns);
      const other = isObject(verblijfsadres) ? { ...verblijfsadres, aoaPostcode: '1234AB' } : {};
      expectRefused(
        await gateway.patch(url, person(other)),
        `${place}.wplWoonplaatsNaam blank`,
        `${place}.aoaHuisnummer null`,
      );
    });
  });
});

describe('kic A4.1: a klant where a subject is required', () => {
  const gateway = runningGateway({
    config: {
      apis: { kic: { ...kicConfig.apis.kic, websiteUrl: 'https://nergens.invalid' } },
      rules: { 'subject-required': 'on' },
    },
  });
  const { create, made, read } = kicOf(gateway);

  it('is refused without one', async () => {
    expectRefused(await create('klanten', { achternaam: 'Jansen' }), 'nonFieldErrors invalid-subject');
  });

  it('is made with one, with the website of the configuration in the newer API', async () => {
    const url = await made('klanten', { subject: 'https://nergens.example/1' });
    expect((await read(ours(url))).websiteUrl).to.equal('https://nergens.invalid');
  });
});
