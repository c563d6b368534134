import type { ServerResponse } from 'node:http';
import type { JsonObject } from '../../src/json.ts';
import { runningGateway } from '../kit/gateway.ts';
import { webHost } from '../kit/web-host.ts';
import { expectRefused, fiftyMs, type Relation, verzoekenOf } from './samples.ts';

/** A body with which a zaak or a document cannot be confused. */
const plain = JSON.stringify({ naam: 'iets' });

const places: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/ok': (response) => response.end(plain),
  '/html': (response) => response.setHeader('Content-Type', 'text/html').end('<html></html>'),
  '/redirect': (response) => response.writeHead(302, { Location: '/ok' }).end(),
  '/created': (response) => response.writeHead(201).end(plain),
  '/forbidden': (response) => response.writeHead(403).end('{}'),
  '/gone': (response) => response.writeHead(404).end('{}'),
  '/broken': (response) => response.writeHead(500).end('<html></html>'),
  '/hang-up': (response) => response.destroy(),
  '/to-stranger': (response) => response.writeHead(302, { Location: 'http://vreemd.example/ok' }).end(),
};

/** Paths of another system that finally answer 200. */
export const thereAt = ['/ok', '/html', '/redirect'] as const;

/** Paths that do not, with what is the matter there. */
export const notThereAt = {
  '/created': 'an answer that is not 200',
  '/forbidden': '403',
  '/gone': '404',
  '/broken': '500',
  '/hang-up': 'no answer at all',
  '/to-stranger': 'a redirect to a host that is not configured',
} as const;

/**
 * Another system with such paths, and the configuration of a gateway that may ask it, for so many milliseconds: by
 * default far more than an answer takes on a busy machine.
 */
export function otherPlaces() {
  const host = webHost(({ url = '' }, response) => places[url.replace(/\?.*/, '')]?.(response));
  return {
    host,
    at: (path: string) => `${host.origin}${path}`,
    configuration: (timeoutMs = fiftyMs): JsonObject => ({
      limits: { requestMs: fiftyMs },
      urlChecks: { timeoutMs, hosts: [{ origin: host.origin, addresses: ['127.0.0.0/8'] }] },
    }),
  };
}

/**
 * A relation is refused when what one of its fields leads to is never answered. Its gateway does not wait for long:
 * nothing else is asked there.
 */
export function specifyTooSlow(relation: Relation, field: 'klant' | 'contactmoment' | 'product'): void {
  describe(`of a ${field} elsewhere that is too slow`, () => {
    const elsewhere = otherPlaces();
    const gateway = runningGateway({
      get config() {
        return elsewhere.configuration(500);
      },
    });
    const { made, relate, writesNothing } = verzoekenOf(gateway);

    it('is broken, and nothing is written', async () => {
      const body = { verzoek: await made(), [field]: elsewhere.at('/never') };
      expectRefused(await writesNothing(() => relate(relation, body)), `${field} bad-url`);
    });
  });
}
