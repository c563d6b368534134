import { expect } from 'chai';
import { client, runningAround, tokenOf } from './around.ts';
import { call } from './crm.ts';

const roots = {
  '/zaken/api/v1': '1.5.1',
  '/documenten/api/v1': '1.4.2',
  '/notificaties/api/v1': '1.0.0',
  '/autorisaties/api/v1': '1.0.0',
};

for (const [root, version] of Object.entries(roots)) {
  describe(`demo registers: ${root}`, () => {
    const around = runningAround();
    const asked = (authorization?: string) =>
      call<Record<string, unknown>>(around.url, 'GET', root, undefined, {
        ...(authorization !== undefined && { Authorization: authorization }),
      });

    it('lets a client in that it knows, and says its version', async () => {
      const { status, headers } = await asked(`Bearer ${await tokenOf()}`);
      expect(status).to.equal(200);
      expect(headers.get('API-version')).to.equal(version);
    });

    it('refuses everybody else, with a problem document and its version', async () => {
      const hourAgo = Math.floor(Date.now() / 1000) - 3700;
      const refused = {
        '': 'permission_denied',
        [`bearer ${await tokenOf()}`]: 'permission_denied',
        [`JWT ${await tokenOf()}`]: 'permission_denied',
        'Bearer no.such.token': 'jwt-decode-error',
        [`Bearer ${await tokenOf({ client_id: 'somebody' })}`]: 'invalid-client-identifier',
        [`Bearer ${await tokenOf({}, { secret: `${client.secret}!` })}`]: 'invalid-jwt-signature',
        [`Bearer ${await tokenOf({}, { alg: 'HS512' })}`]: 'invalid-jwt-signature',
        [`Bearer ${await tokenOf({ exp: hourAgo })}`]: 'jwt-expired',
        [`Bearer ${await tokenOf({ iat: hourAgo })}`]: 'jwt-expired',
      };
      for (const [authorization, code] of Object.entries(refused)) {
        const { status, headers, body } = await asked(authorization);
        expect(status, code).to.equal(403);
        expect(headers.get('Content-Type')).to.equal('application/problem+json');
        expect(headers.get('API-version')).to.equal(version);
        expect(body).to.include({ status, code });
      }
      expect((await asked()).status).to.equal(403);
    });

    it('shows its OpenAPI document to anybody', async () => {
      const { status, body } = await call<{ openapi: string; paths: object }>(
        around.url,
        'GET',
        `${root}/schema/openapi.json`,
      );
      expect(status).to.equal(200);
      expect(body.openapi).to.equal('3.0.0');
      expect(body.paths).to.be.an('object').that.is.not.empty;
    });

    it('says another version when it is told to, and its own again', async () => {
      const said = async () => (await asked()).headers.get('API-version');
      await around.control('POST', '/instellingen', { apiVersion: '1.0.0-oud' });
      expect(await said()).to.equal('1.0.0-oud');
      await around.control('POST', '/instellingen', { apiVersion: null });
      expect(await said()).to.equal(version);
    });

    it('knows which paths and methods there are', async () => {
      expect((await around.call('GET', `${root}/anders`)).status).to.equal(404);
      expect((await around.call('DELETE', `${root}/`)).status).to.equal(405);
    });
  });
}

describe('demo registers: bodies', () => {
  const around = runningAround();
  const list = '/zaken/api/v1/zaakverzoeken';

  it('have to be JSON objects, and to say so', async () => {
    const asText = await around.call('POST', list, '{}', { 'Content-Type': 'text/plain' });
    expect(asText.status).to.equal(415);
    for (const body of ['{', '[]', 'null', ' ']) {
      const { status, headers, body: answer } = await around.call('POST', list, body);
      expect(status, body).to.equal(400);
      expect(headers.get('Content-Type')).to.equal('application/problem+json');
      expect(answer).to.include({ code: 'parse_error' });
    }
  });

  it('are left out of the answer to HEAD', async () => {
    const { status, headers, body } = await around.call('HEAD', list);
    expect(status).to.equal(200);
    expect(headers.get('Content-Length')).to.equal('2');
    expect(body).to.equal(undefined);
  });
});
