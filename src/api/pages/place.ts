import { etagOf } from '../etag.ts';

/** What is at one address: made once, and the same for everybody. */
export interface Place {
  readonly status: 200 | 301;
  readonly headers: Readonly<Record<string, string>>;
  /** Given by what can be asked for again with If-None-Match. */
  readonly etag?: string;
  readonly body: Buffer;
}

/** Places by their path, from the root of a base URL on. What takes long to make is made when it is first asked for. */
export type Places = readonly (readonly [path: string, place: Place | (() => Place)])[];

/** For how long a place may be kept: `ask` before each use, or `forever`, when another content gets another address. */
type Keeping = 'ask' | 'forever';

const cacheControl: Readonly<Record<Keeping, string>> = {
  ask: 'no-cache',
  forever: 'public, max-age=31536000, immutable',
};

/** On everything here: a browser must not guess what it is, nor tell other sites where it was. */
const always = { 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' };

/**
 * A place with a content.
 *
 * @param type its media type; name the charset for everything but JSON, or a browser may take UTF-8 for another one
 * @param headers what it has besides those of every place
 */
export function contentPlace(
  type: string,
  text: string,
  keeping: Keeping,
  headers: Readonly<Record<string, string>> = {},
): Place {
  const etag = etagOf(text);
  return {
    status: 200,
    headers: {
      ...always,
      ...headers,
      'Content-Type': type,
      'Cache-Control': cacheControl[keeping],
      ETag: etag,
    },
    etag,
    body: Buffer.from(text),
  };
}

/** A place that only says where to go. `to` is relative, because a proxy may have put us under a path of its own. */
export function redirectPlace(to: string): Place {
  return {
    status: 301,
    headers: {
      ...always,
      Location: to,
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': cacheControl.ask,
    },
    body: Buffer.alloc(0),
  };
}

/** What HTML pages may load, beyond nothing at all, as a Content-Security-Policy. */
export function policyOf(sources: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const directives = {
    'default-src': "'none'",
    ...sources,
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  return {
    'Content-Security-Policy': Object.entries(directives)
      .map((directive) => directive.join(' '))
      .join('; '),
  };
}
