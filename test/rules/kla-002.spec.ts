import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { type Answer, complaints, leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { webHost } from '../kit/web-host.ts';

describe('kla-002: valideren attribuut subject', () => {
  const register = webHost(({ url = '' }, response) => {
    const redirects = /^\/redirect\/([0-9]+)$/.exec(url)?.[1];
    if (Number(redirects) > 0) redirect(response, redirectPath(Number(redirects) - 1));
    else places[url.replace(/\?.*/, '')]?.(response);
  });
  const stranger = webHost((_, response) => response.end('{}'));
  /** A host that is configured without addresses, and turns out to be this machine. */
  const disguised = webHost((_, response) => response.end('{}'));
  const unreachable = closedPort();
  const gateway = runningGateway({
    get config() {
      return { urlChecks: { timeoutMs: 800, hosts: hosts() } };
    },
  });

  const hosts = (): JsonObject[] => [
    { origin: register.origin, addresses: ['127.0.0.1'] },
    { origin: register.named, addresses: ['127.0.0.0/8', '::1'] },
    { origin: disguised.origin },
    { origin: disguised.named },
    { origin: `http://[::ffff:127.0.0.1]:${disguised.port}` },
    { origin: unreachable.origin, addresses: ['127.0.0.0/8'] },
    { origin: elsewhere },
    { origin: outside, addresses: ['10.0.0.0/8', '198.51.100.2'] },
  ];

  /** Where each path of the register leads; a path that is not here is never answered. */
  const places: Readonly<Record<string, (response: ServerResponse) => void>> = {
    '/ok': (response) => response.end('{}'),
    [redirectPath(0)]: (response) => response.end('{}'),
    '/html': (response) => response.setHeader('Content-Type', 'text/html').end('<html></html>'),
    '/created': (response) => response.writeHead(201).end('{}'),
    '/empty': (response) => response.writeHead(204).end(),
    '/not-modified': (response) => response.writeHead(304).end(),
    '/forbidden': (response) => response.writeHead(403).end(),
    '/gone': (response) => response.writeHead(404).end('{}'),
    '/broken': (response) => response.writeHead(500).end('<html></html>'),
    '/hang-up': (response) => response.destroy(),
    '/nowhere': (response) => response.writeHead(302).end(),
    '/nonsense': (response) => {
      redirect(response, 'http://');
    },
    '/to-file': (response) => {
      redirect(response, 'file:///etc/passwd');
    },
    '/to-stranger': (response) => {
      redirect(response, `${stranger.origin}/ok`);
    },
    '/to-disguised': (response) => {
      redirect(response, `${disguised.named}/ok`);
    },
    '/to-credentials': (response) => {
      redirect(response, register.origin.replace('//', '//user:pass@') + '/ok');
    },
    '/to-name': (response) => {
      redirect(response, `${register.named}/ok`);
    },
  };

  const create = (subject: string) => gateway.post({ ...leastKlant, subject });

  async function refused(subject: string): Promise<void> {
    await gateway.crm.forget();
    expectBadUrl(await create(subject));
    expect(await gateway.crm.total(), 'calls to the CRM').to.equal(0);
  }

  describe('holds when the URL finally answers 200', () => {
    for (const path of ['/ok', '/html', ...[0, 1, 2, 3].map(redirectPath), '/to-name']) {
      it(`at ${path}`, async () => {
        const subject = `${register.origin}${path}`;
        const answer = await create(subject);
        expect(answer.status, answer.text).to.equal(201);
        expect(answer.body.subject).to.equal(subject);
      });
    }

    it('by the name of a host, when its addresses are allowed', async () => {
      expect((await create(`${register.named}/ok`)).status).to.equal(201);
    });

    it('with one plain GET, to which nobody is introduced', async () => {
      expect((await create(`${register.origin}/ok?bsn=1#top`)).status).to.equal(201);
      expect(register.requests).to.have.length(1);
      const [request] = register.requests;
      expect(request?.method).to.equal('GET');
      expect(request?.url).to.equal('/ok?bsn=1');
      expect(request?.headers).not.to.have.any.keys('authorization', 'x-api-sleutel', 'cookie');
    });
  });

  describe('is broken', () => {
    const answers = ['created', 'empty', 'not-modified', 'forbidden', 'gone', 'broken', 'nowhere'];
    for (const path of answers) {
      it(`by an answer that is not 200: /${path}`, () => refused(`${register.origin}/${path}`));
    }

    it('by a fourth redirect, which is not followed', async () => {
      await refused(`${register.origin}${redirectPath(4)}`);
      expect(register.requests.map(({ url }) => url)).to.deep.equal([4, 3, 2, 1].map(redirectPath));
    });

    for (const path of ['/nonsense', '/to-file', '/to-credentials']) {
      it(`by a redirect ${path}`, async () => {
        await refused(`${register.origin}${path}`);
      });
    }

    it('by a redirect to a host that is not configured, which is not connected to', async () => {
      expectBadUrl(await create(`${register.origin}/to-stranger`));
      expect(stranger.connections).to.equal(0);
    });

    it('by a redirect to an address that may not be reached, which is not connected to', async () => {
      expectBadUrl(await create(`${register.origin}/to-disguised`));
      expect(disguised.connections).to.equal(0);
    });

    it('by a host that is not configured, which is not connected to', async () => {
      expectBadUrl(await create(`${stranger.origin}/ok`));
      expectBadUrl(await create(`${stranger.named}/ok`));
      expect(stranger.connections).to.equal(0);
    });

    it('by another scheme than the one that is configured', async () => {
      expectBadUrl(await create(register.origin.replace('http:', 'https:') + '/ok'));
      expect(register.connections).to.equal(0);
    });

    it('by a host that only begins as a configured one does', async () => {
      expectBadUrl(await create(`${register.named.replace('localhost', 'localhost.example')}/ok`));
      expectBadUrl(await create(`http://localhost:${register.port}@127.0.0.1:${stranger.port}/ok`));
      expect([register.connections, stranger.connections]).to.deep.equal([0, 0]);
    });

    it('by credentials in the URL, which go nowhere', async () => {
      expectBadUrl(await create(`${register.origin.replace('//', '//user:pass@')}/ok`));
      expectBadUrl(await create(`${register.origin.replace('//', '//user@')}/ok`));
      expect(register.connections).to.equal(0);
    });

    it('by what is no URL, which is complained about twice (contract section 3.3)', async () => {
      const answer = await create('geen-url');
      expect(answer.status).to.equal(400);
      expect(complaints(answer)).to.deep.equal(['subject bad-url', 'subject invalid']);
    });

    it('together with other fields: all complaints are reported at once', async () => {
      const answer = await gateway.post({
        bronorganisatie: 'twee',
        websiteUrl: leastKlant.websiteUrl,
        subject: `${register.origin}/gone`,
      });
      expect(complaints(answer)).to.deep.equal(['bronorganisatie only-digits', 'subject bad-url']);
    });
  });

  describe('tells the operator', () => {
    let before = 0;

    beforeEach(() => {
      before = gateway.events.length;
    });

    /** Why checks of a host failed, in this spec. */
    const reasons = (origin: string): string[] =>
      gateway.events
        .slice(before)
        .flatMap((event) =>
          event.event === 'url-check-failed' && event.host === new URL(origin).host ? [event.reason] : [],
        );

    const failures: Readonly<Record<string, () => string>> = {
      'that a host refuses connections': () => `${unreachable.origin}/ok`,
      'that a host does not answer in time': () => `${register.origin}/never`,
      'that a host hangs up': () => `${register.origin}/hang-up`,
    };
    for (const [what, subject] of Object.entries(failures)) {
      it(what, async () => {
        await refused(subject());
        expect(reasons(subject())).to.have.length(1);
      });
    }

    const addresses: Readonly<Record<string, () => string>> = {
      'this machine by its address': () => disguised.origin,
      'this machine by a name': () => disguised.named,
      'this machine in IPv6 clothes': () => `http://[::ffff:127.0.0.1]:${disguised.port}`,
      'an address outside the ranges of its host': () => outside,
    };
    for (const [what, origin] of Object.entries(addresses)) {
      it(`that a host turned out to be ${what}, which is not connected to`, async () => {
        await refused(`${origin()}/ok`);
        expect(disguised.connections).to.equal(0);
        expect(reasons(origin())).to.deep.equal(['address']);
      });
    }

    it('nothing of the kind when a host without ranges is anywhere else', async () => {
      await refused(`${elsewhere}/ok`);
      expect(reasons(elsewhere)).not.to.include('address');
    });

    it('nothing when a host that is there says no', async () => {
      await refused(`${register.origin}/broken`);
      expect(reasons(register.origin)).to.deep.equal([]);
    });
  });

  describe('of a klant of our own', () => {
    it('holds when there is one, under every base URL, and whatever the scheme', async () => {
      const url = urlIn(await gateway.post(leastKlant));
      const own = ['http://intern.test:8080', 'https://klantbrug.test', 'https://intern.test:8080'];
      for (const base of own) {
        const answer = await create(url.replace('http://klantbrug.test', base));
        expect(answer.status, base).to.equal(201);
      }
      expect((await create(url)).status).to.equal(201);
    });

    it('is broken when there is none any more', async () => {
      const url = urlIn(await gateway.post(leastKlant));
      await gateway.delete(url);
      expectBadUrl(await create(url));
    });

    for (const path of ['', '/', '/geen-uuid', '/00000000-0000-4000-8000-000000000000']) {
      it(`is broken by what is no klant: /klanten${path}`, () =>
        refused(`http://klantbrug.test/klanten/api/v1/klanten${path}`));
    }

    it('is broken by a place of ours outside the API', () => refused('http://klantbrug.test/gezondheid'));

    it('is broken when the CRM does not tell, and the operator hears of it', async () => {
      const url = urlIn(await gateway.post(leastKlant));
      await gateway.crm.fault({ soort: 'fout', methode: 'GET' });
      const before = gateway.events.length;
      expectBadUrl(await create(url));
      expect(gateway.events.slice(before).map(({ event }) => event)).to.include('backend-failed');
    });
  });

  describe('on an update', () => {
    let url = '';

    beforeEach(async () => {
      url = urlIn(await create(`${register.origin}/ok`));
      register.requests.length = 0;
    });

    it('is asked of a PATCH and of a PUT that supply a subject, and nothing is written when it is broken', async () => {
      const subject = `${register.origin}/gone`;
      await gateway.crm.forget();
      expectBadUrl(await gateway.patch(url, { subject, functie: 'inkoper' }));
      expectBadUrl(await gateway.put(url, { ...leastKlant, subject }));
      expect(register.requests).to.have.length(2);
      expect(await gateway.crm.counts()).not.to.include.keys('PUT /relbeheer/relaties/:nr');
    });

    it('holds for a subject that is there', async () => {
      expect((await gateway.patch(url, { subject: `${register.origin}/html` })).status).to.equal(200);
      expect((await gateway.put(url, { ...leastKlant, subject: `${register.origin}/ok` })).status).to.equal(
        200,
      );
    });

    it('is not asked when the subject is not supplied, or emptied', async () => {
      expect((await gateway.patch(url, { functie: 'inkoper' })).status).to.equal(200);
      expect((await gateway.put(url, leastKlant)).status).to.equal(200);
      expect((await gateway.patch(url, { subject: '' })).status).to.equal(200);
      expect(register.requests).to.have.length(0);
    });
  });
});

describe('kla-002, switched off', () => {
  const register = webHost((_, response) => response.writeHead(404).end());
  const gateway = runningGateway({
    get config() {
      return {
        rules: { 'kla-002': 'off' },
        urlChecks: { hosts: [{ origin: register.origin, addresses: ['127.0.0.0/8'] }] },
      };
    },
  });

  it('takes any URL, without asking for it', async () => {
    const answer = await gateway.post({ ...leastKlant, subject: `${register.origin}/gone` });
    expect(answer.status, answer.text).to.equal(201);
    expect((await gateway.patch(urlIn(answer), { subject: 'https://vreemd.example/1' })).status).to.equal(
      200,
    );
    expect(register.connections).to.equal(0);
  });

  it('still refuses what is no URL', async () => {
    expect(complaints(await gateway.post({ ...leastKlant, subject: 'geen-url' }))).to.deep.equal([
      'subject invalid',
    ]);
  });
});

/** Addresses for documentation (RFC 5737): no machine of ours, and nowhere to get a klant from. */
const elsewhere = 'http://198.51.100.1:9';
const outside = 'http://198.51.100.3:9';

/** A path that leads to a 200, after so many redirects. */
function redirectPath(redirects: number): string {
  return `/redirect/${redirects}`;
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { Location: location }).end();
}

function expectBadUrl(answer: Answer): void {
  expect(answer.status, answer.text).to.equal(400);
  expect(complaints(answer)).to.deep.equal(['subject bad-url']);
}

/** A port of this machine that nobody listens on any more. */
function closedPort() {
  let port = 0;
  before(async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    port = typeof address === 'object' && address ? address.port : 0;
    const closed = once(server, 'close');
    server.close();
    await closed;
  });
  return {
    get origin() {
      return `http://127.0.0.1:${port}`;
    },
  };
}
