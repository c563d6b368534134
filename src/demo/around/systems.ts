import type { IncomingMessage, ServerResponse } from 'node:http';
import { readCall } from '../crm/call.ts';
import type { Call } from '../crm/call.ts';
import type { Reply } from '../crm/reply.ts';
import { clearArrivals, newArrivals, shownArrivals } from './arrivals.ts';
import { ownerAsker } from './ask-owner.ts';
import { autorisatiesRegister } from './autorisaties.ts';
import { bijregisterCalls, bijregisterPath } from './bijregister.ts';
import { controlCalls } from './control.ts';
import { newAroundCounters } from './counters.ts';
import { documentenRegister } from './documenten.ts';
import type { AroundFaults } from './faults.ts';
import { misbehaveAround } from './misbehave.ts';
import { notificatiesRegister, seedKanalen } from './notificaties.ts';
import { arrivalsPage } from './page.ts';
import { notFound, problem } from './problems.ts';
import { registerCalls } from './register.ts';
import { sendReply } from './reply.ts';
import { usualSettings } from './settings.ts';
import { tokenChecker } from './token.ts';
import type { Client } from './token.ts';
import { zakenRegister } from './zaken.ts';

/** Whom the systems know, and what they start with. */
export interface SystemsOptions {
  /** Whose ZGW tokens the four registers accept. */
  readonly clients: readonly Client[];
  /** What the bijregister wants in X-Api-Key. */
  readonly apiKey?: string;
  /** Who Documenten is when it calls back; the first of `clients` when it is left out. */
  readonly self?: Client;
  /** Channels that Notificaties has besides those of the other registers. */
  readonly kanalen?: readonly string[];
}

/** What the bijregister wants in X-Api-Key unless something else is asked for. */
export const usualApiKey = 'demo-bijregister-key';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Makes the systems, with everything in memory, and answers for all of them.
 *
 * @param url where they are found, without a slash at the end: their records have it in them
 * @param closing is aborted when nobody waits for an answer any more
 */
export function answerer(
  url: string,
  options: SystemsOptions,
  faults: AroundFaults,
  closing: AbortSignal,
): Answer {
  const { clients, apiKey = usualApiKey, self = clients[0], kanalen = [] } = options;
  const settings = usualSettings();
  const counters = newAroundCounters();
  const arrivals = newArrivals();
  const notificaties = `${url}/notificaties/api/v1`;
  const startAnew = () => {
    clearArrivals(arrivals);
    seedKanalen(notificaties, arrivals.kanalen, kanalen);
  };
  startAnew();
  const arrived = () => shownArrivals(arrivals);
  const control = controlCalls({ faults, counters, settings, arrived, startAnew });
  const checkToken = tokenChecker(clients);
  const registers = [
    zakenRegister(`${url}/zaken/api/v1`, arrivals),
    documentenRegister(`${url}/documenten/api/v1`, arrivals, ownerAsker(settings, self, closing)),
    notificatiesRegister(notificaties, arrivals),
    autorisatiesRegister(`${url}/autorisaties/api/v1`, settings),
  ].map((register) => registerCalls(register, checkToken, settings));
  const bijregister = bijregisterCalls(arrivals, apiKey);

  const carryOut = async (call: Call): Promise<Reply> => {
    const register = registers.find(({ owns }) => owns(call.path));
    if (register !== undefined) return register.answer(call);
    return call.path.startsWith(`${bijregisterPath}/`) ? bijregister(call) : notFound();
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await readCall(request);
    const controlled = isForPage(call) ? arrivalsPage(arrivals) : control(call);
    if (controlled !== undefined) {
      sendReply(response, controlled);
      return;
    }
    counters.count(call);
    const fault = faults.shared.take(call);
    if (fault === undefined) sendReply(response, await carryOut(call));
    else await misbehaveAround(fault, faults, response, () => carryOut(call));
  };

  return (request, response) => {
    answer(request, response).catch(() => {
      giveUp(response);
    });
  };
}

function isForPage({ method, path }: Call): boolean {
  return path === '/' && (method === 'GET' || method === 'HEAD');
}

/** Whatever went wrong in here: a caller that is still there hears of it. */
function giveUp(response: ServerResponse): void {
  if (response.headersSent || response.destroyed) response.destroy();
  else sendReply(response, problem(500, 'error'));
}
