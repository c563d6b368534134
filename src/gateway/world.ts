import type { UrlCheck } from '../backend/url-check.ts';
import type { Random } from '../mapping/functions.ts';
import { Problem } from '../problem.ts';
import type { Register } from '../register/index.ts';
import type { Work } from '../register/work.ts';
import type { World } from '../rules/rule.ts';
import type { OwnUrls } from './own-urls.ts';

/** What the world of the rules is made of. */
export interface WorldParts {
  readonly registers: ReadonlyMap<string, Register>;
  readonly ownUrls: OwnUrls;
  readonly urlCheck: UrlCheck;
  readonly random: Random;
}

/**
 * What rules may ask, on behalf of one request. Our own resources are asked inside, without HTTP and without rules,
 * so a rule can never set off another; URLs of others go through the URL check and its list of hosts.
 */
export function worldOf({ registers, ownUrls, urlCheck, random }: WorldParts, work: Work): World {
  return {
    async existence(url) {
      const own = ownUrls.find(url);
      if (own === undefined) return (await urlCheck(url, work)) ? 'exists' : 'absent';
      return (await existsInside(registers.get(own.resource), own.uuid, work)) ? 'exists' : 'absent';
    },

    async find(resource, filters) {
      const register = registers.get(resource);
      if (!register) throw new Problem('NotImplemented');
      const { items } = await register.list({ filters, page: 1 }, work);
      return items.map(({ uuid, representation }) => ({ id: uuid, representation }));
    },

    randomText(length, alphabet) {
      const characters = Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]);
      return characters.join('');
    },
  };
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
