import type { MadeRecord } from '../jsonata/index.ts';
import { isFunction } from './evaluation.ts';
import { EvaluationError, type ExpressionLimits, structureFactor } from './limits.ts';

/** What is known of an object that this evaluation made for itself: once, since whoever asks may change it. */
type TakeMade = (record: object) => MadeRecord | undefined;

/**
 * The result of an evaluation as data of our own. JSONata's lists carry functions along and may be parts of the input,
 * its functions hold the whole input, and none of these may get into a cache, a comparison or a request. A key
 * `__proto__`, which could change what other code takes for an object, is left out.
 *
 * @param takeMade of what need not be copied; absent where nothing is known
 * @throws EvaluationError for what JSON cannot hold, and for a result that is too large
 */
export function plainJson(
  value: unknown,
  { depth, items, text }: ExpressionLimits,
  takeMade: TakeMade = () => undefined,
): unknown {
  const [values, characters] = [items * structureFactor, text * structureFactor];
  return plain(value, depth, { values, characters, takeMade });
}

/** How much more there may be. */
interface Left {
  values: number;
  characters: number;
  readonly takeMade: TakeMade;
}

/** @param deeper how much deeper it may be nested: a part of itself would be nested without end */
function plain(value: unknown, deeper: number, left: Left): unknown {
  if (typeof value === 'string') {
    take(left, 1, value.length);
    return value;
  }
  take(left, 1, 0);
  if (typeof value === 'function' || (typeof value === 'number' && !Number.isFinite(value)))
    throw new EvaluationError('K0002');
  if (typeof value !== 'object' || value === null) return value;
  if (deeper === 0) throw new EvaluationError('K0004');
  if (Array.isArray(value)) return Array.from(value, (item) => plain(item, deeper - 1, left));
  const made = left.takeMade(value);
  if (made) return madePlain(made, deeper - 1, left);
  if (isFunction(value)) throw new EvaluationError('K0002');
  return copyOf(value as Record<string, unknown>, deeper - 1, left);
}

/** Nearly all of a result was written out a moment ago, and is text: to copy it would take as long as to make it did. */
function madePlain({ record, texts, characters, others }: MadeRecord, deeper: number, left: Left): object {
  take(left, texts, characters);
  for (const name of others) {
    const value: unknown = Reflect.get(record, name);
    const part = plain(value, deeper, left);
    if (part !== value) Reflect.set(record, name, part);
  }
  return record;
}

function copyOf(value: Record<string, unknown>, deeper: number, left: Left): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  // Everything here is a plain object: nothing is inherited.
  for (const name in value) {
    take(left, 0, name.length);
    if (name !== '__proto__') copy[name] = plain(value[name], deeper, left);
  }
  return copy;
}

function take(left: Left, values: number, characters: number): void {
  left.values -= values;
  left.characters -= characters;
  if (left.values < 0 || left.characters < 0) throw new EvaluationError('K0004');
}
