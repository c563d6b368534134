import type { Mistake } from '../files/mistakes.ts';
import { meant } from './meant.ts';
import { positionIn } from './expression.ts';
import type { Names } from './inputs.ts';
import { type LiteralKey, literalKeys, resultKeys } from './literal-keys.ts';
import type { Origin } from './origin.ts';
import type { Look } from './origins.ts';

/**
 * The keys that the translation of a record yields and that nobody ever sees, because the standard does not have them.
 * A key that is not written out in the file is passed over.
 *
 * @param known the fields of the standard, and what `record.adds` adds
 */
export function checkResult({ expression, result }: Look, known: Names): Mistake[] {
  const unknown = unknownKeys(result, known, []);
  if (unknown.length === 0) return [];
  const ofResult = resultKeys(expression).flat();
  const all = literalKeys(expression);
  return unknown.flatMap(({ key, inside, allowed }): Mistake[] => {
    const isKey = (one: LiteralKey): boolean => one.key === key;
    const place = (inside.length === 0 ? ofResult.find(isKey) : undefined) ?? all.find(isKey);
    if (!place) return [];
    const where = inside.length === 0 ? '' : ` in ${inside.join('.')}`;
    return [
      {
        file: expression.file,
        ...positionIn(expression.source, place.offset),
        path: '',
        problem: `unknown field '${key}'${where}${meant(key, allowed)}`,
        expected: `one of ${allowed.join(', ')}${inside.length === 0 ? '; or this name under `record.adds`' : ''}`,
      },
    ];
  });
}

interface UnknownKey {
  readonly key: string;
  /** The objects that it is in. */
  readonly inside: readonly string[];
  readonly allowed: readonly string[];
}

function unknownKeys({ keys }: Origin, known: Names, inside: readonly string[]): UnknownKey[] {
  if (known === 'any') return [];
  return [...keys].flatMap(([key, value]): UnknownKey[] => {
    const names = known.get(key);
    if (names === undefined) return [{ key, inside, allowed: [...known.keys()] }];
    return unknownKeys(value, names, [...inside, key]);
  });
}
