import { expect } from 'chai';
import { api, leastKlant, runningGateway, token, urlIn } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { send } from '../kit/wire.ts';
import { expectProblem } from './problem.ts';

describe('Headers (contract, section 6)', () => {
  const gateway = runningGateway();
  const path = klantPath(100_001);

  describe('API-version', () => {
    const cases = [
      [200, 'GET', path],
      [200, 'GET', '/klanten?klantnummer=x'],
      [200, 'HEAD', path],
      [200, 'PATCH', path, { body: {} }],
      [201, 'POST', '/klanten', { body: leastKlant }],
      [304, 'GET', path, { headers: { 'If-None-Match': '*' } }],
      [400, 'POST', '/klanten', { body: {} }],
      [400, 'POST', '/klanten', { body: '{' }],
      [403, 'GET', path, { client: null }],
      [403, 'OPTIONS', path],
      [404, 'GET', klantPath(1)],
      [404, 'GET', '/klanten?page=0'],
      [404, 'GET', '/nergens'],
      [404, 'GET', ''],
      [405, 'PUT', '/klanten', { client: null, body: {} }],
      [406, 'GET', path, { headers: { Accept: 'text/html' } }],
      [413, 'POST', '/klanten', { body: ' '.repeat(1_000_001) }],
      [415, 'POST', '/klanten', { headers: { 'Content-Type': 'text/plain' }, body: 'x' }],
    ] as const;
    for (const [status, method, place, options] of cases) {
      it(`is on ${status} (${method} ${place})`, async () => {
        const answer = await gateway.request(method, place, options);
        expect(answer.status).to.equal(status);
        expect(answer.headers.get('API-version')).to.equal('1.0.0');
      });
    }

    it('is on 204', async () => {
      const answer = await gateway.delete(urlIn(await gateway.post(leastKlant)));
      expect(answer.status).to.equal(204);
      expect(answer.text).to.equal('');
      expect(answer.headers.get('API-version')).to.equal('1.0.0');
    });

    it('is on 502', async () => {
      await gateway.crm.fault({ soort: 'html' });
      const answer = await gateway.get(path);
      expect(answer.status).to.equal(502);
      expect(answer.headers.get('API-version')).to.equal('1.0.0');
    });

    describe('that is configured', () => {
      const other = runningGateway({ config: { apis: { klanten: { version: '1.0.7' } } } });

      it('is that version', async () => {
        expect((await other.get(path)).headers.get('API-version')).to.equal('1.0.7');
        expect((await other.get('/nergens')).headers.get('API-version')).to.equal('1.0.7');
      });
    });
  });

  describe('Content-Type', () => {
    it('is application/json and nothing else on a klant, a list, a created and a changed klant', async () => {
      const answers = [
        await gateway.get(path),
        await gateway.get('/klanten?klantnummer=x'),
        await gateway.post(leastKlant),
        await gateway.patch(path, {}),
      ];
      for (const answer of answers) expect(answer.headers.get('Content-Type')).to.equal('application/json');
    });
  });

  describe('Location', () => {
    it('is on 201 the absolute URL of what was created, where it is found', async () => {
      const created = await gateway.post(leastKlant);
      expect(created.status).to.equal(201);
      const location = created.headers.get('Location') ?? '';
      expect(location).to.match(/^http:\/\/klantbrug\.test\/klanten\/api\/v1\/klanten\/[0-9a-f-]{36}$/);
      expect(location).to.equal(urlIn(created));
      expect((await gateway.get(location)).body).to.deep.equal(created.body);
    });

    it('is on nothing else', async () => {
      const answers = [await gateway.get(path), await gateway.patch(path, {}), await gateway.post({})];
      for (const answer of answers) expect(answer.headers.has('Location')).to.equal(false);
    });
  });

  describe('Accept', () => {
    const wanted = [
      'application/json',
      'APPLICATION/JSON',
      '*/*',
      'application/*',
      'application/json; charset=utf-8',
      'application/json;version=1.0',
      'application/json; indent=4; q=0.5',
      'text/html, application/xhtml+xml, application/json;q=0.9',
      'text/html, */*;q=0.1',
      'application/json, text/plain, */*',
    ];
    for (const accept of wanted) {
      it(`can be ${accept}`, async () => {
        expect((await gateway.get(path, { headers: { Accept: accept } })).status).to.equal(200);
      });
    }

    it('can be absent or blank', async () => {
      const target = `${api}${path}`;
      const headers = { Authorization: `Bearer ${await token('all')}` };
      expect((await send(gateway.port, { target, headers })).status).to.equal(200);
      expect((await send(gateway.port, { target, headers: { ...headers, Accept: '' } })).status).to.equal(
        200,
      );
    });

    const unwanted = [
      'text/html',
      'application/xml',
      'text/*',
      'application/hal+json',
      'application/problem+json',
      'application/json;q=0',
      'application/json; charset=utf-8; q=0',
      'json',
      'x',
    ];
    for (const accept of unwanted) {
      it(`cannot be ${accept}`, async () => {
        expectProblem(await gateway.get(path, { headers: { Accept: accept } }), 'NotAcceptable');
        expectProblem(await gateway.post(leastKlant, { headers: { Accept: accept } }), 'NotAcceptable');
      });
    }

    it('does not matter for Accept-Crs and Content-Crs, which this API does not have', async () => {
      const headers = { 'Accept-Crs': 'EPSG:28992', 'Content-Crs': 'EPSG:4326', 'Accept-Language': 'fr' };
      expect((await gateway.get(path, { headers })).status).to.equal(200);
    });
  });

  describe('CORS (ruling R6)', () => {
    it('is off', async () => {
      const headers = { Origin: 'https://elders.example', 'Access-Control-Request-Method': 'GET' };
      for (const method of ['GET', 'OPTIONS']) {
        const answer = await gateway.request(method, path, { headers });
        const names = [...answer.headers.keys()];
        expect(names.filter((name) => name.startsWith('access-control'))).to.deep.equal([]);
      }
    });
  });
});
