import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { revealed } from '../../src/config/index.ts';
import { formatMistakes } from '../../src/files/mistakes.ts';
import { environment, inFolder, load, minimal, mistakesIn } from './files.ts';

const password = 'Hunter2-of-the-specs';
const variables = { ...environment, PASSWORD: password };
const certificates = path.resolve(import.meta.dirname, '../backend/certificates');

/** The configuration with more keys for its only backend, and perhaps another base URL. */
const withBackend = (more: string, baseUrl = 'https://crm.example/api'): string =>
  minimal.replace('https://crm.example/api', () => `${baseUrl}, ${more}`);

const withCredentials = (credentials: string): string => withBackend(`credentials: { ${credentials} }`);

const login = (body: string, url = '/login', session = 'cookie: { name: SID }'): string =>
  withCredentials(`login: { url: ${url}, body: ${body}, session: { ${session} } }`);

describe('credentials in the configuration', () => {
  before(async () => {
    const files = ['authority.pem', 'gateway.pem', 'gateway.key', 'gateway.encrypted.key', 'server.key'];
    await Promise.all(files.map((name) => copyFile(path.join(certificates, name), inFolder(name))));
    await writeFile(inFolder('password'), `${password}\n`);
    await writeFile(inFolder('geen.pem'), password);
    await writeFile(
      inFolder('kapot.pem'),
      `-----BEGIN CERTIFICATE-----\n${password}\n-----END CERTIFICATE-----\n`,
    );
  });

  async function read(text: string) {
    const config = await load(text, variables);
    expect(inspect(config, { depth: Infinity, showHidden: true }) + JSON.stringify(config))
      .not.to.contain('Hunter2')
      .and.not.contain('PRIVATE KEY');
    const { crm } = config.backends;
    return crm && revealed(crm);
  }

  it('may be a key in the query', async () => {
    const known = await read(withCredentials('query: { name: apikey, value: "${PASSWORD}" }'));
    expect(known?.credentials).to.deep.equal({ kind: 'query', name: 'apikey', value: password });
  });

  it('may be those of an OAuth2 client', async () => {
    const least =
      'tokenUrl: "https://login.example/token?p=1", clientId: a, clientSecret: { file: password }';
    const settings = {
      kind: 'oauth2',
      tokenUrl: 'https://login.example/token?p=1',
      clientId: 'a',
      clientSecret: password,
    };
    expect((await read(withCredentials(`oauth2: { ${least} }`)))?.credentials).to.deep.equal({
      ...settings,
      clientAuthentication: 'basic',
    });
    const more = 'clientAuthentication: body, scope: a b, audience: c, resource: d';
    expect((await read(withCredentials(`oauth2: { ${least}, ${more} }`)))?.credentials).to.deep.equal({
      ...settings,
      clientAuthentication: 'body',
      scope: 'a b',
      audience: 'c',
      resource: 'd',
    });
  });

  for (const host of ['localhost:81', '127.0.0.1', '127.1.2.3:9', '[::1]:8']) {
    it(`takes a token endpoint on this machine over http: ${host}`, async () => {
      const text = `oauth2: { tokenUrl: "http://${host}/t", clientId: a, clientSecret: "\${PASSWORD}" }`;
      expect((await read(withCredentials(text)))?.credentials).to.include({ tokenUrl: `http://${host}/t` });
    });
  }

  it('may be a log-in, with secrets anywhere in its body', async () => {
    const body = '{ user: a, n: 1, in: [{ password: "${PASSWORD}", file: x }, { file: password }, null] }';
    expect((await read(login(body)))?.credentials).to.deep.equal({
      kind: 'login',
      url: 'https://crm.example/api/login',
      body: { user: 'a', n: 1, in: [{ password, file: 'x' }, password, null] },
      session: { cookie: 'SID' },
    });
    const whole = login('{ a: "${PASSWORD}" }', '"https://crm.example/x?a=b"', 'token: { path: a.b }');
    expect((await read(whole))?.credentials).to.deep.include({
      url: 'https://crm.example/x?a=b',
      session: { text: '{a.b}', encoding: 'plain', header: 'Authorization', prefix: 'Bearer ' },
    });
  });

  for (const [keys, header, prefix] of [
    ['header: X-Session', 'X-Session', ''],
    ['header: authorization', 'authorization', 'Bearer '],
    ['header: X-Session, prefix: "a "', 'X-Session', 'a '],
    ['prefix: ""', 'Authorization', ''],
  ] as const) {
    it(`may have a session in a header of its own: ${keys}`, async () => {
      const known = await read(login('{ a: "${PASSWORD}" }', '/a', `token: { path: t, ${keys} }`));
      const session = { text: '{t}', encoding: 'plain', header, prefix };
      expect(known?.credentials).to.deep.include({ session });
    });
  }

  it('may have a session that is put together', async () => {
    const written = "token: { text: 'a:{b.0}:{c}', encoding: base64, prefix: 'Session ' }";
    const known = await read(login('{ a: "${PASSWORD}" }', '/a', written));
    expect(known?.credentials).to.deep.include({
      session: { text: 'a:{b.0}:{c}', encoding: 'base64', header: 'Authorization', prefix: 'Session ' },
    });
  });

  it('may be beside certificates and a header for the user', async () => {
    const files = 'certificateFile: gateway.pem, keyFile: gateway.encrypted.key, caFile: ./authority.pem';
    await writeFile(inFolder('passphrase'), 'passphrase-of-the-test-key\n');
    const known = await read(
      withBackend(`tls: { ${files}, passphrase: { file: passphrase } }, forwardUser: { header: X-User }`),
    );
    expect(known?.credentials).to.equal(undefined);
    expect(known?.forwardUser).to.deep.equal({ header: 'X-User' });
    expect(known?.tls?.passphrase).to.equal('passphrase-of-the-test-key');
    expect(known?.tls?.cert).to.match(/^-----BEGIN CERTIFICATE/);
    expect(known?.tls?.key).to.match(/^-----BEGIN ENCRYPTED PRIVATE KEY/);
    expect(known?.tls?.ca).to.match(/^-----BEGIN CERTIFICATE/);
  });

  it('are the same for registers', async () => {
    const config = await load(
      `${minimal}
registers:
  zrc:
    kind: zaken
    root: https://zaken.example/api
    credentials: { login: { url: /in, body: { a: "\${PASSWORD}" }, session: { cookie: { name: s } } } }
    tls: { caFile: authority.pem }
    forwardUser: { header: X-User }`,
      variables,
    );
    const zrc = config.registers.zrc && revealed(config.registers.zrc);
    expect(zrc?.credentials).to.include({ kind: 'login', url: 'https://zaken.example/api/in' });
    expect(zrc?.tls?.ca).to.match(/^-----BEGIN CERTIFICATE/);
    expect(zrc?.forwardUser).to.deep.equal({ header: 'X-User' });
  });

  const key = 'oauth2: { clientId: a, clientSecret: "${PASSWORD}", tokenUrl:';
  const tls = (text: string, baseUrl?: string): string => withBackend(`tls: { ${text} }`, baseUrl);
  const both = 'certificateFile: gateway.pem, keyFile:';
  const mistakes: readonly (readonly [what: string, text: string, path: string, says: string])[] = [
    [
      'a token endpoint over http',
      withCredentials(`${key} http://login.example/t }`),
      'credentials.oauth2.tokenUrl',
      'https URL',
    ],
    [
      'a token endpoint with a user',
      withCredentials(`${key} "https://a:Hunter2@b.example" }`),
      'credentials.oauth2.tokenUrl',
      'without user',
    ],
    [
      'two kinds',
      withCredentials('bearer: { token: "${PASSWORD}" }, query: { name: a, value: "${PASSWORD}" }'),
      'credentials',
      'exactly one of header, query',
    ],
    [
      'a literal key',
      withCredentials(`query: { name: a, value: ${password} }`),
      'credentials.query.value',
      'never the secret itself',
    ],
    [
      'a log-in at another host',
      login('{ a: "${PASSWORD}" }', 'https://elders.example/in'),
      'credentials.login.url',
      'another host',
    ],
    [
      'a log-in over another scheme',
      login('{ a: "${PASSWORD}" }', 'http://crm.example/in'),
      'credentials.login.url',
      'another host',
    ],
    [
      'a log-in without a secret',
      login(`{ password: ${password} }`),
      'credentials.login.body',
      'no reference to a secret',
    ],
    ['a log-in with text for a body', login(password), 'credentials.login.body', 'JSON object'],
    [
      'a log-in with half a reference',
      login('{ a: "${PASSWORD}", b: "x ${PASSWORD}" }'),
      'credentials.login.body.b',
      'only replaced where',
    ],
    [
      'a log-in with a variable that is not set',
      login('{ a: { b: "${ELDERS}" } }'),
      'credentials.login.body.a.b',
      'ELDERS is not set',
    ],
    [
      'a log-in with no session',
      login('{ a: "${PASSWORD}" }', '/a', ''),
      'credentials.login.session',
      'exactly one of token, cookie',
    ],
    [
      'a log-in with a token in two places',
      login('{ a: "${PASSWORD}" }', '/a', "token: { path: a, text: '{a}' }"),
      'credentials.login.session.token',
      'path and text',
    ],
    [
      'a log-in with a token in no place',
      login('{ a: "${PASSWORD}" }', '/a', 'token: { header: X-A }'),
      'credentials.login.session.token',
      'neither path nor text',
    ],
    [
      'a log-in with a token that is always the same',
      login('{ a: "${PASSWORD}" }', '/a', 'token: { text: abc }'),
      'credentials.login.session.token.text',
      'at least one place',
    ],
    [
      'a user in a header of HTTP',
      withBackend('forwardUser: { header: authorization }'),
      'forwardUser.header',
      'something else',
    ],
    [
      'a user in the header of the key',
      withBackend(
        'credentials: { header: { name: X-Key, value: "${PASSWORD}" } }, forwardUser: { header: x-key }',
      ),
      'forwardUser.header',
      'something else',
    ],
    [
      'a header with a line break',
      withBackend('forwardUser: { header: "X-A\\r\\nX-B" }'),
      'forwardUser.header',
      'name of a header',
    ],
    ['certificates for http', tls('caFile: authority.pem', 'http://crm.example'), 'tls', 'over http'],
    ['certificates of nothing', tls(''), 'tls', 'section with certificateFile'],
    [
      'a certificate without a key',
      tls('certificateFile: gateway.pem'),
      'tls.certificateFile',
      'keyFile is missing',
    ],
    ['a key without a certificate', tls('keyFile: gateway.key'), 'tls.keyFile', 'certificateFile is missing'],
    ['a file that is not there', tls('caFile: nergens.pem'), 'tls.caFile', 'ENOENT'],
    ['an authority that is none', tls('caFile: geen.pem'), 'tls.caFile', 'no certificate in it'],
    ['an authority that is damaged', tls('caFile: kapot.pem'), 'tls.caFile', 'damaged'],
    [
      'a certificate that is a key',
      tls('certificateFile: gateway.key, keyFile: gateway.key'),
      'tls.certificateFile',
      'no certificate in it',
    ],
    ['the key of another', tls(`${both} server.key`), 'tls.keyFile', 'not the key of the certificate'],
    ['a key that is none', tls(`${both} geen.pem`), 'tls.keyFile', 'no private key in it'],
    [
      'a key without its passphrase',
      tls(`${both} gateway.encrypted.key`),
      'tls.keyFile',
      'one that has a passphrase',
    ],
    [
      'a key with another passphrase',
      tls(`${both} gateway.encrypted.key, passphrase: "\${PASSWORD}"`),
      'tls.keyFile',
      'another passphrase',
    ],
  ];
  for (const [what, text, place, says] of mistakes) {
    it(`must not be ${what}`, async () => {
      const found = await mistakesIn(text, variables);
      expect(found.map((mistake) => mistake.path)).to.include(`backends.crm.${place}`);
      expect(found.every(({ line }) => line === 9)).to.equal(true);
      expect(formatMistakes(found)).to.contain(says).and.not.contain('Hunter2').and.not.contain('PRIVATE');
    });
  }
});
