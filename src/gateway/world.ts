import type { FetchUrl } from '../backend/fetch-url.ts';
import type { Random } from '../mapping/functions.ts';
import { Problem } from '../problem.ts';
import type { Register } from '../register/index.ts';
import type { Stored } from '../register/record.ts';
import type { Work } from '../register/work.ts';
import type { Found, World } from '../rules/rule.ts';
import type { Surrounding } from '../surrounding/index.ts';
import type { OwnUrls } from './own-urls.ts';

/** What the world of the rules is made of. */
export interface WorldParts {
  readonly registers: ReadonlyMap<string, Register>;
  readonly ownUrls: OwnUrls;
  readonly fetchUrl: FetchUrl;
  readonly surrounding: Pick<Surrounding, 'zakenAt' | 'documentenAt' | 'documenten'>;
  readonly random: Random;
}

/** The records of ours that one write looks at: each is asked of the CRM once. */
export type ReadRecord = (resource: string, url: string) => Promise<Stored | undefined>;

/** Reads records of ours by their canonical URL, for one request: what was read once is not asked again. */
export function recordsFor({ registers, ownUrls }: WorldParts, work: Work): ReadRecord {
  const asked = new Map<string, Promise<Stored | undefined>>();
  return (resource, url) => {
    const place = ownUrls.find(url);
    if (place?.resource !== resource) return Promise.resolve(undefined);
    const earlier = asked.get(url);
    if (earlier) return earlier;
    const register = registers.get(resource);
    if (!register) throw new Problem('NotImplemented');
    const reading = register.readFresh(place.uuid, work);
    asked.set(url, reading);
    return reading;
  };
}

/**
 * What rules may ask, on behalf of one request. Our own resources are asked inside, without HTTP and without rules,
 * so a rule can never set off another; URLs of others are fetched, and only from configured hosts.
 *
 * @param api the API that was called, when it is not the resource's own: a mirror gets the URL of that one
 */
export function worldOf(parts: WorldParts, readRecord: ReadRecord, work: Work, api?: string): World {
  const { registers, ownUrls, fetchUrl, surrounding, random } = parts;

  const registerOf = (resource: string): Register => {
    const register = registers.get(resource);
    if (!register) throw new Problem('NotImplemented');
    return register;
  };

  return {
    async existence(url) {
      const own = ownUrls.find(url);
      if (own) return (await existsInside(registers.get(own.resource), own.uuid, work)) ? 'exists' : 'absent';
      return (await fetchUrl(url, work))?.status === 200 ? 'exists' : 'absent';
    },

    async fetch(url, headers = {}) {
      // None of our own resources is kept in another register, so none is what such a URL should lead to.
      const own = ownUrls.find(url);
      if (own)
        return (await existsInside(registers.get(own.resource), own.uuid, work))
          ? { body: undefined }
          : undefined;
      const fetched = await fetchUrl(url, work, { headers, readBody: true });
      return fetched?.status === 200 ? { body: fetched.body } : undefined;
    },

    async record(resource, url) {
      const stored = await readRecord(resource, url);
      return stored && foundOf(stored);
    },

    find: async (resource, filters) => (await registerOf(resource).find(filters, work)).map(foundOf),

    numbers: (resource, field, prefix, fits) => registerOf(resource).numbers(field, prefix, fits, work),

    randomText(length, alphabet) {
      const characters = Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]);
      return characters.join('');
    },

    async zaakRelation(relation, zaak, record) {
      const register = surrounding.zakenAt(zaak);
      if (!register) return 'refused';
      const answer = await register.hasRelation(relation, zaak, ownUrls.allOf(record), work);
      if ('refused' in answer) return 'refused';
      return answer.found ? 'present' : 'absent';
    },

    async mirror(action, verzoek, informatieobject) {
      const register = surrounding.documentenAt(informatieobject);
      if (!register) return false;
      return action === 'create'
        ? register.createRelation(ownUrls.rebase(verzoek, ownUrls.canonical, api), informatieobject, work)
        : register.removeRelation(ownUrls.allOf(verzoek), informatieobject, work);
    },

    async mirrored(verzoek) {
      const found: string[] = [];
      const silent: string[] = [];
      for (const register of surrounding.documenten) {
        const related = await register.relatedTo(ownUrls.allOf(verzoek), work);
        if (related) found.push(...related);
        else silent.push(register.root);
      }
      return { found, silent };
    },
  };
}

function foundOf({ uuid, representation }: Stored): Found {
  return { id: uuid, representation };
}

/** A register that does not answer is not "finally 200" either (ruling R7); its own event tells the operator. */
async function existsInside(register: Register | undefined, uuid: string, work: Work): Promise<boolean> {
  try {
    return (await register?.read(uuid, work)) !== undefined;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
