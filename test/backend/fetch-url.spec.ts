import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { type FetchUrl, urlFetcher } from '../../src/backend/fetch-url.ts';
import { type BackendSettings, openSystem, type System } from '../../src/backend/index.ts';
import type { Event } from '../../src/observe/events.ts';
import { until } from '../kit/until.ts';
import { webHost } from '../kit/web-host.ts';
import { settingsOf, workInto } from './systems.ts';

const here = ['127.0.0.0/8'];
const path = '/api/v1';
const get = { method: 'GET', path: ['zaken'], query: [], headers: {} } as const;
const secret = (request: IncomingMessage | undefined) => request?.headers['x-key'];

/** Leads where the query says; every other URL is a JSON object. */
function redirecting({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const to = new URL(url, 'http://x').searchParams.get('to');
  if (to === null) response.end('{"here":true}');
  else response.writeHead(302, { Location: to }).end();
}

const via = (from: string, to: string): string => `${from}?to=${encodeURIComponent(to)}`;

describe('A URL of a register', () => {
  const zaken = webHost(redirecting);
  const documenten = webHost(redirecting);
  const plain = webHost(redirecting);
  const events: Event[] = [];
  let fetchUrl: FetchUrl;

  before(() => {
    const register = (name: string, origin: string) => {
      const root = `${origin}${path}`;
      const credentials = { kind: 'header', name: 'X-Key', value: `key-of-${name}` } as const;
      return {
        root,
        addresses: here,
        ...openSystem(settingsOf(root, { name, credentials }), () => undefined),
      };
    };
    fetchUrl = urlFetcher({
      timeoutMs: 3000,
      hosts: [{ origin: plain.origin, addresses: here }],
      registers: [register('zaken', zaken.origin), register('documenten', documenten.origin)],
    });
  });

  beforeEach(() => {
    events.length = 0;
  });

  const fetch = (url: string, options?: Parameters<FetchUrl>[2]) => fetchUrl(url, workInto(events), options);

  it("is asked for with the register's credentials, and with the headers that are given", async () => {
    const url = `${zaken.origin}${path}/zaken/1?expand=a,b`;
    const headers = { 'Accept-Crs': 'EPSG:4326', 'X-Key': 'forged' };
    expect(await fetch(url, { headers })).to.deep.equal({ status: 200, body: undefined });
    expect(zaken.requests).to.have.length(1);
    expect(zaken.requests[0]?.url).to.equal(`${path}/zaken/1?expand=a,b`);
    expect(zaken.requests[0]?.headers).to.include({ 'accept-crs': 'EPSG:4326', 'x-key': 'key-of-zaken' });
  });

  it('gives its JSON when that is asked for', async () => {
    const found = await fetch(`${zaken.origin}${path}/zaken/1`, { readBody: true });
    expect(found).to.deep.equal({ status: 200, body: { here: true } });
  });

  for (const [what, url] of Object.entries({
    'beside its root': '/api/v2/zaken',
    'that only begins as its root does': '/api/v10',
    'above its root': '/api',
    'that steps out of its root': `${path}/../v2`,
    'that might step out of its root': `${path}/..%2fv2`,
  })) {
    it(`is not configured, and not connected to, ${what}`, async () => {
      expect(await fetch(`${zaken.origin}${url}`)).to.equal(undefined);
      expect(zaken.connections).to.equal(0);
    });
  }

  it('is not configured by another name of its host, nor with a user of its own', async () => {
    expect(await fetch(`${zaken.named}${path}/zaken`)).to.equal(undefined);
    expect(await fetch(`${zaken.origin.replace('//', '//ik:geheim@')}${path}/zaken`)).to.equal(undefined);
    expect(zaken.connections).to.equal(0);
  });

  describe('that redirects', () => {
    it('to another register gets the credentials of that one', async () => {
      const url = via(`${zaken.origin}${path}/a`, `${documenten.origin}${path}/b`);
      expect((await fetch(url))?.status).to.equal(200);
      expect(zaken.requests.map(secret)).to.deep.equal(['key-of-zaken']);
      expect(documenten.requests.map(secret)).to.deep.equal(['key-of-documenten']);
    });

    it('to a host that is only configured for checks gets none there, and its own again after that', async () => {
      const url = via(`${zaken.origin}${path}/a`, via(`${plain.origin}/b`, `${zaken.origin}${path}/c`));
      expect((await fetch(url))?.status).to.equal(200);
      expect(plain.requests.map(secret)).to.deep.equal([undefined]);
      expect(zaken.requests.map(secret)).to.deep.equal(['key-of-zaken', 'key-of-zaken']);
    });

    it('out of its root is not followed', async () => {
      expect(await fetch(via(`${zaken.origin}${path}/a`, '/intern'))).to.equal(undefined);
      expect(zaken.requests.map(({ url }) => url)).to.deep.equal([via(`${path}/a`, '/intern')]);
    });

    it('a fourth time is not followed', async () => {
      const place = `${zaken.origin}${path}/a`;
      const three = via(place, via(place, via(place, place)));
      expect((await fetch(three))?.status).to.equal(200);
      zaken.requests.length = 0;
      expect(await fetch(via(place, three))).to.equal(undefined);
      expect(zaken.requests).to.have.length(4);
    });
  });
});

describe('What a register answers to a URL', () => {
  const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
    '/html': (response) => response.end('<html></html>'),
    '/large': (response) => response.end(JSON.stringify('x'.repeat(20_000))),
    '/broken': (response) => response.writeHead(500).end('{}'),
    '/gone': (response) => response.writeHead(404).end('{"code":"not_found"}'),
    '/denied': (response) => response.writeHead(403).end('{}'),
    '/hang-up': (response) => response.destroy(),
  };
  const register = webHost(({ url = '' }, response) => {
    answers[url.slice(path.length)]?.(response);
    if (url === path) response.end('{}');
  });
  const events: Event[] = [];

  beforeEach(() => {
    events.length = 0;
  });

  function open(wanted: Partial<BackendSettings> = {}, addresses = here): System & { fetchUrl: FetchUrl } {
    const root = `${register.origin}${path}`;
    const system = openSystem(settingsOf(root, wanted), (event) => events.push(event));
    const registers = [{ root, addresses, get: system.get }];
    return { ...system, fetchUrl: urlFetcher({ timeoutMs: 3000, hosts: [], registers }) };
  }

  const ask = (fetchUrl: FetchUrl, place: string) =>
    fetchUrl(`${register.origin}${path}${place}`, workInto(events), { readBody: true });

  it('is its status with no body, when that is no JSON or too large', async () => {
    const { fetchUrl } = open();
    expect(await ask(fetchUrl, '/html')).to.deep.equal({ status: 200, body: undefined });
    expect(await ask(fetchUrl, '/large')).to.deep.equal({ status: 200, body: undefined });
    expect(await ask(fetchUrl, '/gone')).to.deep.equal({ status: 404, body: { code: 'not_found' } });
    expect(await ask(fetchUrl, '/broken')).to.deep.equal({ status: 500, body: undefined });
    expect(events).to.deep.equal([]);
  });

  it('is nothing when it cannot be reached, and the operator hears of it', async () => {
    const { fetchUrl } = open({ limits: { ...settingsOf('').limits, headersMs: 100 } });
    expect(await ask(fetchUrl, '/hang-up')).to.equal(undefined);
    expect(await ask(fetchUrl, '/never')).to.equal(undefined);
    const { host } = new URL(register.origin);
    expect(events).to.deep.equal([
      { event: 'url-check-failed', host, reason: 'ECONNRESET' },
      { event: 'url-check-failed', host, reason: 'timeout' },
    ]);
  });

  it('is a refusal of our credentials, which the operator hears of; without any, it is only a status', async () => {
    const credentials = { kind: 'bearer', token: 'sleutel' } as const;
    expect((await ask(open({ credentials }).fetchUrl, '/denied'))?.status).to.equal(403);
    expect(events).to.deep.equal([{ event: 'credentials-refused', backend: 'register', status: 403 }]);
    expect((await ask(open().fetchUrl, '/denied'))?.status).to.equal(403);
    expect(events).to.have.length(1);
  });

  it('comes after a ZGW token, the same one as in other calls', async () => {
    const credentials = { kind: 'zgw', clientId: 'klantbrug', secret: 'geheim' } as const;
    const { fetchUrl, send } = open({ credentials });
    await ask(fetchUrl, '');
    await send({ ...get, path: ['gone'] }, workInto(events));
    const [first, second] = register.requests.map(({ headers }) => headers.authorization);
    expect(first).to.match(/^Bearer ./);
    expect(second).to.equal(first);
    expect(decodeJwt(first?.slice('Bearer '.length) ?? '').client_id).to.equal('klantbrug');
  });

  it('shares its breaker with other calls, in both directions', async () => {
    const breaker = { failurePercentage: 1, minimumCalls: 2, windowSeconds: 3600, openSeconds: 3600 };
    const { fetchUrl, send } = open({ breaker });
    await ask(fetchUrl, '/broken');
    await send({ ...get, path: ['broken'] }, workInto(events)).catch(() => undefined);
    register.requests.length = 0;
    events.length = 0;
    expect(await ask(fetchUrl, '')).to.equal(undefined);
    const refusal: unknown = await send(get, workInto(events)).catch((error: unknown) => error);
    expect(refusal).to.include({ status: 503, outcome: 'not-sent' });
    expect(events).to.deep.equal([
      { event: 'url-check-failed', host: new URL(register.origin).host, reason: 'breaker' },
    ]);
    expect(register.requests).to.have.length(0);
  });

  it('does not open the breaker by being too large, nor by an address that may not be reached', async () => {
    const breaker = { failurePercentage: 1, minimumCalls: 1, windowSeconds: 3600, openSeconds: 3600 };
    const { fetchUrl } = open({ breaker });
    for (const place of ['/large', '/large', '']) {
      expect((await ask(fetchUrl, place))?.status).to.equal(200);
    }
    const strict = open({ breaker }, ['10.0.0.0/8']);
    expect(await ask(strict.fetchUrl, '')).to.equal(undefined);
    expect((await strict.send({ ...get, path: ['gone'] }, workInto(events))).status).to.equal(404);
  });

  it('shares its connections with other calls: more have to wait', async () => {
    const { fetchUrl, send } = open({ limits: { ...settingsOf('').limits, concurrency: 1 } });
    const waiting = new AbortController();
    const context = { observe: () => undefined, deadline: { signal: waiting.signal, leftMs: () => 1000 } };
    const first = send({ ...get, path: ['never'] }, context).catch((error: unknown) => error);
    await until('the only connection is taken', () => register.requests.length === 1);
    const second = fetchUrl(`${register.origin}${path}`, workInto(events, 100));
    expect(await second).to.equal(undefined);
    expect(events.map((event) => 'reason' in event && event.reason)).to.deep.equal(['saturated']);
    waiting.abort();
    await first;
    expect(register.requests).to.have.length(1);
  });
});

describe('The address of a register', () => {
  const register = webHost((_, response) => response.end('{}'));
  const events: Event[] = [];

  beforeEach(() => {
    events.length = 0;
  });

  const cases: Readonly<Record<string, readonly string[]>> = {
    'without addresses': [],
    'with other addresses': ['10.0.0.0/8'],
  };
  for (const [what, addresses] of Object.entries(cases)) {
    for (const by of ['origin', 'named'] as const) {
      it(`of this machine (${by}), ${what}, is not reached by a URL out of a request`, async () => {
        const root = register[by];
        const { get } = openSystem(settingsOf(root), () => undefined);
        const fetchUrl = urlFetcher({ timeoutMs: 3000, hosts: [], registers: [{ root, addresses, get }] });
        expect(await fetchUrl(`${root}/a`, workInto(events))).to.equal(undefined);
        expect(register.connections).to.equal(0);
        expect(events.map((event) => 'reason' in event && event.reason)).to.deep.equal(['address']);
      });
    }
  }

  it('is not reached over a connection that a call of our own has left either', async () => {
    const root = register.named;
    const { get: getUrl, send } = openSystem(settingsOf(root), () => undefined);
    const fetchUrl = urlFetcher({
      timeoutMs: 3000,
      hosts: [],
      registers: [{ root, addresses: ['10.0.0.0/8'], get: getUrl }],
    });
    expect((await send(get, workInto(events))).status).to.equal(200);
    for (const [attempt] of [['first'], ['second']] as const) {
      expect(await fetchUrl(`${root}/a`, workInto(events)), attempt).to.equal(undefined);
    }
    expect(events.map((event) => 'reason' in event && event.reason)).to.deep.equal(['address', 'address']);
    expect(register.requests).to.have.length(1);
  });

  it('is reached by its name when it is named', async () => {
    const root = register.named;
    const { get } = openSystem(settingsOf(root), () => undefined);
    const addresses = ['127.0.0.0/8', '::1'];
    const fetchUrl = urlFetcher({ timeoutMs: 3000, hosts: [], registers: [{ root, addresses, get }] });
    expect((await fetchUrl(`${root}/a`, workInto(events)))?.status).to.equal(200);
  });
});
