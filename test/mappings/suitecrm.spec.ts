import { expect } from 'chai';
import { type JsonObject, scalarText } from '../../src/json.ts';
import { type Answer, complaints, environment, leastKlant, results, urlIn } from '../kit/gateway.ts';
import { allLogLines } from '../kit/log.ts';
import { tooBusy } from '../stand-ins/kit/index.ts';
import { runningStandIn } from '../stand-ins/kit/running.ts';
import { suitecrm } from '../stand-ins/suitecrm.ts';
import { clientOf, gatewayOnSet, patient, queryOf } from './kit.ts';

const mediaType = 'application/vnd.api+json';
const secret = environment.CRM_KEY;

/** An error as SuiteCRM writes it. */
const errorOf = (status: number, detail: string) => ({
  status,
  headers: { 'Content-Type': mediaType },
  body: { errors: { status, title: 'Error', detail } },
});

const nasty = ["O'Brien", 'A & B', '100%', '[eq]=x', 'a"b\\c', '🌷 tulp', '007', "' OR 1=1 --", 'x]&sort=y'];

/** The URL of a record that was made. */
function urlOf(answer: Answer | undefined): string {
  if (!answer) throw new Error('It was not made.');
  return urlIn(answer);
}

describe('mappings/suitecrm', () => {
  const crm = runningStandIn(suitecrm({ secret }));
  const { gateway, contactmoment } = gatewayOnSet('suitecrm', {
    settings: () => ({ tijdzone: 'Europe/Amsterdam' }),
    backends: () => ({
      suitecrm: {
        baseUrl: `${crm.url}/V8`,
        credentials: clientOf(`${crm.url}/access_token`),
        ...patient,
      },
    }),
    off: ['kla-001'],
  });

  /** A call of SuiteCRM itself: what it answers under `data`. */
  async function inSuiteCrm(place: string, body?: JsonObject): Promise<JsonObject> {
    const form = { grant_type: 'client_credentials', client_id: 'klantbrug', client_secret: secret };
    const given = await fetch(`${crm.url}/access_token`, { method: 'POST', body: new URLSearchParams(form) });
    const { access_token: token } = (await given.json()) as { access_token: string };
    const answer = await fetch(`${crm.url}/V8/module${place}`, {
      method: body ? 'POST' : 'GET',
      headers: { Authorization: `Bearer ${token}`, Accept: mediaType, 'Content-Type': mediaType },
      body: body ? JSON.stringify({ data: body }) : null,
    });
    return ((await answer.json()) as { data: JsonObject }).data;
  }

  /** The attributes of the record that is behind a URL of ours. */
  const stored = async (module: string, url: string) =>
    (await inSuiteCrm(`/${module}/${url.slice(-36)}`)).attributes;

  it('keeps everything of a person, with names that are longer than a field', async () => {
    const person = {
      ...leastKlant,
      klantnummer: '00000070',
      voornaam: `${'é'.repeat(99)}🌷${'n'.repeat(20)}`,
      voorvoegselAchternaam: "van 't",
      achternaam: `O'Brien & Zn. ${'x'.repeat(120)}`,
      functie: 'f'.repeat(200),
      telefoonnummer: '020 555 01 23',
      emailadres: 'obrien@example.nl',
      adres: {
        straatnaam: "'s-Gravenweg",
        huisnummer: 0,
        huisletter: 'a',
        postcode: '1234 AB',
        landcode: '6030',
      },
      subjectType: 'natuurlijk_persoon',
      subjectIdentificatie: {
        inpBsn: '999990019',
        geboortedatum: '2000-02-29',
        geslachtsaanduiding: 'o',
        verblijfsadres: { aoaIdentificatie: '0363', gorOpenbareRuimteNaam: 'Dam', aoaHuisnummer: 7 },
      },
    };
    const made = await gateway.post(person);
    expect(made.status, made.text).to.equal(201);
    expect(made.body).to.deep.include({ voornaam: person.voornaam, functie: person.functie });
    expect(made.body.achternaam).to.equal(person.achternaam);
    expect(made.body.subjectIdentificatie).to.deep.include({
      inpBsn: '999990019',
      geboortedatum: '2000-02-29',
    });
    expect((await gateway.get(urlIn(made))).body).to.deep.equal(made.body);
    const attributes = await stored('Contacts', urlIn(made));
    expect(attributes).to.include({ klantnummer_c: '00000070', bsn_c: '999990019', birthdate: '' });
    expect(
      results(await gateway.get(`/klanten?${queryOf({ achternaam: person.achternaam })}`)),
    ).to.deep.equal([made.body]);

    const changed = await gateway.patch(urlIn(made), {
      emailadres: '',
      subjectIdentificatie: { geboortedatum: '1980-12-31' },
    });
    expect(changed.status, changed.text).to.equal(200);
    expect(changed.body.emailadres).to.equal('');
    expect(await stored('Contacts', urlIn(made))).to.include({
      birthdate: '1980-12-31',
      emailadres_c: '',
      email1: '',
    });
    expect((await gateway.delete(urlIn(made))).status).to.equal(204);
    expect((await gateway.get(urlIn(made))).status).to.equal(404);
  });

  it('keeps trade names apart, whatever is in them', async () => {
    const handelsnaam = ['Bloemen & Zo', '100%\nzuivel', '%0A'];
    const body = {
      ...leastKlant,
      subjectType: 'vestiging',
      subjectIdentificatie: { vestigingsNummer: '0001', handelsnaam },
    };
    const made = await gateway.post(body);
    expect(made.status, made.text).to.equal(201);
    expect((await gateway.get(urlIn(made))).body.subjectIdentificatie).to.deep.include({ handelsnaam });
  });

  for (const text of nasty) {
    it(`finds ${JSON.stringify(text)}, and nobody else`, async () => {
      const made = await gateway.post({ ...leastKlant, bedrijfsnaam: text });
      expect(made.status, made.text).to.equal(201);
      await gateway.post({ ...leastKlant, bedrijfsnaam: `${text.toUpperCase()}X` });
      const found = await gateway.get(`/klanten?${queryOf({ bedrijfsnaam: text })}`);
      expect(results(found).map(({ url }) => url)).to.deep.equal([urlIn(made)]);
    });
  }

  it('finds exactly, where SuiteCRM compares without capitals and accents', async () => {
    const made = await gateway.post({ ...leastKlant, achternaam: 'Citroën' });
    await gateway.post({ ...leastKlant, achternaam: 'CITROEN' });
    expect(results(await gateway.get(`/klanten?${queryOf({ achternaam: 'Citroën' })}`))).to.deep.equal([
      made.body,
    ]);
  });

  it('keeps a moment to the microsecond, in the hour that is there twice, and finds it', async () => {
    const moments = ['2026-10-25T00:30:00.250000Z', '2026-10-25T01:10:00.123456Z'];
    const made: Answer[] = [];
    for (const registratiedatum of moments)
      made.push(await contactmoment({ registratiedatum, kanaal: 'dst' }));
    expect(made.map(({ body }) => body.registratiedatum)).to.deep.equal(moments);
    expect(await stored('Calls', urlOf(made[1]))).to.include({
      date_start: '2026-10-25 02:10:00',
      status: 'Held',
      direction: '',
    });
    const since = async (operator: string, moment: string) => {
      const parameters = { kanaal: 'dst', [`registratiedatum__${operator}`]: moment };
      const found = await gateway.list('contactmomenten', `contactmomenten?${queryOf(parameters)}`);
      return results(found).map(({ registratiedatum }) => registratiedatum);
    };
    expect(await since('gte', '2026-10-25T00:45:00Z')).to.deep.equal([moments[1]]);
    expect(await since('lt', '2026-10-25T01:10:00Z')).to.deep.equal([moments[0]]);
  });

  it('relates a call to the first klant whom one spoke with, and the others in the Objecten API', async () => {
    const klanten = [urlIn(await gateway.post(leastKlant)), urlIn(await gateway.post(leastKlant))];
    const call = urlIn(await contactmoment({ tekst: 'Parkeren' }));
    const relate = (klant: string, rol: string) =>
      gateway.create('contactmomenten', 'klantcontactmomenten', { contactmoment: call, klant, rol });
    const [first, second] = klanten as [string, string];
    const made = [await relate(first, 'gesprekspartner'), await relate(second, 'gesprekspartner')];
    expect(made.map(({ status }) => status)).to.deep.equal([201, 201]);
    const related = { parent_type: 'Contacts', parent_id: first.slice(-36), name: 'Parkeren' };
    expect(await stored('Calls', call)).to.include(related);

    const found = async (parameters: Record<string, string>) =>
      results(await gateway.list('contactmomenten', `klantcontactmomenten?${queryOf(parameters)}`));
    expect(await found({ contactmoment: call })).to.deep.equal(made.map(({ body }) => body));
    expect(await found({ klant: first })).to.deep.equal([made[0]?.body]);
    expect(await found({ klant: first, rol: 'belanghebbende' })).to.deep.equal([]);
    expect((await gateway.delete(urlOf(made[0]))).status).to.equal(204);
    expect(await stored('Calls', call)).to.include({ parent_type: '', parent_id: '' });
    expect(await found({ contactmoment: call })).to.deep.equal([made[1]?.body]);
  });

  it('knows whose case a verzoek is, and gives it a number', async () => {
    const klant = urlIn(await gateway.post(leastKlant));
    const body = {
      bronorganisatie: '123456782',
      status: 'in_behandeling',
      tekst: "O'Briens kapvergunning 🌳",
    };
    const made = [];
    for (const status of ['ontvangen', 'in_behandeling'])
      made.push(await gateway.create('verzoeken', 'verzoeken', { ...body, status }));
    const numbers = made.map(({ body: { identificatie } }) => scalarText(identificatie) ?? '');
    expect(Number(numbers[1]?.slice(-10))).to.equal(Number(numbers[0]?.slice(-10)) + 1);
    const verzoek = urlOf(made[1]);
    const relation = await gateway.create('verzoeken', 'klantverzoeken', {
      verzoek,
      klant,
      rol: 'initiator',
    });
    expect(relation.status, relation.text).to.equal(201);
    expect(await stored('Cases', verzoek)).to.include({
      status: 'Open_Assigned',
      state: 'Open',
      contact_created_by_id: klant.slice(-36),
    });
    const found = await gateway.list('verzoeken', `klantverzoeken?${queryOf({ klant })}`);
    expect(results(found)).to.deep.equal([relation.body]);
  });

  it('counts exactly over several pages, though total-pages is wrong', async () => {
    for (let index = 0; index < 201; index++) {
      const attributes = { title: 'telling', klantnummer_c: `T${index}` };
      await inSuiteCrm('', { type: 'Contacts', attributes });
    }
    crm.forget();
    const pages = [];
    for (const page of ['1', '2', '3'])
      pages.push(await gateway.get(`/klanten?${queryOf({ functie: 'telling', page })}`));
    expect(pages.map(({ body }) => body.count)).to.deep.equal([201, 201, 201]);
    expect(pages.map((page) => results(page).length)).to.deep.equal([100, 100, 1]);
    expect(new Set(pages.flatMap((page) => results(page).map(({ url }) => url))).size).to.equal(201);
    const asked = crm.requests.filter(({ method }) => method === 'GET');
    expect(asked.map(({ query: sent }) => sent.get('page[number]')).slice(0, 3)).to.deep.equal([
      '1',
      '2',
      '3',
    ]);
    expect(new Set(asked.map(({ query: sent }) => sent.get('sort')))).to.deep.equal(new Set(['id']));
  });

  it('takes a new token once, when SuiteCRM says 401', async () => {
    const klant = urlIn(await gateway.post(leastKlant));
    crm.forget();
    crm.fault({ does: errorOf(401, 'Access token is invalid'), method: 'GET', path: '/V8' });
    expect((await gateway.get(klant)).status).to.equal(200);
    expect(crm.requests.map(({ path: asked }) => asked.replace(/[0-9a-f-]{36}$/, ''))).to.deep.equal([
      '/V8/module/Contacts/',
      '/access_token',
      '/V8/module/Contacts/',
    ]);
  });

  it('passes on that SuiteCRM is busy, and for how long', async () => {
    const klant = urlIn(await gateway.post(leastKlant));
    crm.fault({ does: tooBusy(7), method: 'GET', path: '/V8', times: 5 });
    const { status, headers } = await gateway.get(klant);
    expect([status, headers.get('Retry-After')]).to.deep.equal([503, '7']);
  });

  it('makes `unique` of the error of a rule in SuiteCRM', async () => {
    const rule = errorOf(400, "Duplicate entry '999990019' for key 'bsn_c'");
    for (const does of [rule, { ...rule, body: { errors: [rule.body.errors] } }]) {
      crm.fault({ does, method: 'POST', path: '/V8' });
      const refused = await gateway.post(leastKlant);
      expect([refused.status, complaints(refused)]).to.deep.equal([400, ['nonFieldErrors unique']]);
    }
  });

  it('tells neither the client nor the log what SuiteCRM says', async () => {
    const since = allLogLines.length;
    crm.fault({
      does: errorOf(400, 'SELECT geheim-van-de-databank FROM contacts'),
      method: 'POST',
      path: '/V8',
    });
    const { status, text } = await gateway.post({ ...leastKlant, achternaam: 'Onzichtbaar' });
    expect(status).to.equal(502);
    expect(text).not.to.contain('geheim');
    expect(allLogLines.length).to.be.above(since);
    expect(allLogLines.slice(since).join('\n')).not.to.match(/geheim|Onzichtbaar/);
  });

  it('tells a record that is gone from an answer that is wrong', async () => {
    const klant = urlIn(await gateway.post(leastKlant));
    expect((await gateway.delete(klant)).status).to.equal(204);
    expect((await gateway.patch(klant, { functie: 'x' })).status).to.equal(404);
    crm.fault({
      does: errorOf(400, 'Sort field x in Contacts module is not found'),
      method: 'GET',
      path: '/V8',
    });
    expect((await gateway.get('/klanten')).status).to.equal(502);
  });
});
