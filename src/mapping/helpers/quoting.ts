import { EvaluationError } from '../limits.ts';
import { type Helper, isNothing } from './helper.ts';
import { isMoment, isRealDate } from './moment-text.ts';

/** Values in the text of a query language: quoted, so that no value can become a part of the query. */
export const quotingHelpers = {
  odata: {
    call: '(value, form)',
    is:
      'a value for an OData query: text in quotes, a number or boolean bare. With the form `"guid"`, `"date"` or ' +
      '`"datetime"` it is bare, and fails when it does not look like one',
    example: { of: '$odata("O\'Brien")', yields: "'O''Brien'" },
    isQuoted: true,
    make: () => (value: unknown, form: unknown) => odata(value, form),
  },
  soql: {
    call: '(value, form)',
    is:
      'a value for Salesforce\'s SOQL or SOSL: text in quotes, a number or boolean bare. With the form `"date"`, ' +
      '`"datetime"` or `"number"` it is bare, and fails when it does not look like one',
    example: { of: '$soql("O\'Brien")', yields: String.raw`'O\'Brien'` },
    isQuoted: true,
    make: () => (value: unknown, form: unknown) => soql(value, form),
  },
  soqlLike: {
    call: '(text, where)',
    is:
      'a pattern for `LIKE` in SOQL that finds a text with this piece, in quotes; with `"begins"` or `"ends"`, at the ' +
      'beginning or the end',
    example: { of: '$soqlLike("100%", "begins")', yields: String.raw`'100\%%'` },
    isQuoted: true,
    make: () => (text: unknown, where: unknown) => soqlLike(text, where),
  },
  xml: {
    call: '(text)',
    is: 'a text to stand in XML that is itself a text, such as FetchXML: between tags, or in an attribute',
    example: { of: '$xml("Jansen & \'Zn\'")', yields: 'Jansen &amp; &apos;Zn&apos;' },
    isQuoted: true,
    make: () => (text: unknown) => xml(text),
  },
} as const satisfies Readonly<Record<string, Helper>>;

type Form = (text: string) => boolean;

const forms: Readonly<Record<'odata' | 'soql', Readonly<Record<string, Form>>>> = {
  odata: {
    guid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
    date: isRealDate,
    datetime: isMoment,
  },
  soql: {
    date: isRealDate,
    datetime: isMoment,
    number: (text) => /^-?\d{1,18}(\.\d{1,18})?$/.test(text),
  },
};

function odata(value: unknown, form: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (form !== undefined) return bare(value, named(forms.odata, form));
  return typeof value === 'string' ? `'${plain(value).replaceAll("'", "''")}'` : numberOrBoolean(value);
}

function soql(value: unknown, form: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (form !== undefined) return bare(value, named(forms.soql, form));
  return typeof value === 'string' ? `'${soqlText(value)}'` : numberOrBoolean(value);
}

/** What stands before and after the piece that is looked for. */
const likes: Readonly<Record<string, readonly [string, string]>> = {
  contains: ['%', '%'],
  begins: ['', '%'],
  ends: ['%', ''],
};

function soqlLike(text: unknown, where: unknown): string | undefined {
  if (isNothing(text)) return undefined;
  if (typeof text !== 'string') throw new EvaluationError('K0008');
  const [before, after] = named(likes, where ?? 'contains');
  return `'${before}${soqlText(text).replace(/[%_]/g, String.raw`\$&`)}${after}'`;
}

/** Line breaks and tabs can be written in SOQL; other control characters cannot. */
function soqlText(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't' };
  const escaped = text.replace(/[\\'"\n\r\t]/g, (sign) => `\\${escapes[sign] ?? sign}`);
  return plain(escaped);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Line breaks as numbers: a parser makes blanks of them in an attribute. */
function xml(value: unknown): string | undefined {
  if (isNothing(value)) return undefined;
  const text = typeof value === 'string' ? value : numberOrBoolean(value);
  const escaped = plain(text.replace(/[&<>"'\t\n\r]/g, (sign) => entities[sign] ?? ''));
  if (/[\uFFFE\uFFFF]/.test(escaped)) throw new EvaluationError('K0008');
  return escaped;
}

/** @throws EvaluationError for a text that no query can hold: with control characters, or half a character */
function plain(text: string): string {
  if (/\p{Cc}/u.test(text) || !text.isWellFormed()) throw new EvaluationError('K0008');
  return text;
}

/** A number is written out in digits: not every query language reads 1e21. */
function numberOrBoolean(value: unknown): string {
  const isPlain = typeof value === 'number' && /^-?\d+(\.\d+)?$/.test(String(value));
  if (isPlain || typeof value === 'boolean') return String(value);
  throw new EvaluationError('K0008');
}

function bare(value: unknown, isForm: Form): string | undefined {
  if (value === '') return undefined;
  const text = typeof value === 'string' ? value : numberOrBoolean(value);
  if (!isForm(text)) throw new EvaluationError('K0008');
  return text;
}

function named<T>(known: Readonly<Record<string, T>>, name: unknown): T {
  const found = typeof name === 'string' && Object.hasOwn(known, name) ? known[name] : undefined;
  if (found === undefined) throw new EvaluationError('K0008');
  return found;
}
