/** What a field of a module holds: text of at most so many characters, or another kind of value. */
export type FieldKind = number | 'id' | 'datetime' | 'date' | 'text' | 'number';

/** A module: what its records are called, and its fields, those that a municipality adds (`_c`) among them. */
export interface Module {
  /** Not the name of the module: records of Contacts are of the type Contact. */
  readonly type: string;
  readonly fields: Readonly<Record<string, FieldKind>>;
  /** What a new record has where nothing was given. */
  readonly initial: Readonly<Record<string, string>>;
}

const ofEveryModule = {
  id: 'id',
  date_entered: 'datetime',
  date_modified: 'datetime',
  name: 255,
  description: 'text',
} as const;

/** Fields of one kind, by their names with blanks in between. */
function all<Kind extends FieldKind>(kind: Kind, names: string): Record<string, Kind> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, kind]));
}

/** The modules that Klantbrug uses. */
export const modules: Readonly<Record<string, Module>> = {
  Contacts: {
    type: 'Contact',
    fields: {
      ...ofEveryModule,
      ...all(100, 'first_name last_name title phone_mobile primary_address_city'),
      ...all(150, 'primary_address_street'),
      ...all(255, 'email1'),
      primary_address_postalcode: 20,
      birthdate: 'date',
      ...all(
        255,
        `klantnummer_c bronorganisatie_c bedrijfsnaam_c voornaam_rest_c tussenvoegsel_c achternaam_rest_c
         functie_rest_c emailadres_c huisnummer_c huisletter_c toevoeging_c landcode_c soort_c bsn_c anummer_c
         persoonsnummer_c geslachtsnaam_c voorvoegsel_c voorletters_c voornamen_c geslacht_c geboorte_c rsin_c
         organisatienummer_c rechtsvorm_c vestigingsnummer_c vb_id_c vb_plaats_c vb_straat_c vb_postcode_c
         vb_huisnummer_c vb_huisletter_c vb_toevoeging_c bl_landcode_c bl_land_c bl_adres1_c bl_adres2_c bl_adres3_c`,
      ),
      ...all('text', 'website_c subject_c statutaire_naam_c bezoekadres_c handelsnamen_c vb_locatie_c'),
    },
    initial: {},
  },
  Calls: {
    type: 'Call',
    fields: {
      ...ofEveryModule,
      name: 50,
      date_start: 'datetime',
      ...all(100, 'direction status parent_type'),
      parent_id: 'id',
      ...all(
        255,
        `registratiedatum_c bronorganisatie_c kanaal_c voorkeurskanaal_c voorkeurstaal_c vorig_c medewerker_nr_c
         medewerker_naam_c medewerker_letters_c medewerker_voorvoegsel_c`,
      ),
      ...all('text', 'onderwerpen_c medewerker_c'),
    },
    initial: { direction: 'Inbound', status: 'Planned' },
  },
  Cases: {
    type: 'Case',
    fields: {
      ...ofEveryModule,
      case_number: 'number',
      ...all(100, 'status state'),
      contact_created_by_id: 'id',
      ...all(
        255,
        `identificatie_c bronorganisatie_c extern_nummer_c registratiedatum_c voorkeurskanaal_c intrekking_van_c
         aanvulling_op_c`,
      ),
    },
    initial: { status: 'Open_New', state: 'Open' },
  },
};

/** What a database keeps of a value: cut off without a word, and nothing of a time that is none. */
export function kept(kind: FieldKind, value: string): string {
  if (typeof kind === 'number') return value.slice(0, kind);
  if (kind === 'datetime') return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value) ? value : '';
  if (kind === 'date') return /^\d{4}-\d\d-\d\d$/.test(value) ? value : '';
  if (kind === 'text') return value.slice(0, 65_535);
  return value.slice(0, 36);
}
