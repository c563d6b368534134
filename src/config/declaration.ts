import { type Static, Type } from 'typebox';
import { mappedResources, resources } from '../resources/index.ts';
import { grantName, kicApi } from '../contract/apis.ts';
import { kicResources } from '../kic/views.ts';
import type { Rule } from '../rules/rule.ts';
import { kicSection } from './kic.ts';
import { allowedAddresses, backends, registers } from './systems.ts';
import {
  addresses,
  baseUrl,
  bytes,
  choice,
  contents,
  integer,
  list,
  milliseconds,
  named,
  onOff,
  origin,
  seconds,
  secretReference,
  section,
  text,
} from './vocabulary.ts';

/**
 * The configuration file, declared once. What it accepts, its defaults, the messages about mistakes, the JSON Schema
 * for editors and the table in the documentation all follow from this file.
 */

const apiNames = [...new Set(resources.map(({ api }) => api))];
const scopes = [
  ...new Set(
    [...mappedResources, ...kicResources].flatMap((resource) =>
      Object.values(resource.scopes).map((scope) => grantName(resource.api, scope)),
    ),
  ),
].sort();
const rules = new Map(resources.flatMap((resource) => resource.rules.map((rule) => [rule.id, rule])));

const listen = section(
  'Where the gateway listens.',
  {
    host: text('The address to listen on; 0.0.0.0 for all of them.', {
      example: '0.0.0.0',
      default: '127.0.0.1',
    }),
    port: integer('The port to listen on; 0 for any free one.', {
      minimum: 0,
      maximum: 65535,
      example: 8080,
      default: 8080,
    }),
  },
  { default: {} },
);

const baseUrls = section(
  'Under which URLs the gateway is known. They are part of the data: links use them.',
  {
    canonical: baseUrl('The URL in links, also in those that other registers store. It may have a path.', {
      example: 'https://klantbrug.gemeente.example',
    }),
    further: named(
      'More URLs of the same gateway, by a name of your choice. A request that came to one of them is answered with links of that one.',
      baseUrl('Another URL of this gateway; its host differs from all others.', {
        example: 'http://klantbrug.intern.example:8080',
      }),
      { default: {} },
    ),
  },
);

/** What clients look for where it is not simply 1.0.0 (contract section 6). */
const versions: Readonly<Record<string, string>> = { verzoeken: '1.0.0-beta', [kicApi]: '0.1.0' };

const apis = section(
  'Which APIs are served; at least one.',
  {
    ...Object.fromEntries(apiNames.map((api) => [api, Type.Optional(apiSection(api))])),
    [kicApi]: Type.Optional(kicSection(placeOf(kicApi))),
  },
  { minProperties: 1, title: `section with at least one of ${apiNames.join(', ')}` },
);

function apiSection(api: string) {
  return section(`Serve the ${api} API.`, placeOf(api));
}

function placeOf(api: string) {
  return {
    path: text('Where it is, under the base URLs.', {
      title: 'path that begins with a slash and does not end with one',
      pattern: '^(/[A-Za-z0-9._~-]+)+$',
      example: `/${api}/api/v1`,
      default: `/${api}/api/v1`,
    }),
    version: text('The version of the standard, as clients see it.', {
      title: 'version of three numbers, and perhaps a word after a -',
      pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.]+)?$',
      example: '1.0.0',
      default: versions[api] ?? '1.0.0',
    }),
  };
}

const clients = list(
  'The applications that may call, each with a JWT that it signs itself (HS256).',
  section('One application.', {
    id: text('The `client_id` in its tokens.', { example: 'kcc-app' }),
    secret: secretReference('What it signs its tokens with.', contents.signingKey),
    scopes: Type.Union([Type.Literal('all'), Type.Array(Type.Enum(scopes), { minItems: 1 })], {
      title: `all, or a list of ${scopes.join(', ')}`,
      description: 'What it may do.',
      examples: [scopes.slice(0, 1)],
    }),
  }),
  { minItems: 1, title: 'list of at least one client' },
);

const tokens = section(
  'How strictly the times in tokens are judged.',
  {
    clockSkewSeconds: seconds('How far the clocks of clients may be off.', { example: 60, default: 0 }),
    maxAgeSeconds: Type.Optional(
      seconds('The age at which a token is refused, counted from its `iat`; without it, only `exp` counts.', {
        minimum: 1,
        example: 3600,
      }),
    ),
  },
  { default: {} },
);

const mapping = section('The mapping set: how the standard is translated to the CRM and back.', {
  folder: text('Its folder, relative to this file.', { example: '../mappings/demo-crm' }),
  with: list(
    'Folders of mapping sets that add what this one does not have, such as a place for relations; the first one that has a resource counts. They share `settings`.',
    text('A folder, relative to this file.', { example: '../mappings/objecten' }),
    { default: [], title: 'list of folders' },
  ),
  settings: named(
    'Values that the mapping set asks for.',
    Type.Union([Type.String(), Type.Number(), Type.Boolean()], {
      title: 'text, number, or true or false',
      description: 'A value that mapping files can use.',
      examples: ['123456782'],
    }),
    { default: {} },
  ),
});

const cache = section(
  'What is remembered of the CRM, in memory. Nothing, unless a resource is named here.',
  {
    maxBytes: bytes(
      'The memory for everything that is remembered together. A record takes 4 KB and three times its JSON.',
      {
        example: '64 MB',
        default: 64_000_000,
      },
    ),
    keepSeconds: seconds(
      'How long a record is kept in memory, checked again or not; asking the CRM is what staleSeconds says.',
      { minimum: 1, example: 300, default: 600 },
    ),
    resources: section(
      'The resources that are remembered.',
      Object.fromEntries(resources.map(({ name }) => [name, Type.Optional(cachedSection(name))])),
      { default: {} },
    ),
  },
  { default: {} },
);

function cachedSection(resource: string) {
  return section(`Remember records of ${resource}.`, {
    staleSeconds: seconds(
      'How long it is given without asking the CRM; 0 asks every time whether it changed.',
      {
        example: 5,
        default: 0,
      },
    ),
  });
}

const ruleSwitches = section(
  'Rules of the standard that can be switched off, for installed clients that break one.',
  Object.fromEntries([...rules.values()].map((rule) => [rule.id, ruleSwitch(rule)])),
  { default: {} },
);

/** Of a rule that can warn, breaking it can be an event instead of a refusal. */
function ruleSwitch({ title, default: initially, warns }: Rule) {
  if (!warns) return onOff(`${title}.`, initially);
  return choice(`${title}.`, ['on', 'off', 'warn'], { example: 'warn', default: initially });
}

const urlChecks = section(
  'URLs in what clients send, of which the standard wants to know whether they exist.',
  {
    timeoutMs: milliseconds('Time for one check.', { example: '3 s', default: 3000 }),
    hosts: list(
      'The only hosts that are called for it. A URL of another host counts as one that does not exist.',
      section('One host.', {
        origin: origin('The host, as in the URL.', { example: 'https://zaken.gemeente.example' }),
        addresses: allowedAddresses,
      }),
      { default: [] },
    ),
  },
  { default: {} },
);

const limits = section(
  'What a request to the gateway may take.',
  {
    requestMs: milliseconds('Time for everything, calls to backends included.', {
      example: '10 s',
      default: 10_000,
    }),
    headersMs: milliseconds('Time to receive the headers.', { example: '10 s', default: 10_000 }),
    receiveMs: milliseconds('Time to receive all of the request.', { example: '10 s', default: 10_000 }),
    headerBytes: bytes('Size of the headers.', { example: '16 kB', default: 16_000 }),
    bodyBytes: bytes('Size of the body.', { example: '1 MB', default: 1_000_000 }),
    drainMs: milliseconds('Time that running requests get when the gateway stops.', {
      example: '10 s',
      default: 10_000,
    }),
  },
  { default: {} },
);

const idempotency = section(
  'Requests with an `Idempotency-Key`: sent twice, done once.',
  {
    keepSeconds: seconds('How long an answer is kept for a repetition.', {
      minimum: 1,
      example: '10 min',
      default: 600,
    }),
    maxEntries: integer('How many answers are kept.', {
      minimum: 1,
      maximum: 1_000_000,
      example: 10_000,
      default: 10_000,
    }),
  },
  { default: {} },
);

const log = section(
  'The log, on standard output.',
  {
    level: choice('From which severity on.', ['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
      example: 'info',
      default: 'info',
    }),
  },
  { default: {} },
);

const notifications = section(
  'Telling the Notificaties API what changed; done when a register of kind notificaties is configured.',
  {
    strict: onOff(
      'Deliver before the client is answered, with 503 when that fails; off: afterwards, as often as it takes.',
      'off',
    ),
    maxQueued: integer('How many can wait to be delivered, in memory; more are lost, each with an event.', {
      minimum: 1,
      maximum: 1_000_000,
      example: 10_000,
      default: 10_000,
    }),
    concurrency: integer('How many are delivered at the same time; those about one record never are.', {
      minimum: 1,
      maximum: 1000,
      example: 4,
      default: 4,
    }),
    timeoutMs: milliseconds('Time for one delivery.', { example: '10 s', default: 10_000 }),
    firstRetryMs: milliseconds('Time until a failed delivery is tried again; each time twice as long.', {
      example: '1 s',
      default: 1000,
    }),
    longestRetryMs: milliseconds('The longest time between two tries.', {
      example: '1 min',
      default: 60_000,
    }),
    retryForSeconds: seconds('What could not be delivered for so long is lost, with an event.', {
      minimum: 1,
      example: '1 h',
      default: 3600,
    }),
  },
  { default: {} },
);

const audit = choice(
  'Whether a write fails when its entry in the audit trail cannot be kept. required: it fails, and is undone. best-effort: it is done, with an event. Without a mapping of audittrail no entries are kept at all.',
  ['required', 'best-effort'],
  { example: 'best-effort', default: 'required' },
);

const extraFields = onOff(
  'Show clients the properties that the mapping set adds to the standard (`record.adds`).',
  'off',
);

const authorisations = section(
  'Where it is looked up what a client may do. Its secret is always in `clients`.',
  {
    from: choice(
      'configuration: its scopes in `clients`. autorisaties: the register of that kind; the scopes in `clients` then mean nothing.',
      ['configuration', 'autorisaties'],
      { example: 'autorisaties', default: 'configuration' },
    ),
    cacheSeconds: seconds('How long an answer of the register is used again; 0 asks at every request.', {
      example: '5 min',
      default: 300,
    }),
    timeoutMs: milliseconds('Time for asking the register.', { example: '3 s', default: 3000 }),
    components: section(
      'The code of each API in the register; `kic` is understood for all of them as well.',
      {
        klanten: componentCode('Klanten', 'kc'),
        contactmomenten: componentCode('Contactmomenten', 'cmc'),
        verzoeken: componentCode('Verzoeken', 'vrc'),
      },
      { default: {} },
    ),
    callback: section(
      'Receiving notifications of changes in the register, so that they count at once.',
      {
        secret: Type.Optional(
          secretReference(
            'The bearer secret that the Notificaties API sends; without it, only a token of a client is accepted.',
            contents.header,
          ),
        ),
      },
      { default: {} },
    ),
  },
  { default: {} },
);

function componentCode(api: string, code: string) {
  return text(`The code of the ${api} API.`, { example: code, default: code });
}

/** All of the configuration. */
export const declaration = section('The configuration of Klantbrug.', {
  listen,
  trustedProxies: addresses('Proxies whose `X-Forwarded-Host` is believed.', {
    example: ['10.0.0.0/8'],
    default: [],
  }),
  baseUrls,
  apis,
  clients,
  tokens,
  mapping,
  backends,
  registers,
  cache,
  rules: ruleSwitches,
  urlChecks,
  notifications,
  audit,
  extraFields,
  authorisations,
  limits,
  idempotency,
  log,
});

/** The configuration as it is written, with defaults: references where secrets belong, and names of files. */
export type Declared = Static<typeof declaration>;
