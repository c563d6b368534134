import { newFaults, readFault } from '../crm/faults.ts';
import type { Fault, Faults } from '../crm/faults.ts';
import { parseUrl } from '../../url.ts';

const ownKinds = ['verboden', 'weg', 'omleiding'] as const;

/** What these systems can do wrong and the CRM cannot: 403, 404, and a redirect. */
export interface OwnFault {
  readonly soort: (typeof ownKinds)[number];
  /** Where a redirect leads to. */
  readonly naar?: string;
}

/** The CRM's faults with kinds of our own among them. */
export interface AroundFaults {
  readonly shared: Faults;
  /**
   * Adds the fault in the body of POST /storing; one without `pad` strikes all systems.
   *
   * @returns false when it makes no sense
   */
  add(body: Readonly<Record<string, unknown>>): boolean;
  shown(): readonly unknown[];
  /** What is special about a fault; undefined when it is one of the CRM's kinds. */
  ownKind(fault: Fault): OwnFault | undefined;
}

const elsewhere = 'https://elders.example/';

/** Starts with no faults. */
export function newAroundFaults(): AroundFaults {
  const shared = newFaults();
  const own = new WeakMap<Fault, OwnFault>();
  return {
    shared,
    add(body) {
      const special = readOwn(body);
      // To the CRM's machinery ours are errors, so that it counts and matches them in one list with its own.
      const fault = readFault({ pad: '/', ...body, ...(special && { soort: 'fout' }) });
      if (fault === undefined || special === null) return false;
      if (special !== undefined) own.set(fault, special);
      shared.add(fault);
      return true;
    },
    shown: () => shared.shown().map((fault) => ({ ...fault, ...own.get(fault) })),
    ownKind: (fault) => own.get(fault),
  };
}

/** @returns undefined when it is no kind of ours, null when it is one that makes no sense */
function readOwn(body: Readonly<Record<string, unknown>>): OwnFault | undefined | null {
  const soort = ownKinds.find((kind) => kind === body.soort);
  if (soort !== 'omleiding') return soort && { soort };
  const { naar = elsewhere } = body;
  return typeof naar === 'string' && parseUrl(naar) !== undefined ? { soort, naar } : null;
}
