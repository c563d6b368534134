import type { Call } from '../../../src/demo/crm/call.ts';
import { jsonOf } from '../../../src/demo/crm/call.ts';
import type { Reply } from '../../../src/demo/crm/reply.ts';
import { isObject, type JsonObject } from '../../../src/json.ts';

/** A request as a stand-in gets it: read to its end, its path under the stand-in's own base. */
export interface StandInCall extends Call {
  /** What stood in the places of the route's path: `{ uuid: '…' }` of `/objects/:uuid`. */
  readonly params: Readonly<Record<string, string>>;
}

/** What a stand-in, or a piece of one, does with a request. It may throw a `Refused`. */
export type Handler = (call: StandInCall) => Reply | Promise<Reply>;

/** An answer in the format that a system has for what goes wrong. */
export type Failing = (status: number, detail: string) => Reply;

/** Ends the work on a request from anywhere inside it, with an answer. */
export class Refused extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`Refused with ${reply.status}.`);
    this.reply = reply;
  }
}

/** The JSON object in a body; undefined when it is something else. */
export function jsonBody(call: Call): JsonObject | undefined {
  const body = jsonOf(call);
  return isObject(body) ? body : undefined;
}

/** The JSON object in a body; ends the work with that answer when it is something else. */
export function jsonBodyOr(call: Call, refusal: Reply): JsonObject {
  const body = jsonBody(call);
  if (!body) throw new Refused(refusal);
  return body;
}

/** A body as text, such as XML; "" when there is none. */
export function textBody({ body }: Call): string {
  return body?.toString('utf8') ?? '';
}

/** The fields of a form; none when the body is called something else. */
export function formBody(call: Call): URLSearchParams {
  const isForm = (call.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return new URLSearchParams(isForm ? textBody(call) : '');
}

/** The number that a parameter writes; undefined for none, NaN for what is no whole number from `least` to `most`. */
export function wholeNumber(text: string | null, least: number, most: number): number | undefined {
  if (text === null) return undefined;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  return number >= least && number <= most ? number : NaN;
}
