import { HandBack } from '../failure.ts';
import type { Node } from '../nodes.ts';
import type { Code, Frame } from '../run.ts';
import { newSequence, type Sequence, sequenceOf } from '../sequence.ts';
import { isNumeric, truth } from '../values.ts';
import { compile, type Scope } from './scope.ts';

/** What a predicate leaves of a value. */
export type Filter = (value: unknown, frame: Frame) => Sequence;

/** Code with a predicate behind it: `…[predicate]`. */
export function filtered(code: Code, predicate: Node, scope: Scope): Code {
  const filter = filterOf(predicate, scope);
  return (input, frame) => filter(code(input, frame), frame);
}

/** A predicate is a place in the list, counted from either end; places; or a condition. */
export function filterOf(predicate: Node, scope: Scope): Filter {
  if (predicate.type === 'number') return itemAt(Math.floor(Number(predicate.value)));
  const condition = compile(predicate, scope);
  return (value, frame) => {
    const items = itemsOf(value);
    const left = newSequence();
    for (const [index, item] of items.entries()) {
      frame.run.step();
      const times = timesWanted(condition(item, frame), index, items.length);
      for (let time = 0; time < times; time += 1) frame.run.push(left, item);
    }
    return left;
  };
}

function itemsOf(value: unknown): Sequence {
  if (!Array.isArray(value)) return sequenceOf(value);
  // Which variables its tuples have was not known here.
  if ((value as Sequence).tupleStream === true) throw new HandBack('a predicate behind a join');
  return value as Sequence;
}

/**
 * How often an item is left by a predicate: once for each time that its place is asked for.
 *
 * @param wanted what the predicate comes to for the item: its place, a list of places, or whether it is wanted
 */
export function timesWanted(wanted: unknown, index: number, length: number): number {
  if (isNumeric(wanted)) return placeOf(wanted, length) === index ? 1 : 0;
  if (Array.isArray(wanted) && wanted.every(isNumeric))
    return wanted.filter((place) => placeOf(place, length) === index).length;
  return truth(wanted) === true ? 1 : 0;
}

function placeOf(number: number, length: number): number {
  const place = Math.floor(number);
  return place < 0 ? length + place : place;
}

function itemAt(place: number): Filter {
  return (value) => {
    const items = itemsOf(value);
    const item: unknown = items[place < 0 ? items.length + place : place];
    if (item === undefined) return newSequence();
    return Array.isArray(item) ? (item as Sequence) : sequenceOf(item);
  };
}
