import { createHash, timingSafeEqual } from 'node:crypto';
import type { Middleware } from 'koa';
import { isObject, type Json } from '../json.ts';
import { invalidInput, Problem } from '../problem.ts';
import type { Authenticate } from './authenticate.ts';
import { type BodyLimits, readBody } from './body.ts';
import { type ApiContext, headerIn } from './exchange.ts';

/** What receiving notifications needs. */
export interface CallbackParts {
  /** Where they come in: `/callbacks`. */
  readonly path: string;
  /** The bearer secret that the Notificaties API was given for us; without it only a client's token is accepted. */
  readonly secret: string | undefined;
  readonly authenticate: Authenticate;
  readonly limits: BodyLimits;
  /** What is done at a notification, by its channel; those of other channels are accepted, and mean nothing. */
  readonly listeners: ReadonlyMap<string, () => void>;
}

/**
 * Receives notifications: POST, answered with 204. Who sends them shows the secret, or a token of a client of the
 * configuration. A notification only says that something changed, so nothing else of it is believed or kept.
 */
export function callbacks({ path, secret, authenticate, limits, listeners }: CallbackParts): Middleware {
  const expected = secret === undefined ? undefined : digestOf(`Bearer ${secret}`);
  return async function callbacks(context, next) {
    if (context.path !== path) {
      await next();
      return;
    }
    const ctx = context as ApiContext;
    ctx.state.operation = 'notification_callback';
    if (ctx.method !== 'POST') throw otherMethod(ctx.method);
    const authorization = headerIn(ctx, 'authorization');
    // Digests have one length, and comparing them takes one time, whatever is sent.
    if (!expected || !timingSafeEqual(digestOf(authorization), expected)) {
      ctx.state.client = (await authenticate(authorization)).caller.clientId;
    }
    listeners.get(kanaalIn(await readBody(ctx.req, limits)))?.();
    ctx.status = 204;
  };
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function kanaalIn(body: Json): string {
  const kanaal = isObject(body) ? body.kanaal : undefined;
  if (typeof kanaal === 'string' && kanaal !== '') return kanaal;
  throw invalidInput([{ name: 'kanaal', code: 'required', reason: 'Dit veld is vereist.' }]);
}

function otherMethod(method: string): Problem {
  return new Problem('MethodNotAllowed', {
    detail: `Methode "${method}" niet toegestaan.`,
    headers: { Allow: 'POST' },
  });
}
