import { expect } from 'chai';
import fc from 'fast-check';
import { load, signingKey } from './files.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !value.includes('${'));
const url = fc.tuple(name, fc.constantFrom('', ':8443'), fc.constantFrom('', '/pad', '/pad/verder'));
const baseUrl = url.map(([host, port, path]) => `https://${host}.example${port}${path}`);

/** A time as it is written, and what it means in milliseconds. */
const time = fc
  .record({ count: fc.integer({ min: 1, max: 24 }), unit: fc.constantFrom('', 'ms', 's', 'min', 'h') })
  .map(({ count, unit }) => ({
    written: unit === '' ? count : `${count} ${unit}`,
    meant: count * { '': 1, ms: 1, s: 1000, min: 60_000, h: 3_600_000 }[unit],
  }));

const credentials = fc.oneof(
  fc.constant({ header: { name: 'X-Key', value: '${KEY}' } }),
  fc.constant({ basic: { user: 'ik', password: '${KEY}' } }),
  fc.constant({ bearer: { token: '${KEY}' } }),
);

const generated = fc.record({
  port: fc.integer({ min: 0, max: 65535 }),
  hosts: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
  clients: fc.uniqueArray(text, { minLength: 1, maxLength: 5 }),
  settings: fc.dictionary(name, fc.oneof(text, fc.integer(), fc.boolean())),
  backends: fc.dictionary(name, fc.record({ baseUrl, credentials, connect: time }), {
    minKeys: 1,
    maxKeys: 3,
  }),
  rule: fc.constantFrom('on', 'off', true, false),
});

describe('configuration, whatever is in it', () => {
  it('means what was written', () =>
    fc.assert(
      fc.asyncProperty(generated, async ({ port, hosts, clients, settings, backends, rule }) => {
        const [canonical = '', ...further] = hosts.map((host) => `https://${host}.example`);
        const written = {
          listen: { port },
          baseUrls: { canonical, further: Object.fromEntries(further.map((it, at) => [`naam${at}`, it])) },
          apis: { klanten: {} },
          clients: clients.map((id) => ({ id, secret: '${SIGNING}', scopes: ['klanten.lezen'] })),
          mapping: { folder: 'crm', settings },
          backends: Object.fromEntries(
            Object.entries(backends).map(([key, { connect, ...backend }]) => [
              key,
              { ...backend, limits: { connectMs: connect.written } },
            ]),
          ),
          rules: { 'kla-001': rule },
        };
        // JSON is YAML.
        const config = await load(JSON.stringify(written), { SIGNING: signingKey, KEY: 'sleutel' });

        expect(config.listen.port).to.equal(port);
        expect(config.baseUrls).to.deep.equal(written.baseUrls);
        expect(config.clients.map(({ id }) => id)).to.deep.equal(clients);
        expect(config.clients.map(({ secret }) => secret.reveal())).to.deep.equal(
          clients.map(() => signingKey),
        );
        expect(config.mapping.settings).to.deep.equal({ ...settings });
        expect(config.rules['kla-001']).to.equal(rule === 'on' || rule === true);
        for (const [key, { connect, ...backend }] of Object.entries(backends)) {
          expect(config.backends[key]?.limits.connectMs).to.equal(connect.meant);
          expect(config.backends[key]?.baseUrl).to.equal(backend.baseUrl);
          expect(Object.keys(backend.credentials)).to.deep.equal([config.backends[key]?.credentials.kind]);
        }
      }),
      { numRuns: 40 },
    ));
});
