/** The code tables of a set: table name -> the CRM's code -> the standard's word. */
export type CodeTables = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What becomes of a code, or a word, that a table does not have. */
export type UnknownCode = 'pass' | 'refuse';

/** What helpers know of the set that they are used in. */
export interface HelperSettings {
  readonly codes: CodeTables;
  /** By the name of the table; a table without it passes a code on when it is read, and refuses a word to be written. */
  readonly unknownCodes: Readonly<Record<string, UnknownCode>>;
  /** The IANA name of the CRM's time zone. */
  readonly zone: string;
}

/** A function of ours as JSONata calls it. An argument that is absent is undefined, and so is a result of nothing. */
export type HelperFunction = (...args: never[]) => unknown;

/** A function that every mapping may use with `$`, with everything that is told of it. */
export interface Helper {
  /** How it is called, without its name. */
  readonly call: string;
  /** What it yields, in a few words for authors. */
  readonly is: string;
  /** A call without input, and what comes of it: in the documentation, and a test. */
  readonly example?: { readonly of: string; readonly yields: unknown };
  /**
   * What its result is in a query: text in quotes or of a form that has none of its signs, so that it may stand
   * between pieces of a query (`check` looks at this).
   */
  readonly isQuoted?: true;
  /** Makes the function for one set. Its parameters have plain names: JSONata reads them. */
  readonly make: (settings: HelperSettings) => HelperFunction;
}

/** Whether a value is nothing to a mapping: absent, null or "". */
export function isNothing(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}
