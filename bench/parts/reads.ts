import { isDeepStrictEqual } from 'node:util';
import { type Asked, type Reader, startReaders } from '../contenders/readers.ts';
import type { Request } from '../load/work.ts';
import type { Contender } from '../process.ts';
import { inCasts, race, type Runner } from '../race.ts';
import type { Reads } from '../results.ts';
import type { Stage } from '../stage.ts';

/** Reads a klant, and a list of 100, through everybody who can do that. Each takes one call to the CRM. */
export async function measureReads(stage: Stage, without: readonly string[]): Promise<Reads> {
  let leftOut: Reads['leftOut'] = {};
  const races = await inCasts(stage, async (cast) => {
    const started = await startReaders(cast, without);
    const { readers } = started;
    ({ leftOut } = started);
    await checkAnswers(readers);
    const klanten = runnersOf(readers, ({ klanten }) => klanten, 8);
    // One at a time, or the gateway would make one of those that are identical.
    const lists = runnersOf(readers, ({ lists }) => lists, 1);
    return {
      klant: await race('GET one klant', klanten, cast, { warmUp: 'long' }),
      list: await race('GET a list of 100 klanten', lists, cast, { warmUp: 'short' }),
    };
  });
  return { ...races, leftOut };
}

function runnersOf(
  readers: readonly Reader[],
  requestsOf: (asked: Asked) => readonly Request[],
  concurrency: number,
): Runner[] {
  return readers.map(({ name, contender, asked }) => ({
    name,
    contender,
    work: { origin: contender.url, requests: requestsOf(asked), concurrency },
  }));
}

/** @throws Error when two that are asked the same do not answer the same: then they are not to be compared */
async function checkAnswers(readers: readonly Reader[]): Promise<void> {
  const answers = new Map<Asked, { name: string; answered: unknown }>();
  for (const { name, contender, asked } of readers) {
    const requests = [...asked.klanten.slice(0, 2), ...asked.lists.slice(0, 1)];
    const answered = await Promise.all(requests.map((request) => answerOf(contender, request)));
    const first = answers.get(asked) ?? { name, answered };
    if (!isDeepStrictEqual(answered, first.answered)) {
      throw new Error(`${name} and ${first.name} do not answer the same.`);
    }
    answers.set(asked, first);
  }
}

async function answerOf({ url }: Contender, { path, headers = {} }: Request): Promise<unknown> {
  return (await fetch(`${url}${path}`, { headers })).json();
}
