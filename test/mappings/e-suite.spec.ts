import { expect } from 'chai';
import { signedToken } from '../../src/demo/around/token.ts';
import { isObject, type JsonObject, scalarText, valueAt } from '../../src/json.ts';
import { complaints, environment, results, token, urlIn } from '../kit/gateway.ts';
import { allLogLines } from '../kit/log.ts';
import { eSuite } from '../stand-ins/e-suite.ts';
import { tooBusy } from '../stand-ins/kit/index.ts';
import { runningStandIn } from '../stand-ins/kit/running.ts';
import { gatewayOnSet, patient, queryOf } from './kit.ts';

const klantenRoot = '/klanten-api-provider/api/v1';
const contactmomentenRoot = '/contactmomenten-api-provider/api/v1';
const zaak = "https://zaken.example/api/v1/zaken/O'Brien & 🌷?x=1";

/** Test numbers: valid by the check on BSNs, and of nobody. */
const bsns = [
  '999990007',
  '999990019',
  '999990020',
  '999990032',
  '999990044',
  '999990056',
  '999990068',
  '999990081',
  '999990093',
  '999990111',
  '999990123',
  '999990135',
  '999990147',
  '999990159',
  '999990160',
  '999990172',
];

describe('mappings/e-suite', () => {
  const suite = runningStandIn(eSuite({ secret: environment.AROUND_SECRET }));
  const backend = (root: string) => ({
    baseUrl: `${suite.url}${root}`,
    credentials: { zgw: { clientId: 'klantbrug', secret: '${AROUND_SECRET}' } },
    forwardUser: { header: 'X-Esuite-Request-User-Id' },
    ...patient,
  });
  const settings = () => ({
    klanten: `${suite.url}${klantenRoot}/klanten/`,
    contactmomenten: `${suite.url}${contactmomentenRoot}/contactmomenten/`,
  });
  const backends = () => ({ klanten: backend(klantenRoot), contactmomenten: backend(contactmomentenRoot) });
  const { gateway } = gatewayOnSet('e-suite', { settings, backends, more: { extraFields: true } });

  /** Without the rule that would look whether a klant elsewhere is there, and for clients that know of `antwoord`. */
  const { gateway: otherwise } = gatewayOnSet('e-suite', {
    settings: () => ({ ...settings(), antwoordInTekst: false }),
    backends,
    off: ['cm-004'],
    more: { extraFields: true },
  });

  let taken = 0;
  const person = (more: JsonObject = {}): JsonObject => ({
    bronorganisatie: '123456782',
    websiteUrl: 'https://www.gemeente.example',
    subjectType: 'natuurlijk_persoon',
    subjectIdentificatie: { inpBsn: bsns[taken++] ?? '' },
    ...more,
  });
  const contact = (more: JsonObject = {}): JsonObject => ({
    bronorganisatie: '123456782',
    medewerkerIdentificatie: { identificatie: 'jdoe', achternaam: "O'Brien" },
    ...more,
  });
  const make = (plural: string, body: JsonObject) => gateway.create('contactmomenten', plural, body);
  /** The body of the last request of a kind, as the e-Suite got it. */
  const arrived = (method: string, place: string): JsonObject => {
    const call = suite.requests.findLast((one) => one.method === method && one.path === place);
    const body: unknown = JSON.parse(call?.body?.toString('utf8') ?? 'null');
    return isObject(body) ? body : {};
  };

  const suiteCall = async (place: string, body: JsonObject): Promise<JsonObject> => {
    const Authorization = `Bearer ${await signedToken({ id: 'klantbrug', secret: environment.AROUND_SECRET })}`;
    const response = await fetch(`${suite.url}${contactmomentenRoot}${place}`, {
      method: 'POST',
      headers: { Authorization, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as JsonObject;
  };
  /** A contact of a klant, made by an employee in the e-Suite. */
  const addContact = async (klant: string): Promise<void> => {
    const body = { tekst: 'Vraag', antwoord: 'Antwoord', type: 'Melding', afdeling: 'KCC' };
    const { url = '' } = await suiteCall('/contactmomenten', body);
    await suiteCall('/klantcontactmomenten', { klant, contactmoment: url });
  };

  describe('a klant', () => {
    it('is made of a BSN, found by it, and shown with the names of the base registration', async () => {
      const body = person({ telefoonnummer: '0612345678', emailadres: 'bep@example.nl' });
      const made = await gateway.post(body);
      expect(made.status, made.text).to.equal(201);
      expect(made.body).to.deep.include({
        telefoonnummer: '0612345678',
        emailadres: 'bep@example.nl',
        achternaam: 'Basisregistratie',
      });
      const bsn = scalarText(valueAt(body, 'subjectIdentificatie.inpBsn')) ?? '';
      const found = await gateway.get(`/klanten?subjectNatuurlijkPersoon__inpBsn=${bsn}`);
      expect(found.body).to.deep.include({ count: 1, results: [made.body] });
      expect((await gateway.get(urlIn(made))).body).to.deep.equal(made.body);
    });

    it('keeps what the e-Suite has no place for, and what a client says of names', async () => {
      const more = {
        achternaam: "O'Brien & Zn. 🌷",
        functie: '007',
        adres: { straatnaam: "'s-Gravenweg", huisnummer: 1, postcode: '0123 AB' },
      };
      const made = await gateway.post(person(more));
      expect(made.status, made.text).to.equal(201);
      expect(made.body).to.deep.include({ achternaam: more.achternaam, functie: '007', voornaam: 'Bep' });
      expect(valueAt(made.body, 'adres.straatnaam')).to.equal(more.adres.straatnaam);

      const changed = await gateway.patch(urlIn(made), { achternaam: '', emailadres: 'nieuw@example.nl' });
      expect(changed.body).to.deep.include({
        achternaam: '',
        emailadres: 'nieuw@example.nl',
        functie: '007',
      });
      const cleared = await gateway.patch(urlIn(made), { emailadres: '' });
      expect(cleared.body).to.deep.include({ emailadres: '', achternaam: '' });
      expect((await gateway.get(urlIn(made))).body).to.deep.equal(cleared.body);
    });

    it('takes the consent that Open Inwoner asks for, and shows it', async () => {
      const made = await gateway.post(person());
      const changed = await gateway.patch(urlIn(made), { toestemmingZaakNotificatiesAlleenDigitaal: true });
      expect(changed.status, changed.text).to.equal(200);
      expect(changed.body.toestemmingZaakNotificatiesAlleenDigitaal).to.equal(true);
    });

    it('keeps the klantnummer of the client, is found by it, and by all that only Objecten has', async () => {
      // What KISS makes up has any of these signs, and Objecten cannot look for all of them as they are.
      const klantnummer = '__a-|Z_9';
      const functie = "__O'Brien & Zn. 🌷, chef";
      const adres = { straatnaam: "'s-Gravenweg", huisnummer: 1, postcode: '0123 AB' };
      const made = await gateway.post(person({ klantnummer, functie, adres }));
      expect(made.status, made.text).to.equal(201);
      expect(made.body).to.deep.include({ klantnummer, functie });
      const other = await gateway.post(person({ functie, adres }));
      const found = async (query: Record<string, string>) => {
        const answer = await gateway.get(`/klanten?${new URLSearchParams(query).toString()}`);
        expect(answer.status, answer.text).to.equal(200);
        return results(answer);
      };
      expect(await found({ klantnummer })).to.deep.equal([made.body]);
      expect(await found({ klantnummer: klantnummer.toLowerCase() })).to.deep.equal([]);
      expect(await found({ functie })).to.have.deep.members([made.body, other.body]);
      const bsn = scalarText(valueAt(other.body, 'subjectIdentificatie.inpBsn')) ?? '';
      expect(await found({ functie, subjectNatuurlijkPersoon__inpBsn: bsn })).to.deep.equal([other.body]);
      expect(await found({ adres__postcode: '0123 AB', klantnummer })).to.deep.equal([made.body]);
      expect(await found({ adres__postcode: '0123 AB', adres__straatnaam: 'Elders' })).to.deep.equal([]);

      const again = await gateway.post(person({ klantnummer }));
      expect([again.status, complaints(again)]).to.deep.equal([400, ['nonFieldErrors unique']]);
      const taken = await gateway.patch(urlIn(other), { klantnummer });
      expect([taken.status, complaints(taken)]).to.deep.equal([400, ['nonFieldErrors unique']]);
      expect((await gateway.patch(urlIn(made), { functie: '', klantnummer: 'ANDERS' })).status).to.equal(200);
      expect(await found({ functie })).to.deep.equal([other.body]);
      expect((await found({ klantnummer: 'ANDERS' })).map(({ url }) => url)).to.deep.equal([urlIn(made)]);
      expect(await found({ klantnummer })).to.deep.equal([]);
    });

    it('is found by each thing that only Objecten has, alone', async () => {
      const [functie, klantnummer] = ['__alleen, deze', '_alle|n_'];
      const adres = {
        straatnaam: 'Alleen',
        postcode: '9999 ZZ',
        woonplaatsnaam: "'t Zand",
        landcode: '5010',
      };
      const subjectIdentificatie = {
        inpBsn: bsns[taken++] ?? '',
        anpIdentificatie: 'A_alleen',
        inpANummer: '7234567890',
      };
      const made = await gateway.post(person({ klantnummer, functie, adres, subjectIdentificatie }));
      const organisation = await gateway.post(
        person({
          subjectType: 'niet_natuurlijk_persoon',
          subjectIdentificatie: { innNnpId: '001234560', annIdentificatie: '12_3' },
        }),
      );
      expect([made.status, organisation.status], made.text).to.deep.equal([201, 201]);
      for (const [filter, value, klant] of [
        ['klantnummer', klantnummer, made.body],
        ['functie', functie, made.body],
        ['adres__straatnaam', adres.straatnaam, made.body],
        ['adres__postcode', adres.postcode, made.body],
        ['adres__woonplaatsNaam', adres.woonplaatsnaam, made.body],
        ['adres__landcode', adres.landcode, made.body],
        ['subjectNatuurlijkPersoon__anpIdentificatie', 'A_alleen', made.body],
        ['subjectNatuurlijkPersoon__inpA_nummer', '7234567890', made.body],
        ['subjectNietNatuurlijkPersoon__annIdentificatie', '12_3', organisation.body],
      ] as const) {
        const found = await gateway.get(`/klanten?${queryOf({ [filter]: value })}`);
        expect(found.status, `${filter}: ${found.text}`).to.equal(200);
        expect(results(found), filter).to.deep.equal([klant]);
      }
    });

    it('of nobody in particular is not made, and who it is stays so', async () => {
      suite.forget();
      const nobody = await gateway.post(person({ subjectType: null, subjectIdentificatie: null }));
      expect(nobody.status, nobody.text).to.equal(501);
      expect(nobody.body.detail).to.include('BSN');
      expect(suite.requests).to.be.empty;

      const made = await gateway.post(person());
      const other = { subjectType: 'natuurlijk_persoon', subjectIdentificatie: { inpBsn: '999990184' } };
      const changed = await gateway.patch(urlIn(made), other);
      expect(changed.status).to.equal(501);
      expect(changed.body.detail).to.include('subjectIdentificatie.inpBsn');
      expect((await gateway.get(urlIn(made))).body).to.deep.equal(made.body);
      const more = await gateway.patch(urlIn(made), { subjectIdentificatie: { anpIdentificatie: 'A_1' } });
      expect(more.status, more.text).to.equal(200);
      const found = await gateway.get('/klanten?subjectNatuurlijkPersoon__anpIdentificatie=A_1');
      expect(results(found)).to.deep.equal([more.body]);
    });

    it('is made once', async () => {
      const body = person();
      expect((await gateway.post(body)).status).to.equal(201);
      const again = await gateway.post(body);
      expect(again.status).to.equal(400);
      expect(complaints(again)).to.deep.equal(['nonFieldErrors unique']);
    });

    it('cannot be looked for without who it is, nor removed', async () => {
      const [all, byName] = [
        await gateway.get('/klanten'),
        await gateway.get("/klanten?achternaam=O'Brien&emailadres=a@b.nl"),
      ];
      expect([all.status, byName.status]).to.deep.equal([501, 501]);
      expect(all.body.detail).to.include('zonder filter');
      expect(byName.body.detail).to.include('alleen achternaam, emailadres');
      expect((await gateway.get('/klanten?subjectNatuurlijkPersoon__inpBsn=%26x=1')).body.count).to.equal(0);
    });
  });

  describe('a contactmoment', () => {
    it('is whole again, with what the e-Suite has no place for', async () => {
      const body = contact({
        registratiedatum: '2026-03-29T01:30:00Z',
        kanaal: 'telefoon',
        voorkeurskanaal: 'e-mail',
        voorkeurstaal: 'nld',
        tekst: "O'Brien & 🌷\n007",
        onderwerpLinks: ['https://www.gemeente.example/paspoort'],
        initiatiefnemer: 'klant',
      });
      const made = await make('contactmomenten', body);
      expect(made.status, made.text).to.equal(201);
      expect(made.body).to.deep.include({
        ...body,
        medewerkerIdentificatie: {
          identificatie: 'jdoe',
          achternaam: "O'Brien",
          voorletters: '',
          voorvoegselAchternaam: '',
        },
        status: 'afgehandeld',
      });
      expect((await gateway.get(urlIn(made))).body).to.deep.equal(made.body);
      const { behandelaar, tekst, antwoord } = arrived('POST', `${contactmomentenRoot}/contactmomenten`);
      expect({ behandelaar, tekst, antwoord }).to.deep.equal({
        behandelaar: { gebruikersnaam: 'jdoe' },
        tekst: 'N.v.t.',
        antwoord: body.tekst,
      });
    });

    it('follows another one, which Objecten knows', async () => {
      const first = urlIn(await make('contactmomenten', contact({ tekst: 'Eerder' })));
      const other = urlIn(await make('contactmomenten', contact({ tekst: 'Elders' })));
      const second = await make('contactmomenten', contact({ vorigContactmoment: first }));
      expect(second.status, second.text).to.equal(201);
      expect(second.body.vorigContactmoment).to.equal(first);
      const next = async (url: string) => (await gateway.get(url)).body.volgendContactmoment;
      expect(await next(first)).to.equal(urlIn(second));
      const query = new URLSearchParams({ vorigContactmoment: first }).toString();
      const list = () => gateway.list('contactmomenten', `contactmomenten?${query}`);
      expect(results(await list())).to.deep.equal([second.body]);

      const changed = await gateway.patch(urlIn(second), { vorigContactmoment: other });
      expect(changed.status, changed.text).to.equal(200);
      expect([await next(first), await next(other)]).to.deep.equal([null, urlIn(second)]);
      expect(results(await list())).to.deep.equal([]);
      await gateway.patch(urlIn(second), { vorigContactmoment: null });
      expect(await next(other)).to.equal(null);
    });

    it('is not listed by itself, nor by what only the e-Suite has', async () => {
      for (const query of ['', '?kanaal=telefoon', '?bronorganisatie=123456782'])
        expect((await gateway.list('contactmomenten', `contactmomenten${query}`)).status).to.equal(501);
    });

    it('is listed by what only Objecten has', async () => {
      const medewerker = "https://elders.example/__mdw/O'Brien?x=1";
      const made = await make('contactmomenten', contact({ voorkeurskanaal: '_brief', tekst: 'x' }));
      await make('contactmomenten', contact({ voorkeurskanaal: 'brief', tekst: 'x' }));
      const list = async (query: Record<string, string>) =>
        gateway.list('contactmomenten', `contactmomenten?${new URLSearchParams(query).toString()}`);
      expect(results(await list({ voorkeurskanaal: '_brief' }))).to.deep.equal([made.body]);
      expect(results(await list({ voorkeurskanaal: '_brief', voorkeurstaal: 'nld' }))).to.deep.equal([]);
      expect((await list({ medewerker })).body.count).to.equal(0);

      const first = urlIn(await make('contactmomenten', contact({ tekst: 'x' })));
      const alone = { voorkeurstaal: 'fra', vorigContactmoment: first };
      const whole = await make(
        'contactmomenten',
        contact({ ...alone, initiatiefnemer: 'gemeente', tekst: 'x' }),
      );
      expect(whole.status, whole.text).to.equal(201);
      for (const [filter, value] of Object.entries({ ...alone, initiatiefnemer: 'gemeente' }))
        expect(results(await list({ [filter]: value })), filter).to.deep.equal([whole.body]);
    });

    it('can change in what Objecten has of it, and in nothing else', async () => {
      const made = await make('contactmomenten', contact({ tekst: 'x', kanaal: 'telefoon' }));
      const change = {
        voorkeurstaal: 'nld',
        initiatiefnemer: 'klant',
        onderwerpLinks: ['https://a.example/'],
      };
      const changed = await gateway.put(urlIn(made), { ...made.body, ...change });
      expect(changed.status, changed.text).to.equal(200);
      expect(changed.body).to.deep.equal({ ...made.body, ...change });
      const cleared = await gateway.patch(urlIn(made), { voorkeurstaal: '', onderwerpLinks: [] });
      expect(cleared.body).to.deep.equal({ ...made.body, initiatiefnemer: 'klant' });
      expect((await gateway.get(urlIn(made))).body).to.deep.equal(cleared.body);

      suite.forget();
      for (const fixed of [
        { tekst: 'y' },
        { kanaal: 'balie' },
        { registratiedatum: '2026-01-01T00:00:00Z' },
        { medewerkerIdentificatie: { identificatie: 'ander' } },
      ]) {
        const refused = await gateway.patch(urlIn(made), { voorkeurskanaal: 'brief', ...fixed });
        expect(refused.status, refused.text).to.equal(501);
        expect(refused.body.detail).to.include(Object.keys(fixed)[0]);
      }
      expect(suite.requests.map(({ method }) => method)).to.not.include.members(['POST']);
      expect((await gateway.get(urlIn(made))).body).to.deep.equal(cleared.body);
    });

    it('that an employee made in the e-Suite can change in the same way', async () => {
      const { url = '' } = await suiteCall('/contactmomenten', {
        tekst: 'Vraag',
        antwoord: 'Antwoord',
        type: 'Melding',
        behandelaar: { gebruikersnaam: 'jdoe' },
      });
      const place = `/contactmomenten/api/v1/contactmomenten/${(scalarText(url) ?? '').slice(-36)}`;
      const ours = urlIn(await make('contactmomenten', contact({ tekst: 'x' }))).replace(/[^/]+$/, '');
      const there = await gateway.get(`${ours}${place.slice(-36)}`);
      expect(there.body.tekst, there.text).to.equal('Vraag\nAntwoord');
      const changed = await gateway.patch(urlIn(there), { voorkeurskanaal: 'brief' });
      expect(changed.status, changed.text).to.equal(200);
      expect(changed.body).to.deep.equal({ ...there.body, voorkeurskanaal: 'brief' });
    });

    it('shows its answer apart, where clients look for it there', async () => {
      const text = async (body: JsonObject) => {
        const made = await make('contactmomenten', contact(body));
        return (await otherwise.get(urlIn(made))).body;
      };
      expect(await text({ tekst: 'Ja', vraag: 'Mag dat?' })).to.include({
        tekst: 'Mag dat?',
        antwoord: 'Ja',
      });
      expect(await text({ tekst: 'Alleen dit' })).to.include({ tekst: 'Alleen dit', antwoord: 'Alleen dit' });
    });

    it('of KISS that asks for a call back reaches the right department', async () => {
      const made = await make('contactmomenten', contact(contactverzoek));
      expect(made.status, made.text).to.equal(201);
      expect(arrived('POST', `${contactmomentenRoot}/contactmomenten`)).to.deep.include({
        tekst: 'Mag dat?\nOok op zondag?',
        antwoord: 'notitie',
        type: 'Melding',
        status: 'nieuw',
        afdeling: 'Handhaving',
        gespreksresultaat: 'Contactverzoek gemaakt',
        contactgegevens: {
          emailadres: 'test@example.nl',
          telefoonnummer: '0201234567',
          telefoonnummerAlternatief: '0207654321',
        },
        toelichting:
          'Contact opnemen met: Voor tussen Achter (Org)\nOmschrijving tweede telefoonnummer: werk\nintern',
      });
      expect(made.body).to.deep.include({
        tekst: 'Mag dat?\nOok op zondag?\nnotitie',
        antwoord: 'notitie',
        status: 'nieuw',
        onderwerp: 'afd:Handhaving',
      });
    });

    it('of Open Inwoner is a question, to be answered', async () => {
      const question = contact({
        tekst: 'Mag dat?',
        type: 'Vraag',
        onderwerp: 'grp:Balie',
        kanaal: 'internet',
      });
      const made = await make('contactmomenten', question);
      expect(made.status, made.text).to.equal(201);
      expect(made.body).to.deep.include({
        tekst: 'Mag dat?',
        type: 'Vraag',
        status: 'nieuw',
        onderwerp: 'grp:Balie',
      });
      expect(made.body).to.not.have.property('antwoord');
    });

    it('is asked for as the user who works with the client', async () => {
      const made = await make('contactmomenten', contact({ tekst: 'x' }));
      suite.forget();
      const Authorization = `Bearer ${await token('all', { user_id: 'jdoe' })}`;
      await gateway.get(urlIn(made), { headers: { Authorization } });
      expect(suite.requests.map(({ headers }) => headers['x-esuite-request-user-id'])).to.deep.equal([
        'jdoe',
      ]);
    });

    it('that this user may not see is not there', async () => {
      const made = await make('contactmomenten', contact({ tekst: 'x' }));
      const body = { code: 'NOT_AUTHORISED', title: 'x', status: 403, instance: 'x' };
      suite.fault({ does: { status: 403, body }, method: 'GET', path: contactmomentenRoot });
      expect((await gateway.get(urlIn(made))).status).to.equal(404);
    });
  });

  describe('relations', () => {
    it('are counted, and made pages of, over more than one page of the e-Suite', async () => {
      const klant = urlIn(await gateway.post(person()));
      const theirs = `${suite.url}${klantenRoot}/klanten/${klant.slice(-36)}`;
      // Made in the e-Suite itself, so without anything in the Objecten API.
      for (let index = 0; index < 100; index++) await addContact(theirs);
      const contactmoment = urlIn(await make('contactmomenten', contact({ tekst: 'x' })));
      const made = await make('klantcontactmomenten', { contactmoment, klant, rol: 'belanghebbende' });
      expect(made.status, made.text).to.equal(201);
      expect(made.body).to.deep.include({ contactmoment, klant, rol: 'belanghebbende' });
      const list = (more: string) =>
        gateway.list('contactmomenten', `klantcontactmomenten?klant=${klant}${more}`);
      const [first, second] = [await list(''), await list('&page=2')];
      expect([first.body.count, results(first).length, results(second).length]).to.deep.equal([101, 100, 1]);
      expect(new Set(results(first).map((one) => one.contactmoment)).size).to.equal(100);
      expect(results(second)).to.deep.equal([made.body]);
      expect((await list('&rol=belanghebbende')).body.count).to.equal(1);
      const again = await make('klantcontactmomenten', { contactmoment, klant, rol: 'belanghebbende' });
      expect(again.status).to.equal(400);
      expect((await gateway.get(urlIn(made))).status).to.equal(501);
      const [fromSuite] = results(first);
      expect((await gateway.get(scalarText(fromSuite?.contactmoment) ?? '')).body.tekst).to.equal(
        'Vraag\nAntwoord',
      );
      expect((await gateway.list('contactmomenten', 'klantcontactmomenten')).status).to.equal(501);
    });

    it('with a klant of another register are none of the e-Suite, which it says itself', async () => {
      const contactmoment = urlIn(await make('contactmomenten', contact({ tekst: 'x' })));
      suite.forget();
      const klant = 'https://elders.example/klanten/api/v1/klanten/8b4d2f6e-1a3c-4957-b0e8-6c5f7d9a2b31';
      const relation = { contactmoment, klant, rol: 'gesprekspartner' };
      const refused = await otherwise.create('contactmomenten', 'klantcontactmomenten', relation);
      expect(refused.status, refused.text).to.equal(501);
      expect(refused.body.detail).to.include('alleen contacten vast van haar eigen klanten');
      expect(suite.requests.map(({ method }) => method)).to.not.include('POST');
    });

    it('with a zaak are found by each of their ends', async () => {
      const contactmoment = urlIn(await make('contactmomenten', contact({ tekst: 'x' })));
      const relation = { contactmoment, object: encodeURI(zaak), objectType: 'zaak' };
      const made = await make('objectcontactmomenten', relation);
      expect(made.status, made.text).to.equal(201);
      expect(made.body).to.deep.include(relation);
      for (const query of [{ contactmoment }, { object: relation.object }, relation]) {
        const found = await gateway.list(
          'contactmomenten',
          `objectcontactmomenten?${new URLSearchParams(query).toString()}`,
        );
        expect(found.body, found.text).to.deep.include({ count: 1, results: [made.body] });
      }
    });
  });

  describe('an e-Suite that does not work', () => {
    const secretText = 'Geheime tekst over mevrouw Achternaam';

    it('and is too busy lets the client wait', async () => {
      suite.fault({ does: tooBusy(7), method: 'GET', path: klantenRoot });
      const answer = await gateway.get(`/klanten?subjectNatuurlijkPersoon__inpBsn=${bsns[0] ?? ''}`);
      expect([answer.status, answer.headers.get('retry-after')]).to.deep.equal([503, '7']);
    });

    it('and does not know us is our fault, and not the client’s', async () => {
      suite.fault({
        does: { status: 401, body: { code: 'NOT_AUTHORISED' } },
        method: 'GET',
        path: klantenRoot,
      });
      const answer = await gateway.get(`/klanten?subjectNatuurlijkPersoon__inpBsn=${bsns[0] ?? ''}`);
      expect(answer.status).to.equal(502);
      expect(gateway.events.map(({ event }) => event)).to.include('credentials-refused');
    });

    it('and says why, says so to nobody', async () => {
      const body = { code: 'VALIDATION', title: secretText, status: 400, detail: secretText, instance: 'x' };
      suite.fault({ does: { status: 400, body }, method: 'POST', path: contactmomentenRoot });
      const answer = await make('contactmomenten', contact({ tekst: 'x' }));
      expect(answer.status).to.equal(502);
      expect(answer.text).to.not.include('Geheime');
      expect(allLogLines.join('\n')).to.not.include('Geheime');
    });
  });
});

/** What KISS sends, beside the standard and within it. */
const contactverzoek: JsonObject = {
  kanaal: 'contactformulier',
  tekst: 'notitie',
  initiatiefnemer: 'klant',
  vraag: 'Mag dat?',
  specifiekevraag: 'Ook op zondag?',
  gespreksresultaat: 'Contactverzoek gemaakt',
  status: 'te verwerken',
  toelichting: 'intern',
  actor: {
    identificatie: 'bo-handhaving',
    naam: 'Handhaving',
    soortActor: 'organisatorische eenheid',
    typeOrganisatorischeEenheid: 'afdeling',
  },
  betrokkene: {
    rol: 'klant',
    persoonsnaam: { voornaam: 'Voor', voorvoegselAchternaam: 'tussen', achternaam: 'Achter' },
    organisatie: 'Org',
    digitaleAdressen: [
      { adres: 'test@example.nl', omschrijving: 'e-mailadres', soortDigitaalAdres: 'email' },
      { adres: '0201234567', omschrijving: 'telefoonnummer', soortDigitaalAdres: 'telefoonnummer' },
      { adres: '0207654321', omschrijving: 'werk', soortDigitaalAdres: 'telefoonnummer' },
    ],
  },
};
