import { Failure } from './failure.ts';

/** A function of JSONata's own, or of whoever evaluates. */
export interface Definition {
  readonly _jsonata_function: true;
  readonly implementation: (this: unknown, ...args: unknown[]) => unknown;
  readonly signature?: unknown;
}

export type Fields = Readonly<Record<string, unknown>>;

export function isDefinition(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null && (value as Fields)._jsonata_function === true;
}

export function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null) return false;
  const { _jsonata_function, _jsonata_lambda } = value as Fields;
  return _jsonata_function === true || _jsonata_lambda === true;
}

/** An object of the data, which is no list and no function. */
export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isFunction(value);
}

/** @throws Failure D1001 for a number that JSON cannot hold */
export function isNumeric(value: unknown): value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) return false;
  if (!Number.isFinite(value)) throw new Failure('D1001', { value });
  return true;
}

export function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

/** JSONata's idea of truth: undefined of undefined, and false of what is empty, zero, null or a function. */
export function truth(value: unknown): boolean | undefined {
  if (typeof value === 'boolean' || value === undefined) return value;
  if (typeof value === 'string') return value.length > 0;
  if (Array.isArray(value)) return value.length === 1 ? truth(value[0]) : value.filter(truth).length > 0;
  if (isNumeric(value)) return value !== 0;
  return isRecord(value) && keysOf(value).length > 0;
}
