import { Failure, HandBack, NotCompiled } from '../failure.ts';
import type { Group, ListNode, Node, ObjectNode, Pair } from '../nodes.ts';
import type { Code, Run } from '../run.ts';
import type { Sequence } from '../sequence.ts';
import { type Field, readBy, recordOf } from './record.ts';
import { boundIn, compile, type Scope } from './scope.ts';

/** `[a, b]`. A list in it is taken apart, but for one that is written out there. */
export function compileList({ expressions, consarray }: ListNode, scope: Scope): Code {
  refuseBinding(expressions);
  const parts = expressions.map((node) => ({ code: compile(node, scope), isList: isListNode(node) }));
  const code: Code = (input, frame) => {
    const list: Sequence = [];
    for (const { code: part, isList } of parts) {
      const value = part(input, frame);
      // Lists within lists are walked through wherever a list is taken apart.
      if (Array.isArray(value)) frame.run.watch.measure(value);
      if (!isList && Array.isArray(value)) append(list, value, frame.run);
      else if (value !== undefined) append(list, [value], frame.run);
    }
    if (consarray === true) Object.defineProperty(list, 'cons', { value: true });
    return list;
  };
  return parts.length > 1 ? atTheSameTime(code) : code;
}

function isListNode(node: Node): boolean {
  // To JSONata a text `[` is one too.
  return (node.type === 'unary' || node.type === 'string') && node.value === '[';
}

function append(list: unknown[], items: readonly unknown[], run: Run): void {
  run.checkSize(list.length + items.length);
  for (const item of items) list.push(item);
}

/** `{ key: value }`, for the input or, when that is a list, for what its items have in common. */
export function compileObject({ lhs, position }: ObjectNode, scope: Scope): Code {
  const pairs = compilePairs(lhs, scope);
  const grouper = grouperOf(pairs, position);
  const fields = plainFields(pairs);
  return fields ? (input, frame) => (Array.isArray(input) ? grouper : fields)(input, frame) : grouper;
}

/** Code with a group behind it: `…{ key: value }`. */
export function grouped(code: Code, { lhs, position }: Group, scope: Scope): Code {
  const grouper = grouperOf(compilePairs(lhs, scope), position);
  return (input, frame) => grouper(code(input, frame), frame);
}

/** A key with its value. */
export interface CompiledPair {
  readonly key: Code;
  readonly value: Code;
  /** The key, where it is written out. */
  readonly name: string | undefined;
  /** See `Field`. */
  readonly reads: string | undefined;
}

export function compilePairs(pairs: readonly Pair[], scope: Scope): readonly CompiledPair[] {
  refuseBinding(pairs.map(([, value]) => value));
  const toJson = pairs.find(([key]) => key.type === 'string' && key.value === 'toJSON');
  if (toJson) throw new NotCompiled('a field `toJSON`', 'another name', toJson[0].position);
  return pairs.map(([key, value]) => ({
    key: compile(key, scope),
    value: compile(value, scope),
    name: key.type === 'string' && !key.predicate && !key.group ? String(key.value) : undefined,
    reads: readBy(value),
  }));
}

/** An object whose keys are all written out, of one input: the usual one. */
function plainFields(pairs: readonly CompiledPair[]): Code | undefined {
  const fields = pairs.flatMap(({ name, reads, value }) =>
    name === undefined || unusual.has(name) ? [] : [{ name, reads, code: value }],
  );
  const names = new Set(fields.map(({ name }) => name));
  if (names.size < pairs.length) return undefined;
  const record = recordOf(fields) ?? composed(fields);
  return fields.length > 1 ? atTheSameTime(record) : record;
}

/** The same as `recordOf`, without text. */
function composed(fields: readonly Field[]): Code {
  return (input, frame) => {
    const record: Record<string, unknown> = {};
    for (const { name, code } of fields) {
      const value = code(input, frame);
      if (value !== undefined) record[name] = value;
    }
    return record;
  };
}

/** Keys that mean something to JavaScript or to JSONata. */
const unusual = new Set(['', '__proto__', '_jsonata_lambda', '_jsonata_function']);

/** What belongs to one key. */
export interface Entry {
  readonly pair: number;
  /** The item, or the list of all that have this key. */
  data: unknown;
}

/** The general case: keys that are computed, for every item of a list. */
function grouperOf(pairs: readonly CompiledPair[], position: number | undefined): Code {
  return (input, frame) => {
    const { run } = frame;
    const entries = new Map<string, Entry>();
    for (const item of groupable(input))
      for (const [pair, { key }] of pairs.entries()) {
        run.step();
        addTo(entries, checkedKey(key(item, frame), position), pair, item, { run, position });
      }
    return valuesOf(entries, run, (pair, data) => pairs[pair]?.value(data, frame));
  };
}

function groupable(input: unknown): readonly unknown[] {
  if (!Array.isArray(input)) return [input];
  const { tupleStream, length } = input as Sequence;
  if (tupleStream === true) throw new HandBack('a group behind a join');
  // JSONata puts something into it there and then, so that it is not empty any more.
  if (length === 0) throw new HandBack('a group of an empty list');
  return input;
}

/** @throws Failure for a key that is no text, or one of JSONata's own */
export function checkedKey(key: unknown, position: number | undefined): string | undefined {
  if (key !== undefined && typeof key !== 'string') throw new Failure('T1003', { position, value: key });
  if (key === '_jsonata_lambda' || key === '_jsonata_function')
    throw new Failure('D1013', { position, value: key });
  return key;
}

/** @throws Failure D1009 when another pair of the object has made this key before */
export function addTo(
  entries: Map<string, Entry>,
  key: string | undefined,
  pair: number,
  item: unknown,
  { run, position }: { readonly run: Run; readonly position: number | undefined },
): void {
  if (key === undefined) return;
  const known = entries.get(key);
  if (!known) entries.set(key, { pair, data: item });
  else if (known.pair !== pair) throw new Failure('D1009', { position, value: key });
  else known.data = joined(known.data, item, run);
}

/** Both values in one list. */
export function joined(first: unknown, second: unknown, run: Run): unknown {
  if (first === undefined) return second;
  if (second === undefined) return first;
  const before = asList(first);
  const after = asList(second);
  run.checkSize(before.length + after.length);
  return before.concat(after);
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** In the order of JavaScript's own objects, which JSONata keeps them in. */
export function valuesOf(
  entries: ReadonlyMap<string, Entry>,
  run: Run,
  valueOf: (pair: number, data: unknown) => unknown,
): Record<string, unknown> {
  const inOrder = Object.entries(Object.fromEntries(entries));
  const result = Object.create(null) as Record<string, unknown>;
  try {
    for (const [key, { pair, data }] of inOrder) {
      const value = valueOf(pair, data);
      if (value !== undefined) result[key] = value;
    }
  } catch (error) {
    throw entries.size > 1 ? ofSeveral(error, run) : error;
  }
  return result;
}

/**
 * JSONata evaluates the parts of a list or an object at the same time. Which of several mistakes comes first is its own
 * affair.
 */
function atTheSameTime(code: Code): Code {
  return (input, frame) => {
    try {
      return code(input, frame);
    } catch (error) {
      throw ofSeveral(error, frame.run);
    }
  };
}

function ofSeveral(error: unknown, run: Run): unknown {
  return run.isFinal(error) ? error : new HandBack('a mistake in one of several parts');
}

function refuseBinding(parts: readonly Node[]): void {
  const binding = parts.length > 1 ? parts.find((part) => boundIn(part).length > 0) : undefined;
  if (binding)
    throw new NotCompiled(
      'a variable that is bound in one part of a list or an object, which the others may see or not',
      'brackets around what binds it: `($x := …; …)`',
      binding.position,
    );
}
