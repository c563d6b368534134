import { type AST, RegExpParser } from '@eslint-community/regexpp';

/**
 * A regular expression for JavaScript's own engine that finds what RE2 finds, in a time that grows with the text and no
 * faster. Undefined when that is not sure: most patterns of a mapping are a few characters after one another, and for
 * those RE2 takes some fifty times as long.
 *
 * There is at most one piece of any length, and only behind `^`: an engine that goes back has nowhere to go back to. What
 * else may be long or short multiplies the ways to try a match, and those are few.
 */
export function nativeFor(pattern: RegExp): NativePattern | undefined {
  const { source, flags, ignoreCase } = pattern;
  if (!/^[giy]*$/.test(flags)) return undefined;
  const parsed = new RegExpParser().parsePattern(source, 0, undefined, { unicode: false });
  const whole = translated(parsed.alternatives, ignoreCase);
  if (!whole || whole.ways > mostWays) return undefined;
  if (whole.endless > (parsed.alternatives.every(isAnchored) ? 1 : 0)) return undefined;
  // With `u`, it counts characters as RE2 does, and takes the same letters for one another.
  return { pattern: new RegExp(whole.source, ignoreCase ? 'giu' : 'gu'), size: whole.size };
}

/** A pattern, and how many steps one character of a text takes, at most: of those that RE2 would take. */
export interface NativePattern {
  readonly pattern: RegExp;
  readonly size: number;
}

/** A step of JavaScript's engine takes about a twentieth of what a step of RE2 takes. */
const mostWays = 20;

/** A part of a pattern. */
interface Piece {
  readonly source: string;
  /** How many characters it looks at; of something of any length, one more than there have to be. */
  readonly size: number;
  /** In how many ways it can be tried from one place; something of any length counts once. */
  readonly ways: number;
  /** How many parts of it can be of any length. */
  readonly endless: number;
}

type Translated = Piece | undefined;

function isAnchored({ elements: [first] }: AST.Alternative): boolean {
  return first?.type === 'Assertion' && first.kind === 'start';
}

/** `a|b` */
function translated(alternatives: readonly AST.Alternative[], ignoreCase: boolean): Translated {
  const pieces = alternatives.map(({ elements }) =>
    joined(elements.map((element) => pieceOf(element, ignoreCase))),
  );
  return pieces.reduce(
    (left, right) =>
      left &&
      right && {
        source: `${left.source}|${right.source}`,
        size: left.size + right.size,
        ways: left.ways + right.ways,
        endless: left.endless + right.endless,
      },
  );
}

function joined(pieces: readonly Translated[]): Translated {
  return pieces.reduce(
    (left, right) =>
      left &&
      right && {
        source: left.source + right.source,
        size: left.size + right.size,
        ways: left.ways * right.ways,
        endless: left.endless + right.endless,
      },
    plain('', 0),
  );
}

function plain(source: string, size = 1): Piece {
  return { source, size, ways: 1, endless: 0 };
}

function pieceOf(element: AST.Element, ignoreCase: boolean): Translated {
  switch (element.type) {
    case 'Assertion':
      return element.kind === 'start' || element.kind === 'end' ? plain(element.raw) : undefined;
    case 'Group':
    case 'CapturingGroup':
      return bracketed(element, ignoreCase);
    case 'Quantifier':
      return repeated(element, ignoreCase);
    default:
      return oneCharacter(element, ignoreCase);
  }
}

function bracketed(group: AST.Group | AST.CapturingGroup, ignoreCase: boolean): Translated {
  const inside = translated(group.alternatives, ignoreCase);
  if (!inside || (group.type === 'Group' ? group.modifiers : group.name)) return undefined;
  return { ...inside, source: `${group.type === 'Group' ? '(?:' : '('}${inside.source})` };
}

/** Of one character: of brackets it is not so easy to say what they come to. */
function repeated({ element, raw, min, max }: AST.Quantifier, ignoreCase: boolean): Translated {
  const one = oneCharacter(element, ignoreCase);
  const most = Number.isFinite(max) ? max : min + 1;
  if (!one || most > mostTimes) return undefined;
  const source = one.source + raw.slice(element.raw.length);
  return most === max
    ? { source, size: most, ways: max - min + 1, endless: 0 }
    : { source, size: most, ways: 1, endless: 1 };
}

/** RE2 repeats nothing more often. */
const mostTimes = 1000;

function oneCharacter(element: AST.Element, ignoreCase: boolean): Translated {
  const inside = classOf(element, ignoreCase);
  return inside === undefined ? undefined : plain(`[${inside}]`);
}

/** What stands between the square brackets for it. */
function classOf(element: AST.Element, ignoreCase: boolean): string | undefined {
  if (element.type === 'Character') return character(element.value, ignoreCase);
  if (element.type === 'CharacterSet') return setOf(element, ignoreCase);
  if (element.type !== 'CharacterClass' || element.unicodeSets || (element.negate && ignoreCase))
    return undefined;
  const members = element.elements.map((member) => memberOf(member, ignoreCase));
  return members.includes(undefined) ? undefined : (element.negate ? '^' : '') + members.join('');
}

function memberOf(member: AST.CharacterClassElement, ignoreCase: boolean): string | undefined {
  if (member.type === 'Character') return character(member.value, ignoreCase);
  if (member.type === 'CharacterSet' && member.kind !== 'property' && !member.negate)
    return setOf(member, ignoreCase);
  if (member.type !== 'CharacterClassRange') return undefined;
  const from = character(member.min.value, ignoreCase);
  const to = character(member.max.value, ignoreCase);
  return from && to && `${from}-${to}`;
}

/** Half a character, and letters of which there is more than one idea which belong together, are left to RE2. */
function character(value: number, ignoreCase: boolean): string | undefined {
  if ((value >= 0xd800 && value <= 0xdfff) || (ignoreCase && value > 0x7f)) return undefined;
  return String.raw`\u{${value.toString(16)}}`;
}

/** What RE2 takes `.`, `\d` and the like for: ASCII, and all but the end of a line. */
function setOf(set: AST.CharacterSet, ignoreCase: boolean): string | undefined {
  if (set.kind === 'any') return String.raw`^\n`;
  if (set.kind === 'property' || (ignoreCase && (set.negate || set.kind === 'word'))) return undefined;
  return (set.negate ? '^' : '') + sets[set.kind];
}

const sets = {
  digit: '0-9',
  space: String.raw`\t\n\f\r `,
  word: 'A-Za-z0-9_',
} as const;
