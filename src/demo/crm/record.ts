/**
 * The text columns of a relation, in the order in which the system prints them. The dates are text as well
 * (dd-mm-yyyy), and so are all numbers except RELNR and MUTNR.
 */
export const textColumns = [
  'KLANTNR', // customer number such as K0000123, at most 8 characters
  'SRT', // P person, O organisation, F branch, nothing: unknown
  'ACTIEF', // J or N
  'INVDAT', // the day on which the record was entered
  'VNAAM', // first name of a person
  'VVGSL', // prefix of the surname of a person
  'ANAAM', // surname of a person
  'NAAM', // the one name of an organisation, a branch or an unknown kind
  'FUNC', // job title
  'WEB', // website, with or without a scheme
  'TEL1',
  'EMAIL',
  'STR', // street
  'HNR', // house number
  'HLTR', // house letter
  'HTOEV', // house number addition
  'PC', // postal code, with or without the space
  'WPL', // town
  'LND', // country code, 6030 is the Netherlands
  'VRIJ1', // free for the users
  'VRIJ2', // free for the users
  'SUBJURL', // where somebody else keeps the particulars of this relation
  'BSNR', // citizen service number of a person
  'ANR', // administration number of a person, 10 digits
  'ANDNR', // a number from some other administration
  'GESL', // 1 man, 2 woman, 0 unknown
  'GEBDAT', // date of birth
  'VOORL', // initials
  'VOORNMN', // all first names
  'GESLNM', // family name as in the population register
  'VVGSLNM', // the prefix of that family name
  'RSIN', // fiscal number of an organisation
  'RVORM', // legal form, 01 to 19
  'STATNM', // statutory name
  'BEZADR', // visiting address in one line
  'VESTNR', // branch number, 12 digits
  'VB_ID', // residence: number of the address, 16 digits
  'VB_WPL',
  'VB_STR',
  'VB_PC',
  'VB_HNR',
  'VB_HLTR',
  'VB_HTOEV',
  'VB_LOC', // residence: description of a place without an address
  'BL_LNDCD', // abroad: country code
  'BL_LND', // abroad: country name
  'BL_ADR1',
  'BL_ADR2',
  'BL_ADR3',
] as const;

/** The name of a column that holds text. */
export type TextColumn = (typeof textColumns)[number];

/**
 * One record of the table RELATIES as it is stored: a column with nothing in it is not there at all.
 * HNDNM (the trade names of a branch) is a plain text when there is one, and a list when there are several.
 */
export type Relation = {
  /** The record's number: counts up from 100001 and is never given out twice. */
  readonly RELNR: number;
  /** 1 for a new record, and one more at each change. */
  readonly MUTNR: number;
  readonly HNDNM?: string | readonly string[];
} & Readonly<Partial<Record<TextColumn, string>>>;

/** The columns that a caller can fill: everything but RELNR and MUTNR. */
export type RelationColumns = Omit<Relation, 'RELNR' | 'MUTNR'>;

/** A record as it goes over the line, where an empty column can also be "" or null. */
export type ShownRow = Readonly<Record<string, number | string | null | readonly string[]>>;

/**
 * What the system shows of a record. An empty column is "" in one record, null in the next and missing in the
 * third; which one follows from RELNR and the column's position, so that the same record always looks the same.
 */
export function showRelation(relation: Relation): ShownRow {
  const shown: Record<string, number | string | null | readonly string[]> = {
    RELNR: relation.RELNR,
    MUTNR: relation.MUTNR,
  };
  textColumns.forEach((column, position) => {
    const value = relation[column] ?? emptyValue(relation.RELNR + position);
    if (value !== undefined) shown[column] = value;
  });
  if (relation.HNDNM !== undefined) shown.HNDNM = relation.HNDNM;
  return shown;
}

/** What is shown for an empty column: "", null or nothing, by turns. */
export function emptyValue(turn: number): '' | null | undefined {
  return (['', null, undefined] as const)[turn % 3];
}

/** The name by which the system's error texts call a record: the surname, or the one name, or nothing ("?"). */
export function nameOf(relation: RelationColumns): string {
  return relation.ANAAM ?? relation.NAAM ?? '?';
}
