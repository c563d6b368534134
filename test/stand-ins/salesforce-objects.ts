/** What a field of an object can hold: a text of so many characters, or something of another kind. */
export type FieldType =
  | { readonly kind: 'text' | 'long' | 'email' | 'picklist'; readonly length: number }
  | { readonly kind: 'number' | 'boolean' | 'date' | 'datetime' }
  /** An id of such an object. */
  | { readonly kind: 'reference'; readonly to: string };

/** A field, and what can be done with it. */
export type Field = FieldType & {
  /** Set by Salesforce alone. */
  readonly system?: true;
  /** Set when the record is made, and never again. */
  readonly once?: true;
  /** No two records have the same; capitals count. */
  readonly unique?: true;
};

/** An object of Salesforce. */
export interface Objekt {
  /** What its ids begin with. */
  readonly prefix: string;
  readonly required: readonly string[];
  readonly fields: Readonly<Record<string, Field>>;
}

const text = (length: number): Field => ({ kind: 'text', length });
const long = (length: number): Field => ({ kind: 'long', length });
const picklist: Field = { kind: 'picklist', length: 255 };
const moment: Field = { kind: 'datetime' };
const number: Field = { kind: 'number' };
const yesOrNo: Field = { kind: 'boolean' };

const system: Readonly<Record<string, Field>> = {
  Id: { ...text(18), system: true },
  IsDeleted: { ...yesOrNo, system: true },
  CreatedDate: { ...moment, system: true },
  'Owner.Name': { ...text(121), system: true },
};

/** All fields of `names` of one type. */
function each(type: Field, names: string): Record<string, Field> {
  return Object.fromEntries(names.split(' ').map((name) => [name, type]));
}

/** Standard objects, with the custom fields that mappings/salesforce asks for. */
export const objects: Readonly<Record<string, Objekt>> = {
  Contact: {
    prefix: '003',
    required: ['LastName'],
    fields: {
      ...system,
      ...each(text(40), 'FirstName MiddleName Phone MobilePhone MailingCity'),
      ...each(text(80), 'LastName Rechtsvorm__c Voorvoegsel__c Woonplaats_lang__c'),
      ...each(text(80), 'Verblijf_woonplaats__c Verblijf_straat__c'),
      ...each(text(200), 'Bedrijfsnaam__c Voornaam_lang__c Achternaam_lang__c Functie_lang__c'),
      ...each(text(200), 'Geslachtsnaam__c Voornamen__c'),
      ...each(text(9), 'Bronorganisatie__c BSN__c RSIN__c'),
      ...each(text(17), 'Ander_persoon__c Andere_organisatie__c'),
      ...each(text(20), 'MailingPostalCode Voorletters__c'),
      ...each(text(1), 'Huisletter__c Verblijf_huisletter__c Geslacht__c'),
      ...each(text(4), 'Huisnummertoevoeging__c Landcode__c Verblijf_toevoeging__c Buitenland_code__c'),
      ...each(text(35), 'Buitenland_regel1__c Buitenland_regel2__c Buitenland_regel3__c'),
      ...each(long(1000), 'Website__c Subject_vervolg__c Bezoekadres__c Verblijf_beschrijving__c'),
      ...each(number, 'Huisnummer__c Verblijf_huisnummer__c'),
      Title: text(128),
      Email: { kind: 'email', length: 80 },
      MailingStreet: text(255),
      Klantnummer__c: text(8),
      Klantsleutel__c: { ...text(18), unique: true },
      Geen_achternaam__c: yesOrNo,
      Emailadres_lang__c: text(254),
      Straatnaam__c: text(100),
      Subject__c: text(255),
      Subjecttype__c: picklist,
      A_nummer__c: text(10),
      Vestigingsnummer__c: text(24),
      Geboortedatum__c: text(18),
      Statutaire_naam__c: long(500),
      Handelsnamen__c: long(32_768),
      Verblijf_id__c: text(100),
      Verblijf_postcode__c: text(7),
      Buitenland_naam__c: text(40),
    },
  },
  Task: {
    prefix: '00T',
    required: [],
    fields: {
      ...system,
      'Who.Type': { ...text(40), system: true },
      IsClosed: { ...yesOrNo, system: true },
      Subject: text(255),
      Description: long(32_000),
      Status: picklist,
      Priority: picklist,
      ActivityDate: { kind: 'date' },
      TaskSubtype: { ...picklist, once: true },
      CallType: picklist,
      WhoId: { kind: 'reference', to: 'Contact' },
      Bronorganisatie__c: text(9),
      Registratiedatum__c: moment,
      Registratiedatum_tekst__c: text(40),
      ...each(text(50), 'Kanaal__c Voorkeurskanaal__c'),
      Voorkeurstaal__c: text(3),
      Vorig_contactmoment__c: text(18),
      Onderwerplinks__c: long(32_768),
      Medewerker__c: text(255),
      Medewerker_vervolg__c: long(1000),
      Medewerker_nummer__c: text(24),
      Medewerker_achternaam__c: text(200),
      Medewerker_voorletters__c: text(20),
      Medewerker_voorvoegsel__c: text(10),
    },
  },
  Case: {
    prefix: '500',
    required: [],
    fields: {
      ...system,
      CaseNumber: { ...text(30), system: true },
      Subject: text(255),
      Description: long(32_000),
      Status: picklist,
      Origin: picklist,
      ContactId: { kind: 'reference', to: 'Contact' },
      Bronorganisatie__c: text(9),
      ...each(text(40), 'Identificatie__c Externe_identificatie__c Registratiedatum_tekst__c'),
      Verzoeksleutel__c: { ...text(50), unique: true },
      Registratiedatum__c: moment,
      Voorkeurskanaal__c: text(50),
      In_te_trekken_verzoek__c: { kind: 'reference', to: 'Case' },
      Aangevuld_verzoek__c: { kind: 'reference', to: 'Case' },
    },
  },
};
