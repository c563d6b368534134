import type { Resource } from '../../contract/resource.ts';
import { scalarText } from '../../json.ts';
import { type Exchange, exchange, objectIn } from './client.ts';
import type { Identities } from './identities.ts';
import { inTurns } from './in-turns.ts';
import type { Api } from './run.ts';

/** The records that a run made and did not remove yet. */
export interface Made {
  add(api: Api, resource: Resource, answer: Exchange): void;
  forget(uuid: string): void;
  /** Whether the run made it, and did not remove it yet. */
  has(uuid: string): boolean;
  /**
   * Removes everything, the newest first. Never throws.
   *
   * @returns what could not be removed, as URLs
   */
  removeAll(): Promise<string[]>;
}

/** How many removals are under way together. */
const atOnce = 4;

/** @param timeoutMs for each removal */
export function madeRecords(identities: Identities, timeoutMs: number): Made {
  const urls = new Map<string, string>();

  async function isGone(url: string): Promise<boolean> {
    const Authorization = (await identities.authorization('client')) ?? '';
    try {
      const { status } = await exchange({ method: 'DELETE', url, headers: { Authorization } }, timeoutMs);
      return status === 204 || status === 404;
    } catch {
      return false;
    }
  }

  return {
    add({ base }, { plural }, answer) {
      const uuid = uuidIn(answer);
      if (uuid !== '') urls.set(uuid, `${base}/${plural}/${uuid}`);
    },
    forget: (uuid) => urls.delete(uuid),
    has: (uuid) => urls.has(uuid),
    async removeAll() {
      const left: string[] = [];
      const newest = [...urls].reverse();
      await inTurns(newest, atOnce, async ([uuid, url]) => {
        if (await isGone(url)) urls.delete(uuid);
        else left.push(url);
      });
      return left;
    },
  };
}

/** The uuid of the record in an answer; blank when it has none. */
export function uuidIn(answer: Exchange): string {
  return uuidOf(scalarText(objectIn(answer).url) ?? answer.headers.get('Location') ?? '');
}

/** The uuid that a URL of a record ends with; blank for what is no such URL. */
export function uuidOf(url: string): string {
  return /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.exec(url)?.[0] ?? '';
}
