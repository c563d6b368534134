import { expect } from 'chai';
import { api, runningGateway, token } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { exchange, send, statusOf } from '../kit/wire.ts';
import { personal, staysHarmless } from './harmless.ts';
import { expectProblem } from './problem.ts';

describe('Paths and methods (contract, sections 0 and 4)', () => {
  const gateway = runningGateway();
  const path = klantPath(100_001);

  describe('a path that does not exist', () => {
    staysHarmless(gateway);

    for (const target of [
      '/',
      '/klanten',
      api,
      `${api}/`,
      `${api}/klanten/`,
      `${api}${path}/`,
      `${api}//klanten`,
      `/${api}/klanten`,
      `${api}/Klanten`,
      `${api.toUpperCase()}/klanten`,
      `${api}/klanten.json`,
      `${api}/klanten%2F`,
      `${api}%2Fklanten`,
      `${api}/personen`,
      `${api}${path}/adres`,
      '/klanten/api/v2/klanten',
      '/klanten/api/klanten',
      '/klanten/api/v1.0/klanten',
      '/kic/api/v1/contactmomenten',
      '/health',
      '/health/live/',
      '/tellers',
      '/relbeheer/relaties',
    ]) {
      it(`is 404 with and without a token: ${target}`, async () => {
        expectProblem(await send(gateway.port, { target }), 'NotFound');
        const headers = { Authorization: `Bearer ${await token('all')}` };
        expectProblem(await send(gateway.port, { target, headers }), 'NotFound');
        expectProblem(await send(gateway.port, { method: 'PUT', target, headers }), 'NotFound');
        expect(await gateway.crm.total()).to.equal(0);
      });
    }

    for (const target of ['http://[', 'http://a:b/c', 'http://[::1/klanten', 'ftp:/x', '*']) {
      it(`is 404 when it is not even a path: ${target}`, async () => {
        const method = target === '*' ? 'OPTIONS' : 'GET';
        const request = `${method} ${target} HTTP/1.1\r\nHost: klantbrug.test\r\nConnection: close\r\n\r\n`;
        const answer = await exchange(gateway.port, request);
        expect(statusOf(answer)).to.be.oneOf([400, 404]);
        expect(gateway.events.filter(({ event }) => event === 'unexpected-error')).to.deep.equal([]);
      });
    }
  });

  it('is found in a whole URL as well, as HTTP wants', async () => {
    const headers = { Host: 'klantbrug.test', Authorization: `Bearer ${await token('all')}` };
    const target = `http://klantbrug.test${api}${path}`;
    expect((await send(gateway.port, { target, headers })).status).to.equal(200);
    const list = `http://klantbrug.test${api}/klanten?klantnummer=x`;
    expect((await send(gateway.port, { target: list, headers })).body.count).to.equal(0);
  });

  describe('a klant that cannot be', () => {
    staysHarmless(gateway);

    for (const uuid of [
      'abc',
      '1',
      '100001',
      personal.bsn,
      personal.email,
      'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
      '00000000-0000-0000-0000-000000000000',
      `${path.slice('/klanten/'.length)}.json`,
      `${path.slice('/klanten/'.length)}0`,
      `${path.slice('/klanten/'.length)}%00`,
      '%00',
      '%ZZ',
      '%2e%2e%2frelaties',
      '..%5c..',
      '__proto__',
      'é',
      'x'.repeat(4000),
    ]) {
      it(`is 404 for every method, and asks the CRM nothing: ${uuid.slice(0, 50)}`, async () => {
        const headers = { Authorization: `Bearer ${await token('all')}`, 'Content-Type': 'application/json' };
        for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
          const target = `${api}/klanten/${encodeURI(uuid).replaceAll('%25', '%')}`;
          expectProblem(await send(gateway.port, { method, target, headers, body: '{}' }), 'NotFound');
        }
        expect(await gateway.crm.total()).to.equal(0);
      });
    }
  });

  describe('a method that a path does not have', () => {
    staysHarmless(gateway);

    for (const [place, methods, allow] of [
      ['/klanten', ['PUT', 'PATCH', 'DELETE', 'PROPFIND', 'REPORT'], ['GET', 'HEAD', 'POST']],
      [path, ['POST', 'PROPFIND', 'PURGE'], ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']],
    ] as const) {
      for (const method of methods) {
        for (const client of ['all', null] as const) {
          it(`is 405 with Allow: ${method} ${place}, ${client === null ? 'without' : 'with'} a token`, async () => {
            const answer = await gateway.request(method, place, { client });
            expectProblem(answer, 'MethodNotAllowed', { detail: `Methode "${method}" niet toegestaan.` });
            expect(answer.headers.get('Allow')?.split(', ')).to.have.members([...allow]);
            expect(await gateway.crm.total()).to.equal(0);
          });
        }
      }
    }

    it('is 405 for TRACE, which repeats nothing', async () => {
      const target = `${api}/klanten`;
      const answer = await send(gateway.port, { method: 'TRACE', target, headers: { 'X-A': personal.name } });
      expectProblem(answer, 'MethodNotAllowed', { detail: 'Methode "TRACE" niet toegestaan.' });
      expect(answer.text).not.to.include(personal.name);
    });

    it('is no tunnel for CONNECT', async () => {
      const request = 'CONNECT 127.0.0.1:80 HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n';
      expect(statusOf(await exchange(gateway.port, request)) ?? 400).to.be.at.least(400);
    });
  });

  describe('OPTIONS', () => {
    staysHarmless(gateway);

    for (const [place, allow] of [
      ['/klanten', ['GET', 'HEAD', 'POST']],
      [path, ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']],
    ] as const) {
      for (const client of ['all', null] as const) {
        it(`is 403 with Allow: ${place}, ${client === null ? 'without' : 'with'} a token`, async () => {
          const answer = await gateway.request('OPTIONS', place, { client });
          expectProblem(answer, 'PermissionDenied');
          expect(answer.headers.get('Allow')?.split(', ')).to.have.members([...allow]);
          expect(await gateway.crm.total()).to.equal(0);
        });
      }
    }
  });

  describe('HEAD', () => {
    staysHarmless(gateway);

    /** All headers but those that differ between any two answers, and those about the connection. */
    function lasting(headers: Headers): Record<string, string> {
      const different = ['date', 'x-request-id', 'connection', 'keep-alive'];
      return Object.fromEntries([...headers].filter(([name]) => !different.includes(name)));
    }

    for (const place of [path, '/klanten', '/klanten?klantnummer=x', '/klanten?page=10']) {
      it(`has the status and headers of GET and no body: ${place}`, async () => {
        const [head, get] = [await gateway.head(place), await gateway.get(place)];
        expect(head.status).to.equal(200);
        expect(head.text).to.equal('');
        expect(get.text).not.to.equal('');
        expect(lasting(head.headers)).to.deep.equal(lasting(get.headers));
      });
    }

    for (const [status, place, options] of [
      [403, path, { client: null }],
      [403, '/klanten', { client: null }],
      [404, klantPath(1), {}],
      [404, '/klanten?page=0', {}],
      [404, '/nergens', {}],
      [400, '/klanten?subjectType=x', {}],
      [406, '/klanten', { headers: { Accept: 'text/html' } }],
    ] as const) {
      it(`is ${status} where GET is, without a body: ${place}`, async () => {
        const [head, get] = [await gateway.head(place, options), await gateway.get(place, options)];
        expect([head.status, get.status]).to.deep.equal([status, status]);
        expect(head.text).to.equal('');
        expect(head.headers.get('Content-Type')).to.equal('application/problem+json');
        expect(head.headers.get('Content-Length')).to.equal(get.headers.get('Content-Length'));
      });
    }
  });
});
