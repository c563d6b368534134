/** What a column of a table holds; a text has a most number of characters. */
export type Column =
  | { readonly is: 'text'; readonly most: number }
  | { readonly is: 'moment' | 'number' | 'boolean' | 'id' }
  /** A row of one of these tables, by its id; written through a navigation property for each of them. */
  | { readonly is: 'lookup'; readonly to: Readonly<Record<string, string>> };

/** One table as the Web API knows it. */
export interface Shape {
  /** The name in FetchXML and in messages: `contact`. */
  readonly name: string;
  /** The name of its set, in paths: `contacts`. */
  readonly set: string;
  /** The column with the id. */
  readonly key: string;
  readonly columns: Readonly<Record<string, Column>>;
  /** Columns of which the values together must be unique, where all have one: an alternate key. */
  readonly unique: readonly string[];
}

const text = (most: number): Column => ({ is: 'text', most });
const moment: Column = { is: 'moment' };
const number: Column = { is: 'number' };
const id: Column = { is: 'id' };
const lookup = (to: Readonly<Record<string, string>>): Column => ({ is: 'lookup', to });
const memo = text(1_048_576);

const everywhere = {
  createdon: moment,
  statecode: number,
  statuscode: number,
  kb_bronorganisatie: text(9),
  kb_overig: memo,
};

const klant = {
  ...everywhere,
  emailaddress1: text(100),
  telephone1: text(50),
  websiteurl: text(200),
  address1_line1: text(250),
  address1_postalcode: text(20),
  address1_city: text(80),
  address1_country: text(80),
  kb_klantnummer: text(8),
  kb_subject: text(1000),
  kb_subjecttype: text(30),
  kb_rsin: text(9),
  kb_annidentificatie: text(17),
  kb_vestigingsnummer: text(24),
};

/** The tables of the stand-in: those of Dataverse with the columns `kb_` that mappings/dataverse/README.md asks for. */
export const shapes: readonly Shape[] = [
  {
    name: 'contact',
    set: 'contacts',
    key: 'contactid',
    unique: ['kb_bronorganisatie', 'kb_klantnummer'],
    columns: {
      ...klant,
      contactid: id,
      firstname: text(50),
      middlename: text(50),
      lastname: text(50),
      jobtitle: text(100),
      gendercode: number,
      kb_bedrijfsnaam: text(200),
      kb_bsn: text(9),
      kb_anummer: text(10),
      kb_anpidentificatie: text(17),
    },
  },
  {
    name: 'account',
    set: 'accounts',
    key: 'accountid',
    unique: ['kb_bronorganisatie', 'kb_klantnummer'],
    columns: {
      ...klant,
      accountid: id,
      name: text(160),
      kb_achternaam: text(200),
      kb_functie: text(200),
    },
  },
  {
    name: 'phonecall',
    set: 'phonecalls',
    key: 'activityid',
    unique: [],
    columns: {
      ...everywhere,
      activityid: id,
      subject: text(200),
      description: text(2000),
      directioncode: { is: 'boolean' },
      actualstart: moment,
      regardingobjectid: lookup({
        regardingobjectid_contact_phonecall: 'contact',
        regardingobjectid_account_phonecall: 'account',
        regardingobjectid_incident_phonecall: 'incident',
      }),
      kb_kanaal: text(50),
      kb_voorkeurskanaal: text(50),
      kb_voorkeurstaal: text(3),
      kb_medewerker: text(1000),
      kb_vervolgtekst: memo,
      kb_vorigcontactmoment: lookup({ kb_VorigContactmoment: 'phonecall' }),
    },
  },
  {
    name: 'incident',
    set: 'incidents',
    key: 'incidentid',
    unique: ['kb_bronorganisatie', 'ticketnumber'],
    columns: {
      ...everywhere,
      incidentid: id,
      title: text(200),
      ticketnumber: text(100),
      description: text(2000),
      customerid: lookup({ customerid_contact: 'contact', customerid_account: 'account' }),
      kb_externeidentificatie: text(40),
      kb_registratiedatum: moment,
      kb_status: text(20),
      kb_voorkeurskanaal: text(50),
      kb_vervolgtekst: memo,
      kb_intetrekkenverzoek: lookup({ kb_InTeTrekkenVerzoek: 'incident' }),
      kb_aangevuldeverzoek: lookup({ kb_AangevuldeVerzoek: 'incident' }),
    },
  },
];
