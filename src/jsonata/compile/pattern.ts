import { Failure, HandBack, NotCompiled } from '../failure.ts';
import type { Regex } from '../nodes.ts';
import type { Code } from '../run.ts';
import type { Scope } from './scope.ts';

/** What a regular expression has to be able to do: the one of JavaScript, or one that takes no more than linear time. */
export interface Pattern {
  lastIndex: number;
  exec(text: string): (readonly (string | undefined)[] & { readonly index: number }) | null;
}

/** Makes one of what JSONata's parser made. */
export type NewPattern = (source: RegExp) => Pattern;

/** What a regular expression found. */
interface Match {
  readonly match: string;
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
  readonly next: () => Match | undefined;
}

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

/** Has two parameters, as JSONata's own: `$filter(list, /a/)` looks from the place of each item on. */
function finder(pattern: Pattern, position: number | undefined): (text: unknown, from: unknown) => unknown {
  let end = 0;
  const find = (text: unknown, from: unknown): Match | undefined => {
    const isUsual = typeof text === 'string' && (typeof from !== 'object' || from === null);
    if (!isUsual) throw new HandBack('a regular expression for what is no text');
    pattern.lastIndex = Math.max(0, Math.trunc(Number(from)) || 0);
    const found = pattern.lastIndex > text.length ? null : pattern.exec(text);
    end = found ? pattern.lastIndex : 0;
    if (!found) return undefined;
    const match = found[0] ?? '';
    const groups = found.slice(1);
    const next = (): Match | undefined => {
      const following = end >= text.length ? undefined : find(text, end);
      if (following?.match === '') throw new Failure('D1004', { position });
      return following;
    };
    return { match, start: found.index, end: found.index + match.length, groups, next };
  };
  return find;
}
