import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect } from 'chai';
import type { Event } from '../../src/observe/events.ts';
import { type Answer, leastKlant, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { scriptedCrm, sendJson } from '../kit/scripted-crm.ts';

const klant = klantPath(100003);

/** What the CRM of the specs says of people when it fails, and words of its software. */
const ofTheCrm =
  /vermeulen|100001|999990019|ORA-|deadlock|relatie|<html|applicatiefout|tekst|(SYS|AUT|REL)[0-9]{3}/i;

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.status).to.equal(status);
  expect(answer.headers.get('Content-Type')).to.equal('application/problem+json');
  expect(answer.headers.get('API-version')).to.equal('1.0.0');
  expect(answer.body).to.include({ status, code });
  expect(answer.text).not.to.match(ofTheCrm);
}

const last = (events: readonly Event[], name: Event['event']) =>
  events.findLast((event) => event.event === name);

describe('§8 A CRM that fails', () => {
  const gateway = runningGateway({
    config: { backends: { crm: { limits: { responseBytes: 100_000 } } } },
  });

  const reads = [klant, '/klanten', '/klanten?achternaam=Jansen'];
  const faults: readonly (readonly [soort: string, what: string, reason: string])[] = [
    ['fout', 'with status 500', 'status'],
    ['foutcode', 'with an error in a 200', 'status'],
    ['html', 'with a page of HTML', 'not-json'],
    ['afgekapt', 'halfway its answer', 'reset'],
    ['verbreek', 'by breaking the connection', 'reset'],
    ['groot', 'by sending more than it may', 'too-large'],
  ];
  for (const [index, [soort, what, reason]] of faults.entries()) {
    it(`${what} is a 502, in words of our own`, async () => {
      await gateway.crm.fault({ soort });
      for (const place of reads) {
        expectProblem(await gateway.get(place), 502, 'bad_gateway');
        expect(last(gateway.events, 'backend-failed')).to.include({ backend: 'crm', reason });
      }
      expect(JSON.stringify(gateway.events)).not.to.match(/vermeulen|999990019|ORA-/i);
    });

    it(`${what}, at a write, is a 502 too`, async () => {
      // Carried out all the same, so that the gateway sees at its first look what became of it.
      await gateway.crm.fault({ soort, methode: 'DELETE', moment: 'na' });
      expectProblem(await gateway.delete(klantPath(100040 + index)), 502, 'bad_gateway');
    });
  }

  it('that is too busy is a 503 with its own Retry-After', async () => {
    await gateway.crm.fault({ soort: 'vol' });
    for (const answer of [
      await gateway.get(klant),
      await gateway.get('/klanten'),
      await gateway.post(leastKlant),
    ]) {
      expectProblem(answer, 503, 'service_unavailable');
      expect(answer.headers.get('Retry-After')).to.equal('7');
    }
  });

  it('that refuses our credentials is a 502, and an event for the operator', async () => {
    await gateway.crm.fault({ soort: 'sleutel' });
    for (const ask of [
      () => gateway.get(klant),
      () => gateway.get('/klanten'),
      () => gateway.post(leastKlant),
    ]) {
      gateway.events.length = 0;
      expectProblem(await ask(), 502, 'bad_gateway');
      expect(last(gateway.events, 'credentials-refused')).to.include({ backend: 'crm', status: 401 });
    }
  });

  it('is well again as soon as it is', async () => {
    await gateway.crm.fault({ soort: 'fout' });
    expect((await gateway.get(klant)).status).to.equal(502);
    await gateway.crm.calm();
    expect((await gateway.get(klant)).status).to.equal(200);
  });
});

describe('§8 A CRM that takes no connection', () => {
  let baseUrl = '';
  before(async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.close();
    await once(server, 'close');
  });
  const gateway = runningGateway({
    get config() {
      return { backends: { crm: { baseUrl } } };
    },
  });

  it('is a 502, also for a write', async () => {
    for (const answer of [
      await gateway.get(klant),
      await gateway.get('/klanten'),
      await gateway.post(leastKlant),
    ]) {
      expectProblem(answer, 502, 'bad_gateway');
      expect(last(gateway.events, 'backend-failed')).to.include({ reason: 'refused' });
    }
  });
});

describe('§8 An answer that the CRM should not give', () => {
  const crm = scriptedCrm();
  const gateway = runningGateway({
    get config() {
      return { backends: { crm: { baseUrl: crm.url } } };
    },
  });

  const refusals: readonly (readonly [status: number, event: Event['event']])[] = [
    [401, 'credentials-refused'],
    [403, 'credentials-refused'],
    [400, 'backend-failed'],
    [405, 'backend-failed'],
    [409, 'backend-failed'],
    [301, 'backend-failed'],
    [408, 'backend-failed'],
    [500, 'backend-failed'],
    [503, 'backend-failed'],
  ];
  for (const [status, event] of refusals) {
    it(`${status} to a read is a 502 and an event`, async () => {
      crm.answers((_, response) => {
        sendJson(response, { FOUT: { TEKST: 'Relatie 100001 (Vermeulen)' } }, status);
      });
      expectProblem(await gateway.get(klant), 502, 'bad_gateway');
      expect(last(gateway.events, event)).to.include({ backend: 'crm', status });
    });
  }

  for (const [what, body] of [
    ['nothing', ''],
    ['a text that is no JSON', 'OK'],
    ['half a JSON', '{"STATUS":"OK"'],
    ['a number', '7'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an object without a record', '{}'],
  ] as const) {
    it(`200 with ${what} is a 502, for a read and for a list`, async () => {
      crm.answers((_, response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(body));
      expectProblem(await gateway.get(klant), 502, 'bad_gateway');
      expectProblem(await gateway.get('/klanten'), 502, 'bad_gateway');
    });
  }

  it('a 304 that was not asked for is a 502', async () => {
    crm.answers((_, response) => response.writeHead(304).end());
    expectProblem(await gateway.get(klant), 502, 'bad_gateway');
  });

  it('a redirect is not followed, and costs one call', async () => {
    crm.answers((_, response) => response.writeHead(302, { Location: `${crm.url}/elsewhere` }).end());
    expectProblem(await gateway.get(klant), 502, 'bad_gateway');
    expect(crm.calls.map(({ path }) => path)).to.deep.equal(['/relaties/100003']);
    expect(last(gateway.events, 'backend-failed')).to.include({ reason: 'redirect', status: 302 });
  });

  it('a 404 is a klant that is not there', async () => {
    crm.answers((_, response) => {
      sendJson(response, { FOUT: { TEKST: 'Relatie 100001 (Vermeulen)' } }, 404);
    });
    expectProblem(await gateway.get(klant), 404, 'not_found');
  });

  it('a 404 to a list is a 502: that is no empty list', async () => {
    crm.answers((_, response) => {
      sendJson(response, {}, 404);
    });
    expectProblem(await gateway.get('/klanten'), 502, 'bad_gateway');
  });

  for (const [given, most] of [
    ['Wed, 21 Oct 2099 07:28:00 GMT', Infinity],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 60],
    ['soon', 60],
    [undefined, 60],
  ] as const) {
    it(`a 429 with Retry-After ${given ?? 'left out'} is a 503 with a number of seconds`, async () => {
      crm.answers((_, response) => {
        sendJson(response, {}, 429, given === undefined ? {} : { 'Retry-After': given });
      });
      const answer = await gateway.get(klant);
      expectProblem(answer, 503, 'service_unavailable');
      expect(answer.headers.get('Retry-After')).to.match(/^[1-9][0-9]*$/);
      const seconds = Number(answer.headers.get('Retry-After'));
      expect(seconds).to.be.at.most(most);
      if (most === Infinity) expect(seconds).to.be.greaterThan(60);
    });
  }

  it('a 503 that says when to come back is a 503 that says the same, and still a failure of the CRM', async () => {
    crm.answers((_, response) => {
      sendJson(response, {}, 503, { 'Retry-After': '7' });
    });
    const answer = await gateway.get(klant);
    expectProblem(answer, 503, 'service_unavailable');
    expect(answer.headers.get('Retry-After')).to.equal('7');
    expect(last(gateway.events, 'backend-failed')).to.include({ backend: 'crm', status: 503 });
  });

  it('a size is counted, also when none is announced', async () => {
    crm.answers((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{"RELATIE":"');
      for (let block = 0; block < 11; block++) response.write('x'.repeat(1_000_000));
      response.end('"}');
    });
    expectProblem(await gateway.get(klant), 502, 'bad_gateway');
    expect(last(gateway.events, 'backend-failed')).to.include({ reason: 'too-large' });
  });
});

describe('§8 What a client sends is no failure of the CRM', () => {
  const gateway = runningGateway({
    config: { backends: { crm: { breaker: { minimumCalls: 2, failurePercentage: 1 } } } },
  });

  it('half a surrogate pair, which no URL can hold, does not open the breaker', async () => {
    for (let times = 0; times < 5; times++)
      await gateway.post({ ...leastKlant, klantnummer: `K${times}\ud800` });
    expect(
      gateway.events.filter(({ event }) => event === 'backend-failed' || event === 'breaker'),
    ).to.deep.equal([]);
    expect((await gateway.get(klant)).status).to.equal(200);
  });
});
