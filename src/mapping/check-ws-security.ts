import type { Mistake } from '../files/mistakes.ts';
import { mistakeAt } from '../files/yaml-file.ts';
import type { MappingSet } from './set.ts';

/**
 * Backends of which the configuration has credentials that only SOAP has a place for, while the set says something else.
 *
 * @param backends their names
 */
export function checkWsSecurity(
  { encodings, files: [yaml] }: Pick<MappingSet, 'encodings' | 'files'>,
  backends: readonly string[],
): Mistake[] {
  return backends
    .filter((name) => encodings[name]?.encoding !== 'soap')
    .map((name) =>
      mistakeAt(yaml, {
        path: ['backends', name],
        problem: 'the configuration has `wsSecurity` for this backend, which does not speak SOAP',
        expected: '`encoding: soap`, or other credentials in the configuration',
      }),
    );
}
