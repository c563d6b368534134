import type { Call } from '../crm/call.ts';
import type { Counters } from '../crm/counters.ts';

const uuids = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/gi;

/** Counts the calls of all systems, whatever became of them; as the CRM's counters do for the CRM's own paths. */
export function newAroundCounters(): Counters {
  const perMethod = new Map<string, number>();
  const perPath = new Map<string, number>();
  return {
    count({ method, path }: Call) {
      addOne(perMethod, method);
      addOne(perPath, `${method} ${path.replaceAll(uuids, ':id')}`);
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
