import type { Json } from '../../json.ts';
import type { RawAnswer } from '../wire.ts';
import { type Encoding, type Reading, UnwritableRequest, type WrittenContent } from './encoding.ts';

const usualType = 'application/json';

/**
 * JSON both ways.
 *
 * @param mediaType what bodies are called, and what answers may be
 */
export function jsonEncoding(mediaType = usualType): Encoding {
  return {
    accept: mediaType,
    isText: false,
    isNumbered: false,
    write(content) {
      refuseCalls(content);
      if (content.body === undefined) return undefined;
      return { text: JSON.stringify(content.body), headers: { 'Content-Type': mediaType } };
    },
    read: readJson,
  };
}

/** An answer in JSON. */
export function readJson(raw: RawAnswer): Reading {
  const { value, readable } = parse(raw);
  return { value, whole: value, ...(readable ? {} : { unreadable: 'not-json' }) };
}

/** The body as JSON: `readable` is false when it is something else, and an empty one is no value at all. */
export function parse(raw: Pick<RawAnswer, 'body'>): { value: Json | undefined; readable: boolean } {
  if (raw.body.length === 0) return { value: undefined, readable: true };
  try {
    return { value: JSON.parse(raw.body.toString('utf8')) as Json, readable: true };
  } catch {
    return { value: undefined, readable: false };
  }
}

/** @throws UnwritableRequest for what only other encodings have */
export function refuseCalls({ call, action, soapHeader }: WrittenContent): void {
  // A request without the credentials that were meant for it must not leave.
  if (soapHeader !== undefined)
    throw new UnwritableRequest('credentials `wsSecurity` are for a backend with `encoding: soap` only');
  if (call !== undefined)
    throw new UnwritableRequest('`call` is for a backend with `encoding: json-rpc` only');
  if (action !== undefined)
    throw new UnwritableRequest('`action` is for a backend with `encoding: soap` only');
}
