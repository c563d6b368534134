/** A function of JSONata that a mapping may use. */
export interface BuiltIn {
  /** How it is called, without its name. */
  readonly call: string;
  /** What it yields, in a few words for authors. */
  readonly is: string;
}

/**
 * The closed list of JSONata's functions that a mapping may use: a name that is not here, and not a helper of ours, is
 * a mistake of `check`. The table in mappings/README.md is generated from it.
 */
export const builtIns = {
  abs: { call: '(number)', is: 'the number without its sign' },
  append: { call: '(list, list)', is: 'one list of both' },
  assert: { call: '(condition, message)', is: 'nothing, or a failure when the condition does not hold' },
  average: { call: '(numbers)', is: 'their average' },
  base64decode: { call: '(text)', is: 'the text that was encoded' },
  base64encode: { call: '(text)', is: 'the text in base 64; for Latin-1 only' },
  boolean: { call: '(x)', is: 'whether it is more than nothing: not empty, 0, false or null' },
  ceil: { call: '(number)', is: 'the number, rounded up' },
  clone: { call: '(x)', is: 'a copy' },
  contains: { call: '(text, part)', is: 'whether a text, or a pattern, is in it' },
  count: { call: '(list)', is: 'how many items it has' },
  decodeUrl: { call: '(text)', is: 'the text of an encoded URL' },
  decodeUrlComponent: { call: '(text)', is: 'the text of an encoded piece of a URL' },
  distinct: { call: '(list)', is: 'the list with each item once' },
  each: { call: '(object, function)', is: 'what the function makes of each value and key' },
  encodeUrl: { call: '(text)', is: 'a URL, encoded' },
  encodeUrlComponent: {
    call: '(text)',
    is: 'a piece of a URL, encoded; Klantbrug does that for paths and queries',
  },
  error: { call: '(message)', is: 'a failure' },
  exists: { call: '(x)', is: 'whether it is there at all; null is' },
  filter: { call: '(list, function)', is: 'the items for which the function holds' },
  floor: { call: '(number)', is: 'the number, rounded down' },
  formatBase: { call: '(number, base)', is: 'the number as text, in base 2 to 36' },
  formatInteger: { call: '(number, picture)', is: 'a whole number as text' },
  formatNumber: { call: '(number, picture, options)', is: 'a number as text' },
  fromMillis: { call: '(number, picture, zone)', is: 'milliseconds since 1970 as a time' },
  join: { call: '(texts, between)', is: 'one text of all' },
  keys: { call: '(object)', is: 'its keys' },
  length: { call: '(text)', is: 'how many characters it has' },
  lookup: { call: '(object, key)', is: 'the value of a key' },
  lowercase: { call: '(text)', is: 'the text in small letters' },
  map: { call: '(list, function)', is: 'what the function makes of each item' },
  match: { call: '(text, pattern, atMost)', is: 'the matches: `match`, `index` and `groups`' },
  max: { call: '(numbers)', is: 'the largest' },
  merge: { call: '(objects)', is: 'one object of all; the last one wins' },
  millis: { call: '()', is: 'the time now, in milliseconds since 1970' },
  min: { call: '(numbers)', is: 'the smallest' },
  not: { call: '(x)', is: 'the opposite of `$boolean`' },
  now: { call: '(picture, zone)', is: 'the time now' },
  number: { call: '(x)', is: 'a text as a number' },
  pad: { call: '(text, width, sign)', is: 'the text, filled up behind; with a negative width in front' },
  parseInteger: { call: '(text, picture)', is: 'the number that a text writes' },
  power: { call: '(number, exponent)', is: 'the number to that power' },
  random: { call: '()', is: 'a number of at least 0 and less than 1' },
  reduce: {
    call: '(list, function, first)',
    is: 'what the function makes of all items, one after the other',
  },
  replace: { call: '(text, part, by, atMost)', is: 'the text with something else for a text or a pattern' },
  reverse: { call: '(list)', is: 'the list, the last one first' },
  round: { call: '(number, decimals)', is: 'the number, rounded; a half to the even side' },
  shuffle: { call: '(list)', is: 'the list in any order' },
  sift: { call: '(object, function)', is: 'the object with the keys for which the function holds' },
  single: { call: '(list, function)', is: 'the one item for which the function holds, or a failure' },
  sort: { call: '(list, function)', is: 'the list in order; the function says whether two must be swapped' },
  split: { call: '(text, between, atMost)', is: 'the pieces of a text between texts or patterns' },
  spread: { call: '(object)', is: 'a list of objects with one key each' },
  sqrt: { call: '(number)', is: 'its square root' },
  string: { call: '(x, prettify)', is: 'the value as text; an object as JSON' },
  substring: { call: '(text, start, length)', is: 'a piece of a text; a negative start counts from the end' },
  substringAfter: { call: '(text, part)', is: 'what comes after; the whole text when it is not there' },
  substringBefore: { call: '(text, part)', is: 'what comes before; the whole text when it is not there' },
  sum: { call: '(numbers)', is: 'their sum' },
  toMillis: { call: '(text, picture)', is: 'a time as milliseconds since 1970' },
  trim: { call: '(text)', is: 'the text without blanks around it, and with one for several inside' },
  type: { call: '(x)', is: 'what it is: null, number, string, boolean, array, object, function' },
  uppercase: { call: '(text)', is: 'the text in capitals' },
  zip: { call: '(list, list)', is: 'a list of the first ones, of the second ones, and so on' },
} as const satisfies Readonly<Record<string, BuiltIn>>;

/** The name of a function that a mapping may use, without its `$`. */
export type BuiltInName = keyof typeof builtIns;

/** All of them. */
export const builtInNames = Object.keys(builtIns) as readonly BuiltInName[];
