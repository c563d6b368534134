import { compareMoments } from '../contract/moments.ts';
import type { Resource } from '../contract/resource.ts';
import { type Json, scalarText } from '../json.ts';
import { notFound, Problem } from '../problem.ts';
import type { Register } from '../register/index.ts';
import type { Stored } from '../register/record.ts';
import type { Work } from '../register/work.ts';
import type { OwnUrls } from './own-urls.ts';
import type { Tombstones } from './tombstones.ts';

/** The audit trails of main objects, to read (contract section 7.2). */
export interface AuditTrails {
  /**
   * All entries of one main object, oldest first.
   *
   * @param main the resource that it is one of
   * @throws Problem 404 when it is not there or has no entries, 501 when the mapping set keeps none
   */
  list(main: Resource, uuid: string, work: Work): Promise<readonly Stored[]>;
  /**
   * One entry.
   *
   * @param entry the UUID of the entry
   * @throws Problem 404 when it is not there, or not of this main object; 501 when the mapping set keeps none
   */
  read(main: Resource, uuid: string, entry: string, work: Work): Promise<Stored>;
}

/** What the audit trails are read with. */
export interface AuditTrailParts {
  readonly registers: ReadonlyMap<string, Register>;
  readonly ownUrls: OwnUrls;
  readonly tombstones: Tombstones;
}

/** Reads audit trails out of the register that the mapping set keeps them in. */
export function auditTrails({ registers, ownUrls, tombstones }: AuditTrailParts): AuditTrails {
  function trailOf({ audit }: Resource): Register {
    const trail = registers.get(audit?.trail.name ?? '');
    if (!trail) throw new Problem('NotImplemented');
    return trail;
  }

  /** Of a main object that was deleted the store keeps the trail, and nobody is shown it (ruling R16). */
  async function urlOf(main: Resource, uuid: string, work: Work): Promise<string> {
    const register = registers.get(main.name);
    if (!register) throw new Problem('NotImplemented');
    const stored = await register.read(uuid, work);
    if (!stored || tombstones.of(main.name).has(stored.uuid)) throw notFound();
    return ownUrls.canonicalOf(main.name, stored.uuid);
  }

  return {
    async list(main, uuid, work) {
      const trail = trailOf(main);
      const hoofdObject = await urlOf(main, uuid, work);
      const entries = await trail.find({ hoofdObject }, work);
      if (entries.length === 0) throw notFound();
      // Entries of one moment stay as the store has them.
      return entries.toSorted((one, other) => compareMoments(momentOf(one), momentOf(other)));
    },

    async read(main, uuid, entry, work) {
      const trail = trailOf(main);
      const hoofdObject = await urlOf(main, uuid, work);
      const stored = await trail.read(entry, work);
      if (stored?.representation.hoofdObject !== hoofdObject) throw notFound();
      return stored;
    },
  };
}

function momentOf({ representation }: Stored): string {
  const moment: Json | undefined = representation.aanmaakdatum;
  return scalarText(moment) ?? '';
}
