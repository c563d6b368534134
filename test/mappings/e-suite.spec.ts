import { expect } from 'chai';
import path from 'node:path';
import { signedToken } from '../../src/demo/around/token.ts';
import { isObject, type JsonObject, scalarText, valueAt } from '../../src/json.ts';
import { complaints, environment, results, runningGateway, token, urlIn } from '../kit/gateway.ts';
import { allLogLines } from '../kit/log.ts';
import { eSuite } from '../stand-ins/e-suite.ts';
import { tooBusy } from '../stand-ins/kit/index.ts';
import { runningStandIn } from '../stand-ins/kit/running.ts';
import { objecten } from '../stand-ins/objecten.ts';

const mappings = path.resolve(import.meta.dirname, '../../mappings');
const klantenRoot = '/klanten-api-provider/api/v1';
const contactmomentenRoot = '/contactmomenten-api-provider/api/v1';
const zaak = "https://zaken.example/api/v1/zaken/O'Brien & 🌷?x=1";

/** Test numbers: valid by the check on BSNs, and of nobody. */
const bsns = ['999990019', '999990032', '999990044', '999990056', '999990068'];

describe('mappings/e-suite', () => {
  const suite = runningStandIn(eSuite({ secret: environment.AROUND_SECRET }));
  const store = runningStandIn(objecten());
  const gateway = runningGateway({
    config: () => {
      const backend = (root: string) => ({
        baseUrl: `${suite.url}${root}`,
        credentials: { zgw: { clientId: 'klantbrug', secret: '${AROUND_SECRET}' } },
        forwardUser: { header: 'X-Esuite-Request-User-Id' },
        breaker: { minimumCalls: 1000 },
      });
      return {
        extraFields: true,
        mapping: {
          folder: path.join(mappings, 'e-suite'),
          with: [path.join(mappings, 'objecten')],
          settings: {
            klanten: `${suite.url}${klantenRoot}/klanten/`,
            contactmomenten: `${suite.url}${contactmomentenRoot}/contactmomenten/`,
          },
        },
        backends: {
          klanten: backend(klantenRoot),
          contactmomenten: backend(contactmomentenRoot),
          objecten: {
            baseUrl: store.url,
            credentials: { header: { name: 'Authorization', value: '${OBJECTEN}' } },
          },
        },
        rules: { 'cm-005': 'off', 'cm-006': 'off' },
      };
    },
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
        klantnummer: '00000001',
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

    it('is made once', async () => {
      const body = person();
      expect((await gateway.post(body)).status).to.equal(201);
      const again = await gateway.post(body);
      expect(again.status).to.equal(400);
      expect(complaints(again)).to.deep.equal(['nonFieldErrors unique']);
    });

    it('cannot be looked for without who it is, nor removed', async () => {
      expect((await gateway.get('/klanten')).status).to.equal(501);
      expect((await gateway.get("/klanten?achternaam=O'Brien")).status).to.equal(501);
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

    it('cannot follow another one, and is not listed by itself', async () => {
      const first = await make('contactmomenten', contact({ tekst: 'Eerder' }));
      const second = await make('contactmomenten', contact({ vorigContactmoment: urlIn(first) }));
      expect(second.status).to.equal(501);
      expect((await gateway.list('contactmomenten', 'contactmomenten')).status).to.equal(501);
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
