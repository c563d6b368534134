import { type Json, scalarText, valueAt } from '../json.ts';
import { parse } from './encoding/json.ts';
import type { Introduction } from './introduction.ts';
import type { Obtain } from './kept-access.ts';
import { granted, isSendable, refusal } from './obtained-answer.ts';
import type { RawAnswer, Wire } from './wire.ts';

/** Logging in at a CRM that gives a session for a user and a password. */
export interface LoginSettings {
  /** An absolute URL of the CRM's own origin. */
  readonly url: string;
  /** What is posted there, as JSON. It holds secrets. */
  readonly body: Json;
  readonly session: SessionToken | SessionCookie;
}

/** A session that is a text in the answer, and is sent in a header. */
interface SessionToken {
  /** The text, with dotted places of the answer in braces: `{data.token}`, `klantbrug:{result.0}:{result.1}`. */
  readonly text: string;
  readonly encoding: 'plain' | 'base64';
  readonly header: string;
  /** What comes before it in the header; may be blank. */
  readonly prefix: string;
}

/** A session that is a cookie. */
interface SessionCookie {
  readonly cookie: string;
}

const placePattern = /\{([^{}]*)\}/g;

/**
 * Logs in for sessions. How long one lives is for the CRM to say, with a 401. An answer without a session is a refusal
 * too: not every CRM has a status for that.
 *
 * @param backend where we log in, for events
 */
export function sessionFrom({ url, body, session }: LoginSettings, backend: string, wire: Wire): Obtain {
  return async (context) => {
    const asked = { backend, context };
    const answer = granted(await wire({ method: 'POST', url, headers: {}, body }, context), asked);
    const introduction = 'cookie' in session ? cookieIn(answer, session.cookie) : tokenIn(answer, session);
    if (!introduction) throw refusal(answer.status, asked);
    return { introduction, lifetimeSeconds: undefined };
  };
}

function tokenIn(answer: RawAnswer, session: SessionToken): Introduction | undefined {
  const text = filledIn(session.text, parse(answer).value);
  const token = session.encoding === 'base64' && text !== undefined ? base64(text) : text;
  return isSendable(token) ? { headers: { [session.header]: `${session.prefix}${token}` } } : undefined;
}

/** Undefined when the answer misses one of the places. */
function filledIn(text: string, answer: Json | undefined): string | undefined {
  const values = [...text.matchAll(placePattern)].map(([, place = '']) => scalarText(valueAt(answer, place)));
  if (values.some((value) => value === undefined || value === '')) return undefined;
  return text.replace(placePattern, () => values.shift() ?? '');
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** The last one of its name counts: a CRM may take away the old session in the answer that gives the new one. */
function cookieIn({ cookies = [] }: RawAnswer, name: string): Introduction | undefined {
  const value = cookies
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => pair.slice(0, pair.indexOf('=')).trim() === name)
    .map((pair) => pair.slice(pair.indexOf('=') + 1).trim())
    .at(-1);
  return isSendable(value) ? { headers: { Cookie: `${name}=${value}` } } : undefined;
}
