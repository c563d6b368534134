import { parseUrl } from '../../url.ts';
import type { Row } from './collection.ts';
import type { InvalidParam } from './problems.ts';

/** Looks at the value of a field: the code of what is wrong with it, or undefined when it is right. */
export type Check = (value: unknown) => Code | undefined;

/** Looks at a text that is not empty. */
export type TextRule = (text: string) => Code | undefined;

type Code = keyof typeof reasons;

const reasons = {
  required: 'Dit veld is vereist.',
  null: 'Dit veld mag niet leeg zijn.',
  blank: 'Dit veld mag niet leeg zijn.',
  invalid: 'Voer een geldige waarde in.',
  max_length: 'Deze waarde is te lang.',
  invalid_choice: 'Dit is een ongeldige keuze.',
  does_not_exist: 'Dit object bestaat hier niet.',
  unique: 'Dit veld moet uniek zijn.',
} as const;

const longestUrl = 1000;

/** A text that has to be there, that is not too long, and that keeps to further rules. */
export function text(longest: number, ...rules: readonly TextRule[]): Check {
  return (value) => {
    if (value === undefined) return 'required';
    if (value === null) return 'null';
    if (typeof value !== 'string') return 'invalid';
    if (value.trim() === '') return 'blank';
    if (value.length > longest) return 'max_length';
    return rules.map((rule) => rule(value)).find((code) => code !== undefined);
  };
}

/** An absolute URL that has to be there, and that keeps to further rules. */
export function url(...rules: readonly TextRule[]): Check {
  return text(longestUrl, isWebUrl, ...rules);
}

function isWebUrl(value: string): Code | undefined {
  return ['http:', 'https:'].includes(parseUrl(value)?.protocol ?? '') ? undefined : 'invalid';
}

/** One of these texts. */
export function oneOf(...choices: readonly string[]): TextRule {
  return (value) => (choices.includes(value) ? undefined : 'invalid_choice');
}

/** The name or URL of something that is here. */
export function existing(isHere: (value: string) => boolean): TextRule {
  return (value) => (isHere(value) ? undefined : 'does_not_exist');
}

/** A moment with its offset, such as 2018-09-07T00:00:00Z. */
export function moment(value: string): Code | undefined {
  const isShaped = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value);
  return isShaped && !Number.isNaN(Date.parse(value)) ? undefined : 'invalid';
}

/** Everything that is wrong with the fields of an object; fields without a check are not looked at. */
export function complaintsAbout(object: Row, checks: Readonly<Record<string, Check>>): InvalidParam[] {
  return Object.entries(checks).flatMap(([name, check]) => {
    const code = check(object[name]);
    return code === undefined ? [] : [{ name, code, reason: reasons[code] }];
  });
}
