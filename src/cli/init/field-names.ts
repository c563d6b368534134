/** How a field of the standard is called in CRMs, and what its values look like there. */
export interface FieldNames {
  /** The dotted path of the field in a klant. */
  readonly field: string;
  /** Names in small letters, without signs in between; the most telling ones first. */
  readonly names: readonly string[];
  /** Whether a value of a sample can be one of this field; absent: any can. */
  readonly fits?: RegExp;
  /** A made-up value, in the place of somebody's own. */
  readonly madeUp: string;
}

/** A name of three letters may be a piece of many others, so only longer ones count at the end of a name. */
const leastEnding = 5;

/** The fields of a klant that can be recognised; of two that fit one name, the first. */
export const fieldNames: readonly FieldNames[] = [
  {
    field: 'subjectIdentificatie.inpBsn',
    names: [
      ...['bsn', 'burgerservicenummer', 'bsnnummer', 'bsnnumber', 'bsnr', 'bsnnr', 'bsncode', 'sofinummer'],
      ...['sofinr', 'inpbsn', 'citizenservicenumber', 'nationalid', 'nationalidnumber', 'nationalidentifier'],
      ...['nationalidentificationnumber', 'nationalnumber', 'socialsecuritynumber'],
    ],
    fits: /^[0-9]{8,9}$/,
    madeUp: '999990019',
  },
  {
    field: 'subjectIdentificatie.innNnpId',
    names: ['rsin', 'rsinnummer', 'rsinnumber'],
    fits: /^[0-9]{9}$/,
    madeUp: '123456782',
  },
  {
    field: 'subjectIdentificatie.vestigingsNummer',
    names: ['vestigingsnummer', 'vestigingsnr', 'vestnr', 'branchnumber', 'establishmentnumber'],
    fits: /^[0-9]{12}$/,
    madeUp: '000012364810',
  },
  {
    field: 'subjectIdentificatie.annIdentificatie',
    names: ['kvknummer', 'kvk', 'kvknr', 'kvknumber', 'cocnumber', 'coc', 'chamberofcommercenumber'],
    fits: /^[0-9]{8}$/,
    madeUp: '90001354',
  },
  {
    field: 'subjectIdentificatie.inpANummer',
    names: ['anummer', 'administratienummer'],
    fits: /^[0-9]{10}$/,
    madeUp: '1000000042',
  },
  {
    field: 'klantnummer',
    names: [
      ...['klantnummer', 'klantnr', 'relatienummer', 'relatienr', 'customernumber', 'customerno'],
      ...['clientnumber', 'accountnumber', 'debiteurnummer', 'contactnumber'],
    ],
    fits: /^.{1,8}$/,
    madeUp: 'K0000042',
  },
  {
    field: 'emailadres',
    names: [
      ...['email', 'emailadres', 'emailaddress', 'mail', 'emailaddress1', 'email1', 'primaryemail'],
      ...['emailprimary', 'emailprivate', 'workemail'],
    ],
    fits: /^[^@\s]+@[^@\s]+$/,
    madeUp: 'jan@example.nl',
  },
  {
    field: 'telefoonnummer',
    names: [
      ...['telefoonnummer', 'telefoon', 'phonenumber', 'phone', 'telephone', 'tel', 'telephone1', 'tel1'],
      ...['phone1', 'mobile', 'mobilephone', 'phonemobile', 'mobiel', 'mobielnummer', 'gsm', 'phonework'],
    ],
    fits: /^[+0-9][0-9 ()./-]{5,}$/,
    madeUp: '0612345678',
  },
  {
    field: 'websiteUrl',
    names: ['website', 'websiteurl', 'homepage', 'websiteaddress'],
    fits: /^[a-z]+:\/\/|^www\./i,
    madeUp: 'https://www.example.nl',
  },
  {
    field: 'functie',
    names: ['functie', 'jobtitle', 'functienaam', 'position', 'beroep'],
    madeUp: 'Penningmeester',
  },
  {
    field: 'subjectIdentificatie.voorletters',
    names: ['voorletters', 'initials', 'initialen'],
    madeUp: 'J.P.',
  },
  {
    field: 'voorvoegselAchternaam',
    names: [
      ...['voorvoegselachternaam', 'tussenvoegsel', 'voorvoegsel', 'voorvoegsels', 'tussenvoegsels'],
      ...['surnameprefix', 'lastnameprefix', 'familynameprefix', 'infix'],
    ],
    madeUp: 'de',
  },
  {
    field: 'voornaam',
    names: ['voornaam', 'firstname', 'givenname', 'roepnaam', 'forename', 'namefirst', 'namegiven', 'first'],
    madeUp: 'Jan',
  },
  {
    field: 'achternaam',
    names: ['achternaam', 'lastname', 'surname', 'familyname', 'namelast', 'namefamily', 'last'],
    madeUp: 'Vries',
  },
  {
    field: 'bedrijfsnaam',
    names: [
      ...['bedrijfsnaam', 'companyname', 'company', 'bedrijf', 'organisatienaam', 'organisatie'],
      ...['organizationname', 'organisationname', 'organization', 'organisation', 'accountname'],
    ],
    madeUp: 'Bakkerij De Vries',
  },
  {
    field: 'subjectIdentificatie.geslachtsaanduiding',
    names: ['geslacht', 'geslachtsaanduiding', 'gender', 'gendercode', 'sex'],
    madeUp: '',
  },
  {
    field: 'subjectIdentificatie.geboortedatum',
    names: ['geboortedatum', 'birthdate', 'dateofbirth', 'dob', 'birthday', 'gebdatum'],
    madeUp: '1980-12-31',
  },
  {
    field: 'adres.straatnaam',
    names: [
      ...['straatnaam', 'straat', 'street', 'streetname', 'addressline1', 'address1', 'addressstreet'],
      ...['adresstraat', 'street1', 'streetaddress'],
    ],
    madeUp: 'Dorpsstraat',
  },
  {
    field: 'adres.huisnummertoevoeging',
    names: [
      ...['huisnummertoevoeging', 'toevoeging', 'huisnummertoev', 'housenumberaddition', 'housenumbersuffix'],
      ...[
        'addition',
        'streetnumbersuffix',
        'numbersuffix',
        'numberaddition',
        'addresssuffix',
        'addressaddition',
      ],
      ...['addressextension', 'adressuffix', 'adrestoevoeging', 'homesuffix', 'locationsuffix'],
    ],
    madeUp: 'bis',
  },
  {
    field: 'adres.huisnummer',
    names: [
      ...['huisnummer', 'huisnr', 'housenumber', 'streetnumber', 'adresnummer', 'adresnr', 'addressnumber'],
      ...['addressno', 'homenumber', 'houseno'],
    ],
    fits: /^[0-9]{1,5}$/,
    madeUp: '12',
  },
  {
    field: 'adres.huisletter',
    names: ['huisletter', 'houseletter', 'housenumberletter', 'addressletter', 'adresletter', 'homeletter'],
    fits: /^[A-Za-z]?$/,
    madeUp: 'A',
  },
  {
    field: 'adres.postcode',
    names: ['postcode', 'zip', 'zipcode', 'postalcode', 'postcode1'],
    fits: /^[A-Za-z0-9 -]{4,10}$/,
    madeUp: '1234AB',
  },
  {
    field: 'adres.woonplaatsnaam',
    names: ['woonplaatsnaam', 'woonplaats', 'plaats', 'plaatsnaam', 'city', 'town', 'locality'],
    madeUp: 'Voorbeelddam',
  },
  { field: 'adres.landcode', names: ['landcode'], fits: /^[0-9]{4}$/, madeUp: '6030' },
  // When nothing tells a surname: the name as a whole, which shows at least who it is.
  {
    field: 'achternaam',
    names: ['name', 'naam', 'fullname', 'displayname', 'volledigenaam', 'label'],
    madeUp: 'Jan de Vries',
  },
];

/** A name as it is compared: `Last_Name` and `lastName` are one. */
export function comparable(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

/** How telling a name is for a field: 0 is its own name; undefined when it is none of its names. */
export function rankOf({ names }: FieldNames, candidates: readonly string[]): number | undefined {
  const exact = names.findIndex((name) => candidates.includes(name));
  if (exact >= 0) return exact;
  const ending = names.findIndex(
    (name) => name.length >= leastEnding && candidates.some((candidate) => candidate.endsWith(name)),
  );
  return ending < 0 ? undefined : names.length + ending;
}
