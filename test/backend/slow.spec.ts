import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { type Answer, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { relation, scriptedCrm, sendJson } from '../kit/scripted-crm.ts';
import { standStill } from '../kit/stand-still.ts';
import { until } from '../kit/until.ts';

const klant = klantPath(100003);
const anHour = 3_600_000;

/** Limits on a CRM that are all too long to matter, but for one. */
const limits = (one: JsonObject): JsonObject => ({
  connectMs: anHour,
  headersMs: anHour,
  bodyMs: anHour,
  ...one,
});

function expectTimeout(answer: Answer): void {
  expect(answer.status).to.equal(504);
  expect(answer.body).to.include({ code: 'gateway_timeout', status: 504 });
}

describe('§8 The whole request has one deadline', () => {
  const gateway = runningGateway({
    config: { limits: { requestMs: 600 }, backends: { crm: { limits: limits({}) } } },
  });

  it('a CRM that does not answer by then is a 504, for a read, a list and a write', async () => {
    await gateway.crm.fault({ soort: 'traag' });
    expectTimeout(await gateway.get(klant));
    expectTimeout(await gateway.get('/klanten'));
    expectTimeout(await gateway.patch(klant, { functie: 'bode' }));
  });
});

describe('§8 Each request has a deadline of its own', () => {
  const gateway = runningGateway({
    config: { limits: { requestMs: 3000 }, backends: { crm: { limits: limits({}) } } },
  });

  it("one that passed is no other request's", async () => {
    await gateway.crm.fault({ soort: 'traag', aantal: 1 });
    expectTimeout(await gateway.get(klant));
    expect((await gateway.get(klant)).status).to.equal(200);
  });
});

describe('§8 The deadline holds for all calls to the CRM together', () => {
  const gateway = runningGateway({
    config: { limits: { requestMs: 4000 }, backends: { crm: { limits: limits({}) } } },
  });

  it('two that are each well within it can be too much', async () => {
    await gateway.crm.fault({ soort: 'traag', ms: 2500 });
    await gateway.crm.forget();
    expectTimeout(await gateway.get('/klanten'));
    expect(await gateway.crm.total()).to.equal(2);
  });
});

describe('§8 An answer of the CRM must begin in time', () => {
  const gateway = runningGateway({
    config: { limits: { requestMs: anHour }, backends: { crm: { limits: limits({ headersMs: 300 }) } } },
  });

  it('or it is a 504', async () => {
    await gateway.crm.fault({ soort: 'traag' });
    expectTimeout(await gateway.get(klant));
    expect(gateway.events).to.deep.include({ event: 'backend-failed', backend: 'crm', reason: 'timeout' });
  });

  it('is not asked for again: it costs one call', async () => {
    await gateway.crm.fault({ soort: 'traag' });
    await gateway.crm.forget();
    expectTimeout(await gateway.get(klant));
    expect(await gateway.crm.total()).to.equal(1);
  });
});

describe('§8 What is waited for is the CRM, and not this process', () => {
  const crm = scriptedCrm();
  const gateway = runningGateway({
    get config() {
      return {
        limits: { requestMs: anHour },
        backends: { crm: { baseUrl: crm.url, limits: limits({ headersMs: 300, bodyMs: 300 }) } },
      };
    },
  });

  it('an answer that came in while this process stood still is in time', async () => {
    crm.answers((_, response) => {
      sendJson(response, { STATUS: 'OK', RELATIE: relation(100003) });
      standStill(1000);
    });
    expect((await gateway.get(klant)).status).to.equal(200);
  });
});

describe('§8 An answer of the CRM must end in time', () => {
  const crm = scriptedCrm();
  const gateway = runningGateway({
    get config() {
      return {
        limits: { requestMs: anHour },
        backends: { crm: { baseUrl: crm.url, limits: limits({ bodyMs: 300 }) } },
      };
    },
  });

  it('or it is a 504', async () => {
    crm.answers((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"RELATIE":');
    });
    expectTimeout(await gateway.get(klant));
  });

  it('also when it keeps dripping', async () => {
    crm.answers((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.once('close', () => {
        clearInterval(drip);
      });
    });
    expectTimeout(await gateway.get(klant));
  });
});

describe('§8 A connection to the CRM must be made in time', () => {
  const sockets: Socket[] = [];
  // It accepts a connection and never says a word, so that the TLS connection is not made.
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const gateway = runningGateway({
    get config() {
      const baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      return {
        limits: { requestMs: anHour },
        backends: { crm: { baseUrl, limits: limits({ connectMs: 300 }) } },
      };
    },
  });

  it('or it is a 504', async () => {
    expectTimeout(await gateway.get(klant));
    expect(gateway.events).to.deep.include({
      event: 'backend-failed',
      backend: 'crm',
      reason: 'connect-timeout',
    });
  });
});

describe('§8 Each call to the CRM is given up by itself', () => {
  const crm = scriptedCrm();
  const gateway = runningGateway({
    get config() {
      return {
        limits: { requestMs: anHour },
        backends: { crm: { baseUrl: crm.url, limits: limits({ headersMs: 300 }) } },
      };
    },
  });

  it('one that takes too long takes no other with it', async () => {
    let finish = (): void => undefined;
    crm.answers(({ path }, response) => {
      // One answer never begins; the other has begun, and ends when the first one has been given up.
      if (path.endsWith('/100003')) return;
      response.writeHead(200, { 'Content-Type': 'application/json' }).write(' ');
      finish = () => response.end(JSON.stringify({ STATUS: 'OK', RELATIE: relation(100004) }));
    });
    const other = gateway.get(klantPath(100004));
    await until('the other has begun', () => crm.calls.length === 1);
    expectTimeout(await gateway.get(klant));
    finish();
    expect((await other).status).to.equal(200);
  });

  it('the connection of the one is not used for another', async () => {
    crm.answers(({ path }, response) => {
      if (path.endsWith('/100003')) return;
      sendJson(response, { STATUS: 'OK', RELATIE: relation(100004) });
    });
    expectTimeout(await gateway.get(klant));
    expect((await gateway.get(klantPath(100004))).body.achternaam).to.equal('Jansen');
  });
});
