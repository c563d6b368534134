import { expect } from 'chai';
import { isDeepStrictEqual } from 'node:util';
import { type Locks, localLocks } from '../../src/gateway/locks.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import type { Answer, runningGateway } from '../kit/gateway.ts';
import { until } from '../kit/until.ts';

/** Limits under which it is soon certain that a write was not carried out, and that a busy machine still keeps. */
export const shortLimits = { connectMs: 500, headersMs: 1200, bodyMs: 500 };

/** Time for one strike at every request of a write, one after the other, on a busy machine. */
const strikesMs = 180_000;

/** A write of several requests, ready to be carried out once. */
export interface Prepared {
  write(): Promise<Answer>;
  /** What the CRM and the registers hold of it, the same for every time it is prepared: no ids of their own. */
  state(): Promise<Json>;
}

/** What becomes of a write when one system fails. */
interface Strike {
  readonly what: string;
  /** At the CRM, and at a register. */
  readonly fault: (pad: string) => JsonObject;
  /** Whether it works again at once, so that all can be taken back. */
  readonly once: boolean;
  /** Which requests it is for; a read that went unanswered is asked again, so that nothing comes of it. */
  readonly methods: readonly (string | undefined)[];
}

const strikes: readonly Strike[] = [
  {
    what: 'refuses one request',
    fault: (pad) => ({ soort: pad === '/relbeheer' ? 'sleutel' : 'verboden', aantal: 1 }),
    once: true,
    methods: [undefined],
  },
  {
    what: 'carries one request out without an answer',
    fault: () => ({ soort: 'verbreek', moment: 'na', aantal: 1 }),
    once: true,
    methods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  },
  {
    what: 'is gone from one request on',
    fault: () => ({ soort: 'verbreek' }),
    once: false,
    methods: [undefined],
  },
];

/** Locks that tell when no write is being looked for any more. */
export function watchedLocks(): Locks & {
  forget(): void;
  quiet(nobodyCanTell: () => boolean): Promise<void>;
} {
  const inner = localLocks();
  const open = new Set<Promise<unknown>>();
  return {
    hold: (keys, deadline, work) =>
      inner.hold(keys, deadline, (keepUntil) =>
        work((settled) => {
          open.add(settled);
          void settled.finally(() => open.delete(settled));
          keepUntil(settled);
        }),
      ),
    forget: () => {
      open.clear();
    },
    quiet: (nobodyCanTell) =>
      until('what went unanswered is settled', () => open.size === 0 || nobodyCanTell()),
  };
}

/**
 * Specs of one write: each of its requests fails in turn, and the CRM and the registers then hold either nothing of
 * it or all of it; anything in between is an event that says so.
 *
 * @param systems which of them the write has requests for
 * @param canBeUndone whether a write that failed once leaves nothing in between, and no event
 */
export function strikeEachRequest(
  gateway: ReturnType<typeof runningGateway>,
  locks: ReturnType<typeof watchedLocks>,
  systems: readonly ('/relbeheer' | '/bijregister' | '/documenten')[],
  prepare: () => Promise<Prepared>,
  { canBeUndone }: { readonly canBeUndone: boolean },
): void {
  const countsAt = async (pad: string) => {
    const counts = pad === '/relbeheer' ? await gateway.crm.counts() : await gateway.around.counts();
    return Object.entries(counts).filter(([call]) => call.split(' ')[1]?.startsWith(pad));
  };
  /** The requests of the healthy write, numbered within their method, or among all of them. */
  const placesOf = (pad: string, methods: Strike['methods']): JsonObject[] =>
    methods.flatMap((methode) => {
      const counts = requests.get(pad) ?? [];
      const ofMethod = counts.filter(([call]) => methode === undefined || call.startsWith(`${methode} `));
      const length = ofMethod.reduce((sum, [, count]) => sum + count, 0);
      return Array.from({ length }, (_, index) => ({ vanaf: index + 1, ...(methode ? { methode } : {}) }));
    });
  const faultAt = (pad: string, fault: JsonObject) =>
    (pad === '/relbeheer' ? gateway.crm : gateway.around).fault({ pad, ...fault });
  const calm = () => Promise.all([gateway.crm.calm(), gateway.around.calm()]);

  let whole: Json = null;
  const requests = new Map<string, (readonly [string, number])[]>();

  before(async () => {
    const healthy = await prepare();
    const nothing = await healthy.state();
    await Promise.all([gateway.crm.forget(), gateway.around.forget()]);
    const { status, text } = await healthy.write();
    expect(status, text).to.be.within(200, 299);
    for (const pad of systems) requests.set(pad, await countsAt(pad));
    whole = await healthy.state();
    expect(whole).to.not.deep.equal(nothing);
  });

  for (const pad of systems) {
    for (const { what, fault, once, methods } of strikes) {
      it(`${pad} ${what}`, async () => {
        const places = placesOf(pad, methods);
        expect(places, 'requests').to.not.deep.equal([]);
        const wrong: unknown[] = [];
        for (const place of places) {
          // Everything is healthy here; on a machine that stands still for a moment it may take a second try.
          const prepared = await prepare().catch(prepare);
          const nothing = await prepared.state();
          const start = gateway.events.length;
          locks.forget();
          await faultAt(pad, { ...place, ...fault(pad) });
          const { status } = await prepared.write();
          await calm();
          const heard = (...kinds: string[]) =>
            gateway.events.slice(start).filter(({ event }) => kinds.includes(event));
          await locks.quiet(() => heard('write-outcome-unknown').length > 0);
          const left = await prepared.state();
          const loud = heard('undo-failed', 'write-outcome-unknown');
          const isWhole = isDeepStrictEqual(left, whole);
          const isRight =
            status < 300
              ? isWhole
              : isWhole || isDeepStrictEqual(left, nothing)
                ? !(once && canBeUndone && loud.length > 0)
                : loud.length > 0 && !(once && canBeUndone);
          if (!isRight) wrong.push({ ...place, status, left, loud });
        }
        expect(wrong).to.deep.equal([]);
      }).timeout(strikesMs);
    }
  }
}
