import { once } from 'node:events';
import net from 'node:net';
import { expect } from 'chai';
import { api, leastKlant, runningGateway, token } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { until } from '../kit/until.ts';
import { exchange, statusOf } from '../kit/wire.ts';
import { personal, staysHarmless } from './harmless.ts';

describe('Clients that mean no good', () => {
  const gateway = runningGateway({
    config: { limits: { headerBytes: 4000, headersMs: 200, receiveMs: 200 } },
  });
  let authorization = '';

  before(async () => {
    authorization = `Authorization: Bearer ${await token('all')}`;
  });

  afterEach('the gateway still answers', async () => {
    expect((await gateway.get(klantPath(100_001))).status).to.equal(200);
  });

  /** The start of a request to /klanten, up to and including the empty line. */
  function head(method: string, ...headers: string[]): string {
    const lines = [`${method} ${api}/klanten HTTP/1.1`, 'Host: klantbrug.test', authorization, ...headers];
    return `${lines.join('\r\n')}\r\n\r\n`;
  }

  describe('with headers', () => {
    staysHarmless(gateway);

    it('are refused when one is too large', async () => {
      const answer = await exchange(gateway.port, head('GET', `X-Veel: ${personal.name.repeat(400)}`));
      expect(statusOf(answer)).to.equal(431);
    });

    it('are refused when there are too many', async () => {
      const many = Array.from({ length: 1000 }, (_, index) => `X-${index}: ${personal.bsn}`);
      expect(statusOf(await exchange(gateway.port, head('GET', ...many)))).to.equal(431);
    });

    it('are refused when the path is too long', async () => {
      const request = `GET /${personal.email.repeat(400)} HTTP/1.1\r\nHost: klantbrug.test\r\n\r\n`;
      expect(statusOf(await exchange(gateway.port, request))).to.equal(431);
    });

    it('are cut off when they do not come', async () => {
      const answer = await exchange(
        gateway.port,
        `GET ${api}/klanten?achternaam=${personal.name} HTTP/1.1\r\n`,
      );
      expect(statusOf(answer)).to.be.oneOf([408, undefined]);
    });

    it('are cut off when they come one letter at a time', async () => {
      const answer = await exchange(gateway.port, `GET ${api}/klanten HTTP/1.1\r\nX-Traag: `, 'x');
      expect(statusOf(answer)).to.be.oneOf([400, 408, undefined]);
    });

    for (const [what, request] of Object.entries({
      'no HTTP at all': `${personal.name}\r\n\r\n`,
      'a TLS greeting': '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03',
      'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      'no Host': `GET ${api}/klanten HTTP/1.1\r\nConnection: close\r\n\r\n`,
      'a NUL in the path': `GET ${api}/\0 HTTP/1.1\r\nHost: klantbrug.test\r\n\r\n`,
      'a NUL in a header': `GET ${api}/klanten HTTP/1.1\r\nHost: klantbrug.test\r\nX-A: a\0b\r\n\r\n`,
      'a method that nobody knows': `STEEL ${api}/klanten HTTP/1.1\r\nHost: klantbrug.test\r\n\r\n`,
    })) {
      it(`are refused: ${what}`, async () => {
        expect(statusOf(await exchange(gateway.port, request))).to.equal(400);
        expect(await gateway.crm.total()).to.equal(0);
      });
    }
  });

  describe('with bodies', () => {
    staysHarmless(gateway);

    const json = 'Content-Type: application/json';
    const whole = JSON.stringify({ ...leastKlant, achternaam: personal.name });

    it('are cut off when the rest does not come', async () => {
      const request = head('POST', json, 'Content-Length: 500') + whole;
      expect(statusOf(await exchange(gateway.port, request))).to.be.oneOf([400, 408, undefined]);
    });

    it('are cut off when the rest comes one blank at a time', async () => {
      const request = head('POST', json, 'Content-Length: 900000') + whole;
      expect(statusOf(await exchange(gateway.port, request, ' '))).to.be.oneOf([400, 408, undefined]);
    });

    it('are cut off when chunks keep coming', async () => {
      const request = head('POST', json, 'Transfer-Encoding: chunked');
      expect(statusOf(await exchange(gateway.port, request, '1\r\n \r\n'))).to.be.oneOf([
        400,
        408,
        undefined,
      ]);
    });

    it('come to nothing when the client hangs up halfway', async () => {
      const socket = net.connect(gateway.port, '127.0.0.1');
      const seen = gateway.events.length;
      socket.end(head('POST', json, 'Content-Length: 500') + whole);
      await once(socket.resume(), 'close');
      await until('the gateway has noticed', () =>
        gateway.events.slice(seen).some((event) => event.event === 'request'),
      );
    });

    for (const [what, headers, body] of [
      ['two lengths', ['Content-Length: 5', `Content-Length: ${whole.length}`], whole],
      ['a length and chunks', ['Transfer-Encoding: chunked', 'Content-Length: 5'], `0\r\n\r\n${whole}`],
      ['a length that is none', ['Content-Length: 1e2'], whole],
      ['a negative length', ['Content-Length: -1'], whole],
      ['chunks that are not last', ['Transfer-Encoding: chunked, gzip'], whole],
      ['a chunk of a size that is none', ['Transfer-Encoding: chunked'], `zz\r\n${whole}\r\n0\r\n\r\n`],
    ] as const) {
      it(`are refused: ${what}`, async () => {
        const request = head('POST', json, ...headers) + body;
        expect(statusOf(await exchange(gateway.port, request))).to.equal(400);
      });
    }

    it('hide no second request behind the first', async () => {
      const hidden = head('POST', json, `Content-Length: ${whole.length}`) + whole;
      const request = head('GET', 'Transfer-Encoding: chunked', `Content-Length: ${hidden.length}`);
      expect(statusOf(await exchange(gateway.port, `${request}0\r\n\r\n${hidden}`))).to.equal(400);
    });
  });

  it('do not keep somebody with the same limits from being served', async () => {
    expect((await gateway.post(leastKlant)).status).to.equal(201);
  });
});
