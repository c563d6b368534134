import { type Fault, newFaults } from '../../../src/demo/crm/faults.ts';
import { misbehave } from '../../../src/demo/crm/misbehave.ts';
import { sendReply } from '../../../src/demo/around/reply.ts';
import type { Call } from '../../../src/demo/crm/call.ts';
import type { Reply } from '../../../src/demo/crm/reply.ts';
import type { ServerResponse } from 'node:http';

/** What a stand-in can do wrong besides an answer of its own, and what the demonstration's CRM calls it. */
const kinds = { 'hang-up': 'verbreek', html: 'html', 'cut-short': 'afgekapt' } as const;

/** Something that goes wrong on command. */
export interface StandInFault {
  /** An answer instead of the ordinary one, or a way to fail. */
  readonly does: Reply | keyof typeof kinds;
  /** Only requests with this method. */
  readonly method?: string;
  /** Only requests whose path, under the base, starts with this. */
  readonly path?: string;
  /** How many requests it strikes; once when absent. */
  readonly times?: number;
  /** Which of them is the first that it strikes; the next one when absent. */
  readonly from?: number;
  /** `after`: the request is carried out first; `before`, which is usual, not at all. */
  readonly moment?: 'before' | 'after';
}

/** The faults that are waiting for a request. */
export interface StandInFaults {
  add(fault: StandInFault): void;
  clear(): void;
  /** Answers a request in the way of a fault, and says whether there was one for it. */
  strike(call: Call, response: ServerResponse, carryOut: () => Promise<Reply>): Promise<boolean>;
}

/** "Come back later", as systems say it that are asked too often. */
export function tooBusy(seconds: number, body?: unknown): Reply {
  return { status: 429, headers: { 'Retry-After': String(seconds) }, body };
}

/** Starts with no faults. The demonstration's machinery counts and matches them. */
export function newStandInFaults(): StandInFaults {
  const shared = newFaults();
  const replies = new WeakMap<Fault, Reply>();
  return {
    add({ does, method, path = '/', times = 1, from, moment = 'before' }) {
      const fault: Fault = {
        soort: typeof does === 'string' ? kinds[does] : 'fout',
        ms: 0,
        bytes: 0,
        aantal: times,
        vanaf: from,
        methode: method,
        pad: path,
        moment: moment === 'after' ? 'na' : 'voor',
      };
      if (typeof does !== 'string') replies.set(fault, does);
      shared.add(fault);
    },
    clear: () => {
      shared.clear();
    },
    async strike(call, response, carryOut) {
      const fault = shared.take(call);
      if (fault === undefined) return false;
      const reply = replies.get(fault);
      if (reply !== undefined && fault.moment === 'na') await carryOut();
      if (reply === undefined) await misbehave(fault, shared, response, carryOut);
      else sendReply(response, reply);
      return true;
    },
  };
}
