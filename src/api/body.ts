import type { IncomingMessage } from 'node:http';
import getRawBody from 'raw-body';
import type { Json } from '../json.ts';
import { Problem } from '../problem.ts';

/** Bounds on a request's body. */
export interface BodyLimits {
  readonly bodyBytes: number;
  /** Time for the whole body to come in. */
  readonly receiveMs: number;
}

/** Nesting that no body of the standard comes near; deeper ones are refused before anything walks through them. */
const deepest = 64;

/**
 * Reads a JSON body: media type, size and syntax, in the order of ruling R2. A body of nothing counts as `{}`.
 *
 * @throws Problem 415, 413 or 400 `parse_error`
 */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Json> {
  const { 'content-type': contentType = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (!hasBody(request)) return {};
  if (!isJson(contentType) || encoding !== 'identity') throw unsupported(contentType);
  const bytes = await receive(request, limits);
  return bytes.length === 0 ? {} : parse(bytes);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/** `application/json`, in UTF-8 where it says so. */
function isJson(contentType: string): boolean {
  const [type = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  return type === 'application/json' && (charset === undefined || /^charset="?utf-?8"?$/.test(charset));
}

/** Only a plain media type is repeated in the answer; a client may put anything in that header. */
function unsupported(contentType: string): Problem {
  const [type = ''] = contentType.split(';');
  const named = /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,60}$/i.test(type.trim()) ? type.trim() : '';
  return new Problem('UnsupportedMediaType', { detail: `Ongeldige media type "${named}" in aanvraag.` });
}

async function receive(request: IncomingMessage, { bodyBytes, receiveMs }: BodyLimits): Promise<Buffer> {
  const timer = setTimeout(() => {
    // A client that sends this slowly gets no answer: its connection is what it holds us by.
    request.destroy();
  }, receiveMs);
  try {
    // With the length that it announces, a body that is too large is refused before it comes in.
    return await getRawBody(request, { limit: bodyBytes, length: request.headers['content-length'] ?? null });
  } catch (error) {
    const type: unknown = error instanceof Error && 'type' in error ? error.type : undefined;
    if (type === 'entity.too.large')
      throw new Problem('PayloadTooLarge', { headers: { Connection: 'close' } });
    throw parseError('De inhoud is onvolledig.');
  } finally {
    clearTimeout(timer);
  }
}

/** JSON in UTF-8. The parser's own message quotes what it read, so ours does not. */
function parse(bytes: Buffer): Json {
  let value: Json;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
  } catch {
    throw parseError('De inhoud is geen geldige JSON.');
  }
  return withoutPrototypeKeys(value);
}

/** Removes `__proto__` keys, and refuses what is nested too deeply. Walks without recursion. */
function withoutPrototypeKeys(root: Json): Json {
  let level: Json[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) throw parseError('De inhoud is te diep genest.');
    const below: Json[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__');
      // One at a time: as arguments of one call, the items of a long list would not fit on the stack.
      for (const item of Object.values(value)) below.push(item);
    }
    level = below;
  }
  return root;
}

function parseError(detail: string): Problem {
  return new Problem('ParseError', { detail });
}
