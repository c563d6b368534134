import { EvaluationError } from '../limits.ts';
import { type Helper, isNothing } from './helper.ts';

/** JSON that a CRM keeps in a column for text. */
export const jsonTextHelpers = {
  json: {
    call: '(text, otherwise)',
    is:
      'the value that a text in JSON stands for. What is no JSON becomes `otherwise`; without that it stops the ' +
      'evaluation. To write it, use `$string`',
    example: { of: '$json("{\\"vak\\": [1, 2]}").vak', yields: [1, 2] },
    make: () => (text: unknown, otherwise: unknown) => {
      if (isNothing(text)) return undefined;
      const value = parsed(text);
      if (value !== undefined) return value;
      if (otherwise !== undefined) return otherwise;
      throw new EvaluationError('K0011');
    },
  },
} as const satisfies Readonly<Record<string, Helper>>;

/** How deep lists and objects may be in one another. */
const deepest = 100;

/** Names by which JSONata knows its own functions: data that has them would be taken for one. */
const reserved = /"(?:__proto__|_jsonata_\w+)"\s*:/;

/** Undefined for what is no JSON, or more than could be worked with. */
function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return reserved.test(text) || isTooDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Level by level: a text can be nested deeper than functions can. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap((one): unknown[] =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    );
  }
  return false;
}
