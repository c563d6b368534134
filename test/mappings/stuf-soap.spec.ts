import { expect } from 'chai';
import { type JsonObject, scalarText } from '../../src/json.ts';
import { complaints, environment, leastKlant, results, urlIn } from '../kit/gateway.ts';
import { allLogLines } from '../kit/log.ts';
import { tooBusy } from '../stand-ins/kit/index.ts';
import { runningStandIn } from '../stand-ins/kit/running.ts';
import { fault, stufFault, xmlHeaders } from '../stand-ins/stuf-soap-faults.ts';
import { result } from '../stand-ins/stuf-soap-contacts.ts';
import { envelope } from '../stand-ins/stuf-soap-xml.ts';
import { stufSoap } from '../stand-ins/stuf-soap.ts';
import { gatewayOnSet, offered, patient, queryOf } from './kit.ts';

const nasty = ["O'Brien", 'A & B', '<x/>', ']]>', '&amp;', 'a"b', '🌷 tulp', '007', 'Null', '%'];

const person = {
  ...leastKlant,
  websiteUrl: 'https://obrien.example/?a=1&b=2',
  klantnummer: '00000070',
  functie: 'bakker & <slager>',
  voornaam: "J'an",
  voorvoegselAchternaam: 'van ’t',
  achternaam: "O'Brien 🌷",
  telefoonnummer: '0031 6 12',
  emailadres: 'obrien@example.nl',
  adres: { straatnaam: 'Dam', huisnummer: 0, huisletter: 'a', postcode: '1234 AB', landcode: '6030' },
  subjectType: 'natuurlijk_persoon',
  subjectIdentificatie: {
    inpBsn: '999990019',
    geslachtsnaam: "O'Brien",
    geslachtsaanduiding: 'o',
    geboortedatum: '2000-02-29',
    verblijfsadres: { aoaIdentificatie: '0363', gorOpenbareRuimteNaam: 'Dam', aoaHuisnummer: 7 },
  },
};

describe('mappings/stuf-soap', () => {
  const moods = { questionsBehind: 0 };
  const crm = runningStandIn(stufSoap({ password: environment.CRM_KEY, moods, organisations: 103 }));
  const { gateway, contactmoment } = gatewayOnSet('stuf-soap', {
    backends: () => ({
      stuf: {
        baseUrl: crm.url,
        credentials: { wsSecurity: { user: 'klantbrug', password: '${CRM_KEY}', digest: true } },
        ...patient,
      },
    }),
    off: ['kla-001'],
  });
  afterEach(() => {
    moods.questionsBehind = 0;
  });
  const sent = () => crm.requests.map(({ body }) => body?.toString('utf8') ?? '');

  it('keeps everything of a person, and clears what is cleared', async () => {
    const made = await gateway.post(person);
    expect(made.status, made.text).to.equal(201);
    const { adres } = person;
    const { achternaam, telefoonnummer, websiteUrl, functie, klantnummer } = person;
    expect(made.body).to.include({ achternaam, telefoonnummer, websiteUrl, functie, klantnummer });
    expect(made.body.adres).to.deep.include(adres);
    expect(made.body.subjectIdentificatie).to.deep.include({
      inpBsn: '999990019',
      geboortedatum: '2000-02-29',
    });
    expect((await gateway.get(urlIn(made))).body).to.deep.equal(made.body);

    crm.forget();
    const change = { telefoonnummer: '', adres: { ...adres, postcode: '' }, achternaam: 'B' };
    const changed = await gateway.patch(urlIn(made), change);
    expect(changed.status, JSON.stringify(gateway.events.slice(-6))).to.equal(200);
    expect(changed.body).to.deep.include({
      telefoonnummer: '',
      achternaam: 'B',
      emailadres: person.emailadres,
    });
    expect(changed.body.adres).to.deep.include(change.adres);
    const [message = ''] = sent().filter((text) => text.includes('mutatiesoort>W<'));
    expect(message).to.contain('<bg:sub.telefoonnummer>0031 6 12</bg:sub.telefoonnummer>');
    expect(message).to.contain('<bg:sub.telefoonnummer StUF:noValue="geenWaarde" xsi:nil="true"/>');
    expect(message).not.to.contain('bg:sub.emailadres');

    expect((await gateway.delete(urlIn(made))).status).to.equal(204);
    expect((await gateway.get(urlIn(made))).status).to.equal(404);
  });

  const others: readonly [string, JsonObject][] = [
    [
      'niet_natuurlijk_persoon',
      { innNnpId: '123456782', statutaireNaam: 'A & B', bezoekadres: 'Dam 1\nAmsterdam' },
    ],
    ['vestiging', { vestigingsNummer: '000000000001', handelsnaam: ['Één', 'Twee & drie'] }],
    ['vestiging', { vestigingsNummer: '000000000002', handelsnaam: ['Alleen'] }],
  ];
  for (const [subjectType, subjectIdentificatie] of others) {
    it(`keeps a ${subjectType}: ${JSON.stringify(subjectIdentificatie)}`, async () => {
      const made = await gateway.post({ ...leastKlant, subjectType, subjectIdentificatie });
      expect(made.status, made.text).to.equal(201);
      expect(made.body).to.deep.include({ subjectType });
      expect(made.body.subjectIdentificatie).to.deep.include(subjectIdentificatie);
      expect((await gateway.get(urlIn(made))).body).to.deep.equal(made.body);
      const found = results(await gateway.get(`/klanten?${queryOf({ subjectType })}&page=last`));
      expect(found).to.deep.include(made.body);
    });
  }

  it('keeps a klant of whom nobody said what it is, and a birth date in words', async () => {
    const before = gateway.events.length;
    const made = await gateway.post(leastKlant);
    expect(made.body).to.deep.include({ subjectType: null });
    expect((await gateway.get(urlIn(made))).body).to.deep.equal(made.body);
    expect(gateway.events.slice(before).map(({ event }) => event)).not.to.include('afwijking');
    const inWords = { ...person, klantnummer: '71', subjectIdentificatie: { geboortedatum: 'onbekend' } };
    const other = await gateway.post(inWords);
    expect(other.body.subjectIdentificatie).to.deep.include({ geboortedatum: 'onbekend' });
  });

  it('finds exactly who has a nasty name', async () => {
    for (const achternaam of nasty) await gateway.post({ ...leastKlant, achternaam });
    for (const achternaam of nasty) {
      const answer = await gateway.get(`/klanten?${queryOf({ achternaam })}`);
      expect(results(answer).map((klant) => klant.achternaam)).to.deep.equal([achternaam]);
    }
    expect(results(await gateway.get(`/klanten?${queryOf({ achternaam: "o'brien" })}`))).to.deep.equal([]);
  });

  it('counts and makes pages of more than one page of the CRM, and gives keys once', async () => {
    const list = (page: number) => gateway.get(`/klanten?subjectType=niet_natuurlijk_persoon&page=${page}`);
    const [first, second] = [await list(1), await list(2)];
    const count = Number(first.body.count);
    expect(count).to.be.at.least(103);
    expect([results(first).length, results(second).length]).to.deep.equal([100, count - 100]);
    const all = [...results(first), ...results(second)];
    expect(new Set(all.map(({ url }) => scalarText(url))).size).to.equal(count);
    const [old] = all;
    expect(old).to.include({ klantnummer: 'O0000001' });
    expect((await gateway.get(scalarText(old?.url) ?? '')).body).to.deep.equal(old);
    expect(results(await gateway.get('/klanten?klantnummer=O0000001'))).to.deep.equal([old]);
    crm.forget();
    expect((await list(1)).body.count).to.equal(count);
    expect(crm.requests.filter(({ path: at }) => at === '/OntvangAsynchroon')).to.deep.equal([]);
  });

  it('may say later what somebody is', async () => {
    const url = urlIn(await gateway.post(leastKlant));
    const change = {
      subjectType: 'vestiging',
      subjectIdentificatie: { vestigingsNummer: '000000000077', handelsnaam: ['A', 'B'] },
    };
    const changed = await gateway.patch(url, change);
    expect(changed.status, changed.text).to.equal(200);
    expect(changed.body.subjectIdentificatie).to.deep.include(change.subjectIdentificatie);
    const number = queryOf({ subjectVestiging__vestigingsNummer: '000000000077' });
    expect(results(await gateway.get(`/klanten?${number}`))).to.deep.equal([changed.body]);
    expect(results(await gateway.get('/klanten?subjectType=vestiging'))).to.deep.include(changed.body);
  });

  it('keeps a contactmoment, in the hour that is there twice too', async () => {
    for (const registratiedatum of [
      '2026-10-25T00:30:00.123456Z',
      '2026-10-25T01:30:00.123456Z',
      '2026-03-29T01:00:00Z',
    ]) {
      const body = {
        registratiedatum,
        kanaal: 'Balie & web',
        tekst: "Regel 1\r\nO'Brien <b> 🌷",
        onderwerpLinks: ['https://a.example/?x=1&y=2'],
        initiatiefnemer: 'klant',
        voorkeurstaal: 'nld',
        voorkeurskanaal: 'Mail',
      };
      const made = await contactmoment(body);
      expect(made.status, made.text).to.equal(201);
      expect(made.body).to.deep.include(body);
      expect((await gateway.get(urlIn(made))).body).to.deep.equal(made.body);
      const found = await gateway.list('contactmomenten', `contactmomenten?${queryOf({ registratiedatum })}`);
      expect(results(found)).to.deep.equal([made.body]);
      const cleared = await gateway.patch(urlIn(made), { tekst: '', onderwerpLinks: [] });
      expect(cleared.body).to.deep.equal({ ...made.body, tekst: '', onderwerpLinks: [] });
      expect((await gateway.delete(urlIn(made))).status).to.equal(204);
    }
  });

  it('knows which contactmoment comes next', async () => {
    const first = await contactmoment({ kanaal: 'a' });
    const second = await contactmoment({ kanaal: 'b', vorigContactmoment: urlIn(first) });
    expect((await gateway.get(urlIn(first))).body.volgendContactmoment).to.equal(urlIn(second));
    const found = await gateway.list('contactmomenten', `contactmomenten?vorigContactmoment=${urlIn(first)}`);
    expect(results(found)).to.deep.equal([second.body]);
  });

  it('has the first gesprekspartner in the contact, and the others beside it', async () => {
    const klanten = [await gateway.post(leastKlant), await gateway.post(leastKlant)].map(urlIn);
    const url = urlIn(await contactmoment({ kanaal: 'relatie' }));
    const relate = (klant: string, rol: string) =>
      gateway.create('contactmomenten', 'klantcontactmomenten', { contactmoment: url, klant, rol });
    const first = await relate(klanten[0] ?? '', 'gesprekspartner');
    const second = await relate(klanten[1] ?? '', 'gesprekspartner');
    expect([first.status, second.status], first.text).to.deep.equal([201, 201]);
    const list = async (filter: string) =>
      results(await gateway.list('contactmomenten', `klantcontactmomenten?${filter}`));
    expect(await list(`contactmoment=${url}`)).to.deep.equal([first.body, second.body]);
    expect(await list(`klant=${klanten[0] ?? ''}`)).to.deep.equal([first.body]);
    expect((await gateway.delete(urlIn(first))).status).to.equal(204);
    expect(await list(`contactmoment=${url}`)).to.deep.equal([second.body]);
  });

  it('has zaken and the trail of a contactmoment beside it, and nothing of verzoeken', async () => {
    const url = urlIn(await contactmoment({ kanaal: 'balie' }));
    const object = 'https://zaken.gemeente.example/zaken/api/v1/zaken/8b4d2f6e-1a3c-4957-b0e8-6c5f7d9a2b31';
    const about = { contactmoment: url, object, objectType: 'zaak' };
    const made = await gateway.create('contactmomenten', 'objectcontactmomenten', about);
    expect(made.body).to.include(about);
    const found = await gateway.list('contactmomenten', `objectcontactmomenten?contactmoment=${url}`);
    expect(results(found)).to.deep.equal([made.body]);
    expect((await gateway.patch(url, { kanaal: 'post' })).status).to.equal(200);
    const trail = JSON.parse((await gateway.get(`${url}/audittrail`)).text) as JsonObject[];
    expect(trail.map(({ actie }) => actie)).to.deep.equal(['create', 'partial_update']);

    expect((await gateway.list('verzoeken', 'klantverzoeken')).status).to.equal(501);
    expect(await offered(gateway, 'verzoeken')).to.deep.equal([]);
    expect(await offered(gateway, 'contactmomenten')).to.include.members([
      'objectcontactmoment_create',
      'audittrail_list',
    ]);
  });

  it('waits for a message that is carried out later, and shows what came of it', async () => {
    moods.questionsBehind = 3;
    const made = await gateway.post({ ...leastKlant, functie: 'straks' });
    expect(made.status, made.text).to.equal(201);
    const changed = await gateway.patch(urlIn(made), { functie: 'nu', achternaam: 'Bakker' });
    expect([changed.status, changed.body]).to.deep.equal([
      200,
      { ...made.body, functie: 'nu', achternaam: 'Bakker' },
    ]);
    expect((await gateway.get(urlIn(made))).body).to.deep.equal(changed.body);
    expect((await gateway.delete(urlIn(made))).status).to.equal(204);
    expect((await gateway.get(urlIn(made))).status).to.equal(404);
    const told = gateway.events.map(({ event }) => event);
    expect(told).not.to.include.members(['values-not-kept']);
  });

  it('says that it is busy when the CRM does', async () => {
    const url = urlIn(await gateway.post(leastKlant));
    crm.fault({ does: tooBusy(3) });
    const answer = await gateway.get(url);
    expect([answer.status, answer.headers.get('Retry-After')]).to.deep.equal([503, '3']);
    crm.fault({ does: stufFault('Fo03', 'StUF010', 'Overbelast'), path: '/OntvangAsynchroon' });
    expect((await gateway.patch(url, { functie: 'x' })).status).to.equal(503);
    crm.fault({ does: { status: 200, headers: xmlHeaders, body: envelope(result('12', 'Druk')) } });
    expect((await gateway.list('contactmomenten', 'contactmomenten')).status).to.equal(503);
  });

  it('passes on that the CRM has it already, without its words', async () => {
    const body = { ...leastKlant, klantnummer: 'DUBBEL' };
    expect((await gateway.post(body)).status).to.equal(201);
    const second = await gateway.post(body);
    expect([second.status, complaints(second)]).to.deep.equal([400, ['nonFieldErrors unique']]);
    expect(second.text).not.to.contain('DUBBEL');
  });

  it('takes a fault for what it says, and tells nobody its words', async () => {
    const url = urlIn(await gateway.post(leastKlant));
    const secret = 'Jan Geheim, 999990019';
    const faults = [
      [stufFault('Fo02', 'StUF064', secret), 404, undefined],
      [stufFault('Fo02', 'StUF058', 'Fout', `${secret} niet gevonden`), 404, undefined],
      [stufFault('Fo02', 'StUF058', secret), 502, 'status'],
      [stufFault('Fo02', 'StUF055', secret), 502, 'unexpected-answer'],
      [fault('env:Client', secret), 502, 'unexpected-answer'],
      [fault('wsse:FailedAuthentication', secret), 502, undefined],
    ] as const;
    for (const [does, status, reason] of faults) {
      crm.fault({ does, times: 3 });
      const before = gateway.events.length;
      const answer = await gateway.get(url);
      expect([answer.status, answer.text.includes('Geheim')]).to.deep.equal([status, false]);
      const told = gateway.events.slice(before).find(({ event }) => event === 'backend-failed');
      expect(told && 'reason' in told ? told.reason : undefined, does.body).to.equal(reason);
      crm.calm();
    }
    expect(allLogLines.join('')).not.to.contain('Geheim');
    expect(gateway.events).to.deep.include({ event: 'credentials-refused', backend: 'stuf', status: 500 });
  });

  it('takes a search that ends in a fault of the right code for an empty list', async () => {
    for (const does of [
      stufFault('Fo02', 'StUF064', 'Niemand'),
      stufFault('Fo02', 'StUF058', 'Fout', 'Object niet gevonden'),
    ]) {
      crm.fault({ does, times: 3 });
      const answer = await gateway.get(`/klanten?${queryOf({ emailadres: 'niemand@example.nl' })}`);
      expect([answer.status, answer.body.count, results(answer)]).to.deep.equal([200, 0, []]);
      crm.calm();
    }
    crm.fault({ does: { status: 200, headers: xmlHeaders, body: envelope(result('4', 'Niets')) } });
    expect((await gateway.list('contactmomenten', 'contactmomenten')).body).to.include({ count: 0 });
  });

  it('sends another reference and another digest with each message', async () => {
    crm.forget();
    await gateway.get('/klanten?emailadres=a@example.nl');
    await gateway.get('/klanten?emailadres=a@example.nl');
    const numbers = sent().map((text) => /referentienummer>([^<]+)</.exec(text)?.[1]);
    expect(new Set(numbers).size).to.equal(numbers.length);
    expect(numbers.length).to.be.at.least(6);
    expect(sent().join('')).not.to.contain(environment.CRM_KEY);
  });
});
