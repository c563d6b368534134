import type { Mistake } from '../files/mistakes.ts';
import { offsetOf } from './analyse.ts';
import { meant } from './meant.ts';
import { positionIn } from './expression.ts';
import type { Input, Names } from './inputs.ts';
import type { Place } from './origin.ts';
import type { Look } from './origins.ts';

/**
 * The names that a file looks for in its input and that are never there: they would be absent each time, and nobody
 * would be told. Variables are followed.
 */
export function checkInput({ expression, sought }: Look, input: Input): Mistake[] {
  const found = new Map<number, Mistake>();
  for (const { within, name: node } of sought) {
    const [place, ...others] = within.is.values();
    const isElse = others.length > 0 || within.of.size + within.keys.size > 0 || within.anyKey !== undefined;
    if (!place || isElse || typeof node.value !== 'string') continue;
    const known = namesAt(input.get(place.root) ?? 'any', place.names);
    if (known === 'any' || known.has(node.value)) continue;
    const offset = offsetOf(node, expression.source);
    const at = { file: expression.file, ...positionIn(expression.source, offset), path: '' };
    found.set(offset, { ...at, ...unknownName(node.value, place, [...known.keys()]) });
  }
  return [...found.values()];
}

function unknownName(
  name: string,
  { root, names }: Place,
  known: readonly string[],
): Pick<Mistake, 'problem' | 'expected'> {
  const whole = [...(root === '' ? [] : [root]), ...names].join('.');
  const what = whole === 'filters' ? 'filter' : 'name';
  const where = whole === '' || whole === 'filters' ? '' : ` in ${whole}`;
  return {
    problem: `unknown ${what} '${name}'${where}${meant(name, known)}`,
    expected: `what this file is given: ${known.join(', ')}`,
  };
}

/** What there can be under a path. A name that is wrong is told where it stands, and not again for what is under it. */
function namesAt(names: Names, [first, ...further]: readonly string[]): Names {
  if (names === 'any' || first === undefined) return names;
  return namesAt(names.get(first) ?? 'any', further);
}
