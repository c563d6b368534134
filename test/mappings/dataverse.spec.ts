import { expect } from 'chai';
import { isObject, type JsonObject, scalarText } from '../../src/json.ts';
import { complaints, environment, leastKlant, results, urlIn } from '../kit/gateway.ts';
import { allLogLines } from '../kit/log.ts';
import { dataverse, ownAccount } from '../stand-ins/dataverse.ts';
import { newGiven, tooBusy } from '../stand-ins/kit/index.ts';
import { runningStandIn } from '../stand-ins/kit/running.ts';
import { clientOf, gatewayOnSet, patient, queryOf } from './kit.ts';

const webApi = '/api/data/v9.2';
const tokens = '/tenant/oauth2/v2.0/token';

const errorOf = (status: number, code: string, message: string) => ({
  status,
  body: { error: { code, message } },
});

const nasty = ["O'Brien", 'A & B', '100%', '[a-z]_%', 'a"b\\c', '🌷 tulp', '007', "' or 1 eq 1", "'/><x y='"];

describe('mappings/dataverse', () => {
  const given = newGiven(3600);
  const crm = runningStandIn(dataverse({ secret: environment.CRM_KEY, given }));
  const { gateway, contactmoment, verzoek, found } = gatewayOnSet('dataverse', {
    settings: () => ({ eigenAccount: ownAccount }),
    backends: () => ({
      dataverse: {
        baseUrl: `${crm.url}${webApi}`,
        credentials: clientOf(`${crm.url}${tokens}`, { scope: `${crm.url}/.default` }),
        ...patient,
      },
    }),
    off: ['kla-001'],
  });

  /** What Dataverse itself has, or makes. */
  async function inCrm(place: string, body?: JsonObject): Promise<JsonObject> {
    const response = await fetch(`${crm.url}${webApi}/${place}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        Authorization: `Bearer ${given.give()}`,
        'Content-Type': 'application/json',
        Prefer: 'return=representation',
      },
      body: body ? JSON.stringify(body) : null,
    });
    const parsed: unknown = await response.json();
    return isObject(parsed) ? parsed : {};
  }

  it('keeps every field of a person, and of an organisation', async () => {
    const whole = {
      ...leastKlant,
      websiteUrl: 'https://obrien.example',
      klantnummer: '00000123',
      bedrijfsnaam: 'Bloemen & Zo "De Tulp"',
      functie: 'wethouder',
      voornaam: 'Siobhán',
      voorvoegselAchternaam: "d'",
      achternaam: "O'Brien 🌷",
      telefoonnummer: '06 1234 5678',
      emailadres: 's.obrien@example.nl',
      adres: {
        straatnaam: 'Plein 1944',
        huisnummer: 0,
        huisletter: 'a',
        huisnummertoevoeging: '007',
        postcode: '0012AB',
        woonplaatsnaam: 'Voorbeeldstad',
        landcode: '9999',
      },
    };
    const person = {
      inpBsn: '999990019',
      geslachtsaanduiding: 'o',
      voorletters: 'S.',
      subVerblijfBuitenland: {
        lndLandcode: '5010',
        lndLandnaam: 'België & co',
        subAdresBuitenland1: 'Rue = 1',
        subAdresBuitenland2: '',
        subAdresBuitenland3: '',
      },
    };
    const organisation = { innNnpId: '123456782', statutaireNaam: 'Tulp B.V.', innRechtsvorm: 'stichting' };
    for (const [subjectType, subjectIdentificatie, number] of [
      ['natuurlijk_persoon', person, '00000123'],
      ['niet_natuurlijk_persoon', organisation, '00000124'],
    ] as const) {
      const made = await gateway.post({ ...whole, klantnummer: number, subjectType, subjectIdentificatie });
      expect(made.status, made.text).to.equal(201);
      const { body } = await gateway.get(urlIn(made));
      expect(body).to.deep.include({ ...whole, klantnummer: number, subjectType });
      expect(body.subjectIdentificatie).to.deep.include(subjectIdentificatie);
      const cleared = await gateway.patch(urlIn(made), { telefoonnummer: '', voornaam: 'Eva' });
      expect(cleared.body).to.include({ telefoonnummer: '', voornaam: 'Eva', achternaam: "O'Brien 🌷" });
      expect((await gateway.delete(urlIn(made))).status).to.equal(204);
      expect((await gateway.get(urlIn(made))).status).to.equal(404);
    }
  });

  it('shows what was made in Dynamics, and leaves it there as it is', async () => {
    const { contactid } = await inCrm('contacts', { lastname: 'Bakker', address1_line1: 'Kerkstraat 12 b' });
    const url = `//klanten/api/v1/klanten/${scalarText(contactid) ?? ''}`;
    const { body } = await gateway.get(url);
    expect(body).to.include({ subjectType: 'natuurlijk_persoon', bronorganisatie: '123456782' });
    expect(body.adres).to.include({ straatnaam: 'Kerkstraat', huisnummer: 12, huisletter: 'b' });
    crm.forget();
    expect((await gateway.patch(url, { voornaam: 'Kees' })).status).to.equal(200);
    const written = crm.requests.filter(({ method }) => method === 'PATCH').map((call) => String(call.body));
    expect(written).to.deep.equal(['{"firstname":"Kees"}']);
  });

  it('keeps a moment within its second, and a text beyond its column', async () => {
    const tekst = `${'Lange tekst over 🌷 & meer. '.repeat(300)}einde`;
    const made = await contactmoment({ tekst, registratiedatum: '2026-10-25T02:30:00.123456+01:00' });
    expect(made.status, made.text).to.equal(201);
    const { body } = await gateway.get(urlIn(made));
    expect(body).to.include({ tekst, registratiedatum: '2026-10-25T01:30:00.123456Z', initiatiefnemer: '' });
    const row = await inCrm(`phonecalls(${urlIn(made).slice(-36)})`);
    expect(row).to.include({ statecode: 1, actualstart: '2026-10-25T01:30:00Z' });
    expect(row.description).to.have.length.within(1998, 2000);
  });

  it('keeps relations in their column, or else in the Objecten API, and removes each where it is', async () => {
    const contact = urlIn(await gateway.post({ ...leastKlant, klantnummer: '00000201' }));
    const account = urlIn(
      await gateway.post({ ...leastKlant, klantnummer: '00000202', subjectType: 'vestiging' }),
    );
    const about = urlIn(await contactmoment({}));
    const relate = async (klant: string, rol: string) => {
      const body = { contactmoment: about, klant, rol };
      return urlIn(await gateway.create('contactmomenten', 'klantcontactmomenten', body));
    };
    const first = await relate(account, 'gesprekspartner');
    const second = await relate(contact, 'gesprekspartner');
    const row = await inCrm(`phonecalls(${about.slice(-36)})`);
    expect(row._regardingobjectid_value).to.equal(account.slice(-36));
    const of = (values: Readonly<Record<string, string>>) =>
      found('contactmomenten', `klantcontactmomenten?${queryOf(values)}`);
    expect((await of({ contactmoment: about })).map(({ url }) => url)).to.deep.equal([first, second]);
    expect((await of({ klant: contact })).map(({ url }) => url)).to.deep.equal([second]);
    expect((await gateway.delete(second)).status).to.equal(204);
    expect((await of({ contactmoment: about })).map(({ url }) => url)).to.deep.equal([first]);
    expect((await gateway.delete(first)).status).to.equal(204);
    expect(await of({ contactmoment: about })).to.deep.equal([]);
    const zaak = 'https://zaken.gemeente.example/zaken/api/v1/zaken/1';
    const body = { contactmoment: about, object: zaak, objectType: 'zaak' };
    const made = await gateway.create('contactmomenten', 'objectcontactmomenten', body);
    expect(made.status, made.text).to.equal(201);
    expect(
      await found('contactmomenten', `objectcontactmomenten?${queryOf({ object: zaak })}`),
    ).to.have.length(1);
  });

  it('gives a case to whoever asked, and back to the municipality', async () => {
    const klant = urlIn(await gateway.post({ ...leastKlant, klantnummer: '00000301' }));
    const about = urlIn(await verzoek({ tekst: "Een boom van O'Brien & Zn" }));
    const body = { verzoek: about, klant, rol: 'initiator' };
    const relation = urlIn(await gateway.create('verzoeken', 'klantverzoeken', body));
    const customer = async () => (await inCrm(`incidents(${about.slice(-36)})`))._customerid_value;
    expect(await customer()).to.equal(klant.slice(-36));
    // Dataverse removes nobody who has a case.
    expect((await gateway.delete(klant)).status).to.equal(502);
    expect((await gateway.delete(relation)).status).to.equal(204);
    expect(await customer()).to.equal(ownAccount);
    expect((await gateway.delete(klant)).status).to.equal(204);
  });

  it('finds texts with any sign in them, and nothing else', async () => {
    for (const [index, achternaam] of nasty.entries()) {
      const klantnummer = `N${index}`;
      const adres = { straatnaam: achternaam, huisnummer: 1 };
      const made = await gateway.post({ ...leastKlant, klantnummer, achternaam, adres });
      expect(made.status, made.text).to.equal(201);
    }
    for (const text of nasty) {
      for (const filter of ['achternaam', 'adres__straatnaam']) {
        const klanten = await found('klanten', `klanten?${queryOf({ [filter]: text })}`);
        expect(
          klanten.map(({ achternaam }) => achternaam),
          `${filter} ${text}`,
        ).to.deep.equal([text]);
      }
    }
    expect(await found('klanten', `klanten?${queryOf({ achternaam: "o'brien" })}`)).to.deep.equal([]);
  });

  it('counts and makes pages of more than one page of Dataverse', async () => {
    const before = Number((await gateway.get('/klanten')).body.count);
    for (let number = 0; number < 205; number += 1)
      await inCrm('contacts', { lastname: 'Velen', kb_klantnummer: `V${number}` });
    const pages = [];
    for (let page = 1; page <= 3; page += 1) pages.push(await gateway.get(`/klanten?page=${page}`));
    expect(pages.map(({ body }) => body.count)).to.deep.equal(Array(3).fill(before + 205));
    const urls = new Set(pages.flatMap((page) => results(page).map(({ url }) => url)));
    expect(urls.size).to.equal(before + 205);
    expect((await gateway.get('/klanten?page=1000')).status).to.equal(404);
  });

  it('asks for one new token when Dataverse no longer knows the one it gave', async () => {
    await gateway.get('/klanten');
    given.endAll();
    crm.forget();
    expect((await gateway.get('/klanten?klantnummer=00000007')).status).to.equal(200);
    expect(crm.requests.filter(({ path: place }) => place === tokens)).to.have.length(1);
  });

  it('passes on how long Dataverse wants to be left alone', async () => {
    crm.fault({ does: tooBusy(7), path: `${webApi}/contacts`, times: 9 });
    const answer = await gateway.get('/klanten?klantnummer=00000008');
    expect([answer.status, answer.headers.get('Retry-After')]).to.deep.equal([503, '7']);
  });

  it('is a 501 where there is more than Dataverse counts, or gives by page', async () => {
    for (const [code, message] of [
      ['0x8004E023', 'AggregateQueryRecordLimit exceeded. Cannot perform this operation.'],
      ['0x80040229', 'Paging cookie is required when trying to retrieve a set of records on any high pages.'],
    ] as const) {
      crm.fault({ does: errorOf(400, code, message), path: `${webApi}/contacts`, times: 9 });
      const answer = await gateway.get('/klanten?achternaam=Jansen');
      expect([answer.status, answer.body.detail]).to.deep.equal([
        501,
        'Zoeken op achternaam raakt in het achterliggende systeem te veel gegevens.',
      ]);
      crm.calm();
    }
  });

  it('tells of a duplicate that Dataverse itself refuses', async () => {
    const klant = { ...leastKlant, klantnummer: '00000401' };
    expect((await gateway.post(klant)).status).to.equal(201);
    const again = await gateway.post(klant);
    expect([again.status, complaints(again)]).to.deep.equal([400, ['nonFieldErrors unique']]);
  });

  it('shows nobody what Dataverse says, nor logs it', async () => {
    const secret = 'Jansen, 999990019';
    const before = allLogLines.length;
    crm.fault({ does: errorOf(400, '0x80044331', secret), method: 'POST', path: `${webApi}/contacts` });
    const refused = await gateway.post({ ...leastKlant, klantnummer: '00000501' });
    crm.fault({ does: errorOf(404, '0x80040217', secret), path: `${webApi}/contacts`, times: 2 });
    crm.fault({ does: errorOf(404, '0x80040217', secret), path: `${webApi}/accounts`, times: 2 });
    const missing = await gateway.get(`//klanten/api/v1/klanten/${ownAccount}`);
    expect([refused.status, missing.status]).to.deep.equal([502, 404]);
    const lines = allLogLines.slice(before);
    expect(lines).not.to.be.empty;
    for (const text of [refused.text, missing.text, ...lines]) expect(text).not.to.include('999990019');
  });
});
