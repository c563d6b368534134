import { EvaluationError } from '../limits.ts';
import { type Helper, isNothing } from './helper.ts';

/** What the Objecten API wants: conditions on data, and links in a form that it can look for. */
export const objectenHelpers = {
  dataAttr: {
    call: '(field, operator, value)',
    is:
      'a condition `data_attr` of the Objecten API; of a list for `"in"`. Fails for a value that such a condition ' +
      'cannot hold: with `__` in it or `_` in front, and for `"in"` with `|`',
    example: { of: '$dataAttr("actnr", "in", ["500123", "500124"])', yields: 'actnr__in__500123|500124' },
    isQuoted: true,
    make: () => (field: unknown, operator: unknown, value: unknown) => dataAttr(field, operator, value),
  },
  linkKey: {
    call: '(link)',
    is:
      'an id of a CRM, one of two parts, or a URL as a text to look for: the same for the same link only, so a number ' +
      'differs from a text of digits. It has no `_`, `|` or comma',
    example: { of: '$linkKey(["12_a", 500123])', yields: '"12%5Fa" 500123' },
    isQuoted: true,
    make: () => (link: unknown) => linkKey(link),
  },
} as const satisfies Readonly<Record<string, Helper>>;

function dataAttr(field: unknown, operator: unknown, value: unknown): string | undefined {
  if (isNothing(value)) return undefined;
  const isNamed = [field, operator].every((name) => typeof name === 'string' && /^[A-Za-z]\w*$/.test(name));
  const isList = operator === 'in';
  if (!isNamed || (Array.isArray(value) && !isList)) throw new EvaluationError('K0008');
  const texts = [value].flat().map((one) => conditionText(one, isList));
  return [field, operator, texts.join('|')].join('__');
}

/** The parts of a condition are told apart by their underscores, from behind. */
function conditionText(value: unknown, isInList: boolean): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || /\p{Cc}|__|^_/u.test(text) || (isInList && text.includes('|')))
    throw new EvaluationError('K0008');
  return text;
}

/** Text stands in quotes, a number does not, and two halves have a blank between them. */
function linkKey(link: unknown): string | undefined {
  if (isNothing(link)) return undefined;
  return [link].flat().map(halfKey).join(' ');
}

function halfKey(half: unknown): string {
  if (typeof half === 'number') return String(half);
  if (typeof half !== 'string' || !half.isWellFormed()) throw new EvaluationError('K0008');
  return `"${half.replace(/[%"_|,\p{Cc}]/gu, percentEncoded)}"`;
}

/** encodeURIComponent leaves some of these as they are. */
function percentEncoded(sign: string): string {
  return [...Buffer.from(sign)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}
