/**
 * What `mappings/demo-crm/klant.from-crm.jsonata` does, written by hand: the least that a translation costs in this language.
 */

/** A RELATIE of the demo CRM. */
export type Relatie = Readonly<Record<string, string | number | undefined>>;

/** What the demo set is told by whoever uses it. */
export interface Settings {
  readonly bronorganisatie: string;
  readonly websiteUrl: string;
}

const soorten: Readonly<Record<string, string>> = {
  P: 'natuurlijk_persoon',
  O: 'niet_natuurlijk_persoon',
  F: 'vestiging',
};

const geslachten: Readonly<Record<string, string>> = { '1': 'm', '2': 'v', '0': 'o' };

/** One RELATIE as a klant. */
export function klantByHand(relatie: Relatie, settings: Settings): object {
  const { VRIJ1, KLANTNR, RELNR, SRT, GEBDAT, VRIJ2 } = relatie;
  const isRsin = typeof VRIJ1 === 'string' && /^[0-9]{9}$/.test(VRIJ1);
  return withoutMissing({
    bronorganisatie: isRsin ? VRIJ1 : settings.bronorganisatie,
    klantnummer: KLANTNR || String(RELNR),
    bedrijfsnaam: relatie.NAAM,
    functie: relatie.FUNC,
    websiteUrl: websiteOf(relatie.WEB, settings),
    voornaam: relatie.VNAAM,
    voorvoegselAchternaam: relatie.VVGSL,
    achternaam: relatie.ANAAM,
    telefoonnummer: relatie.TEL1,
    emailadres: relatie.EMAIL,
    adres: withoutMissing({
      straatnaam: relatie.STR,
      huisnummer: relatie.HNR,
      huisletter: relatie.HLTR,
      huisnummertoevoeging: relatie.HTOEV,
      postcode: relatie.PC,
      woonplaatsnaam: relatie.WPL,
      landcode: relatie.LND,
    }),
    subject: relatie.SUBJURL,
    subjectType: soorten[String(SRT)] ?? SRT,
    subjectIdentificatie: SRT === 'P' ? persoonOf(relatie, VRIJ2 || datumOf(GEBDAT)) : undefined,
  });
}

function persoonOf(relatie: Relatie, geboortedatum: unknown): object {
  return withoutMissing({
    inpBsn: relatie.BSNR,
    anpIdentificatie: relatie.ANDNR,
    inpANummer: relatie.ANR,
    geslachtsnaam: relatie.GESLNM,
    voorvoegselGeslachtsnaam: relatie.VVGSLNM,
    voorletters: relatie.VOORL,
    voornamen: relatie.VOORNMN,
    geslachtsaanduiding: geslachten[String(relatie.GESL)] ?? relatie.GESL,
    geboortedatum,
    verblijfsadres: withoutMissing({
      aoaIdentificatie: relatie.VB_ID,
      wplWoonplaatsNaam: relatie.VB_WPL,
      gorOpenbareRuimteNaam: relatie.VB_STR,
      aoaPostcode: relatie.VB_PC,
      aoaHuisnummer: relatie.VB_HNR,
      aoaHuisletter: relatie.VB_HLTR,
      aoaHuisnummertoevoeging: relatie.VB_HTOEV,
      inpLocatiebeschrijving: relatie.VB_LOC,
    }),
    subVerblijfBuitenland: withoutMissing({
      lndLandcode: relatie.BL_LNDCD,
      lndLandnaam: relatie.BL_LND,
      subAdresBuitenland1: relatie.BL_ADR1,
      subAdresBuitenland2: relatie.BL_ADR2,
      subAdresBuitenland3: relatie.BL_ADR3,
    }),
  });
}

function websiteOf(web: unknown, { websiteUrl }: Settings): string {
  if (typeof web !== 'string' || web === '' || /\s/.test(web)) return websiteUrl;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(web) ? web : `https://${web}`;
}

function datumOf(datum: unknown): string | undefined {
  if (typeof datum !== 'string' || datum === '') return undefined;
  return datum.replace(/^([0-9]{2})-([0-9]{2})-([0-9]{4})$/, '$3-$2-$1');
}

function withoutMissing(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const there: Record<string, unknown> = {};
  for (const name in fields) if (fields[name] !== undefined) there[name] = fields[name];
  return there;
}
