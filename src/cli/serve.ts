import { loadConfig } from '../config/index.ts';
import { Mistakes, formatMistakes } from '../files/mistakes.ts';
import { mappingFoldersOf } from '../load.ts';
import { logEvents } from '../observe/log.ts';
import { type RunningGateway, startGateway } from '../server.ts';
import { type Command, exit, type Terminal } from './command.ts';
import { giveBackMemory, keepRequestsYoung } from './memory.ts';
import { onEachChange } from './watch.ts';

/** `klantbrug serve`: the gateway itself, until a signal asks it to stop. */
export const serve: Command = {
  name: 'serve',
  summary: 'start the gateway; SIGTERM or Ctrl-C finishes what is under way and stops it',
  options: {
    config: { required: true, meaning: 'the configuration file' },
    watch: {
      required: false,
      flag: true,
      meaning:
        'take over changes of the mapping set while it runs; a wrong set is told and changes nothing. The configuration itself is not read again',
    },
  },

  async run({ config: file = '', watch }, terminal) {
    keepRequestsYoung();
    const stopped = terminal.stopRequested();
    const gateway = await (watch === undefined
      ? start(file, terminal)
      : startAndWatch(file, terminal, stopped));
    if (!gateway) return exit.wrong;
    await gateway.stop(await stopped);
    return exit.done;
  },
};

async function start(
  file: string,
  { environment, error, log }: Terminal,
): Promise<RunningGateway | undefined> {
  try {
    const config = await loadConfig(file, environment);
    const gateway = await startGateway(config, { observe: logEvents(config.log.level, log()) });
    await giveBackMemory();
    return gateway;
  } catch (caught) {
    if (caught instanceof Mistakes) error(`${formatMistakes(caught.mistakes)}\nKlantbrug did not start.`);
    else if (isOfListening(caught)) error(`Klantbrug did not start: ${whyNot(caught)}`);
    else throw caught;
    return undefined;
  }
}

/**
 * Starts a gateway, and reloads its mapping set after each change until a signal asks it to stop. Changes are looked
 * for from before the start on, so that none is missed.
 *
 * @returns the gateway, when it has to stop; undefined when it did not start
 */
async function startAndWatch(
  file: string,
  terminal: Terminal,
  stopped: Promise<unknown>,
): Promise<RunningGateway | undefined> {
  const folders = await foldersOf(file);
  if (!folders) return start(file, terminal);
  let starting: Promise<RunningGateway | undefined> | undefined;
  let fail = (): void => undefined;
  const failed = new Promise<void>((resolve) => {
    fail = resolve;
  });
  await onEachChange(folders, Promise.race([stopped, failed]), async () => {
    const running = starting;
    starting ??= start(file, terminal);
    const gateway = await starting;
    if (!gateway) fail();
    else if (running) await reload(gateway, terminal);
  });
  return starting;
}

/** What is wrong with the configuration is told by the start. */
async function foldersOf(file: string): Promise<readonly string[] | undefined> {
  try {
    return await mappingFoldersOf(file);
  } catch (caught) {
    if (caught instanceof Mistakes) return undefined;
    throw caught;
  }
}

async function reload(gateway: RunningGateway, { error }: Terminal): Promise<void> {
  try {
    await gateway.reload();
  } catch (caught) {
    if (!(caught instanceof Mistakes)) throw caught;
    error(
      `${formatMistakes(caught.mistakes)}\nThe mapping set was not taken over: the last good one goes on.`,
    );
  }
}

function isOfListening(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && ['listen', 'bind'].includes(String(error.syscall));
}

/** Such an error tells of the address only, so it can be shown. */
function whyNot({ code, message }: NodeJS.ErrnoException): string {
  const taken = code === 'EADDRINUSE' ? ' Another program listens there.' : '';
  return `it cannot listen at the address and port of its configuration (${message}).${taken}`;
}
