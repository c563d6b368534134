import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SignJWT, type JWTPayload } from 'jose';
import { stringify } from 'yaml';
import { loadConfig } from '../../src/config/index.ts';
import { startAround } from '../../src/demo/around/server.ts';
import { signedToken } from '../../src/demo/around/token.ts';
import { startDemoCrm } from '../../src/demo/crm/server.ts';
import { isObject, type Json, type JsonObject, scalarText } from '../../src/json.ts';
import type { Event } from '../../src/observe/events.ts';
import { logEvents } from '../../src/observe/log.ts';
import { startGateway, type StartOptions } from '../../src/server.ts';
import { answersOfThisFile } from './evidence.ts';
import { allLogLines } from './log.ts';

/** The base URL in links. Not the address that the gateway listens on: that is another port each time. */
export const canonical = 'http://klantbrug.test';

/** Where the Klanten API is, under every base URL. */
export const api = '/klanten/api/v1';

const apiKey = 'crm-key-of-the-specs';

const aroundKey = 'key-of-the-bijregister';

const aroundSecret = 'secret-of-the-gateway-at-the-registers';

/** What each client signs its tokens with. */
export const secrets = {
  all: 'secret-of-the-client-that-may-do-all',
  reader: 'secret-of-the-client-that-may-read-only',
};

/** The clients of every gateway in the specs: one with all scopes, one with klanten.lezen. */
export type ClientId = keyof typeof secrets;

/** An answer of the gateway. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; {} when there is none. */
  readonly body: JsonObject;
}

/** What a request of a spec may say besides its path. */
export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Whose token; null sends none. */
  readonly client?: ClientId | null;
  /** Sent as JSON, or as it is when it is a text. */
  readonly body?: Json;
}

/** What the configurations of gateways in the specs refer to. */
export const environment = {
  ALL: secrets.all,
  READER: secrets.reader,
  CRM_KEY: apiKey,
  AROUND_KEY: aroundKey,
  AROUND_SECRET: aroundSecret,
  OBJECTEN: 'Token objecten-token',
  OPEN_KLANT: 'Token open-klant-token',
} as const;

/** What differs from the demo's configuration: merged into it, section by section. */
export interface GatewayOptions extends Partial<Omit<StartOptions, 'observe'>> {
  /** Or a function of the URL at which the stand-ins around the gateway are. */
  readonly config?: JsonObject | ((aroundUrl: string) => JsonObject);
}

/** Signs a token; `claims` replace the usual ones, and undefined ones are left out. */
export function token(
  client: ClientId,
  claims: JWTPayload = {},
  secret: string = secrets[client],
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: client, iat: now, client_id: client, ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(Buffer.from(secret));
}

let seeded: Promise<string> | undefined;

/** A folder of the demo CRM that is filled, made once a run: filling one takes longer than most specs. */
function seededFolder(): Promise<string> {
  seeded ??= (async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-seed-'));
    await (await startDemoCrm({ host: '127.0.0.1', port: 0, folder, apiKey })).close();
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    return folder;
  })();
  return seeded;
}

/** Runs a gateway with a demo CRM behind it, both on free ports, for the specs of the surrounding `describe`. */
export function runningGateway(options: GatewayOptions = {}) {
  let folder = '';
  let crm: Awaited<ReturnType<typeof startDemoCrm>>;
  let around: Awaited<ReturnType<typeof startAround>>;
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  const events: Event[] = [];
  const noteAnswer = answersOfThisFile();

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-'));
    await cp(await seededFolder(), path.join(folder, 'crm'), { recursive: true });
    crm = await startDemoCrm({ host: '127.0.0.1', port: 0, folder: path.join(folder, 'crm'), apiKey });
    around = await startAround({
      host: '127.0.0.1',
      port: 0,
      clients: [{ id: 'klantbrug', secret: aroundSecret }],
      apiKey: aroundKey,
      self: { id: 'all', secret: secrets.all },
      kanalen: ['klanten', 'contactmomenten', 'verzoeken'],
    });
    const file = path.join(folder, 'klantbrug.yaml');
    const given = typeof options.config === 'function' ? options.config(around.url) : (options.config ?? {});
    await writeFile(
      file,
      stringify(merged(baseConfig(crm.url, around.url), given), { aliasDuplicateObjects: false }),
    );
    const config = await loadConfig(file, environment);
    const log = logEvents('debug', { write: (line) => allLogLines.push(line) });
    gateway = await startGateway(config, {
      ...(options.random ? { random: options.random } : {}),
      ...(options.clock ? { clock: options.clock } : {}),
      ...(options.locks ? { locks: options.locks } : {}),
      ...(options.tombstones ? { tombstones: options.tombstones } : {}),
      observe: (event, requestId) => {
        events.push(event);
        log(event, requestId);
      },
    });
  });

  after(async () => {
    await crmCall('DELETE', '/storing');
    try {
      await aroundCall('DELETE', '/storing');
      await gateway.stop('end of the specs');
    } finally {
      // A gateway that never started must not keep these, and with them the whole run, alive.
      await crm.close();
      await around.close();
    }
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(() => crmCall('DELETE', '/storing'));
  afterEach(() => aroundCall('DELETE', '/storing'));

  async function aroundCall(method: string, place: string, body?: Json): Promise<JsonObject> {
    const response = await fetch(`${around.url}${place}`, {
      method,
      headers: {
        'X-Api-Key': aroundKey,
        Authorization: `Bearer ${await signedToken({ id: 'klantbrug', secret: aroundSecret })}`,
        'Content-Type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return (text === '' ? {} : JSON.parse(text)) as JsonObject;
  }

  async function crmCall(method: string, place: string, body?: Json): Promise<JsonObject> {
    const response = await fetch(`${crm.url}${place}`, {
      method,
      headers: { 'X-API-SLEUTEL': apiKey },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as JsonObject;
  }

  async function request(method: string, place: string, given: RequestOptions = {}): Promise<Answer> {
    const { client = 'all', body } = given;
    const headers = new Headers(given.headers);
    if (client !== null && !headers.has('Authorization'))
      headers.set('Authorization', `Bearer ${await token(client)}`);
    if (body !== undefined && !headers.has('Content-Type')) headers.set('Content-Type', 'application/json');
    const response = await fetch(urlOf(place), {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    noteAnswer(method, response.url, response.status);
    const text = await response.text();
    const parsed: unknown =
      (response.headers.get('Content-Type') ?? '').includes('json') && text !== '' ? JSON.parse(text) : {};
    return { status: response.status, headers: response.headers, text, body: isObject(parsed) ? parsed : {} };
  }

  /** `/klanten?…` within the API, a URL of ours as answers hold it, or any other path of the gateway with a leading `//`. */
  function urlOf(place: string): string {
    const root = `http://127.0.0.1:${gateway.port}`;
    if (place.startsWith('http')) return place.replace(/^https?:\/\/[^/]+/, root);
    return place.startsWith('//') ? `${root}${place.slice(1)}` : `${root}${api}${place}`;
  }

  return {
    /** Everything that was observed, oldest first. */
    events,
    get port() {
      return gateway.port;
    },
    /** The configuration, for programs that are to run beside the gateway. */
    get file() {
      return path.join(folder, 'klantbrug.yaml');
    },
    get deployment() {
      return gateway.deployment;
    },
    urlOf,
    request,
    get: (place: string, given?: RequestOptions) => request('GET', place, given),
    head: (place: string, given?: RequestOptions) => request('HEAD', place, given),
    post: (body: Json, given?: RequestOptions) => request('POST', '/klanten', { ...given, body }),
    put: (place: string, body: Json, given?: RequestOptions) => request('PUT', place, { ...given, body }),
    patch: (place: string, body: Json, given?: RequestOptions) => request('PATCH', place, { ...given, body }),
    delete: (place: string, given?: RequestOptions) => request('DELETE', place, given),
    /** Makes a record of any resource: `create('contactmomenten', 'klantcontactmomenten', { … })`. */
    create: (name: string, plural: string, body: Json, given?: RequestOptions) =>
      request('POST', `//${name}/api/v1/${plural}`, { ...given, body }),
    /** Lists any resource: `list('verzoeken', 'klantverzoeken?verzoek=…')`. */
    list: (name: string, query: string, given?: RequestOptions) =>
      request('GET', `//${name}/api/v1/${query}`, given),
    /** The stand-ins of Zaken, Documenten, Notificaties, Autorisaties and the bijregister. */
    around: {
      get url() {
        return around.url;
      },
      call: aroundCall,
      fault: (fault: JsonObject) => aroundCall('POST', '/storing', fault),
      calm: () => aroundCall('DELETE', '/storing'),
      settings: (settings: JsonObject) => aroundCall('POST', '/instellingen', settings),
      /** What arrived at each of them. */
      arrived: () => aroundCall('GET', '/aangekomen'),
      counts: async () => (await aroundCall('GET', '/tellers')).perPad as Record<string, number>,
      forget: () => aroundCall('DELETE', '/tellers'),
      close: () => around.close(),
    },
    stop: () => gateway.stop('a spec'),
    crm: {
      get url() {
        return crm.url;
      },
      /** Any call, such as a read of a table: `call('GET', '/relbeheer/aanvragen/900001')`. */
      call: crmCall,
      /** Makes the CRM misbehave until it is told otherwise, or until the spec ends. */
      fault: (fault: JsonObject) => crmCall('POST', '/storing', fault),
      calm: () => crmCall('DELETE', '/storing'),
      settings: (settings: JsonObject) => crmCall('POST', '/instellingen', settings),
      /** How often each of its paths was called since the last `forget`. */
      counts: async () => (await crmCall('GET', '/tellers')).perPad as Record<string, number>,
      total: async () => Number((await crmCall('GET', '/tellers')).totaal),
      forget: () => crmCall('DELETE', '/tellers'),
      /** A record as the CRM itself holds it. */
      record: async (number: number) =>
        (await crmCall('GET', `/relbeheer/relaties/${number}`)).RELATIE as JsonObject,
      change: (number: number, columns: JsonObject) =>
        crmCall('PUT', `/relbeheer/relaties/${number}`, { RELATIE: columns }),
      add: async (columns: JsonObject) =>
        Number((await crmCall('POST', '/relbeheer/relaties', { RELATIE: columns })).RELNR),
      remove: (number: number) => crmCall('DELETE', `/relbeheer/relaties/${number}`),
      close: () => crm.close(),
    },
  };
}

/** What most specs create: the least that the standard asks for. */
export const leastKlant = {
  bronorganisatie: '123456782',
  websiteUrl: 'https://www.gemeente.example',
} as const;

/** The `invalidParams` of an answer as `name code`, in order. */
export function complaints({ body }: Answer): string[] {
  const list = body.invalidParams;
  return Array.isArray(list)
    ? list.map((item) =>
        isObject(item) ? `${scalarText(item.name) ?? ''} ${scalarText(item.code) ?? ''}` : '',
      )
    : [];
}

/** The items of a list. */
export function results({ body }: Answer): JsonObject[] {
  const list = body.results;
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** The URL of the klant in an answer. */
export function urlIn({ body }: Answer): string {
  return scalarText(body.url) ?? '';
}

function baseConfig(crmUrl: string, aroundUrl: string): JsonObject {
  const known = { zgw: { clientId: 'klantbrug', secret: '${AROUND_SECRET}' } };
  const breaker = { minimumCalls: 1000 };
  const register = (kind: string) => ({
    kind,
    root: `${aroundUrl}/${kind}/api/v1`,
    credentials: known,
    addresses: ['127.0.0.0/8'],
    breaker,
  });
  return {
    listen: { host: '127.0.0.1', port: 0 },
    baseUrls: { canonical, further: { intern: 'http://intern.test:8080' } },
    apis: { klanten: {}, contactmomenten: {}, verzoeken: {} },
    clients: [
      { id: 'all', secret: '${ALL}', scopes: 'all' },
      {
        id: 'reader',
        secret: '${READER}',
        scopes: ['klanten.lezen', 'contactmomenten.lezen', 'verzoeken.lezen'],
      },
    ],
    mapping: {
      folder: path.resolve(import.meta.dirname, '../../mappings/demo-crm'),
      settings: { bronorganisatie: '123456782', websiteUrl: 'https://www.gemeente.example' },
    },
    backends: {
      crm: {
        baseUrl: `${crmUrl}/relbeheer`,
        credentials: { header: { name: 'X-API-SLEUTEL', value: '${CRM_KEY}' } },
        // Far from what a healthy CRM needs on a busy machine; specs about slowness set their own.
        breaker,
      },
      bijregister: {
        baseUrl: `${aroundUrl}/bijregister`,
        credentials: { header: { name: 'X-Api-Key', value: '${AROUND_KEY}' } },
        breaker,
      },
    },
    registers: {
      zaken: register('zaken'),
      documenten: register('documenten'),
      notificaties: register('notificaties'),
    },
    urlChecks: { hosts: [{ origin: crmUrl, addresses: ['127.0.0.0/8'] }] },
    // Far from what a healthy CRM needs on a busy machine, as above.
    limits: { requestMs: 25_000, drainMs: 5000 },
  };
}

/** Sections are merged, everything else is replaced. */
function merged(base: JsonObject, changes: JsonObject): JsonObject {
  const result = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const before = result[key];
    result[key] = isObject(before) && isObject(value) ? merged(before, value) : value;
  }
  return result;
}
