import { isObject } from '../json.ts';
import { type Evaluation, isFunction } from './evaluation.ts';
import { EvaluationError } from './limits.ts';

/**
 * The result of an evaluation as data of our own. JSONata's lists carry functions along and may be parts of the input,
 * its functions hold the whole input, and none of these may get into a cache, a comparison or a request. A key
 * `__proto__`, which could change what other code takes for an object, is left out.
 *
 * @throws EvaluationError for what JSON cannot hold, and for a result that is too large
 */
export function plainJson(value: unknown, evaluation: Evaluation): unknown {
  evaluation.measure(value);
  return plain(value);
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, plain);
  if (isObject(value)) {
    if (isFunction(value)) throw new EvaluationError('K0002');
    const parts = Object.entries(value).filter(([name]) => name !== '__proto__');
    return Object.fromEntries(parts.map(([name, part]) => [name, plain(part)]));
  }
  if (typeof value === 'function' || (typeof value === 'number' && !Number.isFinite(value)))
    throw new EvaluationError('K0002');
  return value;
}
