import type { Send, SendContext } from '../backend/send.ts';
import { isObject, type Json } from '../json.ts';
import { BackendProblem, unavailable } from '../problem.ts';

/** What a list of relations holds, or the status (4xx) with which the register refused to say. */
export type Listed = { readonly items: readonly Json[] } | { readonly refused: number };

/** Seconds after which a client may try again, when a register failed without saying so itself. */
const retryAfterSeconds = 5;

/**
 * Asks a register for its relations that pass all filters.
 *
 * @param name the register's, for events
 * @param path the name of the list, under the register's root
 * @throws BackendProblem 503 or 504 when there is no usable answer (ruling R8)
 */
export async function listRelations(
  name: string,
  send: Send,
  path: string,
  filters: readonly (readonly [string, string])[],
  work: SendContext,
): Promise<Listed> {
  try {
    const answer = await send({ method: 'GET', path: [path], query: filters, headers: {} }, work);
    const { meaning, status } = answer;
    const items = meaning === 'ok' ? itemsIn(answer.body) : undefined;
    if (items) return { items };
    work.observe({ event: 'backend-failed', backend: name, reason: 'unexpected-answer', status });
    if (meaning === 'not-found') return { refused: status };
    throw new BackendProblem(unavailable(retryAfterSeconds), 'declined', status);
  } catch (error) {
    if (!(error instanceof BackendProblem) || error.class !== 'BadGateway') throw error;
    const { backendStatus: status, outcome } = error;
    if (outcome === 'declined' && status !== undefined && status >= 400) return { refused: status };
    throw new BackendProblem(unavailable(retryAfterSeconds, error), outcome, status);
  }
}

/** The standard has a bare list here; some registers put every list into an envelope. */
function itemsIn(body: Json | undefined): readonly Json[] | undefined {
  const items = isObject(body) ? body.results : body;
  return Array.isArray(items) ? items : undefined;
}
