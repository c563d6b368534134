import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { api, runningGateway } from '../kit/gateway.ts';
import { root } from '../kit/process.ts';
import { addressesIn, expectHarmless, expectPage } from './page.ts';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

describe('The page that shows the OpenAPI document', () => {
  const gateway = runningGateway();
  const page = () => gateway.get('/schema/', { client: null });
  const loaded = async () => addressesIn(await page()).filter((address) => address.startsWith('viewer-'));

  it('is a page, named after the API', async () => {
    const answer = await page();
    expectPage(answer, policy);
    expect(answer.text).to.include('<title>Klanten API 1.0.0</title>');
  });

  it('leads to the document, and to the pages about errors', async () => {
    expect(addressesIn(await page())).to.include.members([
      'openapi.json',
      'openapi.yaml',
      '../../../../ref/fouten/',
    ]);
  });

  it('loads Swagger UI as its package has it', async () => {
    const addresses = await loaded();
    for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
      const address = addresses.find((one) => one.endsWith(`/${name}`)) ?? '';
      const served = await gateway.get(`/schema/${address}`, { client: null });
      const packaged = await readFile(path.join(root, 'node_modules/swagger-ui-dist', name), 'utf8');
      expect(served.text === packaged, name).to.equal(true);
    }
  });

  it('loads what may be kept for good: styles and scripts, with the headers of their kind', async () => {
    const addresses = await loaded();
    expect(addresses.map((address) => path.basename(address))).to.have.members([
      'swagger-ui.css',
      'page.css',
      'swagger-ui-bundle.js',
      'start.js',
    ]);
    for (const address of addresses) {
      const { status, headers } = await gateway.get(`/schema/${address}`, { client: null });
      expect(status).to.equal(200);
      expect(headers.get('Content-Type')).to.equal(mediaTypes[path.extname(address)]);
      expect(headers.get('Cache-Control')).to.equal('public, max-age=31536000, immutable');
      expect(headers.get('API-version')).to.equal('1.0.0');
      expectHarmless(headers);
      const again = { 'If-None-Match': headers.get('ETag') ?? '' };
      const { status: known } = await gateway.get(`/schema/${address}`, { client: null, headers: again });
      expect(known).to.equal(304);
    }
  });

  it('has the licences of what it loads beside it', async () => {
    const [folder] = (await loaded()).map((address) => path.dirname(address));
    const { status, text } = await gateway.get(`/schema/${folder ?? ''}/swagger-ui-bundle.js.LICENSE.txt`);
    expect(status).to.equal(200);
    expect(text).to.include('MIT');
  });

  it('only reads: no request is tried, and no validator elsewhere is told of the document', async () => {
    const start = (await loaded()).find((address) => address.endsWith('/start.js')) ?? '';
    const { text } = await gateway.get(`/schema/${start}`, { client: null });
    expect(text).to.include("url: 'openapi.json'");
    expect(text).to.include('supportedSubmitMethods: []');
    expect(text).to.include('validatorUrl: null');
  });

  it('is of a package that is there in production, and whose installation is not reported to its makers', async () => {
    const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      readonly dependencies: Record<string, string>;
      readonly scarfSettings?: unknown;
    };
    expect(manifest.dependencies).to.have.property('swagger-ui-dist');
    expect(manifest.scarfSettings).to.deep.equal({ enabled: false });
  });

  describe('of an API that is configured to be elsewhere', () => {
    const elsewhere = runningGateway({
      config: { apis: { klanten: { path: '/crm/klanten', version: '1.0.3' } } },
    });

    it('is there, with links from there', async () => {
      const answer = await elsewhere.get('//crm/klanten/schema/', { client: null });
      expectPage(answer, policy);
      expect(answer.headers.get('API-version')).to.equal('1.0.3');
      expect(addressesIn(answer)).to.include('../../../ref/fouten/');
      const here = addressesIn(answer).map(
        (address) => new URL(address, elsewhere.urlOf('//crm/klanten/schema/')),
      );
      for (const { pathname } of here) {
        expect((await elsewhere.get(`/${pathname}`, { client: null })).status, pathname).to.equal(200);
      }
    });

    it('is not where the API usually is', async () => {
      expect((await elsewhere.get('/schema/', { client: null })).status).to.equal(404);
      expect((await elsewhere.get(`/${api}/schema`, { client: null })).status).to.equal(404);
    });
  });
});
