import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { environment, writeConfig } from '../contenders/gateway.ts';
import { project } from '../project.ts';
import { inRounds, median } from '../rounds.ts';
import type { Start } from '../results.ts';
import type { Stage } from '../stage.ts';

const main = path.join(project, 'dist/main.js');

/** Starts the gateway as it is deployed, and Node that does nothing, in interleaved rounds. */
export async function measureStart(stage: Stage): Promise<Start> {
  const config = await writeConfig(stage.folder, { crm: `${stage.backend.url}/100` });
  const idle: number[] = [];
  const timed = {
    async bareNode() {
      const began = performance.now();
      await once(start(['-e', '0'], {}), 'exit');
      return performance.now() - began;
    },
    async ready() {
      const began = performance.now();
      const gateway = start([main, 'serve', '--config', config], environment);
      await untilStarted(gateway);
      const time = performance.now() - began;
      await wait(1000);
      idle.push(await memoryOf(gateway));
      gateway.kill();
      await once(gateway, 'exit');
      return time;
    },
  };
  const names = Object.keys(timed) as (keyof typeof timed)[];
  const times = await inRounds(names, { rounds: stage.rounds, warmUp: 1 }, (name) => timed[name]());
  const of = (name: keyof typeof timed): number => median(times.get(name) ?? []);
  return { bareNode: of('bareNode'), ready: of('ready'), idle: median(idle), rounds: stage.rounds };
}

function start(args: readonly string[], environment: object): ChildProcess {
  return spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', ...environment },
  });
}

/** Its log tells when requests are taken. */
function untilStarted(gateway: ChildProcess): Promise<void> {
  let log = '';
  return new Promise((resolve, reject) => {
    gateway.stdout?.on('data', (chunk) => {
      log += String(chunk);
      if (log.includes('"event":"started"')) resolve();
    });
    gateway.once('exit', () => {
      reject(new Error('The gateway did not start.'));
    });
  });
}

/** Bytes that are in memory, as Linux tells. */
async function memoryOf({ pid = 0 }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+([0-9]+) kB$/m.exec(status)?.[1]) * 1024;
}
