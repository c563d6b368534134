import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../listen.ts';
import { readCall } from './call.ts';
import type { Call } from './call.ts';
import { controlCalls } from './control.ts';
import { newCounters } from './counters.ts';
import { newFaults } from './faults.ts';
import { misbehave } from './misbehave.ts';
import { peopleCall } from './people.ts';
import { relations } from './relations.ts';
import { relbeheerCalls } from './relbeheer.ts';
import { failure, send } from './reply.ts';
import type { Reply } from './reply.ts';
import { seedRelations } from './seed.ts';
import { usualSettings } from './settings.ts';
import { openStore } from './store.ts';
import type { Store } from './store.ts';
import { endpoints } from './tables/table.ts';

/** Where the demo CRM listens, where it keeps its data, and the key that callers must send. */
export interface DemoCrmOptions {
  readonly host: string;
  /** 0 is any port that is free. */
  readonly port: number;
  /** Made and filled when it does not exist. */
  readonly folder: string;
  readonly apiKey: string;
}

/** A demo CRM that runs. */
export interface DemoCrm {
  /** Such as http://127.0.0.1:8081, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Ends all connections, also those that wait for an answer, finishes the writes under way and stops. */
  close(): Promise<void>;
}

// Longer than callers keep a connection, so that none of them writes to one that is just being closed.
const keepAliveMs = 120_000;

/**
 * Starts a demo CRM, with 1,000 relations and what belongs to them when the folder is new.
 *
 * @throws Error with a sentence for the user when the port or the folder is in use
 */
export async function startDemoCrm(options: DemoCrmOptions): Promise<DemoCrm> {
  const store = await openStore(options.folder, seedRelations);
  const faults = newFaults();
  const server = createServer(answerer(store, options.apiKey, faults));
  server.keepAliveTimeout = keepAliveMs;
  const port = await listen(server, options).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      faults.wakeAll();
      await closed;
      await store.close();
    },
  };
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

function answerer(store: Store, apiKey: string, faults: ReturnType<typeof newFaults>): Answer {
  const settings = usualSettings();
  const counters = newCounters();
  const control = controlCalls(faults, counters, settings);
  const tables = [relations(store), ...endpoints(store.tables)];
  const relbeheer = relbeheerCalls(tables, apiKey, settings);

  const carryOut = async (call: Call): Promise<Reply> => {
    if (call.path.startsWith('/relbeheer')) return relbeheer(call);
    if (call.path.startsWith('/gba/')) return peopleCall(call);
    return failure(404, 'SYS404', `Onbekende functie ${call.path}`);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await readCall(request);
    const controlled = control(call);
    if (controlled !== undefined) {
      send(response, controlled);
      return;
    }
    counters.count(call);
    const fault = faults.take(call);
    if (fault === undefined) send(response, await carryOut(call));
    else await misbehave(fault, faults, response, () => carryOut(call));
  };

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      giveUp(response, error);
    });
  };
}

/** Whatever went wrong in here: a caller that is still there hears of it. */
function giveUp(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) response.destroy();
  else send(response, failure(500, 'SYS001', error instanceof Error ? error.message : String(error)));
}
