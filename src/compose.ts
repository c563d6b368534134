import { BlockList } from 'node:net';
import { app } from './api/app.ts';
import { authenticator, secretKey } from './api/authenticate.ts';
import type { ServedApi } from './api/routes.ts';
import { blockListOf, holds, unmapped } from './addresses.ts';
import { type Connection, openConnection, sendOn } from './backend/index.ts';
import type { Send } from './backend/send.ts';
import type { Tap } from './backend/tap.ts';
import { type Config, type KicApi, revealed, switchOf } from './config/index.ts';
import type { Announcer } from './gateway/announce.ts';
import type { AuditParts } from './gateway/audit-entry.ts';
import { auditTrails } from './gateway/audit-trail.ts';
import { linksThrough } from './gateway/crm-links.ts';
import { gateway } from './gateway/index.ts';
import type { Locks } from './gateway/locks.ts';
import { type OwnUrls, ownUrls } from './gateway/own-urls.ts';
import type { Filter, Perform } from './gateway/perform.ts';
import { type Reconcile, reconciler } from './gateway/reconcile.ts';
import type { SettleSettings } from './gateway/settle.ts';
import type { Tombstones } from './gateway/tombstones.ts';
import { withIdempotency } from './gateway/with-idempotency.ts';
import { offersOf } from './kic/offers.ts';
import { withKic } from './kic/perform.ts';
import type { KicSettings } from './kic/view.ts';
import { kicResourcesFor } from './kic/views.ts';
import type { Clock, Random } from './mapping/functions.ts';
import type { MappedResource, MappingSet } from './mapping/set.ts';
import type { Observe } from './observe/events.ts';
import { openRegister, type Register } from './register/index.ts';
import type { Links } from './register/links.ts';
import type { RecordCache } from './register/record-cache.ts';
import { openKeptIds } from './register/kept-ids.ts';
import { successiveCaches } from './register/record-caches.ts';
import { resources } from './resources/index.ts';
import type { Rule, RuleSwitch } from './rules/rule.ts';
import { grantsOf } from './surrounding/autorisaties-grants.ts';
import { namesOf } from './surrounding/autorisaties-naming.ts';
import { autorisatiesRegister } from './surrounding/autorisaties.ts';
import { openSurrounding, type Surrounding, type SurroundingSettings } from './surrounding/index.ts';
import { notificatiesPublisher, type Publisher } from './surrounding/notificaties.ts';

/** What a deployment shares with the world outside it, and what tests hold still. */
export interface Ports {
  readonly observe: Observe;
  readonly random: Random;
  readonly clock: Clock;
  readonly locks: Locks;
  readonly tombstones: Tombstones;
  /** Told of work that goes on after a request was answered. */
  readonly background: (task: Promise<unknown>) => void;
  readonly isReady: () => boolean;
  /** Makes the ids of new records, where a mapping leaves that to us; absent: random ones. */
  readonly newUuid?: () => string;
  /** Who looks at what goes to other systems, and what comes back; absent: nobody. */
  readonly tap?: Tap;
}

/** One deployment: a configuration and a mapping set, put together. Immutable; a request keeps the one it began with. */
export interface Deployment {
  readonly config: Config;
  readonly mapping: MappingSet;
  readonly perform: Perform;
  /** Our resources as URLs, and back. */
  readonly ownUrls: OwnUrls;
  /** Between those URLs and the ids of the CRM. */
  readonly links: Links;
  /** Rule kic-001: compares every relation with its mirror in other registers. */
  readonly reconcile: Reconcile;
  /** Listens to Node's HTTP server. */
  readonly listener: ReturnType<ReturnType<typeof app>['callback']>;
  /** Ruling R11: tells the operator of registers that are too old. Never throws. */
  reportVersions(): Promise<void>;
  /** Waits until what still has to be told was told, or the time has passed. */
  drain(withinMs: number): Promise<void>;
}

/**
 * What outlives a mapping set, when another one takes its place while the gateway runs: connections with their tokens,
 * sessions and breakers, what waits to be told, what was answered to an Idempotency-Key, and who may do what.
 */
export interface Shared {
  readonly connections: ReadonlyMap<string, Connection>;
  readonly surrounding: Surrounding;
  readonly publisher: Publisher | undefined;
  readonly access: ReturnType<typeof openAccess>;
  readonly idempotency: Filter;
  /** Makes the record cache of the next mapping set, which begins empty. */
  readonly newCache: () => RecordCache;
}

/** Opens everything that a mapping set has no say in. */
export function openShared(config: Config, ports: Ports): Shared {
  const { keepSeconds, maxEntries } = config.idempotency;
  const surrounding = openSurrounding(surroundingSettings(config), ports.observe, ports.tap);
  return {
    connections: openConnections(config, ports),
    surrounding,
    publisher: openPublisher(config, surrounding, ports),
    access: openAccess(config, surrounding),
    idempotency: withIdempotency({ maxEntries, keepMs: keepSeconds * 1000 }),
    newCache: successiveCaches(config.cache.maxBytes, config.cache.keepSeconds * 1000),
  };
}

/** Where notifications come in, under the base URL. */
const callbackPath = '/callbacks';

/**
 * Wires everything together. The only file that knows every layer; nothing here decides anything.
 *
 * @param shared from an earlier mapping set of the same configuration and ports, whose place this one takes
 */
export function compose(
  config: Config,
  set: MappingSet,
  ports: Ports,
  shared: Shared = openShared(config, ports),
): Deployment {
  const mapping = config.extraFields ? set : withoutAdditions(set);
  const { observe } = ports;
  const { surrounding, publisher, access } = shared;
  const backends = openBackends(config, mapping, ports, shared);
  const backendOf = (name: string): Send => {
    const backend = backends.get(name);
    if (!backend) throw new Error(`The backend ${name} is not configured.`);
    return backend;
  };
  const apis = servedApis(config);
  const urls = ownUrls(
    { canonical: config.baseUrls.canonical, further: Object.values(config.baseUrls.further) },
    new Map(apis.map(({ name, path }) => [name, path])),
    apis.flatMap((api) => api.resources),
  );
  const links = linksThrough(urls, mapping, openKeptIds(mapping.keptIds, backendOf));
  const opening = { backendOf, links, records: shared.newCache(), newUuid: ports.newUuid };
  const registers = openRegisters(config, mapping, opening);
  const asked = {
    registers,
    ownUrls: urls,
    fetchUrl: surrounding.fetchUrl,
    surrounding,
    random: ports.random,
  };
  const switches = (rule: Rule): RuleSwitch => switchOf(config, rule);
  const perform = gateway({
    ...asked,
    clock: ports.clock,
    locks: ports.locks,
    tombstones: ports.tombstones,
    background: ports.background,
    announcer: announcerOf(config, publisher),
    audit: { required: config.audit === 'required', applicatieOf: access.applicatieOf },
    switches,
    settling: (resource) =>
      settlingOf(config, backendsOf(mapping, resource), showingMs(mapping.resources.get(resource))),
    idempotency: shared.idempotency,
    dialects: config.apis.kic
      ? [
          withKic({
            registers,
            ownUrls: urls,
            background: ports.background,
            settings: kicSettings(config.apis.kic, mapping),
          }),
        ]
      : [],
  });
  const koa = app({
    perform,
    auditTrails: auditTrails({ registers, ownUrls: urls, tombstones: ports.tombstones }),
    apis,
    observe,
    ownUrls: urls,
    authenticate: access.authenticate,
    callbacks: access.callbacks,
    limits: config.limits,
    trusts: trustIn(blockListOf(config.trustedProxies)),
    offers: {
      supports: offersOf(mapping),
      adds: ({ name }) => mapping.resources.get(name)?.parts.flatMap(({ adds }) => adds) ?? [],
    },
    isReady: ports.isReady,
  });
  return {
    config,
    mapping,
    perform,
    ownUrls: urls,
    links,
    reconcile: reconciler({ ...asked, switches }, resources),
    listener: koa.callback(),
    reportVersions: () => surrounding.reportVersions(),
    drain: (withinMs) => publisher?.drain(withinMs) ?? Promise.resolve(),
  };
}

/** A set that shows nothing but the standard. */
function withoutAdditions(set: MappingSet): MappingSet {
  const resources = [...set.resources].map(([name, { resource, parts }]) => {
    return [name, { resource, parts: parts.map((part) => ({ ...part, adds: [] })) }] as const;
  });
  return { ...set, resources: new Map(resources) };
}

/** Who may call: the clients of the configuration, with the scopes that it gives them, or the Autorisaties API. */
function openAccess(config: Config, surrounding: Surrounding) {
  const { authorisations, tokens } = config;
  const clients = config.clients.map(({ id, secret, scopes }) => ({
    id,
    secret: secretKey(secret.reveal()),
    scopes: scopes === 'all' ? scopes : new Set(scopes),
  }));
  const times = { clockSkewSeconds: tokens.clockSkewSeconds, maxAgeSeconds: tokens.maxAgeSeconds };
  if (authorisations.from === 'configuration') {
    return {
      authenticate: authenticator(clients, times),
      applicatieOf: applicatieNamed((id) => Promise.resolve({ id, weergave: '' })),
      callbacks: undefined,
    };
  }
  const register = surrounding.only('autorisaties');
  // The configuration was checked for it. Never fall back on other scopes.
  if (!register) throw new Error('There is no register of kind autorisaties.');
  const autorisaties = autorisatiesRegister(register, authorisations);
  const { components, callback } = authorisations;
  return {
    authenticate: authenticator(clients, times, grantsOf(autorisaties, components)),
    applicatieOf: applicatieNamed(namesOf(autorisaties)),
    callbacks: {
      path: callbackPath,
      secret: callback.secret?.reveal(),
      listeners: new Map([
        [
          'autorisaties',
          () => {
            autorisaties.forget();
          },
        ],
      ]),
    },
  };
}

/** Only tests do something on behalf of nobody. */
function applicatieNamed(nameOf: ReturnType<typeof namesOf>): AuditParts['applicatieOf'] {
  return (work) => nameOf(work.caller?.clientId ?? '', work);
}

function openPublisher(config: Config, surrounding: Surrounding, ports: Ports): Publisher | undefined {
  const register = surrounding.only('notificaties');
  return register && notificatiesPublisher(register.send, config.notifications, ports.observe, ports);
}

/** Without a Notificaties API nobody is told, and that is no failure. */
function announcerOf(config: Config, publisher: Publisher | undefined): Announcer {
  return {
    strict: config.notifications.strict && publisher !== undefined,
    publish: (notification) => publisher?.publish(notification),
    deliver: (notification, work) => publisher?.deliver(notification, work) ?? Promise.resolve(),
  };
}

function surroundingSettings(config: Config): SurroundingSettings {
  const registers = Object.entries(config.registers).map(([name, register]) => {
    return [name, { ...register, ...revealed(register) }] as const;
  });
  return { registers: Object.fromEntries(registers), urlChecks: config.urlChecks };
}

/** The backends of the configuration as it describes them: where they are, and how they are called. */
function systemsOf(config: Config, { tap }: Ports) {
  return Object.entries(config.backends).map(([name, backend]) => {
    const { baseUrl, limits, breaker } = backend;
    return { name, baseUrl, ...revealed(backend), limits, breaker, tap };
  });
}

function openConnections(config: Config, ports: Ports): ReadonlyMap<string, Connection> {
  return new Map(
    systemsOf(config, ports).map((system) => [system.name, openConnection(system, ports.observe)]),
  );
}

function openBackends(
  config: Config,
  mapping: MappingSet,
  ports: Ports,
  { connections }: Shared,
): ReadonlyMap<string, Send> {
  return new Map(
    systemsOf(config, ports).flatMap((system): [string, Send][] => {
      const { name } = system;
      const connection = connections.get(name);
      const settings = { ...system, errors: mapping.errors[name] ?? [], encoding: mapping.encodings[name] };
      return connection ? [[name, sendOn(connection, settings)]] : [];
    }),
  );
}

/** What registers are opened with. */
interface Opening {
  readonly backendOf: (name: string) => Send;
  readonly links: Links;
  readonly records: RecordCache;
  readonly newUuid: (() => string) | undefined;
}

function openRegisters(
  config: Config,
  mapping: MappingSet,
  { backendOf, links, records, newUuid }: Opening,
): ReadonlyMap<string, Register> {
  // What a backend answers may depend on who it is told that asks.
  const perCaller = Object.values(config.backends).some(({ forwardUser }) => forwardUser !== undefined);
  return new Map(
    [...mapping.resources].map(([name, mapped]) => {
      const seconds = config.cache.resources[name]?.staleSeconds;
      const staleMs = seconds === undefined ? undefined : seconds * 1000;
      return [name, openRegister(mapped, backendOf, { records, staleMs, perCaller }, links, newUuid)];
    }),
  );
}

/** In the order of their declarations: those that own their resources come before the one that shows them again. */
function servedApis({ apis }: Config): ServedApi[] {
  const declared = [...resources, ...kicResourcesFor(apis.kic?.strictFilters ?? true)];
  return [...new Set(declared.map(({ api }) => api))].flatMap((name) => {
    const api = apis[name];
    return api ? [{ name, ...api, resources: declared.filter((resource) => resource.api === name) }] : [];
  });
}

function kicSettings(api: KicApi, mapping: MappingSet): KicSettings {
  const { bronorganisatie, bronorganisatiePerClient: others, websiteUrl, rollen, maxRecords } = api;
  return {
    bronorganisatieOf: (clientId) => others[clientId] ?? bronorganisatie,
    websiteUrl: websiteUrl ?? textOr(mapping.settings.websiteUrl) ?? nobodysWebsite,
    rollen,
    maxRecords,
    announces: api.notifications,
  };
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A name that is reserved for what does not exist. */
const nobodysWebsite = 'https://onbekend.invalid';

/** The backends that a write of a resource calls. */
function backendsOf(mapping: MappingSet, resource: string): readonly string[] {
  return (mapping.resources.get(resource)?.parts ?? []).flatMap(({ backend, plans }) => [
    backend,
    ...Object.values(plans).flatMap((plan) => plan?.map((step) => step.backend) ?? []),
  ]);
}

/** How long a write of a resource may take to show, in any of its parts. */
function showingMs(mapped: MappedResource | undefined): number {
  return Math.max(0, ...(mapped?.parts ?? []).map(({ writesShow }) => writesShow?.withinMs ?? 0));
}

/**
 * A write can be on its way for as long as a call may take, and the CRM may carry it out later still; only after that
 * time its absence means something.
 */
function settlingOf(
  { backends, limits: { requestMs } }: Config,
  names: readonly string[],
  shownMs: number,
): SettleSettings {
  const times = names.map((name) => {
    const { connectMs, headersMs, bodyMs } = backends[name]?.limits ?? noTime;
    return connectMs + headersMs + bodyMs;
  });
  const longest = Math.max(1, shownMs, ...times);
  return { everyMs: Math.min(1000, longest), graceMs: longest, giveUpMs: 10 * longest, probeMs: requestMs };
}

const noTime = { connectMs: 0, headersMs: 0, bodyMs: 0 };

function trustIn(proxies: BlockList): (address: string) => boolean {
  return (address) => holds(proxies, unmapped(address));
}
