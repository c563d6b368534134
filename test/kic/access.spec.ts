import { expect } from 'chai';
import { isObject } from '../../src/json.ts';
import { runningGateway } from '../kit/gateway.ts';
import { mistakesIn, minimal } from '../config/files.ts';
import { kicConfig, kicOf, nobody } from './kic.ts';

const mains = ['klanten', 'contactmomenten', 'verzoeken'];

const relations = [
  'objectcontactmomenten',
  'objectverzoeken',
  'verzoekcontactmomenten',
  'verzoekinformatieobjecten',
  'verzoekproducten',
];

/** Every operation: its method, its path, and the scope that it takes (A2). */
const operations = [...mains, ...relations].flatMap((plural) => [
  ['GET', plural, 'lezen'],
  ['HEAD', plural, 'lezen'],
  ['POST', plural, 'aanmaken'],
  ['GET', `${plural}/${nobody}`, 'lezen'],
  ['HEAD', `${plural}/${nobody}`, 'lezen'],
  ['DELETE', `${plural}/${nobody}`, 'verwijderen'],
  ...(mains.includes(plural)
    ? [
        ['PUT', `${plural}/${nobody}`, 'bijwerken'],
        ['PATCH', `${plural}/${nobody}`, 'bijwerken'],
      ]
    : []),
]) as [string, string, string][];

describe('kic A2: who may call', () => {
  const reading = ['kic:klanten.lezen'];
  const others = ['lezen', 'aanmaken', 'bijwerken', 'verwijderen'].flatMap((verb) => [
    ...mains.map((plural) => `${plural}.${verb}`),
  ]);
  const gateway = runningGateway({
    config: {
      ...kicConfig,
      clients: [
        { id: 'all', secret: '${ALL}', scopes: others },
        { id: 'reader', secret: '${READER}', scopes: reading },
      ],
    },
  });
  const { list } = kicOf(gateway);

  it('every scope of the newer APIs together opens nothing here', async () => {
    for (const [method, path] of operations) {
      const body = ['POST', 'PUT', 'PATCH'].includes(method) ? { body: {} } : {};
      const answer = await gateway.request(method, `//kic/api/v1/${path}`, body);
      expect(answer.status, `${method} ${path}`).to.equal(403);
    }
    expect((await gateway.get('/klanten?klantnummer=x')).status).to.equal(200);
  });

  it('the scope to read opens what reads, and opens nothing there', async () => {
    for (const [method, path, verb] of operations) {
      if (verb === 'lezen' && mains.includes(path)) continue;
      const options = {
        client: 'reader',
        ...(['POST', 'PUT', 'PATCH'].includes(method) ? { body: {} } : {}),
      } as const;
      const answer = await gateway.request(method, `//kic/api/v1/${path}`, options);
      const allowed = path.includes('/') ? 404 : 200;
      expect(answer.status, `${method} ${path}`).to.equal(verb === 'lezen' ? allowed : 403);
    }
    expect((await list('verzoeken', { client: 'reader' })).status).to.equal(200);
    expect((await gateway.get('/klanten?klantnummer=x', { client: 'reader' })).status).to.equal(403);
  }).timeout(60_000);

  it('nobody without a token', async () => {
    for (const [method, path] of operations)
      expect((await gateway.request(method, `//kic/api/v1/${path}`, { client: null })).status).to.equal(403);
  });
});

describe('kic A8: what is served', () => {
  const gateway = runningGateway({ config: kicConfig });
  const { made, create } = kicOf(gateway);

  it('the version is 0.1.0, in every answer', async () => {
    const url = await made('klanten');
    for (const answer of [
      await gateway.get(url),
      await gateway.patch(url, {}),
      await gateway.patch(url, { subjectType: 'fout' }),
      await create('klanten'),
      await gateway.get(`//kic/api/v1/klanten/${nobody}`),
      await gateway.delete(url),
    ])
      expect(answer.headers.get('API-version')).to.equal('0.1.0');
    expect((await gateway.get('/klanten?klantnummer=x')).headers.get('API-version')).to.equal('1.0.0');
  });

  it('the document has 38 operations, and no more', async () => {
    for (const place of ['//kic/api/v1/schema/openapi.json', '//kic/api/v1/openapi.json']) {
      const { status, body } = await gateway.get(place, { client: null });
      expect(status, place).to.equal(200);
      const paths = isObject(body.paths) ? body.paths : {};
      const found = Object.entries(paths).flatMap(([path, item]) =>
        Object.entries(isObject(item) ? item : {})
          .filter(([method]) => method !== 'parameters')
          .map(([method]) => `${method.toUpperCase()} /${path.slice(1).replace('{uuid}', nobody)}`),
      );
      const wanted = operations
        .filter(([method]) => method !== 'HEAD')
        .map(([method, path]) => `${method} /${path}`);
      expect(wanted).to.have.length(38);
      expect(found).to.have.members(wanted);
    }
  });

  it('there is no audit trail, and there are no relations with klanten', async () => {
    const url = await made('klanten');
    for (const place of [
      `${url}/audittrail`,
      '//kic/api/v1/klantcontactmomenten',
      '//kic/api/v1/klantverzoeken',
    ])
      expect((await gateway.get(place)).status).to.equal(404);
  });

  it('what is of another content type or method is refused as in the newer API', async () => {
    const headers = { 'Content-Type': 'text/plain' };
    expect((await gateway.create('kic', 'klanten', 'x', { headers })).status).to.equal(415);
    expect((await gateway.request('PUT', '//kic/api/v1/klanten', { body: {} })).status).to.equal(405);
    expect((await gateway.get('//kic/api/v1/klanten', { headers: { Accept: 'text/html' } })).status).to.equal(
      406,
    );
  });
});

describe('kic: not configured', () => {
  const gateway = runningGateway();

  it('nothing of it is there', async () => {
    for (const [method, path] of operations) {
      const body = ['POST', 'PUT', 'PATCH'].includes(method) ? { body: {} } : {};
      expect(
        (await gateway.request(method, `//kic/api/v1/${path}`, body)).status,
        `${method} ${path}`,
      ).to.equal(404);
    }
    expect((await gateway.get('//kic/api/v1/schema/openapi.json')).status).to.equal(404);
  });
});

describe('kic: mistakes in its configuration', () => {
  const all = 'klanten: {}, contactmomenten: {}, verzoeken: {}';
  const found = async (apis: string) =>
    (await mistakesIn(minimal.replace('apis: { klanten: {} }', `apis: { ${apis} }`))).map((mistake) => ({
      ...mistake,
    }));

  it('without the three others it does not start', async () => {
    const [mistake, ...more] = await found("klanten: {}, kic: { bronorganisatie: '123456782' }");
    expect(more).to.deep.equal([]);
    expect(mistake?.line).to.equal(3);
    expect(JSON.stringify(mistake)).to.include('contactmomenten, verzoeken');
  });

  for (const [what, value] of Object.entries({
    'is no RSIN': "bronorganisatie: '123456789'",
    'is not there': '',
    'of a client is no RSIN': "bronorganisatie: '123456782', bronorganisatiePerClient: { kcc: '12' }",
  })) {
    it(`with a bronorganisatie that ${what} it does not start`, async () => {
      const [mistake, ...more] = await found(`${all}, kic: { ${value} }`);
      expect(more).to.deep.equal([]);
      expect(mistake?.line).to.equal(3);
      expect(JSON.stringify(mistake)).to.include('RSIN');
    });
  }

  it('with a rol that the standard does not have it does not start', async () => {
    const rol = "bronorganisatie: '123456782', rollen: { verzoek: gesprekspartner }";
    const [mistake, ...more] = await found(`${all}, kic: { ${rol} }`);
    expect(more).to.deep.equal([]);
    expect(mistake?.line).to.equal(3);
  });
});
