import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import { expect } from 'chai';
import { asking } from './asking.ts';

const file = (name: string) => readFile(path.join(import.meta.dirname, 'certificates', name), 'utf8');

describe('Credentials: certificates', () => {
  let server: Server;
  let url = '';
  let ca = '';
  let cert = '';
  const names: unknown[] = [];

  before(async () => {
    [ca, cert] = await Promise.all([file('authority.pem'), file('gateway.pem')]);
    const own = { key: await file('server.key'), cert: await file('server.pem') };
    server = createServer(
      { ...own, ca, requestCert: true, rejectUnauthorized: true },
      (request, response) => {
        const { socket } = request;
        if (socket instanceof TLSSocket) names.push(socket.getPeerCertificate().subject.CN);
        const session = request.url?.endsWith('/login') === true ? '{"token":"t"}' : '{}';
        response.setHeader('Content-Type', 'application/json').end(session);
      },
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  beforeEach(() => {
    names.length = 0;
  });

  after(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });

  it('of our own are shown, and a private authority is believed', async () => {
    const { ask } = asking(url, { tls: { ca, cert, key: await file('gateway.key') } });
    expect((await ask()).status).to.equal(200);
    expect(names).to.deep.equal(['Klantbrug test gateway']);
  });

  it('may have a key with a passphrase, and are shown where we log in as well', async () => {
    const { ask } = asking(url, {
      tls: { ca, cert, key: await file('gateway.encrypted.key'), passphrase: 'passphrase-of-the-test-key' },
      credentials: {
        kind: 'login',
        url: `${url}/login`,
        body: {},
        session: { text: '{token}', encoding: 'plain', header: 'X-S', prefix: '' },
      },
    });
    expect((await ask()).status).to.equal(200);
    expect(names).to.deep.equal(['Klantbrug test gateway', 'Klantbrug test gateway']);
  });

  it('of an authority that nobody knows are not believed', async () => {
    const { ask, events } = asking(url, { tls: { cert, key: await file('gateway.key') } });
    expect((await ask('POST')).status).to.equal(502);
    expect(names).to.be.empty;
    expect(events).to.deep.equal([{ event: 'backend-failed', backend: 'crm', reason: 'certificate' }]);
  });

  it('are asked for by the other side, which lets nobody in without', async () => {
    const { ask } = asking(url, { tls: { ca } });
    expect((await ask('POST')).status).to.equal(502);
    expect(names).to.be.empty;
  });
});
