import { isObject, type Json, scalarText } from '../../json.ts';
import { parseUrl } from '../../url.ts';

/** What stands in for a secret. */
export const secretMask = '‹secret›';

/** Hides what may be somebody's particulars. Within one run the same value always gets the same mask. */
export interface Mask {
  /** A text out of a request or an answer: `‹e-mail 21 #3›`. */
  text(value: string): string;
  /** A whole body: names of keys stay. */
  json(value: Json): Json;
  /** From here on this text is known to be harmless: the id of a record. */
  allow(text: string): void;
}

/**
 * Hides every value but those that say nothing of a person: words that the mapping set knows, numbers of at most four
 * digits, UUIDs, true and false, nothing at all, and what is allowed later. The mask tells what an engineer needs: what
 * kind of value it is, how long, and which values are the same.
 */
export function maskFor(known: ReadonlySet<string>): Mask {
  const allowed = new Set<string>();
  const numbers = new Map<string, number>();
  const mask: Mask = {
    allow: (text) => allowed.add(text),
    text(value) {
      if (isHarmless(value)) return value;
      const number = numbers.get(value) ?? numbers.size + 1;
      numbers.set(value, number);
      return `‹${kindOf(value)} ${Array.from(value).length} #${number}›`;
    },
    json(value) {
      if (Array.isArray(value)) return value.map((item) => mask.json(item));
      if (isObject(value)) {
        return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mask.json(inner)]));
      }
      const text = typeof value === 'boolean' ? undefined : scalarText(value);
      return text === undefined || isHarmless(text) ? value : mask.text(text);
    },
  };
  return mask;

  function isHarmless(text: string): boolean {
    if (text.trim() === '' || known.has(text) || allowed.has(text) || harmless.test(text)) return true;
    // Ids of several records in one parameter.
    return text.includes(',') && text.split(',').every(isHarmless);
  }
}

/** Shows everything as it is. */
export const unmasked: Mask = { text: (value) => value, json: (value) => value, allow: () => undefined };

const harmless =
  /^(-?[0-9]{1,4}|true|false|null|ok|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

const date = /^([0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4})$/;

/** What a value looks like, in the word that is shown of it. */
function kindOf(text: string): string {
  if (date.test(text)) return `date ${text.replace(/[0-9]/g, '9')}`;
  if (/^[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}[T -][0-9]{2}[:.][0-9]{2}/.test(text)) return 'moment';
  if (/^[0-9]+$/.test(text)) return 'digits';
  if (/^\S+@\S+$/.test(text)) return 'e-mail';
  if (/^\+?[0-9][0-9 ().-]{7,}$/.test(text)) return 'telephone';
  if (/^[1-9][0-9]{3} ?[A-Z]{2}$/i.test(text)) return 'postcode';
  return /^[a-z]+:\/\//i.test(text) && parseUrl(text) ? 'URL' : 'text';
}
