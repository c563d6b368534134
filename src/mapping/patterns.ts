import { RE2JS } from 're2js';
import type { Evaluation } from './evaluation.ts';
import { EvaluationError, searchSteps } from './limits.ts';
import { nativeFor } from './native-patterns.ts';

/** What JSONata needs of a regular expression: it looks for the next match from `lastIndex`, and moves that. */
interface Pattern {
  lastIndex: number;
  readonly exec: (text: string) => RegExpExecArray | null;
  readonly test: (text: string) => boolean;
}

/** A pattern that the engine does not know: what is wrong with it, and what to write instead. */
export interface PatternMistake {
  readonly problem: string;
  readonly expected: string;
}

/**
 * JSONata's `RegexEngine`: regular expressions in linear time, by RE2. JSONata calls it with the RegExp that it found
 * in the source; `klantbrug check` refuses those that RE2 does not know.
 *
 * One search cannot be stopped, so it is refused when it could take too long; between two, the clock decides.
 */
export function patternEngine(evaluation: () => Evaluation): (native: RegExp) => Pattern {
  return function LinearPattern(native: RegExp): Pattern {
    const { size, search, finds } = linear(native);
    const refuseLong = (text: string): void => {
      const steps = (text.length - pattern.lastIndex) * size;
      if (steps > searchSteps.pattern) throw new EvaluationError('K0005');
      if (steps > fewSteps) evaluation().checkTime();
    };
    const pattern: Pattern = {
      lastIndex: 0,
      exec(text) {
        refuseLong(text);
        const found = search(text, pattern.lastIndex);
        pattern.lastIndex = found ? found.index + found[0].length : 0;
        return found;
      },
      test(text) {
        refuseLong(text);
        return finds(text, pattern.lastIndex);
      },
    };
    return pattern;
  };
}

/** A search that takes less is a step like any other: to look at the clock would take longer. */
const fewSteps = 10_000;

function matchFrom(pattern: RE2JS, text: string, from: number): RegExpExecArray | null {
  const matcher = pattern.matcher(text);
  if (!matcher.find(from)) return null;
  const groups = Array.from({ length: matcher.groupCount() }, (_, index) => textOf(matcher.group(index + 1)));
  const all = [textOf(matcher.group()) ?? '', ...groups];
  return Object.assign(all as [string, ...string[]], { index: matcher.start(), input: text });
}

/** A group that had no part in the match is absent, as it is in JavaScript. */
function textOf(group: string | null): string | undefined {
  return group ?? undefined;
}

/** What is wrong with a pattern, or undefined when RE2 knows it. */
export function mistakeIn(native: RegExp): PatternMistake | undefined {
  const { source } = native;
  if (/\(\?<?[=!]/.test(source)) {
    const expected =
      'a pattern that takes in what is around it, with a group for the rest ($1), or two patterns with `and`';
    return { problem: `/${source}/ looks ahead or behind, which takes too long on some texts`, expected };
  }
  if (/(?<!\\)(\\\\)*\\([1-9]|k<)/.test(source)) {
    const expected = 'two groups without a reference, which the expression compares: $match(x, …).groups';
    return { problem: `/${source}/ refers back to a group, which takes too long on some texts`, expected };
  }
  try {
    linear(native);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace('error parsing regexp: ', '') : '';
    const expected =
      'a pattern that RE2 knows: nothing repeated more than 1000 times, no backslash before a letter';
    return { problem: `/${source}/ is no regular expression here (${reason})`, expected };
  }
}

/** A pattern that takes linear time. */
interface Linear {
  /** How many steps of a search one character takes, at most. */
  readonly size: number;
  /** Finds the first match that begins at a place in the text or later. */
  readonly search: (text: string, from: number) => RegExpExecArray | null;
  /** Whether there is one. */
  readonly finds: (text: string, from: number) => boolean;
}

/** By source and flags: there are as many as the files of mapping sets hold. */
const known = new Map<string, Linear>();

/** Compiles a pattern, once: the check of a set does it at the start. */
function linear(native: RegExp): Linear {
  const key = String(native);
  const made = known.get(key) ?? compiled(native);
  known.set(key, made);
  return made;
}

/** @throws Error of RE2 for what it does not know */
function compiled(native: RegExp): Linear {
  const own = nativeFor(native);
  if (!own) return compiledByRe2(native);
  const { pattern, size } = own;
  return {
    size,
    search: (text, from) => {
      pattern.lastIndex = from;
      return pattern.exec(text);
    },
    finds: (text, from) => {
      pattern.lastIndex = from;
      return pattern.test(text);
    },
  };
}

function compiledByRe2(native: RegExp): Linear {
  const flags = (native.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (native.multiline ? RE2JS.MULTILINE : 0);
  const pattern = RE2JS.compile(RE2JS.translateRegExp(native), flags);
  return {
    size: pattern.programSize(),
    search: (text, from) => matchFrom(pattern, text, from),
    finds: (text, from) => pattern.matcher(text).find(from),
  };
}
