import { expect } from 'chai';
import { loadConfig } from '../../src/config/index.ts';
import { formatMistakes, Mistakes } from '../../src/files/mistakes.ts';
import { inFolder, minimal, mistakesIn } from './files.ts';

/** Each is added to the minimal configuration, or replaces a part of it; then the path, the line, and words of the report. */
const cases: readonly {
  readonly what: string;
  readonly replace?: [string, string];
  readonly add?: string;
  readonly path: string;
  readonly line: number;
  readonly says: string;
}[] = [
  { what: 'an unknown key', add: 'lsten: {}', path: 'lsten', line: 10, says: "did you mean 'listen'?" },
  {
    what: 'a key like no other',
    add: 'zzz: 1',
    path: 'zzz',
    line: 10,
    says: "unknown key 'zzz'; expected one of listen",
  },
  {
    what: 'a missing key',
    replace: ['mapping: { folder: ../mappings/crm }', ''],
    path: 'mapping',
    line: 2,
    says: 'missing',
  },
  {
    what: 'a missing inner key',
    replace: ['{ folder: ../mappings/crm }', '{}'],
    path: 'mapping.folder',
    line: 8,
    says: 'e.g. "../mappings/demo-crm"',
  },
  { what: 'an empty section', add: 'cache:', path: 'cache', line: 10, says: 'found nothing' },
  {
    what: 'a number out of range',
    add: 'listen: { port: 65536 }',
    path: 'listen.port',
    line: 10,
    says: 'integer from 0 to 65535',
  },
  {
    what: 'text for a number',
    add: 'listen:\n  port: http',
    path: 'listen.port',
    line: 11,
    says: 'found "http", e.g. 8080',
  },
  {
    what: 'an unknown unit',
    add: 'limits: { bodyBytes: 1 MegaB }',
    path: 'limits.bodyBytes',
    line: 10,
    says: 'or text such as 10 MB',
  },
  {
    what: 'no time at all',
    add: 'limits: { requestMs: 0 s }',
    path: 'limits.requestMs',
    line: 10,
    says: 'from 1 to',
  },
  {
    what: 'a time that no timer can hold',
    add: 'limits: { requestMs: 600 h }',
    path: 'limits.requestMs',
    line: 10,
    says: 'from 1 to 86400000',
  },
  {
    what: 'an unknown API',
    replace: ['klanten: {}', 'klanten: {}, klantn: {}'],
    path: 'apis.klantn',
    line: 3,
    says: "did you mean 'klanten'?",
  },
  { what: 'no API', replace: ['klanten: {}', ''], path: 'apis', line: 3, says: 'at least one of klanten' },
  {
    what: 'a path with a slash at its end',
    replace: ['klanten: {}', 'klanten: { path: /klanten/ }'],
    path: 'apis.klanten.path',
    line: 3,
    says: 'does not end with one',
  },
  {
    what: 'an unknown rule',
    add: 'rules: { kla-01: off }',
    path: 'rules.kla-01',
    line: 10,
    says: "did you mean 'kla-001'?",
  },
  {
    what: 'a rule that is neither on nor off',
    add: 'rules: { kla-001: no }',
    path: 'rules.kla-001',
    line: 10,
    says: 'expected on or off',
  },
  {
    what: 'an unknown scope',
    replace: ['all', '[klanten.lezen, klanten.leezn]'],
    path: 'clients[0].scopes[1]',
    line: 7,
    says: 'klanten.lezen',
  },
  {
    what: 'no scopes',
    replace: ['all', 'none'],
    path: 'clients[0].scopes',
    line: 7,
    says: 'all, or a list of',
  },
  {
    what: 'an unknown resource in the cache',
    add: 'cache: { resources: { klanten: {} } }',
    path: 'cache.resources.klanten',
    line: 10,
    says: "did you mean 'klant'?",
  },
  {
    what: 'two clients with one id',
    add: '',
    replace: ['clients:', 'clients:\n  - { id: kcc, secret: "${CLIENT_SECRET}", scopes: all }'],
    path: 'clients[1].id',
    line: 6,
    says: 'the same as clients[0].id',
  },
  {
    what: 'no clients',
    replace: ['clients:\n  - id: kcc\n    secret: ${CLIENT_SECRET}\n    scopes: all', 'clients: []'],
    path: 'clients',
    line: 4,
    says: 'at least one client',
  },
  {
    what: 'two base URLs with one host',
    replace: ['klantbrug.example }', 'klantbrug.example, further: { intern: http://KLANTBRUG.example/a } }'],
    path: 'baseUrls.further.intern',
    line: 2,
    says: 'the same as baseUrls.canonical',
  },
  {
    what: 'a base URL that is relative',
    replace: ['https://klantbrug.example', '/klanten'],
    path: 'baseUrls.canonical',
    line: 2,
    says: 'absolute http or https URL',
  },
  {
    what: 'a base URL with a slash at its end',
    replace: ['klantbrug.example', 'klantbrug.example/'],
    path: 'baseUrls.canonical',
    line: 2,
    says: 'without trailing slash',
  },
  {
    what: 'a base URL with a query',
    replace: ['klantbrug.example', 'klantbrug.example?a=b'],
    path: 'baseUrls.canonical',
    line: 2,
    says: 'query',
  },
  {
    what: 'a backend that is not absolute',
    replace: ['https://crm.example/api', 'crm.example'],
    path: 'backends.crm.baseUrl',
    line: 9,
    says: 'absolute',
  },
  {
    what: 'a backend of another scheme',
    replace: ['https://crm.example/api', 'ftp://crm.example'],
    path: 'backends.crm.baseUrl',
    line: 9,
    says: 'http or https',
  },
  {
    what: 'no backends',
    replace: ['crm: { baseUrl: https://crm.example/api }', ''],
    path: 'backends',
    line: 9,
    says: 'at least one backend',
  },
  {
    what: 'two kinds of credentials',
    replace: [
      'example/api',
      'example/api, credentials: { bearer: { token: "${CRM_KEY}" }, basic: { user: a, password: "${CRM_KEY}" } }',
    ],
    path: 'backends.crm.credentials',
    line: 9,
    says: 'exactly one of header, query, basic, bearer',
  },
  {
    what: 'a name that is no header',
    replace: ['example/api', 'example/api, credentials: { header: { name: "X Key", value: "${CRM_KEY}" } }'],
    path: 'backends.crm.credentials.header.name',
    line: 9,
    says: 'name of a header',
  },
  {
    what: 'a range that is too narrow to exist',
    add: 'trustedProxies: [10.0.0.0/8, 10.0.0.0/33]',
    path: 'trustedProxies[1]',
    line: 10,
    says: 'CIDR',
  },
  {
    what: 'a range that is no address',
    add: 'trustedProxies: [proxy.example]',
    path: 'trustedProxies[0]',
    line: 10,
    says: 'IP address',
  },
  {
    what: 'an address range of a URL check',
    add: 'urlChecks: { hosts: [{ origin: http://a.example, addresses: [a] }] }',
    path: 'urlChecks.hosts[0].addresses[0]',
    line: 10,
    says: 'CIDR',
  },
  {
    what: 'an origin with a path',
    add: 'urlChecks:\n  hosts:\n    - origin: http://a.example/b',
    path: 'urlChecks.hosts[0].origin',
    line: 12,
    says: 'without a path',
  },
  {
    what: 'an origin twice',
    add: 'urlChecks: { hosts: [{ origin: http://a.example }, { origin: http://A.example:80 }] }',
    path: 'urlChecks.hosts[1].origin',
    line: 10,
    says: 'the same as urlChecks.hosts[0].origin',
  },
  {
    what: 'an unknown kind of register',
    add: 'registers: { a: { kind: zaak, root: https://a.example } }',
    path: 'registers.a.kind',
    line: 10,
    says: 'one of zaken, documenten, notificaties',
  },
  {
    what: 'a root with a slash at its end',
    add: 'registers: { a: { kind: zaken, root: https://a.example/api/ } }',
    path: 'registers.a.root',
    line: 10,
    says: 'without trailing slash',
  },
  {
    what: 'two kinds of credentials for a register',
    add: 'registers: { a: { kind: zaken, root: https://a.example, credentials: { zgw: { clientId: a, secret: "${CRM_KEY}" }, bearer: { token: "${CRM_KEY}" } } } }',
    path: 'registers.a.credentials',
    line: 10,
    says: 'exactly one of header, query, basic, bearer, zgw',
  },
  ...['notificaties', 'autorisaties'].map((kind) => ({
    what: `a second register of kind ${kind}`,
    add: `registers:\n  a: { kind: ${kind}, root: https://a.example }\n  b: { kind: ${kind}, root: https://b.example }`,
    path: 'registers.b.kind',
    line: 12,
    says: 'the same as registers.a.kind',
  })),
  ...[
    ['the same root twice', 'https://a.example/api', 'https://A.example:443/api'],
    ['a root inside another', 'https://a.example/api', 'https://a.example/api/v1'],
    ['a root around another', 'https://a.example/api', 'https://a.example'],
  ].map(([what = '', one = '', other = '']) => ({
    what,
    add: `registers:\n  a: { kind: zaken, root: ${one} }\n  b: { kind: documenten, root: ${other} }`,
    path: 'registers.b.root',
    line: 12,
    says: 'overlaps with registers.a.root',
  })),
  ...['https://klantbrug.example', 'http://Klantbrug.example:80/zaken/api/v1'].map((root) => ({
    what: `a root under a base URL of ours, ${root}`,
    add: `registers: { a: { kind: zaken, root: ${root} } }`,
    path: 'registers.a.root',
    line: 10,
    says: 'overlaps with baseUrls.canonical',
  })),
  {
    what: 'a root under a further base URL',
    replace: ['https://klantbrug.example }', 'https://k.example, further: { a: http://b.example/kb } }'],
    add: 'registers: { a: { kind: zaken, root: http://b.example/kb/zaken } }',
    path: 'registers.a.root',
    line: 10,
    says: 'overlaps with baseUrls.further.a',
  },
  {
    what: 'an unknown level',
    add: 'log: { level: trace }',
    path: 'log.level',
    line: 10,
    says: 'one of fatal, error, warn, info, debug, silent',
  },
  {
    what: 'a variable where no secret belongs',
    replace: ['../mappings/crm', '"${FOLDER}"'],
    path: 'mapping.folder',
    line: 8,
    says: 'only replaced where a secret belongs',
  },
  {
    what: 'a variable in a setting',
    replace: ['../mappings/crm', 'a, settings: { url: "https://${HOST}/" }'],
    path: 'mapping.settings.url',
    line: 8,
    says: 'only replaced where a secret belongs',
  },
  {
    what: 'a name that is no name',
    replace: ['backends: { crm', 'backends: { 2crm'],
    path: 'backends.2crm',
    line: 9,
    says: 'that begins with a letter',
  },
  {
    what: 'a missing variable',
    replace: ['CLIENT_SECRET', 'OTHER_SECRET'],
    path: 'clients[0].secret',
    line: 6,
    says: 'the environment variable OTHER_SECRET is not set',
  },
  {
    what: 'a secret file that is not there',
    replace: ['${CLIENT_SECRET}', '{ file: ./nergens }'],
    path: 'clients[0].secret',
    line: 6,
    says: 'the file ./nergens cannot be read (ENOENT)',
  },
  {
    what: 'a signing key that is too short',
    replace: ['CLIENT_SECRET', 'CRM_KEY'],
    path: 'clients[0].secret',
    line: 6,
    says: 'at least 32 characters',
  },
];

describe('configuration mistakes', () => {
  for (const { what, replace, add, path, line, says } of cases) {
    it(`points at ${what}`, async () => {
      const [from, to] = replace ?? ['', ''];
      expect(minimal).to.contain(from);
      const mistakes = await mistakesIn(`${minimal.replace(from, () => to)}${add ?? ''}\n`);
      expect(mistakes.map((mistake) => [mistake.path, mistake.line])).to.deep.equal([[path, line]]);
      expect(formatMistakes(mistakes)).to.contain(says);
    });
  }

  it('reports everything at once, in the order of the file', async () => {
    const mistakes = await mistakesIn(
      `
listen: { prot: 1, host: '' }
baseUrls: { canonical: nergens }
clients:
  - { id: a, secret: "\${NIET_GEZET}", scopes: all }
  - { id: a, secret: { file: nergens }, scopes: [alles] }
rules: { kla-999: off }
trustedProxies: ["\${PROXY}"]
`,
    );
    expect(mistakes.map(({ path, line }) => `${line ?? 0} ${path}`)).to.deep.equal([
      '2 apis',
      '2 mapping',
      '2 backends',
      '2 listen.prot',
      '2 listen.host',
      '3 baseUrls.canonical',
      '5 clients[0].secret',
      '6 clients[1].id',
      '6 clients[1].secret',
      '6 clients[1].scopes[0]',
      '7 rules.kla-999',
      '8 trustedProxies[0]',
    ]);
  });

  it('reports more mistakes than a validator keeps by default', async () => {
    const proxies = Array.from({ length: 40 }, (_, index) => `x${index}`);
    expect(await mistakesIn(`${minimal}trustedProxies: [${proxies.join()}]`)).to.have.length(40);
  });

  it('says where, what, and what instead', async () => {
    const mistakes = await mistakesIn(`${minimal}listen: { port: http }`);
    expect(formatMistakes(mistakes)).to.equal(
      `${inFolder('config.yaml')}:10:11 listen.port: expected integer from 0 to 65535 ` +
        '(The port to listen on; 0 for any free one), found "http", e.g. 8080',
    );
    expect(new Mistakes(mistakes).message).to.equal(formatMistakes(mistakes));
  });

  it('reports a file that is not there', async () => {
    const error: unknown = await loadConfig(inFolder('nergens.yaml'), {}).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(Mistakes);
    expect(String(error)).to.contain('nergens.yaml').and.contain('ENOENT');
  });

  it('reports an empty file', async () => {
    expect((await mistakesIn('')).map(({ path, found }) => [path, found])).to.deep.equal([['', 'nothing']]);
  });
});
