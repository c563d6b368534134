import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import Koa from 'koa';
import { accessLog } from '../../src/api/access-log.ts';
import { authenticator, secretKey } from '../../src/api/authenticate.ts';
import { callbacks } from '../../src/api/callbacks.ts';
import { problems } from '../../src/api/problems.ts';
import { ownUrls } from '../../src/gateway/own-urls.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import type { Event } from '../../src/observe/events.ts';
import { canonical, secrets, token } from '../kit/gateway.ts';

const path = '/callbacks';
const secret = 'secret of the notifications';

/** What the Notificaties API sends when an application changed. */
const notification: JsonObject = {
  kanaal: 'autorisaties',
  hoofdObject: 'https://ac.example/autorisaties/api/v1/applicaties/1',
  resource: 'applicatie',
  resourceUrl: 'https://ac.example/autorisaties/api/v1/applicaties/1',
  actie: 'update',
  aanmaakdatum: '2026-01-01T12:00:00Z',
  kenmerken: {},
};

/** Receives notifications, as the gateway does it, for the specs of the surrounding `describe`. */
function receiving(configured: string | undefined) {
  const events: Event[] = [];
  let heard = 0;
  let server: Server;
  const observe = (event: Event) => events.push(event);
  const urls = ownUrls({ canonical, further: [] }, new Map(), []);

  before(async () => {
    const koa = new Koa();
    koa.use(accessLog({ ownUrls: urls, trusts: () => false }, observe));
    koa.use(problems(observe));
    koa.use(
      callbacks({
        path,
        secret: configured,
        authenticate: authenticator(
          [{ id: 'reader', secret: secretKey(secrets.reader), scopes: new Set() }],
          { clockSkewSeconds: 0, maxAgeSeconds: undefined },
        ),
        limits: { bodyBytes: 2000, receiveMs: 5000 },
        listeners: new Map([['autorisaties', () => (heard += 1)]]),
      }),
    );
    const listener = koa.callback();
    server = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  beforeEach(() => {
    heard = 0;
    events.length = 0;
  });

  after(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });

  return {
    events,
    get heard() {
      return heard;
    },
    async send(authorization: string | undefined, body: Json = notification, options: RequestInit = {}) {
      const { port } = server.address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          ...(authorization === undefined ? {} : { Authorization: authorization }),
        },
        body: JSON.stringify(body),
        ...options,
      });
      const text = await response.text();
      const { code } = (text === '' ? {} : JSON.parse(text)) as { code?: string };
      return { status: response.status, code, headers: response.headers };
    },
  };
}

describe('Notifications that come in', () => {
  describe('with a secret', () => {
    const gateway = receiving(secret);

    it('are heard when they show it', async () => {
      expect(await gateway.send(`Bearer ${secret}`)).to.include({ status: 204, code: undefined });
      expect(gateway.heard).to.equal(1);
      expect(gateway.events.map(({ event }) => event)).to.deep.equal(['request']);
      expect(gateway.events[0]).to.include({
        operation: 'notification_callback',
        status: 204,
        client: 'none',
      });
    });

    it('are heard when a client of the configuration sends them', async () => {
      expect(await gateway.send(`Bearer ${await token('reader')}`)).to.include({ status: 204 });
      expect(gateway.heard).to.equal(1);
      expect(gateway.events[0]).to.include({ client: 'reader' });
    });

    for (const [what, authorization] of Object.entries({
      nothing: undefined,
      'a letter more': `Bearer ${secret}s`,
      'a letter less': `Bearer ${secret.slice(0, -1)}`,
      'other capitals': `Bearer ${secret.toUpperCase()}`,
      'no Bearer': secret,
      'another Bearer': `bearer ${secret}`,
      'no secret': 'Bearer ',
    })) {
      it(`are refused when they show ${what}`, async () => {
        expect(await gateway.send(authorization)).to.include({ status: 403 });
        expect(gateway.heard).to.equal(0);
      });
    }

    it('are refused when the token is of nobody, or signed by nobody we know', async () => {
      expect(await gateway.send(`Bearer ${await token('all')}`)).to.include({ status: 403 });
      expect(await gateway.send(`Bearer ${await token('reader', {}, secrets.all)}`)).to.include({
        status: 403,
        code: 'invalid-jwt-signature',
      });
      expect(gateway.heard).to.equal(0);
    });

    it('mean nothing on another channel, such as the one of a test', async () => {
      for (const kanaal of ['test', 'zaken', 'constructor', 'Autorisaties']) {
        expect(await gateway.send(`Bearer ${secret}`, { ...notification, kanaal })).to.include({
          status: 204,
        });
      }
      expect(gateway.heard).to.equal(0);
    });

    for (const body of [{}, [], 'autorisaties', { kanaal: '' }, { kanaal: ['autorisaties'] }] as const) {
      it(`are refused without a channel: ${JSON.stringify(body)}`, async () => {
        expect(await gateway.send(`Bearer ${secret}`, body as Json)).to.include({
          status: 400,
          code: 'invalid',
        });
        expect(gateway.heard).to.equal(0);
      });
    }

    it('are refused when they are too large, and not read', async () => {
      const large = { ...notification, hoofdObject: 'x'.repeat(3000) };
      expect(await gateway.send(`Bearer ${secret}`, large)).to.include({ status: 413 });
      expect(gateway.heard).to.equal(0);
    });

    it('are refused in another form than JSON', async () => {
      const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'text/plain' };
      expect(await gateway.send(undefined, notification, { headers })).to.include({ status: 415 });
      expect(gateway.heard).to.equal(0);
    });

    it('are only POSTed', async () => {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const options = { method, ...(method === 'GET' ? { body: null } : {}) };
        const answer = await gateway.send(`Bearer ${secret}`, notification, options);
        expect(answer).to.include({ status: 405 });
        expect(answer.headers.get('Allow')).to.equal('POST');
      }
      expect(gateway.heard).to.equal(0);
    });
  });

  describe('without a secret', () => {
    const gateway = receiving(undefined);

    it('need a token', async () => {
      for (const authorization of [undefined, 'Bearer ', 'Bearer undefined', `Bearer ${secret}`]) {
        expect(await gateway.send(authorization)).to.include({ status: 403 });
      }
      expect(gateway.heard).to.equal(0);
      expect(await gateway.send(`Bearer ${await token('reader')}`)).to.include({ status: 204 });
      expect(gateway.heard).to.equal(1);
    });
  });
});
