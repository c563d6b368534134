/** SOQL as far as a mapping set needs it, read strictly: what Salesforce does not understand, this does not either. */

/** What a value in a condition is: SOQL keeps texts, dates and numbers apart by how they are written. */
export type Literal =
  | { readonly kind: 'text' | 'datetime' | 'date'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null'; readonly value: null };

/** One comparison of a field. */
export interface Comparison {
  readonly field: string;
  readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'IN';
  readonly values: readonly Literal[];
}

/** What a record has to be. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Comparison;

/** A query, taken apart. */
export interface Query {
  /** Undefined for `COUNT()`. */
  readonly fields: readonly string[] | undefined;
  readonly from: string;
  readonly where: Condition | undefined;
  readonly orderBy: readonly { readonly field: string; readonly descending: boolean }[];
  readonly limit: number | undefined;
  readonly offset: number;
}

/** Why a text is no query. */
export class MalformedQuery extends Error {}

type Token =
  | { readonly kind: 'word' | 'sign'; readonly text: string }
  | { readonly kind: 'value'; readonly is: Literal };

const pieces: readonly (readonly [RegExp, (text: string) => Token | undefined])[] = [
  [/^\s+/, () => undefined],
  [
    /^'(?:[^'\\]|\\.)*'/s,
    (text) => ({ kind: 'value', is: { kind: 'text', value: unescaped(text.slice(1, -1)) } }),
  ],
  [
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/,
    (text) => ({ kind: 'value', is: { kind: 'datetime', value: text } }),
  ],
  [/^\d{4}-\d\d-\d\d(?![\dT])/, (text) => ({ kind: 'value', is: { kind: 'date', value: text } })],
  [/^-?\d+(?:\.\d+)?(?![\w-])/, (text) => ({ kind: 'value', is: { kind: 'number', value: Number(text) } })],
  [/^[A-Za-z]\w*(?:\.[A-Za-z]\w*)*/, wordOf],
  [/^(?:!=|<=|>=|<>|[=<>(),])/, (text) => ({ kind: 'sign', text: text === '<>' ? '!=' : text })],
];

function wordOf(text: string): Token {
  const word = text.toUpperCase();
  if (word === 'NULL') return { kind: 'value', is: { kind: 'null', value: null } };
  if (word === 'TRUE' || word === 'FALSE')
    return { kind: 'value', is: { kind: 'boolean', value: word === 'TRUE' } };
  return { kind: 'word', text };
}

/** `\_` and `\%` keep their backslash: LIKE needs to know them from wildcards. */
function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (whole, sign: string) => {
    if (sign === '_' || sign === '%') return whole;
    const plain = ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' } as Record<string, string>)[sign];
    if (plain === undefined && !`"'\\`.includes(sign))
      throw new MalformedQuery(`Invalid string literal. Illegal character sequence '${whole}'`);
    return plain ?? sign;
  });
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = text;
  while (rest !== '') {
    const found = pieces.flatMap(([pattern, make]) => {
      const match = pattern.exec(rest);
      return match ? [{ text: match[0], make }] : [];
    })[0];
    if (!found) throw new MalformedQuery(`unexpected token: '${rest.slice(0, 1)}'`);
    const token = found.make(found.text);
    if (token) tokens.push(token);
    rest = rest.slice(found.text.length);
  }
  return tokens;
}

/**
 * Takes a query apart.
 *
 * @throws MalformedQuery for what is no query, such as a text that was not quoted well
 */
export function readQuery(text: string): Query {
  const tokens = tokensOf(text);
  let at = 0;
  const unexpected = () => {
    const token = tokens[at];
    const shown =
      token === undefined ? '<EOF>' : token.kind === 'value' ? String(token.is.value) : token.text;
    return new MalformedQuery(`unexpected token: '${shown}'`);
  };
  const is = (text: string) => {
    const token = tokens[at];
    return token !== undefined && token.kind !== 'value' && token.text.toUpperCase() === text;
  };
  const take = (text: string) => is(text) && ++at > 0;
  const need = (...texts: string[]) => {
    for (const text of texts) if (!take(text)) throw unexpected();
  };
  const word = () => {
    const token = tokens[at];
    if (token?.kind !== 'word') throw unexpected();
    at++;
    return token.text;
  };
  const value = () => {
    const token = tokens[at];
    if (token?.kind !== 'value') throw unexpected();
    at++;
    return token.is;
  };
  const listOf = <T>(one: () => T): T[] => {
    const all = [one()];
    while (take(',')) all.push(one());
    return all;
  };
  const whole = () => {
    const { value: number } = value();
    if (typeof number !== 'number' || !Number.isInteger(number) || number < 0) throw unexpected();
    return number;
  };

  function comparison(): Comparison {
    const field = word();
    if (take('LIKE')) return { field, operator: 'LIKE', values: [value()] };
    if (take('IN')) {
      need('(');
      const values = listOf(value);
      need(')');
      return { field, operator: 'IN', values };
    }
    const operator = (['=', '!=', '<=', '>=', '<', '>'] as const).find((sign) => take(sign));
    if (!operator) throw unexpected();
    return { field, operator, values: [value()] };
  }

  function one(): Condition {
    if (take('NOT')) return { not: one() };
    if (!take('(')) return comparison();
    const inner = condition();
    need(')');
    return inner;
  }

  /** AND and OR beside each other need brackets: there is no precedence in SOQL. */
  function condition(): Condition {
    const all = [one()];
    const between = is('AND') ? 'AND' : is('OR') ? 'OR' : undefined;
    if (between === undefined) return all[0] ?? { all };
    while (take(between)) all.push(one());
    if (is('AND') || is('OR')) throw unexpected();
    return between === 'AND' ? { all } : { any: all };
  }

  need('SELECT');
  const counts = is('COUNT');
  if (counts) need('COUNT', '(', ')');
  const fields = counts ? undefined : listOf(word);
  need('FROM');
  const from = word();
  const where = take('WHERE') ? condition() : undefined;
  const orderBy = take('ORDER') ? (need('BY'), listOf(order)) : [];
  const limit = take('LIMIT') ? whole() : undefined;
  const offset = take('OFFSET') ? whole() : 0;
  if (at < tokens.length) throw unexpected();
  return { fields, from, where, orderBy, limit, offset };

  function order() {
    const field = word();
    const descending = take('DESC');
    if (!descending) take('ASC');
    if (take('NULLS') && !take('FIRST')) need('LAST');
    return { field, descending };
  }
}
