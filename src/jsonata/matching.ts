import { Failure, HandBack } from './failure.ts';

/** What a regular expression has to be able to do: the one of JavaScript, or one that takes no more than linear time. */
export interface Pattern {
  lastIndex: number;
  exec(text: string): (readonly (string | undefined)[] & { readonly index: number }) | null;
  /** Whether it finds anything from `lastIndex` on: that takes less than to say what. */
  test(text: string): boolean;
}

/** What a regular expression found. */
export interface Match {
  readonly match: string;
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
}

/** The same as JSONata hands it on: it finds the next one. */
interface LinkedMatch extends Match {
  readonly next: () => LinkedMatch | undefined;
}

/** A regular expression as JSONata hands it on: a function that finds the first match in a text. */
type Find = (text: unknown, from: unknown) => LinkedMatch | undefined;

/** It tells what it was made of, to functions that only want all matches, or to know whether there is one. */
export type Finder = Find & { readonly pattern: Pattern; readonly position: number | undefined };

/** Has two parameters, as JSONata's own: `$filter(list, /a/)` looks from the place of each item on. */
export function finder(pattern: Pattern, position: number | undefined): Finder {
  let end = 0;
  const find = (text: unknown, from: unknown): LinkedMatch | undefined => {
    onlyText(text);
    if (typeof from === 'object' && from !== null) throw new HandBack('an unusual place to look from');
    const found = matchFrom(pattern, text, Math.max(0, Math.trunc(Number(from)) || 0));
    end = found ? pattern.lastIndex : 0;
    if (!found) return undefined;
    const next = (): LinkedMatch | undefined => {
      const following = end >= text.length ? undefined : find(text, end);
      if (following) refuseNothing(following, position);
      return following;
    };
    return { ...found, next };
  };
  find.pattern = pattern;
  find.position = position;
  return find;
}

/**
 * All matches in a text, from the first to the last: what goes from one match to its next one gets the same ones.
 *
 * @throws Failure D1004 when one that is not the first is of nothing
 */
export function eachMatch(
  { pattern, position }: Finder,
  text: unknown,
  most: number,
  visit: (match: Match) => void,
): void {
  onlyText(text);
  let left = most;
  let found = matchFrom(pattern, text, 0);
  while (found && left > 0) {
    const end = pattern.lastIndex;
    left -= 1;
    visit(found);
    if (end >= text.length) return;
    found = matchFrom(pattern, text, end);
    if (found) refuseNothing(found, position);
  }
}

function matchFrom(pattern: Pattern, text: string, from: number): Match | undefined {
  pattern.lastIndex = from;
  const found = from > text.length ? null : pattern.exec(text);
  if (!found) return undefined;
  const match = found[0] ?? '';
  return { match, start: found.index, end: found.index + match.length, groups: found.slice(1) };
}

/** JSONata would find nothing at the same place for ever. */
function refuseNothing({ match }: Match, position: number | undefined): void {
  if (match === '') throw new Failure('D1004', { position });
}

/** What is no text, JSONata makes one of in ways of its own. */
function onlyText(text: unknown): asserts text is string {
  if (typeof text !== 'string') throw new HandBack('a regular expression for what is no text');
}

/** Whether a regular expression finds anything in a text. */
export function hasMatch({ pattern }: Finder, text: unknown): boolean {
  onlyText(text);
  pattern.lastIndex = 0;
  return pattern.test(text);
}
