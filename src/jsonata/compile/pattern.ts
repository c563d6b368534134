import { NotCompiled } from '../failure.ts';
import { finder, type Pattern } from '../matching.ts';
import type { Regex } from '../nodes.ts';
import type { Code } from '../run.ts';
import type { Scope } from './scope.ts';

/** Makes one of what JSONata's parser made. */
export type NewPattern = (source: RegExp) => Pattern;

/** `/…/`: a function that finds the first match in a text, which finds the next one. */
export function compilePattern({ value, position }: Regex, { newPattern }: Scope): Code {
  // JSONata's parser loses it where it makes a copy: the left side of these.
  if (!(value instanceof RegExp))
    throw new NotCompiled(
      'a regular expression before `??` or `?:`',
      'a variable for what it finds: `($found := …; $found ?? …)`',
      position,
    );
  const pattern = newPattern(value);
  return () => finder(pattern, position);
}
