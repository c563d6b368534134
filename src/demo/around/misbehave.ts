import type { ServerResponse } from 'node:http';
import type { Fault } from '../crm/faults.ts';
import { misbehave } from '../crm/misbehave.ts';
import type { Reply } from '../crm/reply.ts';
import type { AroundFaults, OwnFault } from './faults.ts';
import { notFound, problem } from './problems.ts';
import { sendReply } from './reply.ts';

/**
 * Answers a call in the way of a fault: as the CRM does, but for our own kinds, and but for slow answers, because
 * ours are not all of the CRM's type of content.
 *
 * @param carryOut does what the call asks and gives the ordinary answer
 */
export async function misbehaveAround(
  fault: Fault,
  faults: AroundFaults,
  response: ServerResponse,
  carryOut: () => Promise<Reply>,
): Promise<void> {
  const own = faults.ownKind(fault);
  if (own === undefined && fault.soort !== 'traag') {
    await misbehave(fault, faults.shared, response, carryOut);
    return;
  }
  const ordinary = fault.moment === 'na' ? await carryOut() : undefined;
  if (own !== undefined) {
    sendReply(response, replyOf(own));
    return;
  }
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  await faults.shared.wait(fault.ms, gone.signal);
  // A caller that has left before the call was carried out gets nothing done.
  if (response.socket?.destroyed === false) sendReply(response, ordinary ?? (await carryOut()));
}

function replyOf({ soort, naar = '' }: OwnFault): Reply {
  if (soort === 'verboden') return problem(403, 'permission_denied');
  if (soort === 'weg') return notFound();
  // The one status that lets a careless caller send the same body and token to the other place.
  return { status: 307, headers: { Location: naar } };
}
