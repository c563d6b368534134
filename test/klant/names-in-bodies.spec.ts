import { expect } from 'chai';
import { isObject, type Json, type JsonObject } from '../../src/json.ts';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { completeKlant, expectRefused, identifications, residence, subjectTypes } from './samples.ts';

/** How each name of section 2.1 that has a capital or a digit in it is written in snake_case. */
const snakeCase: Readonly<Record<string, string>> = {
  websiteUrl: 'website_url',
  voorvoegselAchternaam: 'voorvoegsel_achternaam',
  subjectType: 'subject_type',
  subjectIdentificatie: 'subject_identificatie',
  inpBsn: 'inp_bsn',
  anpIdentificatie: 'anp_identificatie',
  inpANummer: 'inp_a_nummer',
  voorvoegselGeslachtsnaam: 'voorvoegsel_geslachtsnaam',
  innNnpId: 'inn_nnp_id',
  annIdentificatie: 'ann_identificatie',
  statutaireNaam: 'statutaire_naam',
  innRechtsvorm: 'inn_rechtsvorm',
  vestigingsNummer: 'vestigings_nummer',
  subVerblijfBuitenland: 'sub_verblijf_buitenland',
  aoaIdentificatie: 'aoa_identificatie',
  wplWoonplaatsNaam: 'wpl_woonplaats_naam',
  gorOpenbareRuimteNaam: 'gor_openbare_ruimte_naam',
  aoaPostcode: 'aoa_postcode',
  aoaHuisnummer: 'aoa_huisnummer',
  aoaHuisletter: 'aoa_huisletter',
  aoaHuisnummertoevoeging: 'aoa_huisnummertoevoeging',
  inpLocatiebeschrijving: 'inp_locatiebeschrijving',
  lndLandcode: 'lnd_landcode',
  lndLandnaam: 'lnd_landnaam',
  subAdresBuitenland1: 'sub_adres_buitenland_1',
  subAdresBuitenland2: 'sub_adres_buitenland_2',
  subAdresBuitenland3: 'sub_adres_buitenland_3',
};

function inSnakeCase(value: Json): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inside]) => [snakeCase[name] ?? name, inSnakeCase(inside)]),
  );
}

describe('names of properties in a body: contract section 0, rulings R13 and R14', () => {
  const gateway = runningGateway();

  for (const subjectType of subjectTypes) {
    it(`a ${subjectType} in snake_case is the same as one in camelCase`, async () => {
      const sent = completeKlant(subjectType, '');
      const answer = await gateway.post(inSnakeCase(sent));
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.text).to.equal(JSON.stringify({ url: urlIn(answer), ...sent }));
    });
  }

  it('snake_case is accepted in an update', async () => {
    const url = urlIn(await gateway.post(completeKlant('vestiging', '')));
    const answer = await gateway.patch(url, {
      website_url: 'http://nieuw.example',
      subject_identificatie: { vestigings_nummer: '7' },
    });
    expect(answer.body).to.include({ websiteUrl: 'http://nieuw.example' });
    expect(answer.body.subjectIdentificatie).to.include({ vestigingsNummer: '7' });
  });

  it('errors carry the JSON names, however the body was written', async () => {
    const answer = await gateway.post({
      ...leastKlant,
      subject_type: 'natuurlijk_persoon',
      subject_identificatie: {
        inp_a_nummer: '0',
        sub_verblijf_buitenland: { lnd_landcode: 'x', lnd_landnaam: 'y', sub_adres_buitenland_1: null },
      },
    });
    expectRefused(
      answer,
      'subjectIdentificatie.inpANummer a-nummer-incorrect-format',
      'subjectIdentificatie.subVerblijfBuitenland.subAdresBuitenland1 null',
    );
  });

  it('unknown properties are ignored, whatever is in them', async () => {
    const unknown: JsonObject = { klant: 'x', voorkeurskanaal: 7, constructor: { a: [] }, toString: null };
    const sent = completeKlant('vestiging', '');
    const answer = await gateway.post({
      ...unknown,
      ...sent,
      adres: { ...sent.adres, ...unknown },
      subjectIdentificatie: {
        ...identifications.vestiging,
        ...unknown,
        verblijfsadres: { ...identifications.vestiging.verblijfsadres, ...unknown },
      },
    });
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.text).to.equal(JSON.stringify({ url: urlIn(answer), ...sent }));
  });

  it('unknown properties do not make a nested object: that still counts as not supplied', async () => {
    const answer = await gateway.post({ ...leastKlant, adres: { onbekend: 1 } });
    expect(answer.body.adres, answer.text).to.equal(null);
  });

  it('a name in capitals is an unknown one', async () => {
    expectRefused(
      await gateway.post({ bronorganisatie: '123456782', WebsiteUrl: 'http://a.example' }),
      'websiteUrl required',
    );
  });

  for (const url of ['http://elders.example/1', 'no url', 7, null, {}, '']) {
    it(`url is read-only: ${JSON.stringify(url)} in a body is ignored`, async () => {
      const created = await gateway.post({ ...leastKlant, url });
      expect(created.status, created.text).to.equal(201);
      for (const answer of [
        await gateway.put(urlIn(created), { ...leastKlant, url }),
        await gateway.patch(urlIn(created), { url }),
      ]) {
        expect(answer.status, answer.text).to.equal(200);
        expect(answer.text).to.equal(created.text);
      }
    });
  }

  it('required names are reported in camelCase, by their path', async () => {
    const answer = await gateway.post({
      ...leastKlant,
      subjectType: 'vestiging',
      subjectIdentificatie: { verblijfsadres: { aoa_identificatie: residence.aoaIdentificatie } },
    });
    expectRefused(answer, 'subjectIdentificatie.verblijfsadres.gorOpenbareRuimteNaam required');
  });
});
