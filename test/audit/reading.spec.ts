import { expect } from 'chai';
import { scalarText } from '../../src/json.ts';
import { expectDescribed } from '../api/openapi-answers.ts';
import { expectProblem } from '../api/problem.ts';
import { storesOf } from '../gateway/deletes.ts';
import { canonical, leastKlant, runningGateway, token, urlIn } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { send } from '../kit/wire.ts';
import { rowsIn, trailsOf } from './trail.ts';

const nobody = '00000000-0000-4000-8000-000000000000';

describe('reading an audit trail', () => {
  const gateway = runningGateway({
    config: {
      clients: [
        { id: 'all', secret: '${ALL}', scopes: 'all' },
        { id: 'reader', secret: '${READER}', scopes: ['audittrails.lezen'] },
      ],
    },
  });
  const trails = trailsOf(gateway);
  const stores = storesOf(gateway);
  let klant = '';
  let entry = '';

  before(async () => {
    klant = urlIn(await gateway.post(leastKlant));
    await gateway.patch(klant, { functie: 'inkoper' });
    const [first] = await trails.read(klant);
    entry = `${klant}/audittrail/${scalarText(first?.uuid) ?? ''}`;
  });

  const mains: Readonly<Record<string, () => Promise<string>>> = {
    klanten: () => Promise.resolve(klant),
    contactmomenten: async () => (await stores.contactmoment()).url,
    verzoeken: async () => (await stores.verzoek()).url,
  };
  for (const [api, main] of Object.entries(mains)) {
    it(`of ${api} is as the OpenAPI document says`, async () => {
      const url = await main();
      const { body: document } = await gateway.get(`//${api}/api/v1/openapi.json`);
      const list = await trails.ask(url);
      expect(list.status, list.text).to.equal(200);
      const entries = await trails.read(url);
      // The list is bare, so the kit has no body of it.
      expect(list.body).to.deep.equal({});
      for (const { uuid } of entries) {
        const answer = await gateway.get(`${url}/audittrail/${scalarText(uuid) ?? ''}`);
        expect(answer.body).to.deep.equal(entries.find((one) => one.uuid === uuid));
        expectDescribed(document, 'audittrail_read', answer);
      }
      const missing = await trails.ask(`//${api}/api/v1/${api}/${nobody}`);
      expectDescribed(document, 'audittrail_list', missing);
    });
  }

  it('answers HEAD as GET, without a body', async () => {
    for (const place of [`${klant}/audittrail`, entry]) {
      const [head, get] = [await gateway.head(place), await gateway.get(place)];
      expect([head.status, head.text]).to.deep.equal([200, '']);
      for (const name of ['Content-Type', 'Content-Length', 'ETag', 'API-version'])
        expect(head.headers.get(name), name).to.equal(get.headers.get(name));
    }
  });

  it('has an ETag on an entry and none on the list', async () => {
    const etag = (await gateway.get(entry)).headers.get('ETag') ?? '';
    expect(etag).to.match(/^"[0-9a-f]{32}"$/);
    expect((await gateway.get(entry, { headers: { 'If-None-Match': etag } })).status).to.equal(304);
    expect((await trails.ask(klant)).headers.get('ETag')).to.equal(null);
  });

  it('ignores query parameters', async () => {
    expect((await gateway.get(`${klant}/audittrail?page=7&actie=create`)).status).to.equal(200);
  });

  it('has links for the base URL of the client, and keeps what was so as it was', async () => {
    const answer = await send(gateway.port, {
      target: new URL(`${klant}/audittrail`).pathname,
      headers: { Host: 'intern.test:8080', Authorization: `Bearer ${await token('all')}` },
    });
    const [first] = rowsIn(JSON.parse(answer.text) as []);
    const seen = klant.replace(canonical, 'http://intern.test:8080');
    expect(first).to.include({ hoofdObject: seen, resourceUrl: seen });
    expect(first).to.have.nested.property('wijzigingen.nieuw.url', klant);
  });

  it('is 404 for what is not there', async () => {
    for (const place of [
      `/klanten/${nobody}/audittrail`,
      '/klanten/no-uuid/audittrail',
      `/klanten/${nobody}/audittrail/${nobody}`,
      `${klant}/audittrail/${nobody}`,
      `${klant}/audittrail/no-uuid`,
      `${klant}/audittrail/`,
    ])
      expectProblem(await gateway.get(place), 'NotFound');
  });

  it('is 404 for who was there before there was a trail', async () => {
    expectProblem(await gateway.get(`${klantPath(100_001)}/audittrail`), 'NotFound');
  });

  it('is 404 for an entry of another main object', async () => {
    const other = urlIn(await gateway.post(leastKlant));
    const uuid = entry.split('/').at(-1) ?? '';
    expectProblem(await gateway.get(`${other}/audittrail/${uuid}`), 'NotFound');
    expect((await gateway.get(entry)).status).to.equal(200);
  });

  it('asks for a scope of its own', async () => {
    for (const place of [`${klant}/audittrail`, entry]) {
      expect((await gateway.get(place, { client: 'reader' })).status).to.equal(200);
      expectProblem(await gateway.get(place, { client: null }), 'PermissionDenied');
    }
    expectProblem(await gateway.get(klant, { client: 'reader' }), 'PermissionDenied');
  });

  it('is all that can be done with it', async () => {
    for (const place of [`${klant}/audittrail`, entry]) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const answer = await gateway.request(method, place, { body: {} });
        expect(answer.status, `${method} ${place}`).to.equal(405);
        expect(answer.headers.get('Allow')).to.equal('GET, HEAD');
      }
      expect((await gateway.get(place, { headers: { Accept: 'text/html' } })).status).to.equal(406);
    }
  });

  it('is 404 under what is no main object', async () => {
    const answer = await gateway.list('contactmomenten', `klantcontactmomenten/${nobody}/audittrail`);
    expectProblem(answer, 'NotFound');
  });

  for (const [soort, status] of [
    ['fout', 502],
    ['html', 502],
    ['verbreek', 502],
  ] as const) {
    it(`is ${status} when the store fails (${soort})`, async () => {
      await gateway.around.fault({ pad: '/bijregister', soort });
      for (const place of [`${klant}/audittrail`, entry])
        expect((await gateway.get(place)).status, place).to.equal(status);
    });
  }
});

describe('a client without the scope audittrails.lezen', () => {
  const gateway = runningGateway();

  it('reads a klant, and not its audit trail', async () => {
    const url = urlIn(await gateway.post(leastKlant));
    expect((await gateway.get(url, { client: 'reader' })).status).to.equal(200);
    expectProblem(await gateway.get(`${url}/audittrail`, { client: 'reader' }), 'PermissionDenied');
  });
});
