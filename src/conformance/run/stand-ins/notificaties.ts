import { isObject, type JsonObject } from '../../../json.ts';
import { refusal, type StandIn } from './reply.ts';

/** The Notificaties API of a run: it keeps what arrives. */
export interface Notificaties {
  readonly answer: StandIn;
  readonly arrived: readonly JsonObject[];
}

/** Takes every notification, and every channel. */
export function notificatiesStandIn(): Notificaties {
  const arrived: JsonObject[] = [];
  return {
    arrived,
    answer({ method, path, body }) {
      if (path === '/') return { status: 200, body: {} };
      if (method === 'GET' && path.startsWith('/kana')) return { status: 200, body: [] };
      if (method !== 'POST' || !isObject(body)) return refusal(404, 'not_found');
      if (path === '/notificaties') arrived.push(body);
      return { status: 201, body };
    },
  };
}
