import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Deployed, environment, writeConfig } from './contenders/gateway.ts';
import { type Generator, startGenerator } from './load/generator.ts';
import { type Contender, contenderOf, startHelper, type Surroundings } from './process.ts';

/** What every measurement needs: a folder, a load generator, a backend, and somebody who cleans up. */
export interface Stage {
  readonly rounds: number;
  readonly folder: string;
  readonly load: Generator;
  /** Answers with klanten: `processes/backend.ts` says at which paths. */
  readonly backend: Contender;
  /** Starts a process of the benchmark, which is stopped with the scene that it plays in. */
  start(name: string, args?: readonly string[], surroundings?: Surroundings): Promise<Contender>;
  startGateway(deployed: Deployed, evaluatedBy?: 'compiler' | 'interpreter'): Promise<Contender>;
  /** Has something stopped with the scene. */
  stopAtEnd<T extends Stoppable>(stoppable: T): T;
  /** Does some work, and then stops all that it started. */
  scene<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

/** Something that goes on until it is stopped. */
interface Stoppable {
  stop(): unknown;
}

/** @param rounds of each measurement, after those that warm up */
export async function openStage(rounds: number): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-bench-'));
  const load = await startGenerator();
  const backend = await startHelper('backend');
  let playing: Stoppable[] = [];
  const stopAtEnd = <T extends Stoppable>(stoppable: T): T => {
    playing.push(stoppable);
    return stoppable;
  };
  const stopAll = (): void => {
    for (const stoppable of playing) stoppable.stop();
    playing = [];
  };
  // A benchmark that is broken off leaves nothing behind; the helpers end with it by themselves.
  process.once('exit', () => {
    stopAll();
    rmSync(folder, { recursive: true, force: true });
  });
  const start: Stage['start'] = async (name, args, surroundings) =>
    contenderOf(stopAtEnd(await startHelper(name, args, surroundings)));
  return {
    rounds,
    folder,
    load,
    backend: contenderOf(backend),
    start,
    startGateway: async (deployed, evaluatedBy = 'compiler') =>
      start('gateway', [await writeConfig(folder, deployed), evaluatedBy], { environment }),
    stopAtEnd,
    async scene(work) {
      try {
        return await work();
      } finally {
        stopAll();
      }
    },
    close() {
      stopAll();
      load.stop();
      backend.stop();
    },
  };
}
