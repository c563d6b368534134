import type { Call, Dialect, Perform } from '../gateway/perform.ts';
import { UnsettledWrite } from '../gateway/settle.ts';
import { type Step, takeBack, type Undoable } from '../gateway/undo.ts';
import { recordLock } from '../gateway/writing.ts';
import type { JsonObject } from '../json.ts';
import { BackendProblem, Problem } from '../problem.ts';
import type { Register } from '../register/index.ts';
import type { Stored } from '../register/record.ts';
import type { Work } from '../register/work.ts';
import { klantIn, type KlantLink } from './klant-link.ts';

/** What another klant comes to: relations that are made, and relations that go. */
export interface KlantChange {
  readonly made: readonly JsonObject[];
  readonly gone: readonly Stored[];
}

/**
 * What it takes to make a klant the one of a record. Every relation of the klant that was there gets a new one of the
 * same rol: a wrong person must not stay attached under another one.
 *
 * @param wanted a canonical URL, or null for no klant
 * @param links the relations that there are
 * @param rol of a klant where there was none
 * @throws Problem 409 when it cannot be said which klant would be replaced, or a mandate would go to somebody else
 */
export function klantChange(wanted: string | null, links: readonly Stored[], rol: string): KlantChange {
  if (links.length === 0) return { made: wanted === null ? [] : [{ klant: wanted, rol }], gone: [] };
  const isOne = new Set(links.map(klantIn)).size === 1;
  const isMandated = links.some(({ representation }) => (representation.indicatieMachtiging ?? '') !== '');
  if (!isOne || isMandated) {
    throw new Problem('Conflict', {
      detail: 'Er zijn meer klanten of machtigingen: wijzig de relaties zelf, met een nieuwere API.',
    });
  }
  const made = links.map(({ representation }) => ({ klant: wanted, rol: representation.rol ?? '' }));
  return { made: wanted === null ? [] : made, gone: links };
}

/** What changing relations takes. */
export interface KlantChangeParts {
  /** The write that it is a part of. */
  readonly call: Call;
  readonly perform: Perform;
  readonly registers: ReadonlyMap<string, Register>;
  readonly dialect: Dialect;
  /** The lock on the record, when the write that this is a part of holds it: nobody else writes its relations then. */
  readonly held: readonly string[];
  /** Told of what goes on after the answer. */
  readonly background: (task: Promise<unknown>) => void;
}

/**
 * Makes the new relations of a record, and then removes the old ones; undone with the write that it is a part of.
 *
 * @throws Problem when one of them cannot be written
 */
export async function changeKlant(
  link: KlantLink,
  main: { readonly uuid: string; readonly url: string },
  change: KlantChange,
  parts: KlantChangeParts,
  work: Work,
  undoable: Undoable,
): Promise<void> {
  const { relation } = link;
  const create = (body: JsonObject, on: Work, held = parts.held) =>
    parts.perform({
      ...callOf(link, parts, on),
      operation: 'create',
      held,
      body: { ...body, [link.main]: main.url },
    });
  const remove = async ({ uuid }: Stored, on: Work, held = parts.held): Promise<void> => {
    // Whoever writes a relation holds the lock on its record: when that is us, its own lock is nobody's.
    const all = held.length === 0 ? held : [...held, recordLock(relation.name, uuid)];
    await parts.perform({ ...callOf(link, parts, on), operation: 'delete', uuid, held: all });
  };
  const step = (operation: string, id: string): Step => ({ resource: relation.name, id, operation });

  for (const body of change.made) {
    const made = await repairing(
      parts,
      work,
      () => create(body, work),
      step('create', main.uuid),
      async (late, on) => {
        if (late) await remove(late, on, []);
      },
    );
    if (made.kind !== 'created') continue;
    undoable.did(step('create', made.stored.uuid), (undoWork) => remove(made.stored, undoWork));
  }
  for (const old of change.gone) {
    const again = async (on: Work, held = parts.held): Promise<void> => {
      const { klant = '', rol = '' } = old.representation;
      await create({ klant, rol }, on, held);
    };
    const removal = step('delete', old.uuid);
    await repairing(
      parts,
      work,
      () => remove(old, work),
      removal,
      async (_late, on) => {
        const isThere = await parts.registers.get(relation.name)?.readFresh(old.uuid, on);
        if (!isThere) await again(on, []);
      },
    );
    undoable.did(removal, (undoWork) => again(undoWork));
  }
}

/**
 * Does one of several writes. When its outcome is open the others are undone, and so is this one once its outcome is
 * known: the write that it is a part of is over by then, and holds no locks.
 *
 * @throws BackendProblem instead of an UnsettledWrite: what will be settled is a relation, and not the record
 */
async function repairing<T>(
  { background }: KlantChangeParts,
  work: Work,
  write: () => Promise<T>,
  what: Step,
  undo: (late: Stored | undefined, on: Work) => Promise<void>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof UnsettledWrite)) throw error;
    background(error.settled.then((late) => takeBack(what, (on) => undo(late, on), work)));
    throw new BackendProblem(error, error.outcome);
  }
}

function callOf(
  { relation }: KlantLink,
  { call, dialect }: KlantChangeParts,
  work: Work,
): Omit<Call, 'operation'> {
  return { ...call, resource: relation, uuid: '', body: {}, idempotencyKey: undefined, dialect, work };
}
