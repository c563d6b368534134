import { randomUUID } from 'node:crypto';
import { presentPage, presentRecord } from '../../api/present.ts';
import { compose, type Deployment } from '../../compose.ts';
import { deadlineIn } from '../../deadline.ts';
import { localLocks } from '../../gateway/locks.ts';
import type { Result } from '../../gateway/perform.ts';
import { localTombstones } from '../../gateway/tombstones.ts';
import type { Json } from '../../json.ts';
import type { Loaded, MappingPorts } from '../../load.ts';
import type { Event } from '../../observe/events.ts';
import { Problem } from '../../problem.ts';
import type { Terminal } from '../command.ts';
import { type Asked, callOf, type ReadyCall } from './asked.ts';
import type { Passed, Watched } from './watch-line.ts';

/** How often a call that takes long says so, in milliseconds. */
const progressEveryMs = 2000;

/** What came of one call. */
export interface Outcome {
  readonly deployment: Deployment;
  /** Undefined when the query is wrong already: then there is no call. */
  readonly ready: ReadyCall | undefined;
  readonly passed: readonly Passed[];
  /** What the log would have of it. */
  readonly events: readonly Event[];
  /** What the client would get, or why not. */
  readonly came: Result | Problem;
  /** The UUIDs that new records got, where the mapping leaves that to us. */
  readonly newUuids: readonly string[];
}

/**
 * Makes one call through a gateway of its own: the very one that `klantbrug serve` would start, but for who looks at
 * what goes over the line. Nothing listens, and what the call leaves to do is waited for.
 *
 * @param caller the id of the client on whose behalf it is
 * @throws UsageError when the mapping set does not have what is asked for
 */
export async function ask(
  { config, mapping }: Loaded,
  asked: Asked,
  { tap, passed }: Watched,
  { clock, random, caller }: MappingPorts & { readonly caller: string },
  terminal: Pick<Terminal, 'error' | 'interactive'>,
): Promise<Outcome> {
  const events: Event[] = [];
  const background: Promise<unknown>[] = [];
  const newUuids: string[] = [];
  const observe = (event: Event): void => {
    events.push(event);
  };
  const deployment = compose(config, mapping, {
    observe,
    random,
    clock,
    locks: localLocks(),
    tombstones: localTombstones(),
    background: (task) => background.push(task),
    isReady: () => true,
    tap,
    newUuid: () => newUuids[newUuids.push(randomUUID()) - 1] ?? '',
  });
  const ready: ReadyCall[] = [];
  const perform = async (): Promise<Result> => {
    const one = callOf(deployment, asked);
    ready.push(one);
    const work = {
      deadline: deadlineIn(config.limits.requestMs),
      observe,
      caller: { clientId: caller, userId: undefined, userRepresentation: undefined },
      trace: { mappingMs: 0, backendMs: 0, backendCalls: 0, cache: 'none' as const },
    };
    return deployment.perform({ ...one.call, work });
  };
  const stop = telling(passed, terminal);
  try {
    const came = await perform().catch(orProblem);
    await Promise.allSettled(background);
    await deployment.drain(config.limits.drainMs);
    return { deployment, ready: ready[0], passed, events, came, newUuids };
  } finally {
    stop();
  }
}

function orProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  throw error;
}

/** Says on a terminal that it is still waiting, until it is told to stop. */
function telling(passed: readonly Passed[], { error, interactive }: Pick<Terminal, 'error' | 'interactive'>) {
  if (!interactive) return () => undefined;
  const timer = setInterval(() => {
    const last = passed.at(-1);
    error(
      `${passed.length} ${passed.length === 1 ? 'request' : 'requests'} so far${last ? `, waiting for ${last.system}` : ''} …`,
    );
  }, progressEveryMs);
  return () => {
    clearInterval(timer);
  };
}

/** What the client would get as its body: with the URLs of this deployment. */
export function bodyFor({ deployment: { ownUrls }, ready }: Outcome, result: Result): Json | undefined {
  const resource = ready?.mapped.resource;
  if (!resource) return undefined;
  const base = ownUrls.canonical;
  switch (result.kind) {
    case 'page':
      return presentPage(ownUrls, base, resource, result.page, new URLSearchParams());
    case 'records':
      return result.items.map((one) => presentRecord(ownUrls, base, resource, one));
    case 'record':
    case 'created':
      return presentRecord(ownUrls, base, resource, result.stored);
    case 'deleted':
      return undefined;
  }
}
