import {
  addTo,
  checkedKey,
  type CompiledPair,
  compilePairs,
  type Entry,
  joined,
  valuesOf,
} from './constructors.ts';
import { sorterOf } from './order.ts';
import { firstItems, kept, walkOf } from './path.ts';
import { HandBack, NotCompiled } from '../failure.ts';
import { timesWanted } from './filter.ts';
import type { Node, Path, Sort, Stage } from '../nodes.ts';
import type { Code, Frame, Run } from '../run.ts';
import { newSequence, type Sequence } from '../sequence.ts';
import { keysOf } from '../values.ts';
import { compile, type Scope, tupleScope } from './scope.ts';

/** An item of a join: the item itself as `@`, and all that was named on the way to it. */
type Tuple = Record<string, unknown>;

/** Makes the tuples of the next step out of those of the step before. */
type TupleStep = (tuples: readonly Tuple[], frame: Frame) => readonly Tuple[];

/** Whether a path has a join (`@`, `#`) or a parent (`%`) in it. */
export function isJoin({ steps }: Path): boolean {
  return steps.some(({ tuple }) => tuple === true);
}

/** A path with a join (`@`, `#`) or a parent (`%`): each of its items knows what was found before it. */
export function compileTuples(node: Path, scope: Scope): Code {
  const { steps, group, keepSingletonArray } = node;
  const first = steps.findIndex(({ tuple }) => tuple === true);
  const joins = steps.slice(first);
  refuse(node, joins, first);
  const own = tupleScope(scope, [...joins, ...(group ? group.lhs.flat() : [])]);
  const before = first === 0 ? firstItems(steps) : walkOf(steps.slice(0, first), scope, false);
  const compiled = joins.map((step, index) => compileTupleStep(step, index === 0, scope, own));
  const pairs = group && compilePairs(group.lhs, own);
  return (input, frame) => {
    const items = before(input, frame) as readonly unknown[] | undefined;
    if (items === undefined || (first > 0 && items.length === 0)) {
      if (pairs) throw new HandBack('a group of an empty list');
      return keepSingletonArray === true ? kept(items) : items;
    }
    const start: readonly Tuple[] = items.map((item) => ({ '@': item }));
    const tuples = compiled.reduce((found, step) => step(found, frame), start);
    if (pairs) return groupTuples(tuples, pairs, group.position, frame);
    const result = node.tuple === true ? asStream(tuples) : sequenceOfItems(tuples, frame.run);
    return keepSingletonArray === true ? kept(result) : result;
  };
}

/** Where JSONata forgets that a list is one of tuples, or never began with it. */
function refuse({ group, tuple, position }: Path, joins: readonly Node[], first: number): void {
  const last = joins.at(-1);
  const sorts = joins.filter(({ type }) => type === 'sort');
  const isForgotten =
    sorts.some(({ stages }) => stages) || (last?.type === 'sort' && (group ?? tuple) !== undefined);
  if (isForgotten)
    throw new NotCompiled(
      'an order in a join, with a predicate or a group behind it',
      'brackets around the join: `(…^(…))[…]`',
      position,
    );
  if (first === 0 && joins[0]?.consarray === true)
    throw new NotCompiled('a join on a list that is written out', 'a variable for the list', position);
}

function compileTupleStep(node: Node, isFirst: boolean, scope: Scope, own: Scope): TupleStep {
  if (node.type === 'sort') return isFirst ? sortItems(node, scope) : sortTuples(node, own);
  const code = compile(node, own);
  const stages = (node.stages ?? []).map((stage) => compileStage(stage, own));
  return (tuples, frame) => {
    const { run } = frame;
    const found: Tuple[] = [];
    for (const tuple of tuples) {
      run.step();
      for (const one of tuplesFor(node, tuple, code(tuple['@'], frameOf(tuple, frame)))) run.push(found, one);
    }
    return stages.reduce<readonly Tuple[]>((left, stage) => stage(left, frame), found);
  };
}

/** One tuple for each item that was found for the tuple before it. */
function tuplesFor({ focus, index, ancestor }: Node, before: Tuple, found: unknown): Tuple[] {
  if (found === undefined) return [];
  const items = Array.isArray(found) ? (found as unknown[]) : [found];
  const areTuples = Array.isArray(found) && (found as Sequence).tupleStream === true;
  return items.map((item, place) => {
    if (areTuples) return newTuple(before, item as Tuple);
    const tuple = newTuple(before, focus === undefined ? { '@': item } : { [focus]: item });
    if (index !== undefined) tuple[index] = place;
    if (ancestor) tuple[ancestor.label] = before['@'];
    return tuple;
  });
}

function newTuple(...parts: readonly Tuple[]): Tuple {
  return Object.assign(Object.create(null) as Tuple, ...parts) as Tuple;
}

function compileStage(stage: Stage, own: Scope): TupleStep {
  if (stage.type === 'index')
    return (tuples) => tuples.map((tuple, place) => newTuple(tuple, { [stage.value]: place }));
  const predicate = stage.expr;
  if (predicate.type === 'number')
    return (tuples) => {
      const place = Math.floor(Number(predicate.value));
      return tuples.slice(place, place === -1 ? undefined : place + 1);
    };
  const condition = compile(predicate, own);
  return (tuples, frame) => {
    const left: Tuple[] = [];
    for (const [place, tuple] of tuples.entries()) {
      frame.run.step();
      const wanted = condition(tuple['@'], frameOf(tuple, frame));
      const times = timesWanted(wanted, place, tuples.length);
      // To JSONata they are one, so that what is named of one is named of the other.
      if (times > 1) throw new HandBack('an item that a join has twice');
      if (times === 1) left.push(tuple);
    }
    return left;
  };
}

/** An order that the join begins with: of items, which get their places after it. */
function sortItems(node: Sort, scope: Scope): TupleStep {
  const sorter = sorterOf(node, scope);
  return (tuples, frame) =>
    sorter(
      tuples.map((tuple) => tuple['@']),
      frame,
    ).map((item, place) => newTuple({ '@': item }, node.index === undefined ? {} : { [node.index]: place }));
}

function sortTuples(node: Sort, own: Scope): TupleStep {
  const sorter = sorterOf(node, own, (item, frame) => [(item as Tuple)['@'], frameOf(item as Tuple, frame)]);
  return (tuples, frame) => sorter(tuples, frame) as unknown as readonly Tuple[];
}

function frameOf(tuple: Tuple, frame: Frame): Frame {
  return { run: frame.run, up: frame, values: [], tuple };
}

function asStream(tuples: readonly Tuple[]): Sequence {
  const stream: Sequence = [...tuples];
  return Object.assign(stream, { sequence: true, tupleStream: true });
}

function sequenceOfItems(tuples: readonly Tuple[], run: Run): Sequence {
  const items = newSequence();
  for (const tuple of tuples) run.push(items, tuple['@']);
  return items;
}

/** `{ key: value }` behind a join: all that the tuples of a key name is there in one list each. */
function groupTuples(
  tuples: readonly Tuple[],
  pairs: readonly CompiledPair[],
  position: number | undefined,
  frame: Frame,
): Record<string, unknown> {
  const { run } = frame;
  const entries = new Map<string, Entry>();
  for (const tuple of tuples)
    for (const [pair, { key }] of pairs.entries()) {
      run.step();
      const name = checkedKey(key(tuple['@'], frameOf(tuple, frame)), position);
      addTo(entries, name, pair, tuple, { run, position });
    }
  const single = new Set<unknown>();
  return valuesOf(entries, run, (pair, data) => {
    // JSONata takes the item out of a tuple that is alone with its key: the next key does not find it there.
    if (single.has(data)) throw new HandBack('an item of a join with several keys');
    single.add(data);
    const { '@': context, ...names } = Array.isArray(data) ? together(data as Tuple[], run) : (data as Tuple);
    return pairs[pair]?.value(context, frameOf(names, frame));
  });
}

function together([first = {}, ...rest]: readonly Tuple[], run: Run): Tuple {
  const all = newTuple(first);
  for (const tuple of rest) for (const name of keysOf(tuple)) all[name] = joined(all[name], tuple[name], run);
  return all;
}
