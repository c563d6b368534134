import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env, execPath, exit, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';
import { inTurns } from '../src/conformance/run/in-turns.ts';
import { freePort } from '../test/kit/process.ts';
import { standIns } from '../test/stand-ins/index.ts';
import { startStandIn } from '../test/stand-ins/kit/index.ts';

/**
 * The conformance run against mapping sets, each on the stand-in of its CRM: `tsx .ci/conformance-sets.ts suitecrm`.
 * A set is tried with the configuration of its name, on ports of its own, so that several can be tried together.
 *
 * `--no-stand-in` says that the CRM itself is running, on the port of the configuration; `--at-once 2` how many sets are
 * tried together; `--only PATTERN` goes to the run.
 */
const root = fileURLToPath(new URL('../', import.meta.url));
const secret = 'secret-of-the-client-of-the-conformance-run';

/** What gets a gateway into the stand-ins, as they are when they are started by hand. */
const keys = {
  OBJECTEN_AUTHORIZATION: 'Token objecten-token',
  OPEN_KLANT_AUTHORIZATION: 'Token open-klant-token',
  DATAVERSE_SECRET: 'dataverse-secret',
  ESUITE_SECRET: 'esuite-secret-of-at-least-32-characters',
  SALESFORCE_SECRET: 'salesforce-secret',
  STUF_PASSWORD: 'stuf-wachtwoord',
  SUITECRM_SECRET: 'suitecrm-secret',
} as const;

const { positionals: names, values: options } = parseArgs({
  args: argv.slice(2),
  allowPositionals: true,
  options: {
    'no-stand-in': { type: 'boolean', default: false },
    'at-once': { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});

/** A set in its place: its configuration on ports that nobody else has. */
interface Placed {
  readonly name: string;
  readonly config: string;
  readonly base: string;
  /** The arguments of the conformance run for the APIs that the set serves. */
  readonly apis: readonly string[];
  /** The port instead of one that the configuration names. */
  readonly port: (configured: number) => number;
}

/** What is looked at of a configuration. */
interface Configured {
  readonly baseUrls: { readonly canonical: string };
  readonly apis: Readonly<Record<string, { readonly path: string }>>;
  readonly clients: readonly object[];
  readonly backends: Readonly<Record<string, { readonly baseUrl: string }>>;
  readonly registers: Readonly<Record<string, object>>;
  readonly limits?: object;
}

const configuredPort = /(?<=127\.0\.0\.1:|\bport: )\d+/g;

/** The port of the stand-ins that the conformance run brings along, in every configuration. */
const standInsPort = 8083;

/** A write may have to wait for nine others, on a machine that does other things too. */
const requestMs = '90 s';

/** Longer than a gateway takes for one request: what waits for others is answered by it, not given up. */
const patienceSeconds = 120;

const scratch = await mkdtemp(join(tmpdir(), 'conformance-'));
const lacking: string[] = [];
try {
  await inTurns(names, Number(options['at-once']), async (name) => {
    const begun = performance.now();
    const isRight = await conforms(await place(name));
    if (!isRight) lacking.push(name);
    const seconds = Math.round((performance.now() - begun) / 1000);
    tell(name, `${isRight ? 'conforms' : 'DOES NOT CONFORM'} (${String(seconds)} s)`);
  });
} finally {
  await rm(scratch, { recursive: true });
}
exit(lacking.length === 0 ? 0 : 1);

async function conforms({ name, config, base, apis, port }: Placed): Promise<boolean> {
  const running = await Promise.all(
    [...(options['no-stand-in'] ? [] : [name]), 'objecten'].map((one) => startOn(one, port)),
  );
  const gateway = start(name, ['src/main.ts', 'serve', '--config', config], () => undefined);
  try {
    await ready(base, gateway);
    const clients = ['--client-id', 'demo', '--client-id-without-scopes', 'nothing'];
    const places = ['--stand-ins', `127.0.0.1:${String(port(standInsPort))}`, '--announces'];
    const only = options.only === undefined ? [] : ['--only', options.only];
    const asked = [...apis, ...clients, ...places, '--timeout', String(patienceSeconds), ...only];
    const run = start(name, ['src/conformance/main.ts', ...asked], (line) => {
      tell(name, line);
    });
    const [code] = (await once(run, 'close')) as [number | null];
    return code === 0;
  } finally {
    gateway.kill('SIGTERM');
    if (gateway.exitCode === null) await once(gateway, 'exit');
    await Promise.all(running.map((one) => one.close()));
  }
}

/**
 * Writes the configuration of a set anew: with free ports in the place of those that it names, and with what a whole run
 * takes beyond it, a client that may do nothing and a Notificaties API.
 */
async function place(name: string): Promise<Placed> {
  const text = await readFile(join(root, `config/${name}.yaml`), 'utf8');
  const real = options['no-stand-in'] ? new URL(configuredIn(text).backends.crm?.baseUrl ?? '').port : '';
  const ports = new Map<string, number>();
  for (const [port] of text.matchAll(configuredPort))
    if (!ports.has(port)) ports.set(port, port === real ? Number(port) : await freePort());
  const port = (configured: number) => ports.get(String(configured)) ?? configured;
  const placed = configuredIn(
    text
      .replaceAll(configuredPort, (configured) => String(port(Number(configured))))
      .replaceAll('../mappings/', join(root, 'mappings/')),
  );
  const config = join(scratch, `${name}.yaml`);
  await writeFile(
    config,
    stringify({
      ...placed,
      limits: { requestMs, ...placed.limits },
      clients: [
        ...placed.clients,
        { id: 'nothing', secret: '${CONFORMANCE_SECRET}', scopes: ['audittrails.lezen'] },
      ],
      registers: {
        ...placed.registers,
        'conformance-notificaties': {
          kind: 'notificaties',
          root: `http://127.0.0.1:${String(port(standInsPort))}/notificaties/api/v1`,
          credentials: { zgw: { clientId: 'klantbrug', secret: '${CONFORMANCE_SECRET}' } },
        },
      },
    }),
  );
  const base = placed.baseUrls.canonical;
  const apis = Object.entries(placed.apis).flatMap(([api, { path }]) => [`--${api}`, `${base}${path}`]);
  return { name, config, base, apis, port };
}

function configuredIn(text: string): Configured {
  return parse(text) as Configured;
}

function startOn(name: string, port: Placed['port']) {
  const standIn = standIns[name]?.();
  if (!standIn) throw new Error(`There is no stand-in ${name}.`);
  return startStandIn(standIn, { port: port(standIn.port) });
}

function start(name: string, args: readonly string[], hear: (line: string) => void): ChildProcess {
  const child = spawn(execPath, ['--import=tsx', ...args], {
    cwd: root,
    env: {
      ...keys,
      DEMO_SECRET: secret,
      CONFORMANCE_SECRET: secret,
      CONFORMANCE_SECRET_WITHOUT_SCOPES: secret,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  createInterface(child.stdout).on('line', hear);
  createInterface(child.stderr).on('line', (line) => {
    tell(name, line);
  });
  return child;
}

function tell(name: string, line: string): void {
  stdout.write(`${name}: ${line}\n`);
}

async function ready(base: string, gateway: ChildProcess): Promise<void> {
  for (;;) {
    if (gateway.exitCode !== null) throw new Error('The gateway did not start.');
    const answer = await fetch(`${base}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await wait(100);
  }
}
