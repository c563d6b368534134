import { Failure } from '../failure.ts';
import type { Sort } from '../nodes.ts';
import type { Code, Frame } from '../run.ts';
import type { Sequence } from '../sequence.ts';
import { type IsAfter, sorted } from '../sort.ts';
import { compile, type Scope } from './scope.ts';

/** `^(a, >b)`: orders items by what its terms come to for them. */
export function sorterOf(
  { terms, position }: Sort,
  scope: Scope,
  within: (item: unknown, frame: Frame) => readonly [unknown, Frame] = (item, frame) => [item, frame],
): (items: readonly unknown[], frame: Frame) => Sequence {
  const compiled = terms.map(({ descending, expression }) => ({
    descending,
    code: compile(expression, scope),
  }));
  return (items, frame) => {
    const valueOf = (code: Code, item: unknown): unknown => code(...within(item, frame));
    const isAfter: IsAfter = (first, second) => {
      for (const { code, descending } of compiled) {
        const order = compared(valueOf(code, first), valueOf(code, second), position);
        // What has no value comes last, whatever the direction.
        if (order.isMissing && order.value !== 0) return order.value === 1;
        if (order.value !== 0) return (order.value === 1) !== descending;
      }
      return false;
    };
    return sorted(items, isAfter, frame.run) as Sequence;
  };
}

interface Order {
  /** -1: as they are; 1: the other way round. */
  readonly value: -1 | 0 | 1;
  readonly isMissing?: boolean;
}

function compared(first: unknown, second: unknown, position: number | undefined): Order {
  if (first === undefined) return { value: second === undefined ? 0 : 1, isMissing: true };
  if (second === undefined) return { value: -1, isMissing: true };
  if (!isOrdered(first) || !isOrdered(second))
    throw new Failure('T2008', { position, value: isOrdered(first) ? second : first });
  if (typeof first !== typeof second) throw new Failure('T2007', { position, value: first });
  if (first === second) return { value: 0 };
  return { value: first < second ? -1 : 1 };
}

function isOrdered(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
