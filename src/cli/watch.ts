import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

/** How long nothing may happen before what happened counts as one change: editors write a file in several steps. */
const quietMs = 100;

/**
 * Does something now, and again after each change of a file in some folders or in the folders `examples` in them.
 *
 * @param ended resolves when it has to stop, which does not wait for what is being done
 */
export async function onEachChange(
  folders: readonly string[],
  ended: Promise<unknown>,
  act: () => Promise<unknown>,
): Promise<void> {
  const stop = ended.then(() => 'stop' as const);
  for (;;) {
    // Before acting: what changes meanwhile must not be missed.
    const change = nextChange(folders.flatMap((folder) => [folder, path.join(folder, 'examples')]));
    const next = await Promise.race([stop, act().then(() => change.happened)]).finally(change.close);
    if (next === 'stop') return;
  }
}

function nextChange(folders: readonly string[]): { happened: Promise<unknown>; close: () => void } {
  const { promise, resolve } = withResolver();
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(resolve, quietMs);
  };
  const watchers = folders.flatMap((folder) => watcherOf(folder, changed));
  return {
    happened: promise,
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** A folder that is not there has none: what makes it is a change of the folder around it. */
function watcherOf(folder: string, changed: () => void): FSWatcher[] {
  try {
    const watcher = watch(folder, (_, name) => {
      if (name === null || isOfSet(name)) changed();
    });
    return [watcher.on('error', changed)];
  } catch {
    return [];
  }
}

/** Editors also write files of their own there. */
function isOfSet(name: string): boolean {
  return name === 'examples' || /\.(ya?ml|jsonata)$/.test(name);
}

function withResolver(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
