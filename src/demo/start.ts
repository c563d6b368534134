import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { signToken } from '../cli/token.ts';
import { loadConfig } from '../config/index.ts';
import { demoGuide } from './guide.ts';

/**
 * `npm start`: the gateway, the demo CRM and the stand-ins around, each a process of its own as in real life. The
 * CRM's data and the gateway's log are kept in `.demo-data`, or in the folder that DEMO_FOLDER names.
 * DEMO_GATEWAY_CONFIG names another configuration, for other ports: all listen where that one looks for them.
 */
const root = path.resolve(import.meta.dirname, '../..');
const data = path.resolve(process.env.DEMO_FOLDER ?? path.join(root, '.demo-data'));
const configFile = path.resolve(process.env.DEMO_GATEWAY_CONFIG ?? path.join(root, 'config/demo.yaml'));

const config = await loadConfig(configFile, process.env);
const [client] = config.clients;
if (!client) throw new Error(`${configFile} has no client`);
const gatewayUrl = config.baseUrls.canonical;
const crmUrl = new URL(config.backends.crm?.baseUrl ?? '').origin;
const aroundUrl = new URL(config.backends.bijregister?.baseUrl ?? '').origin;

// What already answers there would be taken for ours.
const taken = (await Promise.all([gatewayUrl, crmUrl, aroundUrl].map(answers))).filter(
  (url) => url !== undefined,
);
if (taken.length > 0) {
  process.stderr.write(
    `Something is listening already at ${taken.join(', ')}: stop it, or use other ports.\n`,
  );
  process.exit(1);
}

await mkdir(data, { recursive: true });
const logFile = path.join(data, 'gateway.log');
const log = await open(logFile, 'w');

const crm = run('src/demo/crm/main.ts', [], 'ignore', {
  DEMO_CRM_FOLDER: path.join(data, 'crm'),
  DEMO_CRM_PORT: new URL(crmUrl).port,
});
const around = run('src/demo/around/main.ts', [], 'ignore', {
  AROUND_PORT: new URL(aroundUrl).port,
  AROUND_SELF: clientText('documenten'),
});
const gateway = run('src/main.ts', ['serve', '--config', configFile], log.fd, {});
// It has a handle of its own now.
await log.close();
const children = [crm, around, gateway];

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill('SIGTERM');
  });
}
// Without its gateway the demo is over; without the others it shows what the gateway then says.
gateway.once('exit', (code) => {
  for (const child of [crm, around]) child.kill('SIGTERM');
  process.exitCode = code ?? 1;
});

const ready = await Promise.all([
  answersAt(`${gatewayUrl}/health/ready`, gateway),
  answersAt(`${crmUrl}/tellers`, crm),
  answersAt(`${aroundUrl}/tellers`, around),
]);
if (ready[0]) {
  const token = await signToken(client.id, client.secret.reveal(), 'demo-medewerker');
  process.stdout.write(
    demoGuide({
      gateway: gatewayUrl,
      crm: ready[1] ? crmUrl : undefined,
      around: ready[2] ? aroundUrl : undefined,
      token,
      zakenToken: await zakenToken(),
      logFile: path.relative(root, logFile),
    }),
  );
}

/** A client of the gateway as the stand-ins take one: `id=secret`. */
function clientText(id: string): string {
  const known = config.clients.find((candidate) => candidate.id === id);
  return known ? `${id}=${known.secret.reveal()}` : '';
}

/** What the Zaken API takes from the gateway, it takes from a visitor as well. */
async function zakenToken(): Promise<string> {
  const credentials = config.registers.zaken?.credentials;
  if (credentials?.kind !== 'zgw') return '';
  return signToken(credentials.clientId, credentials.secret.reveal(), 'demo-medewerker', '1h');
}

function run(
  file: string,
  args: readonly string[],
  output: number | 'ignore',
  environment: object,
): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', path.join(root, file), ...args], {
    cwd: root,
    stdio: ['ignore', output, 'inherit'],
    env: { ...process.env, ...environment },
    // A group of its own: Ctrl-C reaches only us, and we end both in good order.
    detached: true,
  });
}

/** Waits until something answers there; false when its process ends first. */
async function answersAt(url: string, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    if ((await answers(url)) !== undefined) return true;
    await wait(100);
  }
  return false;
}

/** The URL, when something answers there. */
async function answers(url: string): Promise<string | undefined> {
  return fetch(url).then(
    () => url,
    () => undefined,
  );
}
