import type { Call } from './call.ts';

const kinds = [
  'traag',
  'fout',
  'verbreek',
  'html',
  'afgekapt',
  'groot',
  'vol',
  'sleutel',
  'foutcode',
] as const;

/** A fault that somebody switched on, with the names that POST /storing uses. */
export interface Fault {
  readonly soort: (typeof kinds)[number];
  /** How long a slow answer waits, in milliseconds. */
  readonly ms: number;
  /** How large a large answer is, in bytes. */
  readonly bytes: number;
  /** How many calls it still strikes; undefined when until it is withdrawn. */
  aantal: number | undefined;
  /** Of the calls that it is for, which one is the first that it strikes; undefined when the next one. */
  vanaf: number | undefined;
  /** Only calls with this method; undefined when all. */
  readonly methode: string | undefined;
  /** Only calls whose path starts with this. */
  readonly pad: string;
  /** Whether the call is carried out first ("na") or not at all ("voor"; a slow call is carried out late). */
  readonly moment: 'voor' | 'na';
}

/** The faults that are switched on, and the slow answers that wait because of them. */
export interface Faults {
  add(fault: Fault): void;
  shown(): readonly Fault[];
  /** The first fault that matches a call, which it strikes from that fault's count; undefined when none does. */
  take(call: Call): Fault | undefined;
  /** Waits so many milliseconds, or until `wakeAll`, or until `gone` is aborted. */
  wait(ms: number, gone: AbortSignal): Promise<void>;
  /** Ends all waiting at once. */
  wakeAll(): void;
  /** Withdraws all faults and ends all waiting. */
  clear(): void;
}

/**
 * Reads the body of POST /storing.
 *
 * @returns undefined when it makes no sense
 */
export function readFault(body: Readonly<Record<string, unknown>>): Fault | undefined {
  const { ms = 30_000, bytes = 20_000_000, aantal, vanaf, methode } = body;
  const { pad = '/relbeheer', moment = 'voor' } = body;
  const soort = kinds.find((kind) => kind === body.soort);
  if (soort === undefined || !isCount(ms) || !isCount(bytes)) return undefined;
  if (aantal !== undefined && (!isCount(aantal) || aantal === 0)) return undefined;
  if (vanaf !== undefined && (!isCount(vanaf) || vanaf === 0)) return undefined;
  if (methode !== undefined && typeof methode !== 'string') return undefined;
  if (typeof pad !== 'string' || (moment !== 'voor' && moment !== 'na')) return undefined;
  return { soort, ms, bytes, aantal, vanaf, methode: methode?.toUpperCase(), pad, moment };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** Starts with no faults. */
export function newFaults(): Faults {
  let active: Fault[] = [];
  const waiting = new Set<() => void>();
  const wakeAll = () => {
    for (const wake of waiting) wake();
  };
  return {
    add: (fault) => void active.push(fault),
    shown: () => active,
    take(call) {
      const fault = active.find((one) => strikes(one, call) && hasBegun(one));
      if (fault?.aantal !== undefined) fault.aantal -= 1;
      active = active.filter((one) => one.aantal !== 0);
      return fault;
    },
    wait: (ms, gone) =>
      new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          gone.removeEventListener('abort', wake);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        waiting.add(wake);
        gone.addEventListener('abort', wake);
        if (gone.aborted) wake();
      }),
    wakeAll,
    clear() {
      active = [];
      wakeAll();
    },
  };
}

/** Counts a call that passes, until the one that the fault begins with. */
function hasBegun(fault: Fault): boolean {
  const { vanaf = 1 } = fault;
  fault.vanaf = vanaf > 2 ? vanaf - 1 : undefined;
  return vanaf === 1;
}

function strikes(fault: Fault, call: Call): boolean {
  return call.path.startsWith(fault.pad) && (fault.methode ?? call.method) === call.method;
}
