import { expect } from 'chai';
import { isObject, type JsonObject, scalarText } from '../../src/json.ts';
import { environment, leastKlant, results, urlIn } from '../kit/gateway.ts';
import { allLogLines } from '../kit/log.ts';
import { newGiven } from '../stand-ins/kit/index.ts';
import { runningStandIn } from '../stand-ins/kit/running.ts';
import { requestLimitExceeded, salesforce } from '../stand-ins/salesforce.ts';
import { clientOf, gatewayOnSet, patient, queryOf } from './kit.ts';

const api = '/services/data/v60.0';
const tokens = '/services/oauth2/token';

const nasty = [
  "O'Brien",
  'A & B',
  '100%',
  '[a-z]_%',
  'a"b\\c',
  '🌷 tulp',
  '007',
  "' OR Id != '",
  'x\\',
  "\\' OR",
];

const refusing = (status: number, errorCode: string, message: string) => ({
  status,
  body: [{ message, errorCode }],
});

describe('mappings/salesforce', () => {
  const given = newGiven(3600);
  const crm = runningStandIn(salesforce({ secret: environment.CRM_KEY, given }));
  const { gateway, contactmoment, verzoek, found } = gatewayOnSet('salesforce', {
    backends: () => ({
      salesforce: { baseUrl: `${crm.url}${api}`, credentials: clientOf(`${crm.url}${tokens}`), ...patient },
    }),
    off: ['kla-001'],
  });

  /** What somebody sees or makes in Salesforce itself. */
  async function inCrm(method: string, place: string, body?: JsonObject): Promise<JsonObject> {
    const response = await fetch(`${crm.url}${api}/${place}`, {
      method,
      headers: { Authorization: `Bearer ${given.give()}`, 'Content-Type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    });
    const parsed: unknown = response.status === 204 ? {} : await response.json();
    return isObject(parsed) ? parsed : {};
  }

  async function queried(soql: string): Promise<readonly JsonObject[]> {
    const { records } = await inCrm('GET', `query?${queryOf({ q: soql })}`);
    return Array.isArray(records) ? records.filter(isObject) : [];
  }

  const unseen = () => crm.requests.filter(({ path: place }) => place === tokens).length;

  it('keeps every field of a person, those too that are longer than the fields of Salesforce', async () => {
    const whole = {
      ...leastKlant,
      websiteUrl: 'https://obrien.example',
      klantnummer: '00000123',
      bedrijfsnaam: 'Bloemen & Zo "De Tulp"',
      functie: 'wethouder '.repeat(19).trim(),
      voornaam: 'Siobhán Maria '.repeat(5).trim(),
      voorvoegselAchternaam: "d'",
      achternaam: "O'Brien 🌷 ".repeat(12).trim(),
      telefoonnummer: '0031 (0)20 1234567',
      emailadres: `${'a'.repeat(64)}@voorbeeld-van-een-lange-naam.example`,
      adres: {
        straatnaam: "'s-Gravelandseweg 2e deel",
        huisnummer: 0,
        huisletter: 'a',
        huisnummertoevoeging: 'bis',
        postcode: '0012AB',
        woonplaatsnaam: 'Een plaats met een naam van meer dan veertig tekens',
        landcode: '6030',
      },
      subjectType: 'natuurlijk_persoon',
      subjectIdentificatie: {
        inpBsn: '999990019',
        geslachtsnaam: "O'Brien",
        geboortedatum: '19800200',
        verblijfsadres: { aoaIdentificatie: '0000200000000001', gorOpenbareRuimteNaam: 'Dorpsstraat' },
      },
    };
    const made = await gateway.post(whole);
    expect(made.status, made.text).to.equal(201);
    const shown = (await gateway.get(urlIn(made))).body;
    const { adres, subjectIdentificatie, ...plain } = whole;
    expect(shown).to.deep.include({ ...plain, adres });
    expect(shown.subjectIdentificatie).to.deep.include({
      inpBsn: '999990019',
      geboortedatum: subjectIdentificatie.geboortedatum,
    });
    const changed = await gateway.patch(urlIn(made), { emailadres: 'kort@voorbeeld.example', functie: '' });
    expect(changed.body).to.deep.include({
      ...plain,
      emailadres: 'kort@voorbeeld.example',
      functie: '',
      adres,
    });
    expect((await gateway.delete(urlIn(made))).status).to.equal(204);
    expect((await gateway.get(urlIn(made))).status).to.equal(404);
  });

  it('keeps the trade names of a vestiging apart', async () => {
    const handelsnaam = ['Bakkerij & Zn.', 'Brood\nBanket', 'Een \\n van een backslash'];
    const subjectIdentificatie = { vestigingsNummer: '000012345678', handelsnaam };
    const made = await gateway.post({ ...leastKlant, subjectType: 'vestiging', subjectIdentificatie });
    expect((await gateway.get(urlIn(made))).body.subjectIdentificatie).to.deep.include(subjectIdentificatie);
  });

  for (const text of nasty)
    it(`finds ${text}, and nothing else`, async () => {
      const made = await gateway.post({
        ...leastKlant,
        achternaam: text,
        adres: { straatnaam: text, woonplaatsnaam: text },
      });
      await gateway.post({ ...leastKlant, achternaam: `${text}2` });
      for (const filter of ['achternaam', 'adres__straatnaam', 'adres__woonplaatsNaam'])
        expect(await found('klanten', `klanten?${queryOf({ [filter]: text })}`), filter).to.deep.equal([
          made.body,
        ]);
    });

  it('looks itself for what SOQL has no way to write', async () => {
    const made = await gateway.post({ ...leastKlant, bedrijfsnaam: 'met\u0001teken' });
    const asked = queryOf({ bedrijfsnaam: 'met\u0001teken' });
    expect(await found('klanten', `klanten?${asked}`)).to.deep.equal([made.body]);
  });

  it('compares capitals, which SOQL does not', async () => {
    const made = await gateway.post({ ...leastKlant, achternaam: 'Hoofdletter' });
    await gateway.post({ ...leastKlant, achternaam: 'HOOFDLETTER' });
    expect(await found('klanten', 'klanten?achternaam=Hoofdletter')).to.deep.equal([made.body]);
  });

  it('shows what was made in Salesforce, and keeps it where it was', async () => {
    await inCrm('POST', 'sobjects/Contact', { LastName: 'Zonder', MailingCity: 'Elders' });
    await inCrm('POST', 'sobjects/Contact', {
      Klantnummer__c: 'SF1',
      LastName: 'Berg',
      MobilePhone: '0612345678',
      MailingStreet: 'Lange Gracht 7b',
      MailingCity: 'Elders',
    });
    const [klant, ...others] = await found('klanten', 'klanten?adres__woonplaatsNaam=Elders');
    expect(others, 'a Contact without a number is no klant').to.deep.equal([]);
    expect(klant).to.deep.include({ klantnummer: 'SF1', telefoonnummer: '0612345678' });
    expect(klant?.adres).to.deep.include({ straatnaam: 'Lange Gracht', huisnummer: 7, huisletter: 'b' });
    await gateway.patch(scalarText(klant?.url) ?? '', { telefoonnummer: '0687654321' });
    const [row] = await queried("SELECT Phone, MobilePhone FROM Contact WHERE Klantnummer__c = 'SF1'");
    expect(row).to.deep.include({ Phone: null, MobilePhone: '0687654321' });
  });

  it('keeps every field of a contactmoment, to the microsecond', async () => {
    const first = urlIn(await contactmoment({ tekst: 'Eerst' }));
    const whole = {
      bronorganisatie: '123456782',
      registratiedatum: '2024-03-31T00:30:00.123456Z',
      kanaal: 'telefoon',
      voorkeurskanaal: 'e-mail',
      voorkeurstaal: 'nld',
      tekst: "O'Brien & Zn. 🌷\nbelde \\ terug",
      onderwerpLinks: ['https://a.example/1', 'https://a.example/2'],
      initiatiefnemer: 'klant',
      vorigContactmoment: first,
    };
    const made = await contactmoment(whole);
    expect(made.status, made.text).to.equal(201);
    expect((await gateway.get(urlIn(made))).body).to.deep.include(whole);
    expect((await gateway.get(first)).body.volgendContactmoment).to.equal(urlIn(made));
    const [row] = await queried("SELECT TaskSubtype, CallType FROM Task WHERE Kanaal__c = 'telefoon'");
    expect(row).to.deep.include({ TaskSubtype: 'Call', CallType: 'Inbound' });
    for (const filter of ['registratiedatum', 'registratiedatum__gte', 'registratiedatum__lte']) {
      const asked = queryOf({ [filter]: '2024-03-31T02:30:00.123456+02:00', kanaal: 'telefoon' });
      expect(await found('contactmomenten', `contactmomenten?${asked}`), filter).to.have.length(1);
    }
    const later = queryOf({ registratiedatum__gt: '2024-03-31T00:30:00.123456Z', kanaal: 'telefoon' });
    expect(await found('contactmomenten', `contactmomenten?${later}`)).to.deep.equal([]);
  });

  it('takes no Task that is still to be done for a contactmoment', async () => {
    await inCrm('POST', 'sobjects/Task', { Subject: 'Bellen', Kanaal__c: 'open taak' });
    await inCrm('POST', 'sobjects/Task', { Subject: 'Gebeld', Kanaal__c: 'open taak', Status: 'Completed' });
    const listed = await found('contactmomenten', 'contactmomenten?kanaal=open%20taak');
    expect(listed.map(({ tekst }) => tekst)).to.deep.equal(['Gebeld']);
  });

  it('counts exactly, and makes pages of more than one batch of Salesforce', async () => {
    for (let index = 0; index < 250; index++)
      await inCrm('POST', 'sobjects/Task', {
        Status: 'Completed',
        CallType: 'Outbound',
        Description: `Nummer ${index}`,
        Bronorganisatie__c: '123456782',
      });
    crm.forget();
    const seen: string[] = [];
    for (const page of [1, 2, 3]) {
      const place = `contactmomenten?initiatiefnemer=gemeente&page=${page}`;
      const listed = await gateway.list('contactmomenten', place);
      expect(listed.body.count).to.equal(250);
      seen.push(...results(listed).map(({ tekst }) => scalarText(tekst) ?? ''));
    }
    expect(seen).to.deep.equal(Array.from({ length: 250 }, (_, index) => `Nummer ${index}`));
    const followed = crm.requests.filter(({ path: place }) => place.startsWith(`${api}/query/`));
    expect(followed, 'only the last page takes the second batch').to.have.length(1);
  });

  it('puts the first gesprekspartner on the Task, and everybody else in the Objecten API', async () => {
    const klant = urlIn(await gateway.post(leastKlant));
    const other = urlIn(await gateway.post(leastKlant));
    const moment = urlIn(await contactmoment({ tekst: 'Met twee' }));
    const relate = (body: JsonObject) => gateway.create('contactmomenten', 'klantcontactmomenten', body);
    const first = await relate({ contactmoment: moment, klant, rol: 'gesprekspartner' });
    const second = await relate({ contactmoment: moment, klant: other, rol: 'gesprekspartner' });
    expect([first.status, second.status], first.text + second.text).to.deep.equal([201, 201]);
    expect(await queried("SELECT Id FROM Task WHERE WhoId != NULL AND Subject = 'Met twee'")).to.have.length(
      1,
    );
    const of = (asked: Readonly<Record<string, string>>) =>
      found('contactmomenten', `klantcontactmomenten?${queryOf(asked)}`);
    expect(await of({ contactmoment: moment })).to.deep.equal([first.body, second.body]);
    expect(await of({ klant })).to.deep.equal([first.body]);
    expect(await of({ klant: other, rol: 'belanghebbende' })).to.deep.equal([]);
    expect((await gateway.delete(urlIn(first))).status).to.equal(204);
    expect(await of({ contactmoment: moment })).to.deep.equal([second.body]);
  });

  it('keeps verzoeken, whose they are and what they add to', async () => {
    const klant = urlIn(await gateway.post(leastKlant));
    const first = await verzoek({ tekst: 'Boom & struik' });
    const second = await verzoek({ tekst: 'En nog een', aangevuldeVerzoek: urlIn(first) });
    expect([first.status, second.status], first.text + second.text).to.deep.equal([201, 201]);
    expect((await gateway.get(urlIn(first))).body.aanvullendeVerzoek).to.equal(urlIn(second));
    const asked = { verzoek: urlIn(first), klant, rol: 'initiator' };
    const relation = await gateway.create('verzoeken', 'klantverzoeken', asked);
    expect(relation.status, relation.text).to.equal(201);
    expect(await found('verzoeken', `klantverzoeken?${queryOf({ klant })}`)).to.deep.equal([relation.body]);

    // A Contact with Cases stays in Salesforce, and takes its Tasks along: neither may happen.
    const moment = urlIn(await contactmoment({ tekst: 'Blijft' }));
    await gateway.create('contactmomenten', 'klantcontactmomenten', {
      contactmoment: moment,
      klant,
      rol: 'gesprekspartner',
    });
    expect((await gateway.delete(klant)).status).to.equal(204);
    expect((await gateway.get(urlIn(first))).status).to.equal(200);
    expect((await gateway.get(moment)).status).to.equal(200);
  });

  it('puts back what it took off a Contact that Salesforce then keeps', async () => {
    const klant = urlIn(await gateway.post(leastKlant));
    const moment = urlIn(await contactmoment({ tekst: 'Terug' }));
    const asked = { contactmoment: moment, klant, rol: 'gesprekspartner' };
    await gateway.create('contactmomenten', 'klantcontactmomenten', asked);
    crm.fault({
      does: refusing(400, 'DELETE_FAILED', 'no'),
      method: 'DELETE',
      path: `${api}/sobjects/Contact`,
    });
    expect((await gateway.delete(klant)).status).to.equal(502);
    expect(await found('contactmomenten', `klantcontactmomenten?${queryOf({ klant })}`)).to.have.length(1);
  });

  it('keeps the trail and relations with zaken in the Objecten API', async () => {
    const moment = urlIn(await contactmoment({ tekst: 'Over een zaak' }));
    const relation = await gateway.create('contactmomenten', 'objectcontactmomenten', {
      contactmoment: moment,
      object: 'https://zaken.example/api/v1/zaken/1',
      objectType: 'zaak',
    });
    expect(relation.status, relation.text).to.equal(201);
    const asked = queryOf({ contactmoment: moment });
    expect(await found('contactmomenten', `objectcontactmomenten?${asked}`)).to.deep.equal([relation.body]);
    expect(JSON.parse((await gateway.get(`${moment}/audittrail`)).text)).to.have.length(1);
  });

  it('asks once for a new token when Salesforce no longer knows the old one', async () => {
    const klant = urlIn(await gateway.post(leastKlant));
    given.endAll();
    crm.forget();
    expect((await gateway.get(klant)).status).to.equal(200);
    expect(unseen()).to.equal(1);
    expect((await gateway.get(klant)).status).to.equal(200);
    expect(unseen()).to.equal(1);
  });

  it('answers 503 with Retry-After when the calls of Salesforce are used up', async () => {
    crm.fault({ does: requestLimitExceeded, path: `${api}/query`, times: 10 });
    const answer = await gateway.list('klanten', 'klanten');
    expect(answer.status).to.equal(503);
    expect(answer.headers.get('Retry-After')).to.match(/^[1-9]\d*$/);
  });

  it('says `unique` where a unique field of Salesforce refuses, and nothing of what Salesforce said', async () => {
    const klantnummer = 'SFDUP';
    await inCrm('POST', 'sobjects/Contact', {
      LastName: 'Geheimachternaam',
      Klantsleutel__c: `123456782-${klantnummer}`,
    });
    const lines = allLogLines.length;
    const answer = await gateway.post({ ...leastKlant, klantnummer });
    expect(answer.status, answer.text).to.equal(400);
    expect(answer.text).to.contain('"unique"').and.not.to.contain('Klantsleutel').and.not.to.contain('003Kb');
    expect(allLogLines.slice(lines).join('\n')).not.to.contain('duplicate value');
  });

  it('passes on nothing of what else Salesforce says', async () => {
    const lines = allLogLines.length;
    crm.fault({
      does: refusing(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Mevrouw Geheimachternaam heeft geen e-mail'),
      method: 'POST',
      path: `${api}/sobjects/Contact`,
    });
    const answer = await gateway.post(leastKlant);
    expect(answer.status).to.equal(502);
    expect(answer.text + allLogLines.slice(lines).join('\n')).not.to.contain('Geheimachternaam');
  });

  it('refuses a text that Salesforce cannot hold', async () => {
    const answer = await contactmoment({ tekst: 'x'.repeat(32_001) });
    expect(answer.status).to.equal(400);
    expect(answer.text).to.contain('max_length');
  });
});
