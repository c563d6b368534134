import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { argv, env, execPath, exit, stdout } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'yaml';
import { standIns } from '../test/stand-ins/index.ts';
import { startStandIn } from '../test/stand-ins/kit/index.ts';

/**
 * The conformance run against mapping sets, each on the stand-in of its CRM: `tsx .ci/conformance-sets.ts open-klant-2`.
 * A set is tried with the configuration of its name, on the ports that it names. `--no-stand-in` in front says that the
 * CRM itself is running.
 */
const root = new URL('../', import.meta.url);
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

const [first = '', ...rest] = argv.slice(2);
const isReal = first === '--no-stand-in';
let failed = 0;
for (const name of isReal ? rest : [first, ...rest]) {
  stdout.write(`--- ${name}\n`);
  const isRight = await conforms(name);
  if (!isRight) failed += 1;
  stdout.write(`${name}: ${isRight ? 'conforms' : 'DOES NOT CONFORM'}\n`);
}
exit(failed === 0 ? 0 : 1);

async function conforms(name: string): Promise<boolean> {
  const config = parse(await readFile(new URL(`config/${name}.yaml`, root), 'utf8')) as {
    readonly baseUrls: { readonly canonical: string };
  };
  const base = config.baseUrls.canonical;
  const running = await Promise.all([...(isReal ? [] : [name]), 'objecten'].map(startByHand));
  const gateway = start(['src/main.ts', 'serve', '--config', `config/${name}.yaml`], 'ignore');
  try {
    await ready(base, gateway);
    const run = start(['src/conformance/main.ts', '--base', base, '--client-id', 'demo'], 'inherit');
    const [code] = (await once(run, 'exit')) as [number | null];
    return code === 0;
  } finally {
    gateway.kill('SIGTERM');
    if (gateway.exitCode === null) await once(gateway, 'exit');
    await Promise.all(running.map((one) => one.close()));
  }
}

function startByHand(name: string) {
  const standIn = standIns[name]?.();
  if (!standIn) throw new Error(`There is no stand-in ${name}.`);
  return startStandIn(standIn, { port: standIn.port });
}

function start(args: readonly string[], output: 'ignore' | 'inherit'): ChildProcess {
  return spawn(execPath, ['--import=tsx', ...args], {
    cwd: root,
    env: { ...keys, DEMO_SECRET: secret, CONFORMANCE_SECRET: secret, ...env },
    stdio: ['ignore', output, 'inherit'],
  });
}

async function ready(base: string, gateway: ChildProcess): Promise<void> {
  for (;;) {
    if (gateway.exitCode !== null) throw new Error('The gateway did not start.');
    const answer = await fetch(`${base}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await wait(100);
  }
}
