import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { blockListOf } from '../../src/addresses.ts';
import { loadConfig } from '../../src/config/index.ts';
import { environment, inFolder, load, minimal, signingKey } from './files.ts';

/** The rules that are on unless they are switched off, and that cannot warn. */
const alwaysOn = [
  ...['kla-001', 'kla-002', 'kic-001', 'medewerker-required', 'product-required'],
  ...['cm-001', 'cm-002', 'cm-003', 'cm-004', 'cm-005'],
  ...['vrz-001', 'vrz-002', 'vrz-003', 'vrz-004', 'vrz-005', 'vrz-006', 'vrz-007', 'vrz-008'],
];

describe('configuration', () => {
  it('fills in every default', async () => {
    const { clients, mapping, backends, ...rest } = await load(minimal);
    expect(rest).to.deep.equal({
      baseUrls: { canonical: 'https://klantbrug.example', further: {} },
      apis: { klanten: { path: '/klanten/api/v1', version: '1.0.0' } },
      listen: { host: '127.0.0.1', port: 8080 },
      trustedProxies: [],
      tokens: { clockSkewSeconds: 0 },
      cache: { maxBytes: 64_000_000, keepSeconds: 600, resources: {} },
      rules: {
        ...Object.fromEntries(alwaysOn.map((rule) => [rule, true])),
        'cm-006': 'on',
        'vrz-009': 'on',
        'subject-required': false,
      },
      registers: {},
      audit: 'required',
      extraFields: false,
      notifications: {
        strict: false,
        maxQueued: 10_000,
        concurrency: 4,
        timeoutMs: 10_000,
        firstRetryMs: 1000,
        longestRetryMs: 60_000,
        retryForSeconds: 3600,
      },
      authorisations: {
        from: 'configuration',
        cacheSeconds: 300,
        timeoutMs: 3000,
        components: { klanten: 'kc', contactmomenten: 'cmc', verzoeken: 'vrc' },
        callback: { secret: undefined },
      },
      urlChecks: { timeoutMs: 3000, hosts: [] },
      limits: {
        requestMs: 10_000,
        headersMs: 10_000,
        receiveMs: 10_000,
        headerBytes: 16_000,
        bodyBytes: 1_000_000,
        drainMs: 10_000,
      },
      idempotency: { keepSeconds: 600, maxEntries: 10_000 },
      log: { level: 'info' },
    });
    expect(clients.map(({ id, scopes }) => ({ id, scopes }))).to.deep.equal([{ id: 'kcc', scopes: 'all' }]);
    expect(mapping).to.deep.equal({
      folder: path.resolve(inFolder('../mappings/crm')),
      with: [],
      settings: {},
    });
    expect(backends).to.deep.equal({
      crm: {
        baseUrl: 'https://crm.example/api',
        credentials: { kind: 'none' },
        limits: {
          connectMs: 2000,
          headersMs: 5000,
          bodyMs: 5000,
          responseBytes: 10_000_000,
          concurrency: 50,
        },
        breaker: { failurePercentage: 50, minimumCalls: 10, windowSeconds: 10, openSeconds: 10 },
      },
    });
  });

  it('takes sizes and times with and without a unit', async () => {
    const { limits, idempotency } = await load(`${minimal}
limits: { requestMs: 2 min, headersMs: 1500, receiveMs: 250 ms, bodyBytes: 2 MB, headerBytes: 8KiB }
idempotency: { keepSeconds: 1 h }`);
    expect(limits).to.include({ requestMs: 120_000, headersMs: 1500, receiveMs: 250 });
    expect(limits).to.include({ bodyBytes: 2_000_000, headerBytes: 8192 });
    expect(idempotency.keepSeconds).to.equal(3600);
  });

  it('takes on, off, true and false for a rule', async () => {
    const { rules } = await load(`${minimal}\nrules: { kla-001: off, kla-002: false, subject-required: on }`);
    expect(rules).to.include({ 'kla-001': false, 'kla-002': false, 'subject-required': true });
    expect((await load(`${minimal}\nrules: { cm-006: warn, vrz-009: off }`)).rules).to.include({
      'cm-006': 'warn',
      'vrz-009': 'off',
    });
    expect((await load(`${minimal}\nrules: { kla-001: true }`)).rules['kla-001']).to.equal(true);
  });

  it('reads secrets from the environment and from files beside it', async () => {
    await writeFile(inFolder('crm.key'), 'uit een bestand\n');
    const { clients, backends } = await load(`${minimal.replace(/backends.*/, '')}
backends:
  file: { baseUrl: https://a.example, credentials: { header: { name: X-Key, value: { file: ./crm.key } } } }
  basic: { baseUrl: https://b.example, credentials: { basic: { user: ik, password: "\${CRM_KEY}" } } }
  bearer: { baseUrl: https://c.example, credentials: { bearer: { token: "\${CRM_KEY}" } } }
  zgw: { baseUrl: https://d.example, credentials: { zgw: { clientId: wij, secret: "\${CRM_KEY}" } } }`);
    expect(clients[0]?.secret.reveal()).to.equal(signingKey);
    const told = Object.values(backends).map(({ credentials }) => {
      switch (credentials.kind) {
        case 'header':
          return [credentials.name, credentials.value.reveal()];
        case 'basic':
          return [credentials.user, credentials.password.reveal()];
        case 'bearer':
          return [credentials.token.reveal()];
        case 'zgw':
          return [credentials.clientId, credentials.secret.reveal()];
        default:
          return [];
      }
    });
    expect(told).to.deep.equal([
      ['X-Key', 'uit een bestand'],
      ['ik', 'sleutel'],
      ['sleutel'],
      ['wij', 'sleutel'],
    ]);
  });

  it('never shows a secret when it is printed', async () => {
    const config = await load(minimal);
    const secret = config.clients[0]?.secret;
    const printed = [
      JSON.stringify(config),
      inspect(config, { depth: Infinity, showHidden: true }),
      `${secret?.toString() ?? ''} ${String(secret)}`,
    ].join('\n');
    expect(printed).not.to.contain(signingKey);
    expect(JSON.stringify(config)).to.contain('(secret)');
  });

  it('is frozen all the way down', async () => {
    const config = await load(minimal);
    const thaw = (): void => {
      Object.assign(config.backends.crm?.limits ?? {}, { connectMs: 1 });
    };
    expect(thaw).to.throw(TypeError);
    expect(config).to.be.frozen;
  });

  it('writes URLs in one form', async () => {
    const { baseUrls, backends, urlChecks } = await load(
      `${minimal.replace('https://klantbrug.example', 'https://Klantbrug.Example:443/a')}
urlChecks: { hosts: [{ origin: HTTP://Zaken.example:80 }] }`.replace('HTTP', 'http'),
    );
    expect(baseUrls.canonical).to.equal('https://klantbrug.example/a');
    expect(backends.crm?.baseUrl).to.equal('https://crm.example/api');
    expect(urlChecks.hosts[0]?.origin).to.equal('http://zaken.example');
  });

  it('takes registers around, with what a backend has and the addresses of a host', async () => {
    const { registers, backends } = await load(`${minimal}
registers:
  zrc:
    kind: zaken
    root: https://Zaken.example:443/zaken/api/v1
    credentials:
      zgw: { clientId: klantbrug, secret: "\${CRM_KEY}", userId: kb, userRepresentation: Klantbrug }
    limits: { headersMs: 3 s }
    addresses: [10.20.0.0/16]
  zrc-2: { kind: zaken, root: https://zaken.example/zaken/api/v10 }
  zrc-3: { kind: zaken, root: http://zaken.example/zaken/api/v1 }
  nrc: { kind: notificaties, root: https://nrc.example }
  ac: { kind: autorisaties, root: https://ac.example/api }`);
    const { limits, breaker } = backends.crm ?? {};
    expect(registers['zrc-2']).to.deep.equal({
      kind: 'zaken',
      root: 'https://zaken.example/zaken/api/v10',
      credentials: { kind: 'none' },
      limits,
      breaker,
      addresses: [],
    });
    const { credentials, ...zrc } = registers.zrc ?? {};
    expect(zrc).to.deep.equal({
      kind: 'zaken',
      root: 'https://zaken.example/zaken/api/v1',
      limits: { ...limits, headersMs: 3000 },
      breaker,
      addresses: ['10.20.0.0/16'],
    });
    expect(credentials).to.include({ kind: 'zgw', userId: 'kb', userRepresentation: 'Klantbrug' });
    expect(credentials?.kind === 'zgw' && credentials.secret.reveal()).to.equal('sleutel');
  });

  it('knows ranges of addresses of both families', async () => {
    const { trustedProxies } = await load(
      `${minimal}\ntrustedProxies: [10.0.0.0/8, "2001:db8::/32", 192.0.2.7]`,
    );
    const list = blockListOf(trustedProxies);
    expect(list.check('10.1.2.3', 'ipv4')).to.equal(true);
    expect(list.check('11.1.2.3', 'ipv4')).to.equal(false);
    expect(list.check('2001:db8::1', 'ipv6')).to.equal(true);
    expect(list.check('192.0.2.7', 'ipv4')).to.equal(true);
    expect(list.check('192.0.2.8', 'ipv4')).to.equal(false);
  });

  it('comes with a demonstration that needs no environment', async () => {
    const { clients, backends, mapping } = await loadConfig('config/demo.yaml', {});
    expect(clients.map(({ id, scopes }) => [id, scopes])).to.deep.equal([
      ['demo', 'all'],
      ['demo-lezen', ['klanten.lezen', 'contactmomenten.lezen', 'verzoeken.lezen', 'audittrails.lezen']],
      ['documenten', ['verzoeken.lezen']],
    ]);
    expect(mapping.folder).to.equal(path.resolve('mappings/demo-crm'));
    const credentials = backends.crm?.credentials;
    expect(credentials?.kind === 'header' && credentials.value.reveal()).to.equal('demo-crm-key');
  });

  it('ignores variables that it does not name', async () => {
    const config = await load(minimal, { ...environment, LISTEN_PORT: '1' });
    expect(config.listen.port).to.equal(8080);
  });
});
