import { mainOf, type Resource } from '../contract/resource.ts';
import type { JsonObject } from '../json.ts';
import { Problem } from '../problem.ts';
import type { Work } from '../register/work.ts';
import type { Mirror } from '../rules/rule.ts';
import { mirrorsOf } from './follow.ts';
import type { RuleSwitches } from './judge.ts';
import { recordsFor, type WorldParts, worldOf } from './world.ts';

/** A relation that is on one side only: in the CRM, or in the register that is to mirror it. */
export interface Difference {
  /** The canonical URL of the record that the relation is a part of. */
  readonly main: string;
  readonly relation: JsonObject;
  readonly side: 'ours' | 'theirs';
  /** Undefined when it is just told of. */
  readonly mended: boolean | undefined;
}

/** What came of comparing everything. */
export interface Reconciled {
  /** Records whose relations were compared. */
  readonly compared: number;
  readonly differences: readonly Difference[];
  /** The records whose relations the CRM did not tell: nothing was done there. */
  readonly unknown: readonly string[];
  /** The registers that did not tell what they mirror: nothing was done there. */
  readonly silent: ReadonlySet<string>;
}

/** How a comparison is done. */
export interface ReconcileOptions {
  /** Whether differences are mended, or just told of. */
  readonly apply: boolean;
  /** Waits for as long as a write that is under way may take: a difference that is still there then is none of those. */
  readonly settled: () => Promise<unknown>;
  /** A new one for each record. */
  readonly workOf: () => Work;
  readonly progress: (compared: number, total: number) => void;
}

/** Compares, and perhaps mends, every mirror of this deployment. Throws a Problem when the CRM does not list its records. */
export type Reconcile = (options: ReconcileOptions) => Promise<Reconciled>;

/** What it is made of. */
interface ReconcileParts extends WorldParts {
  readonly switches: RuleSwitches;
}

type OneSided = Pick<Difference, 'relation' | 'side'>;

/** The relations of one main record that are on one side only, by their keys. */
type Sides = ReadonlyMap<string, OneSided>;

/**
 * The update half of kic-001. Over HTTP no relation changes, but inside the CRM somebody may change, add or remove one.
 * What the CRM says is right: a mirror that is missing is made, and one of a relation that is not there is removed.
 */
export function reconciler(parts: ReconcileParts, resources: readonly Resource[]): Reconcile {
  return async (options) => {
    const all: Reconciled[] = [];
    for (const resource of resources.filter(({ name }) => parts.registers.has(name))) {
      for (const mirror of mirrorsOf(resource, parts.switches)) {
        all.push(await reconcile(parts, resource, mirror, options));
      }
    }
    return {
      compared: all.reduce((sum, { compared }) => sum + compared, 0),
      differences: all.flatMap(({ differences }) => differences),
      unknown: all.flatMap(({ unknown }) => unknown),
      silent: new Set(all.flatMap(({ silent }) => [...silent])),
    };
  };
}

async function reconcile(
  parts: ReconcileParts,
  resource: Resource,
  mirror: Mirror,
  { apply, settled, workOf, progress }: ReconcileOptions,
): Promise<Reconciled> {
  const suspects = new Map<string, Sides>();
  const unknown: string[] = [];
  const silent = new Set<string>();
  let compared = 0;
  for await (const { main, total } of mainRecords(parts, resource, workOf)) {
    const looked = await lookAt(parts, resource, mirror, main, workOf());
    if (!looked) unknown.push(main);
    else if (looked.sides.size > 0) suspects.set(main, looked.sides);
    for (const root of looked?.silent ?? []) silent.add(root);
    compared += 1;
    progress(compared, total);
  }
  if (suspects.size > 0) await settled();
  const differences: Difference[] = [];
  for (const [main, before] of suspects) {
    const work = workOf();
    const looked = await lookAt(parts, resource, mirror, main, work);
    if (!looked) unknown.push(main);
    for (const root of looked?.silent ?? []) silent.add(root);
    for (const [key, found] of looked?.sides ?? []) {
      if (before.get(key)?.side !== found.side) continue;
      const mended = apply ? await mend(parts, mirror, found, work) : undefined;
      differences.push({ main, ...found, mended });
    }
  }
  return { compared, differences, unknown, silent };
}

/** The canonical URLs of all records that relations of a resource are parts of. */
async function* mainRecords(
  { registers, ownUrls }: ReconcileParts,
  resource: Resource,
  workOf: () => Work,
): AsyncGenerator<{ readonly main: string; readonly total: number }> {
  const name = mainOf(resource) ?? '';
  const register = registers.get(name);
  if (!register) return;
  let seen = 0;
  for (let page = 1; ; page++) {
    const { items, count } = await register.list({ filters: {}, ordering: [], page }, workOf());
    for (const { uuid } of items) yield { main: ownUrls.canonicalOf(name, uuid), total: count };
    seen += items.length;
    if (seen >= count || items.length === 0) return;
  }
}

/**
 * Compares both sides of one record. Theirs is read first: ours is written before theirs is made, and removed after it,
 * so what is seen there and is not here afterwards was left over.
 */
async function lookAt(
  parts: ReconcileParts,
  resource: Resource,
  mirror: Mirror,
  main: string,
  work: Work,
): Promise<{ readonly sides: Sides; readonly silent: readonly string[] } | undefined> {
  try {
    const found = await mirror.found(main, worldFor(parts, work));
    const stored = await parts.registers.get(resource.name)?.find({ [resource.partOf ?? '']: main }, work);
    if (!stored) return undefined;
    const known = stored.map(({ representation }) => representation).filter(found.tells);
    const byKey = (records: readonly JsonObject[]) =>
      new Map(records.map((record) => [mirror.keyOf(record), record]));
    const [ours, theirs] = [byKey(known), byKey(found.records)];
    const sides = new Map([...only('ours', ours, theirs), ...only('theirs', theirs, ours)]);
    return { sides, silent: found.silent };
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

function only(
  side: Difference['side'],
  ones: ReadonlyMap<string, JsonObject>,
  others: ReadonlyMap<string, JsonObject>,
): (readonly [string, OneSided])[] {
  return [...ones].flatMap(([key, relation]) =>
    others.has(key) ? [] : [[key, { relation, side }] as const],
  );
}

async function mend(
  parts: ReconcileParts,
  mirror: Mirror,
  { relation, side }: OneSided,
  work: Work,
): Promise<boolean> {
  const world = worldFor(parts, work);
  const left = side === 'ours' ? await mirror.made(relation, world) : await mirror.removed(relation, world);
  return left.length === 0;
}

function worldFor(parts: ReconcileParts, work: Work) {
  return worldOf(parts, recordsFor(parts, work), work);
}
