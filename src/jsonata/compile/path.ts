import { grouped } from './constructors.ts';
import { sorterOf } from './order.ts';
import { filterOf } from './filter.ts';
import { HandBack } from '../failure.ts';
import { readerOf } from '../lookup.ts';
import { isPlainPath, type Node, type Path } from '../nodes.ts';
import type { Code, Frame, Run } from '../run.ts';
import { isSequence, newSequence, type Sequence, sequenceOf, settled } from '../sequence.ts';
import { compile, type Scope } from './scope.ts';

/** Makes the items of the next step out of those of the step before. */
type Step = (items: readonly unknown[], frame: Frame) => Sequence;

/** `a.b[c = 1].d`: each step is done for every item that the step before it found. */
export function compilePath(node: Path, scope: Scope): Code {
  const { steps, keepSingletonArray, group } = node;
  if (isPlainPath(node)) return readPath(steps.flatMap((step) => (step.type === 'name' ? [step.value] : [])));
  const walk = walkOf(steps, scope);
  const keeping: Code = keepSingletonArray === true ? (input, frame) => kept(walk(input, frame)) : walk;
  return group ? grouped(keeping, group, scope) : keeping;
}

/** As long as one object follows the other, no list has to be made. */
function readPath(names: readonly string[]): Code {
  const readers = names.map(readerOf);
  const last = readers.length - 1;
  const steps = readers.map((read, index) =>
    stepOf((input, { run }) => settled(read(input, run)), [], index === last),
  );
  const readOn = (value: unknown, place: number, frame: Frame): unknown => {
    if (place > last && !isSequence(value)) return value;
    return settled(walked(steps, place, flattened([value], false, frame.run), frame));
  };
  const [first, ...others] = readers;
  if (first && others.length === 0)
    return (input, frame) => {
      if (Array.isArray(input)) return settled(walkedAll(steps, input, frame));
      const value = first(input, frame.run);
      return Array.isArray(value) ? readOn(value, 1, frame) : value;
    };
  return (input, frame) => {
    if (Array.isArray(input)) return settled(walkedAll(steps, input, frame));
    let value = input;
    let place = 0;
    for (const read of readers) {
      value = read(value, frame.run);
      place += 1;
      if (value === undefined) return undefined;
      if (Array.isArray(value)) return readOn(value, place, frame);
    }
    return value;
  };
}

/** The first step is taken also when there is nothing to take it for: what comes of it is a sequence. */
function walkedAll(steps: readonly Step[], items: readonly unknown[], frame: Frame): unknown {
  return walked(steps, 1, steps[0]?.(items, frame) ?? items, frame);
}

function walked(steps: readonly Step[], from: number, items: readonly unknown[], frame: Frame): unknown {
  let found = items;
  for (let index = from; index < steps.length && found.length > 0; index += 1)
    found = steps[index]?.(found, frame) ?? found;
  return found;
}

/**
 * The items that some steps find.
 *
 * @param isWhole whether the last of them is the last of the path
 */
export function walkOf(nodes: readonly Node[], scope: Scope, isWhole = true): Code {
  const [first] = nodes as readonly [Node, ...Node[]];
  const steps = nodes.map((node, index) => compileStep(node, isWhole && index === nodes.length - 1, scope));
  const items = firstItems(nodes);
  // A list that the path begins with is made once, not for every item of the input.
  const list = first.consarray === true ? compile(first, scope) : undefined;
  if (!list) return (input, frame) => walkedAll(steps, items(input, frame), frame);
  return (input, frame) => {
    const made = list(items(input, frame), frame);
    if (made === undefined) return undefined;
    // JSONata goes through anything here as if it were a list.
    if (!Array.isArray(made))
      throw new HandBack('a step behind a list that a predicate or a group made something else of');
    return walked(steps, 1, made, frame);
  };
}

/** What the first step is done for: a variable says itself what it is about. */
export function firstItems([first]: readonly Node[]): (input: unknown, frame: Frame) => readonly unknown[] {
  const isAbsolute = first?.type === 'variable';
  return (input) => (Array.isArray(input) && !isAbsolute ? (input as unknown[]) : sequenceOf(input));
}

function compileStep(node: Node, isLast: boolean, scope: Scope): Step {
  const filters = (node.stages ?? []).flatMap((stage) =>
    stage.type === 'filter' ? [filterOf(stage.expr, scope)] : [],
  );
  if (node.type !== 'sort') return stepOf(compile(node, scope), filters, isLast);
  const sorter = sorterOf(node, scope);
  return (items, frame) =>
    filters.reduce<Sequence>((left, filter) => filter(left, frame), sorter(items, frame));
}

function stepOf(code: Code, filters: readonly ReturnType<typeof filterOf>[], isLast: boolean): Step {
  return (items, frame) => {
    const { run } = frame;
    const results: unknown[] = [];
    for (const item of items) {
      run.step();
      let result = code(item, frame);
      for (const filter of filters) result = filter(result, frame);
      if (result !== undefined) run.push(results, result);
    }
    return flattened(results, isLast, run);
  };
}

/** Lists in the results are taken apart, but for a single one that the last step found: that stays what it is. */
function flattened(results: readonly unknown[], isLast: boolean, run: Run): Sequence {
  const [only] = results;
  if (isLast && results.length === 1 && Array.isArray(only) && !isSequence(only)) return only as Sequence;
  const flat = newSequence();
  for (const result of results) {
    if (!Array.isArray(result) || (result as Sequence).cons === true) run.push(flat, result);
    else for (const item of result as unknown[]) run.push(flat, item);
  }
  return flat;
}

/** `a[]`: what the path comes to is a list, also when it is one item. */
export function kept(value: unknown): unknown {
  if (value === undefined) throw new HandBack('nothing, which is to stay a list');
  if (!Array.isArray(value)) return value;
  const list =
    (value as Sequence).cons === true && !isSequence(value) ? sequenceOf(value) : (value as Sequence);
  if (isSequence(list)) list.keepSingleton = true;
  return list;
}
