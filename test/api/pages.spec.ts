import { expect } from 'chai';
import { api, canonical, runningGateway } from '../kit/gateway.ts';
import { send } from '../kit/wire.ts';
import { addressesIn, expectHarmless } from '../pages/page.ts';
import { expectProblem } from './problem.ts';

const documents = ['/openapi.json', '/schema/openapi.json', '/schema/openapi.yaml'].map(
  (place) => `${api}${place}`,
);
const htmlPages = [`${api}/schema/`, '/ref/fouten/', '/ref/fouten/ValidationError/', '/ref/fouten/NotFound/'];
const redirects = {
  [`${api}/schema`]: 'schema/',
  '/ref/fouten': 'fouten/',
  '/ref/fouten/ValidationError': 'ValidationError/',
  '/ref/fouten/GatewayTimeout': 'GatewayTimeout/',
};

describe('Pages for everybody', () => {
  const gateway = runningGateway();
  const at = (target: string, headers: Record<string, string> = {}, method = 'GET') =>
    send(gateway.port, { method, target, headers: { Host: 'klantbrug.test', ...headers } });

  for (const target of [...documents, ...htmlPages]) {
    describe(target, () => {
      it('is there without a token, for any Accept, and asks the CRM nothing', async () => {
        await gateway.crm.forget();
        for (const accept of ['text/html', '*/*', 'application/json', 'image/png']) {
          const { status, headers } = await at(target, { Accept: accept });
          expect(status).to.equal(200);
          expectHarmless(headers);
        }
        expect(await gateway.crm.total()).to.equal(0);
      });

      it('has the version of its API, when it belongs to one', async () => {
        const version = target.startsWith(api) ? '1.0.0' : null;
        for (const method of ['GET', 'HEAD', 'DELETE']) {
          expect((await at(target, {}, method)).headers.get('API-version')).to.equal(version);
        }
      });

      it('answers HEAD as GET, without a body', async () => {
        const [head, get] = [await at(target, {}, 'HEAD'), await at(target)];
        expect([head.status, head.text]).to.deep.equal([200, '']);
        for (const name of ['Content-Type', 'Content-Length', 'ETag', 'Content-Security-Policy']) {
          expect(head.headers.get(name)).to.equal(get.headers.get(name));
        }
        expect(Number(get.headers.get('Content-Length'))).to.equal(Buffer.byteLength(get.text));
      });

      it('must be asked for again each time, which costs nothing when it is the same', async () => {
        const { headers } = await at(target);
        expect(headers.get('Cache-Control')).to.equal('no-cache');
        const etag = headers.get('ETag') ?? '';
        expect(etag).to.match(/^"[0-9a-f]{32}"$/);
        const again = await at(target, { 'If-None-Match': etag });
        expect([again.status, again.text, again.headers.get('ETag')]).to.deep.equal([304, '', etag]);
        expect((await at(target, { 'If-None-Match': '"another"' })).status).to.equal(200);
      });

      it('cannot be written to', async () => {
        for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
          const answer = await at(target, {}, method);
          expectProblem(answer, 'MethodNotAllowed', { detail: `Methode "${method}" niet toegestaan.` });
          expect(answer.headers.get('Allow')).to.equal('GET, HEAD');
          for (const name of ['ETag', 'Content-Security-Policy'])
            expect(answer.headers.has(name)).to.equal(false);
        }
      });
    });
  }

  for (const [target, location] of Object.entries(redirects)) {
    it(`${target} leads to the same with a slash, also under a base URL with a path`, async () => {
      for (const method of ['GET', 'HEAD']) {
        const { status, headers, text } = await at(target, {}, method);
        expect([status, text]).to.deep.equal([301, '']);
        expect(headers.get('Location')).to.equal(location);
        expect(headers.get('Content-Type')).to.equal('text/plain; charset=utf-8');
        expectHarmless(headers);
      }
      const there = new URL(location, `https://voorbeeld.test/klantbrug${target}`).pathname;
      expect(there).to.equal(`/klantbrug${target}/`);
      expect((await at(`${target}/`)).status).to.equal(200);
    });
  }

  for (const target of htmlPages) {
    it(`${target} has only links that also work under a base URL with a path`, async () => {
      const addresses = addressesIn(await at(target));
      expect(addresses).not.to.deep.equal([]);
      for (const address of addresses) {
        const url = new URL(address, `https://voorbeeld.test/klantbrug${target}`);
        expect(url.origin, address).to.equal('https://voorbeeld.test');
        expect(url.pathname, address).to.match(/^\/klantbrug\//);
        expect((await at(url.pathname.slice('/klantbrug'.length))).status, address).to.equal(200);
      }
    });
  }

  for (const target of [
    '/ref',
    '/ref/',
    '/ref/fouten/Onbekend/',
    '/ref/fouten/Onbekend',
    '/ref/fouten/validationerror/',
    '/ref/fouten/ValidationError//',
    '/ref/fouten/__proto__/',
    '/ref/fouten/constructor/',
    '/ref/fouten/style.css',
    '/ref/fouten/%3Cscript%3E/',
    '/klanten/ref/fouten/',
    '/schema/',
    `${api}/schema//`,
    `${api}/schema/index.html`,
    `${api}/schema/swagger-ui.css`,
    `${api}/schema/viewer-0000000000000000/start.js`,
    `${api}/schema/../../../../package.json`,
    `${api}/schema/%2e%2e/package.json`,
  ]) {
    it(`is 404, as a problem document: ${target}`, async () => {
      expectProblem(await at(target), 'NotFound');
    });
  }

  it('are where the type of a problem points, under every base URL', async () => {
    for (const [host, base] of [
      ['klantbrug.test', canonical],
      ['intern.test:8080', 'http://intern.test:8080'],
    ] as const) {
      const { body } = await at('/nergens', { Host: host });
      expect(body.type).to.equal(`${base}/ref/fouten/NotFound/`);
      expect((await at('/ref/fouten/NotFound/', { Host: host })).status).to.equal(200);
    }
  });
});
