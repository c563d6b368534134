import type { JsonObject } from '../json.ts';
import type { Deadline } from '../deadline.ts';

/**
 * Records that are being deleted, and are not to be seen any more while another register is told (contract section
 * 8.1). A port: in this process here, in a shared engine when several instances must agree.
 */
export interface Tombstones {
  /** Hides a record until `reveal` is called or the deadline passes, whichever comes first. */
  hide(resource: string, uuid: string, representation: JsonObject, deadline: Deadline): { reveal(): void };
  /** The hidden records of a resource, by UUID. */
  of(resource: string): ReadonlyMap<string, JsonObject>;
}

const none: ReadonlyMap<string, JsonObject> = new Map();

/** Tombstones that hold within this process. */
export function localTombstones(): Tombstones {
  const hidden = new Map<string, Map<string, JsonObject>>();
  return {
    hide(resource, uuid, representation, deadline) {
      const ofResource = hidden.get(resource) ?? new Map<string, JsonObject>();
      hidden.set(resource, ofResource.set(uuid, representation));
      const reveal = (): void => {
        if (ofResource.get(uuid) === representation) ofResource.delete(uuid);
      };
      deadline.signal.addEventListener('abort', reveal, { once: true });
      return { reveal };
    },
    of: (resource) => hidden.get(resource) ?? none,
  };
}
