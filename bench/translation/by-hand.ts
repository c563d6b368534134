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

const rechtsvormen: Readonly<Record<string, string>> = {
  '01': 'besloten_vennootschap',
  '02': 'cooperatie_europees_economische_samenwerking',
  '03': 'europese_cooperatieve_venootschap',
  '04': 'europese_naamloze_vennootschap',
  '05': 'kerkelijke_organisatie',
  '06': 'naamloze_vennootschap',
  '07': 'onderlinge_waarborg_maatschappij',
  '08': 'overig_privaatrechtelijke_rechtspersoon',
  '09': 'stichting',
  '10': 'vereniging',
  '11': 'vereniging_van_eigenaars',
  '12': 'publiekrechtelijke_rechtspersoon',
  '13': 'vennootschap_onder_firma',
  '14': 'maatschap',
  '15': 'rederij',
  '16': 'commanditaire_vennootschap',
  '17': 'kapitaalvennootschap_binnen_eer',
  '18': 'overige_buitenlandse_rechtspersoon_vennootschap',
  '19': 'kapitaalvennootschap_buiten_eer',
};

/** One RELATIE as a klant. */
export function klantByHand(relatie: Relatie, settings: Settings): object {
  const { VRIJ1, KLANTNR, RELNR, SRT } = relatie;
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
    subjectIdentificatie: subjectOf(relatie),
  });
}

function subjectOf(relatie: Relatie): object | undefined {
  switch (relatie.SRT) {
    case 'P':
      return persoonOf(relatie, relatie.VRIJ2 || datumOf(relatie.GEBDAT));
    case 'O':
      return organisatieOf(relatie);
    case 'F':
      return vestigingOf(relatie);
    default:
      return undefined;
  }
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
    verblijfsadres: verblijfsadresOf(relatie),
    subVerblijfBuitenland: buitenlandOf(relatie),
  });
}

function organisatieOf(relatie: Relatie): object {
  return withoutMissing({
    innNnpId: relatie.RSIN,
    annIdentificatie: relatie.ANDNR,
    statutaireNaam: relatie.STATNM,
    innRechtsvorm: rechtsvormen[String(relatie.RVORM)] ?? relatie.RVORM,
    bezoekadres: relatie.BEZADR,
    subVerblijfBuitenland: buitenlandOf(relatie),
  });
}

function vestigingOf(relatie: Relatie): object {
  return withoutMissing({
    vestigingsNummer: relatie.VESTNR,
    handelsnaam: relatie.HNDNM,
    verblijfsadres: verblijfsadresOf(relatie),
    subVerblijfBuitenland: buitenlandOf(relatie),
  });
}

function verblijfsadresOf(relatie: Relatie): object {
  return withoutMissing({
    aoaIdentificatie: relatie.VB_ID,
    wplWoonplaatsNaam: relatie.VB_WPL,
    gorOpenbareRuimteNaam: relatie.VB_STR,
    aoaPostcode: relatie.VB_PC,
    aoaHuisnummer: relatie.VB_HNR,
    aoaHuisletter: relatie.VB_HLTR,
    aoaHuisnummertoevoeging: relatie.VB_HTOEV,
    inpLocatiebeschrijving: relatie.VB_LOC,
  });
}

function buitenlandOf(relatie: Relatie): object {
  return withoutMissing({
    lndLandcode: relatie.BL_LNDCD,
    lndLandnaam: relatie.BL_LND,
    subAdresBuitenland1: relatie.BL_ADR1,
    subAdresBuitenland2: relatie.BL_ADR2,
    subAdresBuitenland3: relatie.BL_ADR3,
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
