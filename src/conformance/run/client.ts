import { setTimeout as wait } from 'node:timers/promises';
import { isObject, type Json, type JsonObject, scalarText } from '../../json.ts';

/** What is sent. */
export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is when it is a text. */
  readonly body?: Json;
}

/** One request with its answer. */
export interface Exchange {
  /** For the report: the method and the path, without any value of a query. */
  readonly sent: string;
  readonly method: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; undefined when it is no JSON, or empty. */
  readonly body: Json | undefined;
}

/** Sends one request. Throws what `fetch` throws when there is no answer within the time. */
export async function exchange(request: Request, timeoutMs: number): Promise<Exchange> {
  const { method, url, headers, body } = request;
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    sent: `${method} ${shownUrl(url)}`,
    method,
    status: response.status,
    headers: response.headers,
    text,
    body: parsed(text),
  };
}

/** How often is asked again, and how long is waited for it at most. */
const again = { times: 4, longestMs: 5000 };

/**
 * Sends a request again when it is answered with 503 and Retry-After: nothing was done, and a run asks more at once than
 * some machines can do in time. Who says so every time is not made better than they are.
 */
export async function patientExchange(request: Request, timeoutMs: number): Promise<Exchange> {
  for (let left = again.times; ; left--) {
    const answer = await exchange(request, timeoutMs);
    const seconds = answer.headers.get('Retry-After') ?? '';
    if (answer.status !== 503 || left === 0 || !/^[0-9]+$/.test(seconds)) return answer;
    await wait(Math.min(Number(seconds) * 1000, again.longestMs));
  }
}

/** The body of an exchange as an object; empty when it is none. */
export function objectIn({ body }: Pick<Exchange, 'body'>): JsonObject {
  return isObject(body) ? body : {};
}

/** The items of a list: of a page, or of an array that is the whole of it. */
export function resultsIn(answer: Pick<Exchange, 'body'>): JsonObject[] {
  const results = Array.isArray(answer.body) ? answer.body : objectIn(answer).results;
  return Array.isArray(results) ? results.filter(isObject) : [];
}

/** The `invalidParams` of an answer, each as `name code`. */
export function complaintsIn(answer: Pick<Exchange, 'body'>): string[] {
  const { invalidParams } = objectIn(answer);
  return (Array.isArray(invalidParams) ? invalidParams : [])
    .filter(isObject)
    .map(({ name, code }) => `${scalarText(name) ?? ''} ${scalarText(code) ?? ''}`);
}

/** An answer in one line: its status and codes, never a value out of a record. */
export function summaryOf(answer: Exchange): string {
  const code = scalarText(objectIn(answer).code);
  const words = [String(answer.status), ...(code === undefined ? [] : [code])];
  const complaints = complaintsIn(answer);
  return complaints.length === 0 ? words.join(' ') : `${words.join(' ')} (${complaints.join(', ')})`;
}

/** The path, and the names of the parameters: their values may be those of a person. */
function shownUrl(url: string): string {
  const { pathname, searchParams } = new URL(url);
  const names = [...searchParams].map(
    ([name, value]) => `${name}=${name === 'page' || name === 'ordering' ? value : '…'}`,
  );
  return names.length === 0 ? pathname : `${pathname}?${names.join('&')}`;
}

function parsed(text: string): Json | undefined {
  try {
    return text === '' ? undefined : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}
