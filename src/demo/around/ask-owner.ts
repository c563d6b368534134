import { isObject } from '../crm/call.ts';
import type { Reply } from '../crm/reply.ts';
import type { Row } from './collection.ts';
import { invalidWhole } from './problems.ts';
import type { Settings } from './settings.ts';
import { signedToken } from './token.ts';
import type { Client } from './token.ts';

/**
 * Asks the register that a verzoek is in what it knows of the tie with a document.
 *
 * @returns why the tie cannot be written down or removed, or undefined when it can
 */
export type AskOwner = (
  relation: Row,
  owner: 'should know it' | 'should have forgotten it',
) => Promise<Reply | undefined>;

const longestWait = 5000;

/**
 * Asks with a token of our own, as far as `terugbellen` is switched on.
 *
 * @param self who we are at the other register; undefined: nobody, and it is asked without a token
 * @param closing is aborted when the systems are ended
 */
export function ownerAsker(settings: Settings, self: Client | undefined, closing: AbortSignal): AskOwner {
  return async (relation, owner) => {
    if (!settings.terugbellen || relation.objectType !== 'verzoek') return undefined;
    const known = await countAtOwner(relation, self, closing);
    if (known === undefined) {
      return invalidWhole('relation-validation-error', 'Het andere register gaf geen bruikbaar antwoord.');
    }
    if (known > 0 === (owner === 'should know it')) return undefined;
    return invalidWhole(
      'inconsistent-relation',
      known > 0
        ? 'Het andere register kent deze relatie nog.'
        : 'Het andere register kent deze relatie niet.',
    );
  };
}

/** How many ties the other register has; undefined when it cannot be asked. */
async function countAtOwner(
  { object, informatieobject }: Row,
  self: Client | undefined,
  closing: AbortSignal,
): Promise<number | undefined> {
  const list = new URL('../verzoekinformatieobjecten', String(object));
  list.search = new URLSearchParams({
    verzoek: String(object),
    informatieobject: String(informatieobject),
  }).toString();
  try {
    const response = await fetch(list, {
      headers: {
        Accept: 'application/json',
        ...(self && { Authorization: `Bearer ${await signedToken(self)}` }),
      },
      redirect: 'error',
      signal: AbortSignal.any([closing, AbortSignal.timeout(longestWait)]),
    });
    const body: unknown = await response.json();
    const items = isObject(body) ? body.results : body;
    return response.status === 200 && Array.isArray(items) ? items.length : undefined;
  } catch {
    // Whatever it was, we do not know.
    return undefined;
  }
}
