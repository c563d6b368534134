import { etagOf, matches } from './etag.ts';
import { type ApiContext, headerIn, setHeaders } from './exchange.ts';

/** Personal data: no shared cache may keep it, and a client's own must ask before using it. */
const cacheControl = 'private, no-cache';

/** From so many characters on, text is made bytes once: to be counted, and to be sent. Shorter text goes with the headers. */
const longText = 16_384;

/** Answers with JSON. */
export function answerJson(ctx: ApiContext, status: number, body: string): void {
  ctx.status = status;
  setHeaders(ctx, { 'Content-Type': 'application/json', 'Cache-Control': cacheControl });
  ctx.body = body.length < longText ? body : Buffer.from(body);
}

/** A body with the ETag that belongs to it. */
export interface TaggedBody {
  readonly body: string;
  readonly etag: string;
}

/** Gives a body its ETag. */
export function tagged(body: string): TaggedBody {
  return { body, etag: etagOf(body) };
}

/** A read carries an ETag; a client that has this very representation gets 304 (STD, HTTP-Caching). */
export function answerConditionally(ctx: ApiContext, { body, etag }: TaggedBody): void {
  setHeaders(ctx, { ETag: etag });
  if (matches(headerIn(ctx, 'if-none-match'), etag)) {
    setHeaders(ctx, { 'Cache-Control': cacheControl });
    ctx.status = 304;
  } else {
    answerJson(ctx, 200, body);
  }
}
