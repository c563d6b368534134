import { Failure } from './failure.ts';
import type { Run } from './run.ts';
import type { Sequence } from './sequence.ts';
import { isFunction, isNumeric, truth } from './values.ts';

/** What an operator makes of the values on both sides. */
export type Operator = (left: unknown, right: unknown, run: Run) => unknown;

/** All operators that look at both sides, whatever the left one is. */
export const operators: Readonly<Record<string, Operator>> = {
  '+': numeric((left, right) => left + right),
  '-': numeric((left, right) => left - right),
  '*': numeric((left, right) => left * right),
  '/': numeric((left, right) => left / right),
  '%': numeric((left, right) => left % right),
  '=': (left, right, run) => left !== undefined && right !== undefined && isSame(left, right, run),
  '!=': (left, right, run) => left !== undefined && right !== undefined && !isSame(left, right, run),
  '<': comparing((left, right) => left < right),
  '<=': comparing((left, right) => left <= right),
  '>': comparing((left, right) => left > right),
  '>=': comparing((left, right) => left >= right),
  '&': (left, right, run) => concatenated(textOf(left, run), textOf(right, run), run),
  '..': range,
  in: isIn,
};

function numeric(compute: (left: number, right: number) => number): Operator {
  return (left, right) => {
    if (left !== undefined && !isNumeric(left)) throw new Failure('T2001', { value: left });
    if (right !== undefined && !isNumeric(right)) throw new Failure('T2002', { value: right });
    return left === undefined || right === undefined ? undefined : compute(left, right);
  };
}

type Comparable = string | number;

function comparing(compare: (left: Comparable, right: Comparable) => boolean): Operator {
  return (left, right) => {
    if (!isComparable(left) || !isComparable(right))
      throw new Failure('T2010', { value: isComparable(left) && left !== undefined ? right : left });
    if (left === undefined || right === undefined) return undefined;
    if (typeof left !== typeof right) throw new Failure('T2009', { value: left });
    return compare(left, right);
  };
}

function isComparable(value: unknown): value is Comparable | undefined {
  return value === undefined || typeof value === 'string' || typeof value === 'number';
}

function isSame(left: unknown, right: unknown, run: Run): boolean {
  if (typeof left === 'object' && typeof right === 'object') run.watch.measure(left);
  return isEqual(left, right);
}

/** Whether two values are the same, however deep. The keys of objects may be in any order. */
function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => isEqual(item, right[index]));
  return hasEqualFields(left, right);
}

function hasEqualFields(left: object, right: object): boolean {
  const names = Object.getOwnPropertyNames(left);
  return (
    names.length === Object.getOwnPropertyNames(right).length &&
    names.every((name) => Object.hasOwn(right, name)) &&
    names.every((name) => isEqual(Reflect.get(left, name), Reflect.get(right, name)))
  );
}

/** A value in a text; nothing for what is not there. */
function textOf(value: unknown, run: Run): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object') run.watch.measure(value);
  return value === undefined ? '' : jsonText(value);
}

function concatenated(left: string, right: string, run: Run): string {
  const text = left + right;
  run.watch.checkText(text);
  return text;
}

/**
 * The same as `$string`: JSON, with numbers of 15 digits, and functions as empty texts.
 *
 * @throws Failure D3001 or D1001 for a number that JSON cannot hold
 */
function jsonText(value: unknown): string {
  if (isFunction(value)) return '';
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Failure('D3001', { value });
  const whole: unknown = Array.isArray(value) && (value as Sequence).outerWrapper === true ? value[0] : value;
  return JSON.stringify(whole, (_, part: unknown) => {
    if (isNumeric(part)) return Number.isInteger(part) ? part : Number(part.toPrecision(15));
    return isFunction(part) ? '' : part;
  });
}

const longestRange = 1e7;

function range(from: unknown, to: unknown, run: Run): unknown {
  if (from !== undefined && !Number.isInteger(from)) throw new Failure('T2003', { value: from });
  if (to !== undefined && !Number.isInteger(to)) throw new Failure('T2004', { value: to });
  const [first, last] = [from as number, to as number];
  if (from === undefined || to === undefined || first > last) return undefined;
  const size = last - first + 1;
  if (size > longestRange) throw new Failure('D2014', { value: size });
  run.checkSize(size);
  const numbers: Sequence = Array.from({ length: size }, (_, index) => first + index);
  numbers.sequence = true;
  return numbers;
}

function isIn(value: unknown, list: unknown): boolean {
  if (value === undefined || list === undefined) return false;
  return Array.isArray(list) ? list.some((item) => item === value) : list === value;
}

/** `and` and `or`, of which undefined counts as false. */
export function isTrue(value: unknown): boolean {
  return truth(value) ?? false;
}
