import { expect } from 'chai';
import { isObject, type Json, type JsonObject, scalarText, valueAt } from '../../src/json.ts';
import { complaints, results, urlIn } from '../kit/gateway.ts';
import { runningStandIn } from '../stand-ins/kit/running.ts';
import { openKlant2 } from '../stand-ins/open-klant-2.ts';
import { gatewayOnSet, offered } from './kit.ts';

const basis = { bronorganisatie: '123456782', websiteUrl: 'https://www.gemeente.example' };
const zaken = 'https://zaken.gemeente.example/zaken/api/v1/zaken';

describe('mappings/open-klant-2', () => {
  const register = runningStandIn(openKlant2());
  const { gateway, store } = gatewayOnSet('open-klant-2', {
    backends: () => ({
      openklant: {
        baseUrl: register.url,
        credentials: { header: { name: 'Authorization', value: '${OPEN_KLANT}' } },
      },
    }),
  });
  const cm = (plural: string, body: JsonObject) => gateway.create('contactmomenten', plural, body);

  /** What the register itself has. */
  async function inRegister(
    place: string,
    body?: JsonObject,
    method = body ? 'POST' : 'GET',
  ): Promise<JsonObject> {
    const response = await fetch(`${register.url}/${place}`, {
      method,
      headers: { Authorization: 'Token open-klant-token' },
      body: body ? JSON.stringify(body) : null,
    });
    const parsed: unknown = await response.json();
    return isObject(parsed) ? parsed : {};
  }
  const partijOf = (klant: string) => inRegister(`partijen/${klant.slice(-36)}?expand=digitaleAdressen`);

  it('keeps every field of a klant, wherever that is', async () => {
    const klant = {
      ...basis,
      websiteUrl: 'https://obrien.example/?a=1&b=2',
      klantnummer: '00000123',
      bedrijfsnaam: 'Bloemen & Zo "De Tulp"',
      functie: 'wethouder',
      voornaam: 'Siobhán',
      voorvoegselAchternaam: "d'",
      achternaam: "O'Brien 🌷",
      telefoonnummer: '06 1234 5678',
      emailadres: 's.obrien@example.nl',
      adres: {
        straatnaam: 'Dam',
        huisnummer: 7,
        huisletter: 'a',
        huisnummertoevoeging: '007',
        postcode: '1012AB',
        woonplaatsnaam: 'Amsterdam',
        landcode: '6030',
      },
      subjectType: 'natuurlijk_persoon',
      subjectIdentificatie: { inpBsn: '999990019', voorletters: 'S.', geboortedatum: '1980' },
    };
    const made = await gateway.post(klant);
    expect(made.status, made.text).to.equal(201);
    expect(made.body).to.deep.include({ ...klant, subjectIdentificatie: made.body.subjectIdentificatie });
    expect(made.body.subjectIdentificatie).to.deep.include(klant.subjectIdentificatie);
    expect((await gateway.get(urlIn(made))).body).to.deep.equal(made.body);

    const partij = await partijOf(urlIn(made));
    expect(partij).to.include({ nummer: '0000000123', soortPartij: 'persoon' });
    expect(valueAt(partij, 'partijIdentificatoren.0.partijIdentificator.objectId')).to.equal('999990019');
    expect(valueAt(partij, 'bezoekadres')).to.include({
      adresregel1: 'Dam 7a 007',
      adresregel2: '1012AB Amsterdam',
    });

    const byBsn = await gateway.get('/klanten?subjectNatuurlijkPersoon__inpBsn=999990019');
    expect(results(byBsn)).to.deep.equal([made.body]);
    expect(results(await gateway.get('/klanten?klantnummer=00000123'))).to.deep.equal([made.body]);
    expect(results(await gateway.get('/klanten?emailadres=s.obrien@example.nl'))).to.deep.equal([made.body]);
  });

  it('changes one thing and leaves the rest of a partij as it is, also what clients do not know of', async () => {
    const url = urlIn(
      await gateway.post({
        ...basis,
        bedrijfsnaam: 'De Tulp',
        subjectType: 'niet_natuurlijk_persoon',
        subjectIdentificatie: { innNnpId: '001234560' },
      }),
    );
    const partij = { uuid: url.slice(-36) };
    const kvk = {
      codeRegister: 'hr',
      codeObjecttype: 'niet_natuurlijk_persoon',
      codeSoortObjectId: 'kvk_nummer',
    };
    await inRegister('partij-identificatoren', {
      identificeerdePartij: partij,
      partijIdentificator: { ...kvk, objectId: '00012345' },
    });
    await inRegister('digitaleadressen', {
      verstrektDoorPartij: partij,
      verstrektDoorBetrokkene: null,
      soortDigitaalAdres: 'email',
      adres: 'tweede@example.nl',
    });
    const change = { emailadres: 'info@example.nl', subjectIdentificatie: { innNnpId: '123456782' } };
    const changed = await gateway.patch(url, change);
    expect(changed.body).to.include({ emailadres: 'info@example.nl', bedrijfsnaam: 'De Tulp' });
    const now = JSON.stringify(await partijOf(url));
    for (const piece of ['00012345', '123456782']) expect(now).to.include(piece);
    expect(now).not.to.include('001234560');
  });

  it('takes everything back when the last step fails', async () => {
    const before = await inRegister('partijen');
    store.fault({
      does: { status: 400, body: { detail: 'No.' } },
      method: 'POST',
      path: '/objects',
      from: 1,
    });
    const body = { ...basis, emailadres: 'jansen@example.nl', telefoonnummer: '0201234567' };
    expect((await gateway.post(body)).status).to.equal(502);
    expect((await inRegister('partijen')).count).to.equal(before.count);
    expect((await inRegister('digitaleadressen?adres=jansen@example.nl')).count).to.equal(0);
  });

  it('keeps a klantnummer that two organisations gave, and one of any signs', async () => {
    const klantnummer = '00004711';
    const elsewhere = { bronorganisatie: '001234560' };
    const own = await gateway.post({ ...basis, klantnummer });
    const other = await gateway.post({ ...basis, ...elsewhere, klantnummer });
    expect([own.status, other.status], other.text).to.deep.equal([201, 201]);
    expect((await partijOf(urlIn(own))).nummer).to.equal('0000004711');
    const given = scalarText((await partijOf(urlIn(other))).nummer) ?? '';
    expect(Number(given)).to.be.greaterThan(4711);

    const list = async (query: string) => results(await gateway.get(`/klanten?${query}`));
    expect(await list(`klantnummer=${klantnummer}`)).to.deep.equal([own.body, other.body]);
    expect(await list(`klantnummer=${klantnummer}&bronorganisatie=001234560`)).to.deep.equal([other.body]);
    expect(await list(`klantnummer=${klantnummer}&bronorganisatie=123456782`)).to.deep.equal([own.body]);
    expect(await list(`klantnummer=${given.slice(2)}`)).to.deep.equal([]);
    const twice = await gateway.post({ ...basis, ...elsewhere, klantnummer });
    expect(complaints(twice)).to.deep.equal(['nonFieldErrors unique']);

    // The next one that the register gives out would be another.
    await gateway.post({ ...basis, ...elsewhere });
    const renamed = await gateway.patch(urlIn(other), { klantnummer: '_|,__é🌷', achternaam: 'Jansen' });
    expect(renamed.status, renamed.text).to.equal(200);
    expect((await partijOf(urlIn(other))).nummer).to.equal(given);
    expect(await list(`klantnummer=${encodeURIComponent('_|,__é🌷')}`)).to.deep.equal([renamed.body]);

    expect((await gateway.patch(urlIn(own), { klantnummer: 'ANDERS' })).body.klantnummer).to.equal('ANDERS');
    expect((await gateway.post({ ...basis, klantnummer })).status).to.equal(201);
  });

  it('tells what the register refuses: too long, or somebody else’s BSN', async () => {
    const long = `${'a'.repeat(60)}@${'voorbeeld.'.repeat(3)}nl`;
    expect(complaints(await gateway.post({ ...basis, emailadres: long }))).to.deep.equal([
      'emailadres max_length',
    ]);
    const person = {
      ...basis,
      subjectType: 'natuurlijk_persoon',
      subjectIdentificatie: { inpBsn: '999990032' },
    };
    await gateway.post(person);
    expect(complaints(await gateway.post(person))).to.deep.equal(['nonFieldErrors unique']);
  });

  it('shows a partij that others made', async () => {
    const { uuid } = await inRegister('partijen', {
      soortPartij: 'persoon',
      indicatieActief: true,
      partijIdentificatie: { contactnaam: null },
      bezoekadres: { adresregel1: 'Kade 5', adresregel2: '3511AB Utrecht' },
    });
    const { body } = await gateway.get(`/klanten/${scalarText(uuid) ?? ''}`);
    expect(body).to.include({ ...basis, achternaam: '', subjectType: 'natuurlijk_persoon' });
    expect(valueAt(body, 'adres.straatnaam')).to.equal('Kade 5');
  });

  it('shows and changes the address that the register calls the standard one, and leaves the others', async () => {
    const url = urlIn(await gateway.post({ ...basis, emailadres: 'eerste@example.nl' }));
    const digitaal = {
      verstrektDoorPartij: { uuid: url.slice(-36) },
      verstrektDoorBetrokkene: null,
      soortDigitaalAdres: 'email',
    };
    const made = { ...digitaal, adres: 'gewoon@example.nl' };
    const uuid = scalarText(valueAt(await partijOf(url), 'digitaleAdressen.0.uuid')) ?? '';
    await inRegister(`digitaleadressen/${uuid}`, { ...digitaal, isStandaardAdres: false }, 'PATCH');
    await inRegister('digitaleadressen', made);
    await inRegister('digitaleadressen', { ...made, adres: 'vast@example.nl', isStandaardAdres: true });
    expect((await gateway.get(url)).body.emailadres).to.equal('vast@example.nl');
    await gateway.patch(url, { emailadres: 'nieuw@example.nl' });
    const now = JSON.stringify(await partijOf(url));
    for (const adres of ['eerste', 'gewoon', 'nieuw']) expect(now).to.include(`${adres}@example.nl`);
    expect(now).not.to.include('vast@example.nl');
  });

  it('keeps telephone numbers as what the register takes them for', async () => {
    const kinds: Readonly<Record<string, string>> = {
      '0100000000': 'telefoonnummer',
      '0999999999': 'telefoonnummer',
      '+000000000': 'telefoonnummer',
      [`+${'9'.repeat(19)}`]: 'telefoonnummer',
      '0000000000': 'overig',
      '010000000': 'overig',
      '01000000000': 'overig',
      '+99999999': 'overig',
    };
    const changed = urlIn(await gateway.post(basis));
    const kindOf = async (klant: string) =>
      valueAt(await partijOf(klant), '_expand.digitaleAdressen.0.soortDigitaalAdres');
    for (const [telefoonnummer, kind] of Object.entries(kinds)) {
      const made = await gateway.post({ ...basis, telefoonnummer });
      expect([made.status, made.body.telefoonnummer], made.text).to.deep.equal([201, telefoonnummer]);
      expect(await kindOf(urlIn(made)), `made: ${telefoonnummer}`).to.equal(kind);
      const { body } = await gateway.patch(changed, { telefoonnummer });
      expect(body.telefoonnummer).to.equal(telefoonnummer);
      expect(await kindOf(changed), `changed: ${telefoonnummer}`).to.equal(kind);
    }
  });

  it('shows an address and a text that somebody changed in the register', async () => {
    const adres = { straatnaam: 'Dam', huisnummer: 7, postcode: '1012AB', woonplaatsnaam: 'Amsterdam' };
    const klant = urlIn(await gateway.post({ ...basis, adres }));
    for (const bezoekadres of [
      { adresregel1: 'Kade 5', adresregel2: '1012AB Amsterdam' },
      { adresregel1: 'Dam 7', adresregel2: '3511AB Utrecht' },
    ]) {
      await inRegister(`partijen/${klant.slice(-36)}`, { bezoekadres }, 'PATCH');
      const { adresregel1: straatnaam, adresregel2: woonplaatsnaam } = bezoekadres;
      expect((await gateway.get(klant)).body.adres).to.deep.include({ straatnaam, woonplaatsnaam });
    }
    const made = await cm('contactmomenten', {
      bronorganisatie: '123456782',
      medewerkerIdentificatie: { identificatie: '007' },
      tekst: 'é'.repeat(1200),
    });
    expect(made.body.tekst).to.equal('é'.repeat(1200));
    await inRegister(`klantcontacten/${urlIn(made).slice(-36)}`, { inhoud: 'Anders' }, 'PATCH');
    expect((await gateway.get(urlIn(made))).body.tekst).to.equal('Anders');
  });

  it('keeps a contactmoment, its klant, its zaak and its trail', async () => {
    const klant = urlIn(await gateway.post({ ...basis, achternaam: 'Jansen' }));
    const contactmoment = {
      bronorganisatie: '123456782',
      registratiedatum: '2025-10-26T00:30:00.125000Z',
      kanaal: '',
      voorkeurskanaal: 'e-mail',
      voorkeurstaal: 'eng',
      tekst: `Vraag & antwoord\n${'é🌷'.repeat(800)}`,
      onderwerpLinks: ['https://onderwerpen.example/afval'],
      initiatiefnemer: 'klant',
      medewerkerIdentificatie: {
        identificatie: '0070',
        achternaam: 'Bond',
        voorletters: 'J.',
        voorvoegselAchternaam: '',
      },
    };
    const made = await cm('contactmomenten', contactmoment);
    expect(made.status, made.text).to.equal(201);
    expect(made.body).to.deep.include(contactmoment);
    const inTheRegister = await inRegister(`klantcontacten/${urlIn(made).slice(-36)}`);
    expect(inTheRegister).to.include({ onderwerp: 'Vraag & antwoord', kanaal: 'onbekend', taal: 'eng' });
    expect(valueAt(inTheRegister, 'hadBetrokkenActoren.0.naam')).to.equal('J. Bond');

    const following = await cm('contactmomenten', { ...contactmoment, vorigContactmoment: urlIn(made) });
    expect((await gateway.get(urlIn(made))).body.volgendContactmoment).to.equal(urlIn(following));
    expect((await inRegister('actoren?actoridentificatorObjectId=0070')).count).to.equal(1);

    for (const rol of ['gesprekspartner', 'belanghebbende'])
      expect((await cm('klantcontactmomenten', { contactmoment: urlIn(made), klant, rol })).status).to.equal(
        201,
      );
    const roles = results(await gateway.list('contactmomenten', `klantcontactmomenten?klant=${klant}`));
    expect(roles.map(({ rol }) => rol)).to.have.members(['gesprekspartner', 'belanghebbende']);

    const object = `${zaken}/8b4d2f6e-1a3c-4957-b0e8-6c5f7d9a2b31`;
    const about = { contactmoment: urlIn(made), object, objectType: 'zaak' };
    expect((await cm('objectcontactmomenten', about)).body).to.include(about);
    const found = await gateway.list('contactmomenten', `objectcontactmomenten?object=${object}`);
    expect(found.body.count).to.equal(1);

    const trail = JSON.parse((await gateway.get(`${urlIn(made)}/audittrail`)).text) as Json[];
    expect(trail.map((entry) => valueAt(entry, 'actie'))).to.deep.equal(['create']);

    expect((await gateway.delete(urlIn(following))).status).to.equal(204);
    expect((await gateway.delete(urlIn(made))).status).to.equal(204);
    expect((await inRegister(`betrokkenen?wasPartij__uuid=${klant.slice(-36)}`)).count).to.equal(0);
  });

  it('leaves out who was no partij, and has no page beyond the last', async () => {
    const { uuid } = await inRegister('klantcontacten', {
      kanaal: 'chat',
      onderwerp: 'Paspoort',
      taal: 'nld',
      vertrouwelijk: false,
    });
    const contactmoment = uuid ?? '';
    const unknown = { hadKlantcontact: { uuid: contactmoment }, rol: 'klant', initiator: true };
    await inRegister('betrokkenen', unknown);
    const { body } = await gateway.get(
      `//contactmomenten/api/v1/contactmomenten/${scalarText(contactmoment) ?? ''}`,
    );
    expect(body).to.include({ initiatiefnemer: 'klant', kanaal: 'chat' });
    const url = scalarText(body.url) ?? '';
    const found = await gateway.list('contactmomenten', `klantcontactmomenten?contactmoment=${url}`);
    expect(found.body.count).to.equal(0);
    expect((await gateway.list('contactmomenten', 'contactmomenten?page=9')).status).to.equal(404);
  });

  it('offers no verzoeken and nothing of them, and everything else', async () => {
    for (const plural of ['verzoeken', 'klantverzoeken', 'verzoekcontactmomenten'])
      expect((await gateway.list('verzoeken', plural)).status).to.equal(501);
    expect(await offered(gateway, 'verzoeken')).to.deep.equal([]);
    expect(await offered(gateway, 'klanten')).to.include.members(['klant_create', 'klant_delete']);
    expect(await offered(gateway, 'contactmomenten')).to.include.members([
      'contactmoment_update',
      'klantcontactmoment_create',
      'objectcontactmoment_delete',
      'audittrail_list',
    ]);
  });
});
