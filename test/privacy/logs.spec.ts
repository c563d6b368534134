import { expect } from 'chai';
import { awkward, seedRelations } from '../../src/demo/crm/seed.ts';
import { seedActivities } from '../../src/demo/crm/tables/seed-activities.ts';
import { seedRequests } from '../../src/demo/crm/tables/seed-requests.ts';
import type { JsonObject } from '../../src/json.ts';
import { api, leastKlant, runningGateway, token, urlIn } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { allLogLines } from '../kit/log.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { personalDataIn, personalDataInLog } from '../kit/personal-data.ts';
import { send } from '../kit/wire.ts';

/** Somebody whose every particular is known. */
const person = seedRelations().find(
  (seed) =>
    seed.RELNR > 100_022 &&
    seed.SRT === 'P' &&
    [seed.BSNR, seed.EMAIL, seed.TEL1, seed.KLANTNR, seed.PC, seed.HNR].every(
      (value) => value !== undefined,
    ) &&
    (seed.ANAAM ?? '').length >= 6,
);
const {
  BSNR = '',
  EMAIL = '',
  TEL1 = '',
  KLANTNR = '',
  PC = '',
  HNR = '',
  ANAAM = '',
  RELNR = 0,
} = person ?? {};

/** One text with everything in it, which is wrong wherever it stands. */
const everything = `${BSNR} ${EMAIL} ${TEL1} ${KLANTNR} ${PC} ${HNR} ${ANAAM}`;

const body = {
  ...leastKlant,
  achternaam: ANAAM,
  telefoonnummer: TEL1,
  emailadres: EMAIL,
  adres: { postcode: PC, huisnummer: Number.parseInt(HNR) },
  subjectType: 'natuurlijk_persoon',
  subjectIdentificatie: { inpBsn: BSNR },
};

/** The events that were logged in the current spec, in which nobody is given away. */
function eventsOfEachSpec(): () => unknown[] {
  let from = 0;
  beforeEach(() => {
    from = allLogLines.length;
  });
  return () => {
    const lines = allLogLines.slice(from);
    expect(personalDataInLog(lines)).to.deep.equal([]);
    return lines.map((line) => (JSON.parse(line) as JsonObject).event);
  };
}

describe('the log of a gateway', () => {
  const copy = mappingCopy({
    'klant.to-crm.jsonata': [
      ['"FUNC": functie', `"FUNC": functie = "fails" ? $number("${everything}") : functie`],
      ['"VVGSL": voorvoegselAchternaam,', ''],
    ],
    'klant.from-crm.jsonata': [['"functie": FUNC', '"functie": FUNC = "fails" ? $error($string($)) : FUNC']],
  });
  const gateway = runningGateway({
    config: {
      mapping: {
        get folder() {
          return copy.folder;
        },
      },
      cache: { resources: { klant: { staleSeconds: 0 } } },
      urlChecks: { hosts: [{ origin: 'http://127.0.0.1:9' }] },
    },
  });

  const harmlessEvents = eventsOfEachSpec();

  it('says of each request what it cost, and nothing of what was in it', async () => {
    expect((await gateway.get(klantPath(RELNR))).status).to.equal(200);
    expect((await gateway.get(`/klanten?subjectNatuurlijkPersoon__inpBsn=${BSNR}`)).body.count).to.equal(1);
    expect((await gateway.get(`/klanten?emailadres=${encodeURIComponent(EMAIL)}`)).body.count).to.equal(1);
    const created = await gateway.post(body);
    expect(created.status).to.equal(201);
    expect((await gateway.patch(urlIn(created), { achternaam: `${ANAAM}-${ANAAM}` })).status).to.equal(200);
    expect((await gateway.delete(urlIn(created))).status).to.equal(204);
    expect(harmlessEvents().filter((event) => event === 'request')).to.have.lengthOf(6);
  });

  const inQueries = [
    `/klanten?bronorganisatie=${BSNR}1`,
    `/klanten?subjectType=${encodeURIComponent(everything)}`,
    `/klanten?page=${BSNR}`,
    `/klanten?${encodeURIComponent(everything)}=1`,
    `/klanten?subject=${encodeURIComponent(everything)}`,
    `/klanten/${BSNR}`,
    `/klanten/${encodeURIComponent(everything)}`,
    `/${encodeURIComponent(everything)}`,
    `//${BSNR}/${ANAAM}`,
  ];
  for (const [index, place] of inQueries.entries()) {
    it(`holds nothing of a query or a path: case ${index + 1}`, async () => {
      await gateway.get(place);
      expect(harmlessEvents()).to.include('request');
    });
  }

  const inBodies: readonly (JsonObject | string)[] = [
    { ...body, subjectIdentificatie: { inpBsn: `${BSNR}0` } },
    { ...body, bronorganisatie: BSNR, emailadres: everything },
    { ...body, [everything]: everything, adres: everything },
    { ...body, subject: `http://127.0.0.1:9/${BSNR}` },
    { ...body, subject: `http://${ANAAM.toLowerCase().replace(/[^a-z]/g, '')}.example/${BSNR}` },
    { ...body, websiteUrl: everything },
    `{"achternaam": "${everything}"`,
    everything,
  ];
  for (const [index, wrong] of inBodies.entries()) {
    it(`holds nothing of a body that is refused: case ${index + 1}`, async () => {
      expect((await gateway.post(wrong)).status).to.equal(400);
      expect(harmlessEvents()).to.include('request');
    });
  }

  it('holds nothing of headers', async () => {
    for (const [name, value] of Object.entries({
      'X-Request-Id': BSNR,
      'x-request-id': `aanvraag-${KLANTNR}-${ANAAM}`,
      'User-Agent': everything,
      'Idempotency-Key': everything,
      'If-None-Match': `"${everything}"`,
      Accept: `text/${BSNR}`,
      'Content-Type': `text/${ANAAM}`,
      Authorization: `Bearer ${everything}`,
      Referer: `https://kcc.example/${BSNR}`,
      'X-Audit-Toelichting': everything,
      'X-Forwarded-Host': `${BSNR}.example`,
    })) {
      const headers = { [name]: Buffer.from(value).toString('latin1') };
      await gateway.get(klantPath(RELNR), { headers });
      await gateway.post(body, { headers });
    }
    await send(gateway.port, {
      target: `${api}/klanten?klantnummer=${KLANTNR}`,
      headers: { Host: `${BSNR}.test` },
    });
    expect(harmlessEvents().filter((event) => event === 'request')).to.have.lengthOf(23);
  });

  it('holds nothing of a token but the id of a client that we know', async () => {
    for (const claims of [
      { user_id: BSNR, user_representation: everything },
      { client_id: everything },
      { client_id: BSNR },
      { exp: 1, user_id: BSNR },
      { nbf: 99_999_999_999, iss: everything },
    ]) {
      await gateway.get(klantPath(RELNR), {
        headers: { Authorization: `Bearer ${await token('all', claims)}` },
      });
    }
    expect(harmlessEvents().filter((event) => event === 'request')).to.have.lengthOf(5);
  });

  it('holds nothing of a record that deviates from the contract', async () => {
    for (const number of Object.values(awkward))
      expect((await gateway.get(klantPath(number))).status).to.equal(200);
    expect(harmlessEvents()).to.include('afwijking');
  });

  it('holds nothing of a record that cannot be shown', async () => {
    const number = await gateway.crm.add({ SRT: 'P', FUNC: 'fails', ANAAM, BSNR, EMAIL });
    expect((await gateway.get(klantPath(number))).status).to.equal(502);
    await gateway.crm.remove(number);
    expect(harmlessEvents()).to.include('translation-failed');
  });

  it('holds nothing of a klant that cannot be translated', async () => {
    expect((await gateway.post({ ...body, functie: 'fails' })).status).to.equal(500);
    expect(harmlessEvents()).to.include('translation-failed');
  });

  it('holds nothing of values that the CRM did not keep', async () => {
    expect((await gateway.post({ ...body, voorvoegselAchternaam: 'van' })).status).to.equal(201);
    expect(harmlessEvents()).to.include('values-not-kept');
  });
});

describe('the log of a gateway whose CRM fails', () => {
  const gateway = runningGateway({
    config: {
      backends: { crm: { limits: { headersMs: 200 } } },
      limits: { drainMs: 10 },
    },
  });
  const harmlessEvents = eventsOfEachSpec();

  for (const soort of [
    'fout',
    'verbreek',
    'html',
    'afgekapt',
    'groot',
    'vol',
    'sleutel',
    'foutcode',
    'traag',
  ]) {
    it(`holds nothing of what it says: ${soort}`, async () => {
      await gateway.crm.forget();
      await gateway.crm.fault({ soort });
      const answers = [
        await gateway.get(klantPath(RELNR)),
        await gateway.get(`/klanten?klantnummer=${KLANTNR}`),
        await gateway.post(body),
        await gateway.get(klantPath(RELNR)),
      ];
      await gateway.crm.calm();
      for (const { status, text } of answers) {
        expect(status).to.be.within(500, 504);
        expect(personalDataIn(text)).to.deep.equal([]);
      }
      expect(await gateway.crm.total()).to.be.at.least(answers.length);
      expect(harmlessEvents()).to.include('request');
    });
  }
});

describe('the log of a gateway, about what people asked', () => {
  const gateway = runningGateway();
  const events = eventsOfEachSpec();
  const [said] = seedActivities();
  const [asked] = seedRequests().filter(({ KENM }) => KENM !== undefined);
  const tekst = String(said?.TEKST);
  const identificatie = String(asked?.KENM);
  const contactmoment = {
    bronorganisatie: '123456782',
    tekst,
    medewerkerIdentificatie: { identificatie: 'M1', achternaam: ANAAM },
  };

  it('holds nothing of a contactmoment that is made, read, searched and refused', async () => {
    const made = await gateway.create('contactmomenten', 'contactmomenten', contactmoment);
    expect(made.status).to.equal(201);
    await gateway.get(urlIn(made));
    await gateway.list('contactmomenten', `contactmomenten?kanaal=${encodeURIComponent(tekst)}`);
    const wrong = { ...contactmoment, kanaal: tekst.repeat(5), vorigContactmoment: tekst };
    expect((await gateway.create('contactmomenten', 'contactmomenten', wrong)).status).to.equal(400);
    expect(events()).to.include('request');
  });

  it('holds nothing of what a CRM says when it fails on a contactmoment', async () => {
    await gateway.crm.fault({ soort: 'fout', pad: '/relbeheer/activiteiten' });
    expect((await gateway.create('contactmomenten', 'contactmomenten', contactmoment)).status).to.equal(502);
    expect(events()).to.include('backend-failed');
  });

  it('holds nothing of a verzoek whose number is taken', async () => {
    const verzoek = { bronorganisatie: '123456782', status: 'ontvangen', tekst, identificatie };
    const first = await gateway.create('verzoeken', 'verzoeken', verzoek);
    const second = await gateway.create('verzoeken', 'verzoeken', verzoek);
    expect([first.status, second.status]).to.include(400);
    await gateway.list(
      'verzoeken',
      `verzoeken?identificatie=${identificatie}&tekst=${encodeURIComponent(tekst)}`,
    );
    expect(events()).to.include('request');
  });

  it('holds nothing of what the registers around say when they fail', async () => {
    const made = await gateway.create('contactmomenten', 'contactmomenten', contactmoment);
    await gateway.around.fault({ soort: 'fout', pad: '/zaken' });
    const object = `${gateway.around.url}/zaken/api/v1/zaken/0c5bde0e-3f6d-4d3f-9f0a-5b1c52a70001`;
    const relation = { contactmoment: urlIn(made), object, objectType: 'zaak' };
    const refused = await gateway.create('contactmomenten', 'objectcontactmomenten', relation);
    expect(refused.status).to.equal(400);
    expect(refused.text).not.to.include('Vermeulen');
    expect(events()).to.include('request');
  });
});
