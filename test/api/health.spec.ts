import { once } from 'node:events';
import net from 'node:net';
import { expect } from 'chai';
import { api, runningGateway, token } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { until } from '../kit/until.ts';

describe('Health', () => {
  const gateway = runningGateway();

  for (const place of ['/health/live', '/health/ready']) {
    it(`is told to everybody, without a line in the log: ${place}`, async () => {
      await gateway.crm.forget();
      const before = gateway.events.length;
      const { status, body, headers } = await gateway.get(`/${place}`, { client: null });
      expect(status).to.equal(200);
      expect(body).to.deep.equal({ status: 'ok' });
      expect(headers.get('Content-Type')).to.equal('application/json');
      expect(headers.get('Cache-Control')).to.equal('no-store');
      expect(gateway.events.length).to.equal(before);
      expect(await gateway.crm.total()).to.equal(0);
    });

    it(`can be asked with HEAD: ${place}`, async () => {
      const { status, text } = await gateway.head(`/${place}`, { client: null });
      expect(status).to.equal(200);
      expect(text).to.equal('');
    });

    it(`is well while the CRM is not: ${place}`, async () => {
      await gateway.crm.fault({ soort: 'verbreek' });
      expect((await gateway.get(klantPath(100_001))).status).to.be.at.least(500);
      expect((await gateway.get(`/${place}`, { client: null })).status).to.equal(200);
    });
  }

  describe('of a gateway that stops', () => {
    const leaving = runningGateway();

    it('is alive, and not ready', async () => {
      await leaving.crm.fault({ soort: 'traag', ms: 60_000 });
      await leaving.crm.forget();
      const socket = net.connect(leaving.port, '127.0.0.1').setEncoding('utf8');
      let received = '';
      socket.on('data', (piece: string) => (received += piece));
      const request = (target: string, ...headers: string[]): string =>
        [`GET ${target} HTTP/1.1`, 'Host: klantbrug.test', ...headers, '', ''].join('\r\n');

      // A connection stays open for the request that is under way; the others on it are answered after that one.
      socket.write(request(`${api}${klantPath(100_001)}`, `Authorization: Bearer ${await token('all')}`));
      await until('the CRM is asked', async () => (await leaving.crm.total()) > 0);
      const stopped = leaving.stop();
      socket.write(request('/health/live') + request('/health/ready', 'Connection: close'));
      await leaving.crm.calm();
      await once(socket, 'close');
      await stopped;

      const answers = received.split(/(?=HTTP\/1\.1 )/).map((answer) => answer.split('\r\n\r\n'));
      expect(answers.map(([head = '']) => head.split('\r\n')[0])).to.deep.equal([
        'HTTP/1.1 200 OK',
        'HTTP/1.1 200 OK',
        'HTTP/1.1 503 Service Unavailable',
      ]);
      expect(answers.slice(1).map(([, body]) => body)).to.deep.equal([
        '{"status":"ok"}',
        '{"status":"stopping"}',
      ]);
    });
  });
});
