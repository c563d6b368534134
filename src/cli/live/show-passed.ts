import type { ErrorLine } from '../../backend/interpret.ts';
import { type Encoding, UnwritableRequest } from '../../backend/encoding/encoding.ts';
import { encodingOf } from '../../backend/encoding/index.ts';
import { withHeaders } from '../../backend/headers.ts';
import type { BackendRequest } from '../../backend/send.ts';
import type { RawAnswer } from '../../backend/wire.ts';
import type { Loaded } from '../../load.ts';
import type { Json } from '../../json.ts';
import { readAnswer } from './answers-of.ts';
import { type Mask, secretMask } from './mask.ts';
import type { Secrets } from './secrets-of.ts';
import type { Passed } from './watch-line.ts';

/** With what a run is shown. */
export interface Showing {
  readonly mask: Mask;
  readonly secrets: Secrets;
  readonly loaded: Loaded;
}

/** One request and its answer as they may be seen, for people and machines alike. */
export interface ShownPassed {
  readonly system: string;
  readonly purpose: Passed['purpose'];
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: Json;
  };
  readonly answer?: {
    readonly status: number;
    readonly tookMs: number;
    readonly bytes: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: Json;
    /** What the error table makes of it, and by which of its lines. */
    readonly means?: string;
    readonly by?: string;
  };
  /** Why there is no answer. */
  readonly fault?: string;
}

/** Makes one request and its answer fit to be seen. */
export function shownPassed(passed: Passed, showing: Showing): ShownPassed {
  const { system, purpose, answer, fault } = passed;
  return {
    system,
    purpose,
    request: shownRequest(passed, showing),
    ...(answer ? { answer: shownAnswer(passed, answer, showing) } : {}),
    ...(fault === undefined ? {} : { fault }),
  };
}

function shownRequest(passed: Passed, showing: Showing): ShownPassed['request'] {
  const { system, purpose, request, line } = passed;
  const { mask, secrets, loaded } = showing;
  const introduction = purpose === 'url' ? { headers: {} } : secrets.introduction(system);
  const { headers: written, content } = request
    ? contentOf(request, encodingOf(loaded.mapping.encodings[system]))
    : { headers: {}, content: undefined };
  const given = line?.headers ?? withHeaders(written, introduction.headers);
  const headers = shownHeaders(system, given, showing);
  const url = request
    ? urlShown(request, introduction.query, showing, system)
    : purpose === 'url'
      ? mask.text(line?.url ?? '')
      : (line?.url ?? '');
  return {
    method: request?.method ?? line?.method ?? 'GET',
    url: secrets.text(url),
    headers,
    // All that is posted for a token or a session is a secret, or leads to one.
    ...(purpose === 'credentials' ? { body: secretMask } : {}),
    ...(content === undefined ? {} : { body: withoutSecrets(mask.json(content), secrets) }),
  };
}

function shownHeaders(
  system: string,
  headers: Readonly<Record<string, string>>,
  { mask, secrets }: Showing,
): Record<string, string> {
  const shown = Object.entries(headers).map(([name, value]): [string, string] => {
    if (secrets.isHeader(system, name)) return [name, secretMask];
    return [name, secrets.text(harmlessHeaders.test(name) ? value : mask.text(value))];
  });
  return Object.fromEntries(shown);
}

/** What a request says, before it is written; and its headers as they will be, but for those of our credentials. */
function contentOf(
  request: BackendRequest,
  encoding: Encoding,
): { readonly headers: Readonly<Record<string, string>>; readonly content: Json | undefined } {
  const { call, params, action, body } = request;
  const headers = { Accept: encoding.accept, ...request.headers, ...headersOf(request, encoding) };
  if (call !== undefined) return { headers, content: { call, params: params ?? [] } };
  if (action !== undefined) return { headers, content: { action, body: body ?? null } };
  return { headers, content: body };
}

function headersOf(request: BackendRequest, encoding: Encoding): Readonly<Record<string, string>> {
  try {
    return encoding.write(request)?.headers ?? {};
  } catch (error) {
    // Then it was not sent, which is told elsewhere.
    if (error instanceof UnwritableRequest) return {};
    throw error;
  }
}

/** As it goes over the line, but for what is masked: that is not encoded, so that it can be read. */
function urlShown(
  { path, query }: BackendRequest,
  secretParameter: string | undefined,
  { mask, loaded: { config } }: Showing,
  system: string,
): string {
  const base = config.backends[system]?.baseUrl ?? config.registers[system]?.root ?? '';
  const piece = (text: string): string => {
    const shown = mask.text(text);
    return shown === text ? encodeURIComponent(text) : shown;
  };
  // The paths of a register are ours, those of a backend come out of a mapping.
  const step = system in config.registers ? encodeURIComponent : piece;
  const pairs = query.map(([name, value]) => `${encodeURIComponent(name)}=${piece(value)}`);
  const all = secretParameter === undefined ? pairs : [...pairs, `${secretParameter}=${secretMask}`];
  return `${base}${path.map((segment) => `/${step(segment)}`).join('')}${all.length > 0 ? '?' : ''}${all.join('&')}`;
}

function shownAnswer(
  { system, purpose, request, tookMs = 0 }: Passed,
  answer: RawAnswer,
  showing: Showing,
): NonNullable<ShownPassed['answer']> {
  const { mask, secrets, loaded } = showing;
  const { status } = answer;
  const useful = Object.entries(answer.headers).filter(([name]) => usefulHeaders.test(name));
  const headers = shownHeaders(system, Object.fromEntries(useful), showing);
  const shown = { status, tookMs, bytes: answer.body.length, headers };
  if (purpose === 'credentials') return { ...shown, body: secretMask };
  if (purpose === 'url') return shown;
  const { whole, says, unreadable, meaning, line } = readAnswer(loaded.mapping, { system, request }, answer);
  const body = unreadable === undefined ? whole : answer.body.toString('utf8');
  return {
    ...shown,
    ...(body === undefined ? {} : { body: withoutSecrets(mask.json(body), secrets) }),
    means:
      unreadable !== undefined && meaning === 'ok' ? `nothing that can be read (${unreadable})` : meaning,
    by: line ? `the error table: ${conditions(line)}` : says === undefined ? 'its status' : 'its content',
  };
}

/** What an integration engineer looks for; all others are left out. */
const usefulHeaders =
  /^(content-type|retry-after|etag|last-modified|location|www-authenticate|allow|link|.*rate-?limit.*|.*request-id)$/;

const harmlessHeaders =
  /^(accept|content-type|retry-after|allow|www-authenticate|if-none-match|etag|.*rate-?limit.*)$/i;

/** `FOUT.CODE is REL404`. */
function conditions({ when }: ErrorLine): string {
  const { status, field, header, is, isNot, contains } = when;
  const on = header === undefined ? field : `header ${header}`;
  return [
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(on === undefined && contains === undefined ? [] : [on ?? 'the body']),
    ...(is === undefined ? [] : [`is ${is}`]),
    ...(isNot === undefined ? [] : [`is not ${isNot}`]),
    ...(contains === undefined ? [] : [`contains ${contains}`]),
  ].join(' ');
}

/** A secret may come back in a body, whatever is shown of it otherwise. */
export function withoutSecrets(value: Json, secrets: Secrets): Json {
  if (typeof value === 'string') return secrets.text(value);
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withoutSecrets(inner, secrets)]),
  );
}
