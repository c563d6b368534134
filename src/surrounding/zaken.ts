import type { Send, SendContext } from '../backend/send.ts';
import { listRelations } from './relations.ts';

/** The relations of a zaak that mirror ours. */
export type ZaakRelation = 'zaakcontactmomenten' | 'zaakverzoeken';

/** What a register says of a relation: whether it is there, or with which status (4xx) it refused to say. */
export type RelationFound = { readonly found: boolean } | { readonly refused: number };

/** A register with the Zaken API. */
export interface ZakenRegister {
  readonly name: string;
  readonly root: string;
  /**
   * Whether a zaak has a relation with a record of ours.
   *
   * @param zaak the URL of the zaak, in this register
   * @param others the URLs of the record, one for each of our base URLs; any of them counts
   * @throws BackendProblem 503 or 504 when the register does not answer (ruling R8)
   */
  hasRelation(
    relation: ZaakRelation,
    zaak: string,
    others: readonly string[],
    work: SendContext,
  ): Promise<RelationFound>;
}

/** What the other side of each relation is called. */
const filters = { zaakcontactmomenten: 'contactmoment', zaakverzoeken: 'verzoek' } as const;

/** @param send calls under the root */
export function zakenRegister(name: string, root: string, send: Send): ZakenRegister {
  return {
    name,
    root,
    async hasRelation(relation, zaak, others, work) {
      for (const other of others) {
        const query = [
          ['zaak', zaak],
          [filters[relation], other],
        ] as const;
        const listed = await listRelations(name, send, relation, query, work);
        if ('refused' in listed) return listed;
        if (listed.items.length > 0) return { found: true };
      }
      return { found: false };
    },
  };
}
