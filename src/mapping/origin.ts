/** A place that a value can be taken from: whose it is (blank: of the record), and the names that lead to it. */
export interface Place {
  readonly root: string;
  readonly names: readonly string[];
}

/** What a value that an expression makes is made of, as far as its syntax tree shows it. Lists are as their items. */
export interface Origin {
  /** The value is what is at one of these places. */
  readonly is: Places;
  /** It is worked out from what is at these places. */
  readonly of: Places;
  /** It is one of several, and these places say which. */
  readonly by: Places;
  /** It was picked out of a list, by what is at these places. */
  readonly picked: Places;
  /** The texts that it was picked by. */
  readonly pickedWords: ReadonlySet<string>;
  /** The texts that it was worked out with. */
  readonly words: ReadonlySet<string>;
  /** It can be one of these texts. */
  readonly texts: ReadonlySet<string>;
  /** The texts that places choose between for it: it is worked out from these places. */
  readonly choices: ReadonlySet<string>;
  /** It can be another constant: a number, true, false, a pattern. */
  readonly constant: boolean;
  /** The code tables that it went through. */
  readonly tables: ReadonlySet<string>;
  /** The keys of the objects that are made. */
  readonly keys: ReadonlyMap<string, Origin>;
  /** The value under keys that are only known when it runs. */
  readonly anyKey: Origin | undefined;
  /** There is more to it than the tree shows. */
  readonly unknown: boolean;
  /** Whether it holds, where that is certain. */
  readonly holds: boolean | undefined;
  /** What it gives when it is a function. */
  readonly call: ((given: readonly Origin[]) => Origin) | undefined;
}

/** Places by a text of their own, in the order in which they were met. */
export type Places = ReadonlyMap<string, Place>;

const noPlaces: Places = new Map();

/** What nothing gives. */
export const nothing: Origin = {
  is: noPlaces,
  of: noPlaces,
  by: noPlaces,
  picked: noPlaces,
  pickedWords: new Set(),
  words: new Set(),
  texts: new Set(),
  choices: new Set(),
  constant: false,
  tables: new Set(),
  keys: new Map(),
  anyKey: undefined,
  unknown: false,
  holds: undefined,
  call: undefined,
};

/** What the tree does not tell. */
export const unknown: Origin = { ...nothing, unknown: true };

/** A constant that is no text. */
export const constant: Origin = { ...nothing, constant: true };

/** What is certainly not there. */
export const absent: Origin = { ...nothing, holds: false };

/** Whether a value is certainly not there. */
export function isAbsent({
  holds,
  constant: isConstant,
  is,
  of,
  texts,
  keys,
  anyKey,
  unknown: isUnknown,
}: Origin): boolean {
  const isSomething =
    isConstant || isUnknown || anyKey !== undefined || is.size + of.size + texts.size + keys.size > 0;
  return holds === false && !isSomething;
}

/** What is at a place: `originAt('', 'adres', 'straat')` is a part of the record, `originAt('$settings')` a binding. */
export function originAt(root: string, ...names: readonly string[]): Origin {
  return { ...nothing, is: new Map([[[root, ...names].join('\n'), { root, names }]]) };
}

/** A text that an expression has in it. */
export function textOf(text: string): Origin {
  return { ...nothing, texts: new Set([text]) };
}

/** An object with these keys. */
export function objectOf(keys: Iterable<readonly [string, Origin]>): Origin {
  return { ...nothing, keys: new Map(keys) };
}

/** What comes of one of several. */
export function either(several: readonly Origin[]): Origin {
  const [first = nothing, ...others] = several;
  return others.reduce(both, first);
}

function both(one: Origin, other: Origin): Origin {
  if (other === nothing || one === other) return one;
  if (one === nothing) return other;
  const keys = new Map(one.keys);
  for (const [name, value] of other.keys) keys.set(name, both(keys.get(name) ?? nothing, value));
  const values = one.anyKey && other.anyKey ? both(one.anyKey, other.anyKey) : (one.anyKey ?? other.anyKey);
  return {
    is: together(one.is, other.is),
    of: together(one.of, other.of),
    by: together(one.by, other.by),
    picked: together(one.picked, other.picked),
    pickedWords: new Set([...one.pickedWords, ...other.pickedWords]),
    words: new Set([...one.words, ...other.words]),
    texts: new Set([...one.texts, ...other.texts]),
    choices: new Set([...one.choices, ...other.choices]),
    constant: one.constant || other.constant,
    tables: new Set([...one.tables, ...other.tables]),
    keys,
    anyKey: values,
    unknown: one.unknown || other.unknown,
    holds: one.holds === other.holds ? one.holds : undefined,
    call: one.call ?? other.call,
  };
}

function together(...all: readonly Places[]): Places {
  return all.every(({ size }) => size === 0) ? noPlaces : new Map(all.flatMap((places) => [...places]));
}

/** What is under a key. Of what is worked out, that is worked out from the same. */
export function keyOf(origin: Origin, name: string): Origin {
  const { is, of, picked, pickedWords, words, tables, keys, anyKey } = origin;
  const inside = [...is.values()].map(({ root, names }) => originAt(root, ...names, name));
  const any = anyKey && { ...anyKey, pickedWords: new Set([...anyKey.pickedWords, name]) };
  const under = either([...inside, keys.get(name) ?? nothing, any ?? nothing]);
  if (of.size === 0 && picked.size === 0 && tables.size === 0 && !origin.unknown) return under;
  return both(under, { ...nothing, of, picked, pickedWords, words, tables, unknown: origin.unknown });
}

/** One of all that is under its keys, whichever that is. */
export function anyKeyOf(origin: Origin): Origin {
  const values = either([...origin.keys.values(), origin.anyKey ?? nothing]);
  return both(keyOf({ ...origin, keys: new Map(), anyKey: undefined }, '*'), values);
}

/** Everything that a value and what is in it is made of, worked out into something else. */
export function workedOut(...several: readonly Origin[]): Origin {
  const whole = either(several);
  const inside = [...whole.keys.values(), ...(whole.anyKey ? [whole.anyKey] : [])].map((one) =>
    workedOut(one),
  );
  const parts = either(inside);
  const of = together(whole.is, whole.of, parts.of);
  return {
    ...nothing,
    of,
    by: together(whole.by, parts.by),
    picked: together(whole.picked, parts.picked),
    pickedWords: new Set([...whole.pickedWords, ...parts.pickedWords]),
    words: new Set([...whole.words, ...whole.texts, ...whole.choices, ...parts.words]),
    constant: of.size === 0 && (whole.constant || whole.texts.size > 0 || parts.constant),
    tables: new Set([...whole.tables, ...parts.tables]),
    unknown: whole.unknown || parts.unknown,
  };
}

/** One of several, as a condition says. A constant that it chooses is worked out from what it looks at. */
export function chosen(condition: Origin, branches: readonly Origin[]): Origin {
  const one = either(branches);
  const looked = workedOut(condition);
  const isConstant = ({ is, of, keys, anyKey, texts, constant: isOther }: Origin): boolean =>
    is.size + of.size + keys.size === 0 && !anyKey && (texts.size > 0 || isOther);
  if (!branches.some(isConstant)) {
    return { ...one, by: together(one.by, looked.of, looked.by, looked.picked), holds: undefined };
  }
  const of = together(one.of, new Map([...looked.of].filter(([at]) => !one.is.has(at))));
  const isAlways = isConstant(one) && of.size > 0;
  return {
    ...one,
    of,
    by: together(one.by, looked.by),
    picked: together(one.picked, looked.picked),
    pickedWords: new Set([...one.pickedWords, ...looked.pickedWords]),
    texts: isAlways ? nothing.texts : one.texts,
    choices: isAlways ? new Set([...one.choices, ...one.texts]) : one.choices,
    constant: one.constant && !isAlways,
    holds: undefined,
  };
}

/** What is left of a list, as a predicate says. */
export function pickedBy(origin: Origin, predicate: Origin): Origin {
  const { of: looksAt, by, picked, pickedWords, words } = workedOut(predicate);
  if (looksAt.size === 0) return origin;
  return {
    ...origin,
    picked: together(origin.picked, picked, looksAt, by),
    pickedWords: new Set([...origin.pickedWords, ...pickedWords, ...words]),
  };
}

/** The texts of a value that can only be one of these texts; undefined where it can be anything else. */
export function onlyTexts(origin: Origin): readonly string[] | undefined {
  const { is, of, keys, anyKey, unknown: isUnknown, texts, constant: isConstant } = origin;
  const isElse =
    is.size > 0 || of.size > 0 || keys.size > 0 || anyKey !== undefined || isUnknown || isConstant;
  return isElse || texts.size === 0 ? undefined : [...texts];
}
