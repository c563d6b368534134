import { BlockList } from 'node:net';
import { app } from './api/app.ts';
import { authenticator, secretKey } from './api/authenticate.ts';
import type { ServedApi } from './api/routes.ts';
import { blockListOf, holds, unmapped } from './addresses.ts';
import { type BackendSettings, openBackend } from './backend/index.ts';
import type { Send } from './backend/send.ts';
import { urlCheck } from './backend/url-check.ts';
import type { Credentials } from './backend/with-credentials.ts';
import type { Config } from './config/index.ts';
import { gateway, supports } from './gateway/index.ts';
import type { Locks } from './gateway/locks.ts';
import { ownUrls } from './gateway/own-urls.ts';
import type { Perform } from './gateway/perform.ts';
import type { Random } from './mapping/functions.ts';
import type { MappingSet } from './mapping/set.ts';
import type { Observe } from './observe/events.ts';
import { openRegister, type Register } from './register/index.ts';
import { recordCache } from './register/record-cache.ts';
import { resources } from './resources/index.ts';

/** What a deployment shares with the world outside it, and what tests hold still. */
export interface Ports {
  readonly observe: Observe;
  readonly random: Random;
  readonly locks: Locks;
  /** Told of work that goes on after a request was answered. */
  readonly background: (task: Promise<unknown>) => void;
  readonly isReady: () => boolean;
}

/** One deployment: a configuration and a mapping set, put together. Immutable; a request keeps the one it began with. */
export interface Deployment {
  readonly config: Config;
  readonly mapping: MappingSet;
  readonly perform: Perform;
  /** Listens to Node's HTTP server. */
  readonly listener: ReturnType<ReturnType<typeof app>['callback']>;
}

/** Wires everything together. The only file that knows every layer; nothing here decides anything. */
export function compose(config: Config, mapping: MappingSet, ports: Ports): Deployment {
  const { observe } = ports;
  const backends = openBackends(config, mapping, observe);
  const registers = openRegisters(config, mapping, (name) => {
    const backend = backends.get(name);
    if (!backend) throw new Error(`The backend ${name} is not configured.`);
    return backend;
  });
  const apis = servedApis(config);
  const urls = ownUrls(
    { canonical: config.baseUrls.canonical, further: Object.values(config.baseUrls.further) },
    new Map(apis.map(({ name, path }) => [name, path])),
    resources,
  );
  const perform = gateway({
    registers,
    ownUrls: urls,
    urlCheck: urlCheck(config.urlChecks),
    random: ports.random,
    locks: ports.locks,
    background: ports.background,
    switches: { isOn: (rule) => config.rules[rule.id] ?? rule.default === 'on' },
    settling: settlingOf(config),
    idempotency: { maxEntries: config.idempotency.maxEntries, keepMs: config.idempotency.keepSeconds * 1000 },
  });
  const koa = app({
    perform,
    apis,
    observe,
    ownUrls: urls,
    authenticate: authenticator(
      config.clients.map(({ id, secret, scopes }) => ({
        id,
        secret: secretKey(secret.reveal()),
        scopes: scopes === 'all' ? scopes : new Set(scopes),
      })),
      { clockSkewSeconds: config.tokens.clockSkewSeconds, maxAgeSeconds: config.tokens.maxAgeSeconds },
    ),
    limits: config.limits,
    trusts: trustIn(blockListOf(config.trustedProxies)),
    supports: (resource, operation) => {
      const mapped = mapping.resources.get(resource.name);
      return mapped !== undefined && supports(mapped, operation);
    },
    isReady: ports.isReady,
  });
  return { config, mapping, perform, listener: koa.callback() };
}

function openBackends(config: Config, mapping: MappingSet, observe: Observe): ReadonlyMap<string, Send> {
  return new Map(
    Object.entries(config.backends).map(([name, { baseUrl, credentials, limits, breaker }]) => {
      const settings: BackendSettings = {
        name,
        baseUrl,
        credentials: revealed(credentials),
        limits,
        breaker,
        errors: mapping.errors[name] ?? [],
      };
      return [name, openBackend(settings, observe)];
    }),
  );
}

function openRegisters(
  config: Config,
  mapping: MappingSet,
  backendOf: (name: string) => Send,
): ReadonlyMap<string, Register> {
  const records = recordCache(config.cache.maxBytes, config.cache.keepSeconds * 1000);
  return new Map(
    [...mapping.resources].map(([name, mapped]) => {
      const seconds = config.cache.resources[name]?.staleSeconds;
      const staleMs = seconds === undefined ? undefined : seconds * 1000;
      return [name, openRegister(mapped, backendOf, { records, staleMs })];
    }),
  );
}

function servedApis(config: Config): ServedApi[] {
  return Object.entries(config.apis).flatMap(([name, api]) =>
    api ? [{ name, ...api, resources: resources.filter((resource) => resource.api === name) }] : [],
  );
}

/** The secret leaves its wrapping here, on its way to the one place that sends it. */
function revealed(credentials: Config['backends'][string]['credentials']): Credentials | undefined {
  switch (credentials.kind) {
    case 'none':
      return undefined;
    case 'header':
      return { ...credentials, value: credentials.value.reveal() };
    case 'basic':
      return { ...credentials, password: credentials.password.reveal() };
    case 'bearer':
      return { kind: 'bearer', token: credentials.token.reveal() };
  }
}

/** A write can be on its way for as long as a call may take; only after that time its absence means something. */
function settlingOf(config: Config) {
  const longest = Math.max(
    ...Object.values(config.backends).map(
      ({ limits }) => limits.connectMs + limits.headersMs + limits.bodyMs,
    ),
  );
  return {
    everyMs: Math.min(1000, longest),
    graceMs: longest,
    giveUpMs: 10 * longest,
    probeMs: config.limits.requestMs,
  };
}

function trustIn(proxies: BlockList): (address: string) => boolean {
  return (address) => holds(proxies, unmapped(address));
}
