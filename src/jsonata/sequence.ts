/**
 * JSONata's lists. A sequence is the result of a search: none, one or many, where one is as good as the item itself.
 * A list that is no sequence is one that the data or an author made, and stays a list.
 */
export type Sequence = unknown[] & {
  sequence?: boolean;
  /** A sequence of one that stays a list. */
  keepSingleton?: boolean;
  /** The list that the whole input is put in when it is a list. */
  outerWrapper?: boolean;
  /** Of tuples rather than of values. */
  tupleStream?: boolean;
  /** Made by `[…]` in the first or last step of a path: it is not taken apart. */
  cons?: boolean;
};

export function newSequence(): Sequence {
  const sequence: Sequence = [];
  sequence.sequence = true;
  return sequence;
}

export function sequenceOf(item: unknown): Sequence {
  const sequence: Sequence = [item];
  sequence.sequence = true;
  return sequence;
}

export function isSequence(value: unknown): value is Sequence {
  return Array.isArray(value) && (value as Sequence).sequence === true;
}

/** What a node comes to: an empty sequence is nothing, and one item is that item. */
export function settled(value: unknown): unknown {
  return Array.isArray(value) && (value as Sequence).sequence === true ? settledSequence(value) : value;
}

function settledSequence(value: Sequence): unknown {
  if (value.tupleStream === true) return value;
  if (value.length === 0) return undefined;
  return value.length === 1 && value.keepSingleton !== true ? value[0] : value;
}

/** The same of a node that is followed by `[]`. */
export function settledList(value: unknown): unknown {
  if (isSequence(value) && value.tupleStream !== true) value.keepSingleton = true;
  return settled(value);
}
