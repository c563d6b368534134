import { keepRequestsYoung } from '../../src/cli/memory.ts';
import type { Translated } from '../results.ts';
import { measure } from '../translation/measure.ts';
import { translationsOfSets } from '../translation/of-set.ts';
import { endWithBenchmark } from './answer-usage.ts';

/** Measures translations where code from strings is forbidden, and the compiler has nothing but closures. */
keepRequestsYoung();

process.on('message', ({ name, rounds }: { name: string; rounds: number }) => {
  measureNamed(name, rounds).then(
    (measured) => process.send?.(measured),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
endWithBenchmark();
process.send?.({});

async function measureNamed(name: string, rounds: number): Promise<Translated> {
  const translation = (await translationsOfSets()).find((one) => one.name === name);
  if (!translation) throw new Error(`There is no translation ${name}.`);
  return measure(translation, rounds);
}
