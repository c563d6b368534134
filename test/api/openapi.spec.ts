import { expect } from 'chai';
import { parse } from 'yaml';
import { api, canonical, runningGateway } from '../kit/gateway.ts';

const places = ['/openapi.json', '/schema/openapi.json', '/schema/openapi.yaml'];

describe('The OpenAPI document, as it is served (contract, section 0)', () => {
  const gateway = runningGateway();

  for (const place of places) {
    it(`is there for everybody: ${place}`, async () => {
      await gateway.crm.forget();
      const { status, headers, text } = await gateway.get(place, { client: null });
      expect(status).to.equal(200);
      expect(headers.get('API-version')).to.equal('1.0.0');
      expect(headers.get('Content-Type')).to.equal(
        place.endsWith('json') ? 'application/json' : 'application/yaml',
      );
      const document = parse(text) as { openapi: string; servers: unknown; paths: object };
      expect(document.openapi).to.match(/^3\./);
      expect(document.servers).to.deep.equal([{ url: `${canonical}${api}` }]);
      expect(Object.keys(document.paths)).to.deep.equal([
        '/klanten',
        '/klanten/{uuid}',
        '/klanten/{klant_uuid}/audittrail',
        '/klanten/{klant_uuid}/audittrail/{uuid}',
      ]);
      expect(await gateway.crm.total()).to.equal(0);
    });

    it(`answers HEAD as GET, without a body: ${place}`, async () => {
      const [head, get] = [await gateway.head(place), await gateway.get(place)];
      expect(head.status).to.equal(200);
      expect(head.text).to.equal('');
      expect(head.headers.get('Content-Length')).to.equal(get.headers.get('Content-Length'));
    });

    it(`is what a browser gets too: ${place}`, async () => {
      const headers = { Accept: 'text/html,application/xhtml+xml;q=0.9' };
      expect((await gateway.get(place, { client: null, headers })).status).to.equal(200);
    });

    it(`cannot be written to: ${place}`, async () => {
      expect((await gateway.request('POST', place, { body: {} })).status).to.be.oneOf([404, 405]);
    });
  }

  it('is the same document everywhere', async () => {
    const documents = await Promise.all(
      places.map(async (place) => parse((await gateway.get(place)).text) as unknown),
    );
    expect(documents[1]).to.deep.equal(documents[0]);
    expect(documents[2]).to.deep.equal(documents[0]);
  });

  describe('of an API that is configured to be elsewhere', () => {
    const elsewhere = runningGateway({
      config: { apis: { klanten: { path: '/crm/klanten/v1', version: '1.0.3' } } },
    });

    it('is there, and says so', async () => {
      const { status, headers, body } = await elsewhere.get('//crm/klanten/v1/openapi.json', {
        client: null,
      });
      expect(status).to.equal(200);
      expect(headers.get('API-version')).to.equal('1.0.3');
      expect(body.servers).to.deep.equal([{ url: `${canonical}/crm/klanten/v1` }]);
      expect(body.info).to.have.property('version', '1.0.3');
    });

    it('is not where the API usually is', async () => {
      expect((await elsewhere.get('/openapi.json')).status).to.equal(404);
      expect((await elsewhere.get('/klanten')).status).to.equal(404);
      expect((await elsewhere.get('//crm/klanten/v1/klanten?klantnummer=x')).status).to.equal(200);
    });
  });
});
