import type { SendContext } from '../backend/send.ts';
import { Problem } from '../problem.ts';
import type { Autorisaties } from './autorisaties.ts';

/**
 * What the audit trail calls a client: its application in the Autorisaties API (contract section 7.2). The client's own
 * id when that has none, or does not answer just now: the client was let in before.
 */
export function namesOf(autorisaties: Autorisaties) {
  return async (clientId: string, work: SendContext): Promise<{ id: string; weergave: string }> => {
    const [applicatie] = await unlessProblem(autorisaties.of(clientId, work));
    return applicatie ? { id: applicatie.uuid, weergave: applicatie.label } : { id: clientId, weergave: '' };
  };
}

async function unlessProblem<Item>(asked: Promise<readonly Item[]>): Promise<readonly Item[]> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}
