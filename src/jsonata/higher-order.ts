import { arityOf, Lambda } from './calls.ts';
import { eachMatch, type Finder, hasMatch, type Match } from './matching.ts';
import { sorted } from './sort.ts';
import { Failure, HandBack } from './failure.ts';
import { newSequence, type Sequence } from './sequence.ts';
import { isNumeric, keysOf, truth } from './values.ts';
import type { Run } from './run.ts';

/** A function of JavaScript, which is how JSONata hands functions on; at the very end of a function, one of its own. */
type Callable = ((...args: unknown[]) => unknown) | Lambda;

type Implementation = (this: Run, ...args: never[]) => unknown;

/**
 * Those of JSONata's own functions that call other functions, or look for regular expressions. JSONata's are
 * asynchronous; these do the same, and have their result at once.
 */
export const higherOrder: Readonly<Record<string, Implementation>> = {
  map(this: Run, list: readonly unknown[] | undefined, func: Callable): unknown {
    if (list === undefined) return undefined;
    onlyLists(list);
    const results = newSequence();
    for (const [index, item] of list.entries()) {
      const result = called(this, func, item, index, list);
      if (result !== undefined) this.push(results, result);
    }
    return results;
  },

  filter(this: Run, list: readonly unknown[] | undefined, func: Callable): unknown {
    if (list === undefined) return undefined;
    onlyLists(list);
    const results = newSequence();
    for (const [index, item] of list.entries())
      if (truth(called(this, func, item, index, list)) === true) this.push(results, item);
    return results;
  },

  single(this: Run, list: readonly unknown[] | undefined, func?: Callable): unknown {
    if (list === undefined) return undefined;
    onlyLists(list);
    const found: unknown[] = [];
    for (const [index, item] of list.entries()) {
      if (func !== undefined && truth(called(this, func, item, index, list)) !== true) continue;
      if (found.length > 0) throw new Failure('D3138');
      found.push(item);
    }
    if (found.length === 0) throw new Failure('D3139');
    return found[0];
  },

  reduce(this: Run, list: readonly unknown[] | undefined, func: Callable, initial: unknown): unknown {
    if (list === undefined) return undefined;
    onlyLists(list);
    const arity = arityOf(func);
    if (arity < 2) throw new Failure('D3050');
    const hasInitial = initial !== undefined || list.length === 0;
    let result = hasInitial ? initial : list[0];
    for (let index = hasInitial ? 0 : 1; index < list.length; index += 1) {
      this.step();
      result = invoke(func, [result, list[index], index, list].slice(0, Math.min(arity, 4)));
    }
    return result;
  },

  each(this: Run, record: object, func: Callable): Sequence {
    const results = newSequence();
    for (const key of keysOf(record)) {
      const result = called(this, func, Reflect.get(record, key), key, record);
      if (result !== undefined) this.push(results, result);
    }
    return results;
  },

  sift(this: Run, record: object, func: Callable): unknown {
    const left = Object.create(null) as Record<string, unknown>;
    for (const key of keysOf(record)) {
      const value: unknown = Reflect.get(record, key);
      if (truth(called(this, func, value, key, record)) === true) left[key] = value;
    }
    return keysOf(left).length === 0 ? undefined : left;
  },

  sort(this: Run, list: readonly unknown[] | undefined, comparator?: Callable): unknown {
    if (list === undefined) return list;
    onlyLists(list);
    if (list.length <= 1) return list;
    // JSONata itself fails here: at the very end of a function it has none of JavaScript in its hands.
    if (comparator instanceof Lambda) throw new HandBack('an order by a function, at the end of a function');
    if (comparator) return sorted(list, (first, second) => invoke(comparator, [first, second]), this);
    const others = list.filter((item) => !isNumeric(item));
    if (others.length > 0 && !list.every((item) => typeof item === 'string')) throw new Failure('D3070');
    return sorted(list, (first, second) => (first as string) > (second as string), this);
  },

  contains(this: Run, text: string | undefined, token: string | Callable | undefined): unknown {
    if (text === undefined || token === undefined) return undefined;
    if (typeof token === 'string') return text.includes(token);
    return isFinder(token) ? hasMatch(token, text) : matchBy(token, text) !== undefined;
  },

  match(this: Run, text: string | undefined, pattern: Callable, limit?: number): unknown {
    if (text === undefined) return undefined;
    if (limit !== undefined && limit < 0) throw new Failure('D3040');
    const results = newSequence();
    allMatches(pattern, text, limit, ({ match, start: index, groups }) => {
      this.push(results, { match, index, groups });
    });
    return results;
  },

  replace(
    this: Run,
    text: string | undefined,
    pattern: string | Callable,
    replacement: string | Callable,
    limit?: number,
  ): unknown {
    if (text === undefined) return undefined;
    if (pattern === '') throw new Failure('D3010');
    if (limit !== undefined && limit < 0) throw new Failure('D3011');
    if (typeof pattern === 'string') return replacedText(text, pattern, replacement, limit);
    let result = '';
    let position = 0;
    const put = ({ start, match }: Match, instead: unknown): void => {
      if (typeof instead !== 'string') throw new Failure('D3012', { value: instead });
      result += text.slice(position, start) + instead;
      position = start + match.length;
    };
    if (typeof replacement === 'string')
      allMatches(pattern, text, limit, (found) => {
        put(found, substituted(replacement, found));
      });
    else
      linkedMatches(pattern, text, limit, (found) => {
        put(found, invoke(replacement, [found]));
      });
    return result + text.slice(position);
  },

  split(this: Run, text: string | undefined, separator: string | Callable, limit?: number): unknown {
    if (text === undefined) return undefined;
    if (limit !== undefined && limit < 0) throw new Failure('D3020');
    if (limit !== undefined && !(limit > 0)) return [];
    if (typeof separator === 'string') return text.split(separator, limit);
    const parts: string[] = [];
    let position = 0;
    allMatches(separator, text, limit, ({ start, end }) => {
      parts.push(text.slice(position, start));
      position = end;
    });
    if (limit === undefined || parts.length < limit) parts.push(text.slice(position));
    return parts;
  },
};

/** `$map(?, $f)` is called without a look at what it gets; JSONata then goes through anything. */
function onlyLists(list: unknown): void {
  if (!Array.isArray(list)) throw new HandBack('no list');
}

/** With the place and the whole only where the function takes them. */
function called(run: Run, func: Callable, item: unknown, place: unknown, whole: unknown): unknown {
  run.step();
  const arity = arityOf(func);
  return invoke(func, [item, place, whole].slice(0, Math.min(Math.max(arity, 1), 3)));
}

function invoke(func: Callable, args: readonly unknown[]): unknown {
  if (typeof func === 'function') return func(...args);
  // JSONata has no way to call what is open in a call at the end of a function.
  if (func instanceof Lambda && !func.isPartial) return func.called(args);
  throw new HandBack('a function of another kind');
}

/** A match of a regular expression, or of a function that an author wrote in its place. */
interface Found extends Match {
  readonly next: Callable;
}

function isFinder(pattern: Callable): pattern is Finder {
  return typeof pattern === 'function' && 'pattern' in pattern;
}

/** Visits the matches of a regular expression, or of a function in its place, from the first to the last. */
function allMatches(
  pattern: Callable,
  text: string,
  limit: number | undefined,
  visit: (match: Match) => void,
): void {
  if (!isFinder(pattern)) linkedMatches(pattern, text, limit, visit);
  else if (limit === undefined || limit > 0)
    eachMatch(pattern, text, limit ?? Number.POSITIVE_INFINITY, visit);
}

/** The same from each match to its next one, which it has with it. */
function linkedMatches(
  pattern: Callable,
  text: string,
  limit: number | undefined,
  visit: (match: Found) => void,
): void {
  if (limit !== undefined && !(limit > 0)) return;
  let left = limit ?? Number.POSITIVE_INFINITY;
  for (let found = matchBy(pattern, text); found !== undefined; found = matchBy(found.next)) {
    // JSONata asks for one match more than it takes: that may be where a mistake is.
    if (left <= 0) return;
    left -= 1;
    visit(found);
  }
}

function matchBy(matcher: Callable, ...args: readonly string[]): Found | undefined {
  const found = invoke(matcher, args);
  if (found === undefined) return undefined;
  if (!isFound(found)) throw found ? new Failure('T1010') : new HandBack('an unusual matcher');
  return found;
}

function isFound(found: unknown): found is Found {
  if (typeof found !== 'object' || found === null) return false;
  const { match, start, end, groups, next } = found as Partial<Found>;
  const isUsual =
    typeof match === 'string' &&
    typeof start === 'number' &&
    typeof end === 'number' &&
    Array.isArray(groups);
  if (!isUsual || typeof next !== 'function') throw new HandBack('an unusual matcher');
  return true;
}

function replacedText(
  text: string,
  pattern: string,
  replacement: string | Callable,
  limit = Number.POSITIVE_INFINITY,
): string {
  if (typeof replacement !== 'string') throw new HandBack('a function that replaces a plain text');
  const parts = text.split(pattern);
  if (limit >= parts.length - 1) return parts.join(replacement);
  const count = Math.ceil(Math.max(limit, 0));
  return [...parts.slice(0, count), parts.slice(count).join(pattern)].join(replacement);
}

/** `$1` and the like in a replacement: what stood between the brackets. */
function substituted(replacement: string, { match, groups }: Match): string {
  let result = '';
  let position = 0;
  for (let sign = replacement.indexOf('$'); sign !== -1; sign = replacement.indexOf('$', position)) {
    result += replacement.slice(position, sign);
    const { text, length } = reference(replacement, sign + 1, match, groups);
    result += text;
    position = sign + 1 + length;
  }
  return result + replacement.slice(position);
}

/** What is referred to at a place behind a `$`, and how many characters that takes. */
function reference(
  replacement: string,
  place: number,
  match: string,
  groups: Match['groups'],
): { readonly text: string; readonly length: number } {
  const digit = replacement.charCodeAt(place) - 0x30;
  // With fewer groups than ten there is nothing more to read.
  if (digit >= 1 && digit <= 9 && groups.length < 10) return { text: groups[digit - 1] ?? '', length: 1 };
  const rest = replacement.slice(place);
  if (rest.startsWith('$')) return { text: '$', length: 1 };
  if (rest.startsWith('0')) return { text: match, length: 1 };
  const most = groups.length === 0 ? 1 : Math.floor(Math.log(groups.length) * Math.LOG10E) + 1;
  let number = Number.parseInt(rest.slice(0, most), 10);
  if (most > 1 && number > groups.length) number = Number.parseInt(rest.slice(0, most - 1), 10);
  if (Number.isNaN(number)) return { text: '$', length: 0 };
  return { text: groups[number - 1] ?? '', length: String(number).length };
}
