import type { Call } from './call.ts';
import { tableNames } from './tables/declaration.ts';

/** Counts calls, whatever became of them. */
export interface Counters {
  count(call: Call): void;
  reset(): void;
  /** The totals so far, as GET /tellers shows them. */
  shown(): Readonly<Record<string, unknown>>;
}

/**
 * Counters that start at nothing.
 *
 * @param patternOf under which path a call is counted; undefined: not at all
 */
export function newCounters(patternOf: (path: string) => string | undefined = relbeheerPattern): Counters {
  const perMethod = new Map<string, number>();
  const perPath = new Map<string, number>();
  return {
    count(call) {
      const pattern = patternOf(call.path);
      if (pattern === undefined) return;
      addOne(perMethod, call.method);
      addOne(perPath, `${call.method} ${pattern}`);
    },
    reset() {
      perMethod.clear();
      perPath.clear();
    },
    shown: () => ({
      totaal: [...perMethod.values()].reduce((sum, count) => sum + count, 0),
      perMethode: Object.fromEntries(perMethod),
      perPad: Object.fromEntries(perPath),
    }),
  };
}

function addOne(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const known = new RegExp(`^/relbeheer/(?:relaties|${tableNames.join('|')})(?=/|$)`);

/** One line for all records of a table together, and one for all paths that do not exist. */
function relbeheerPattern(path: string): string | undefined {
  if (!path.startsWith('/relbeheer')) return undefined;
  const [list] = known.exec(path) ?? [];
  if (list === undefined) return '/relbeheer/*';
  return path === list ? list : `${list}/:nr`;
}
