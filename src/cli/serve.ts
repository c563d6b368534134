import { loadConfig } from '../config/index.ts';
import { Mistakes, formatMistakes } from '../files/mistakes.ts';
import { logEvents } from '../observe/log.ts';
import { type RunningGateway, startGateway } from '../server.ts';
import { type Command, exit, type Terminal } from './command.ts';

/** `klantbrug serve`: the gateway itself, until a signal asks it to stop. */
export const serve: Command = {
  name: 'serve',
  summary: 'start the gateway; SIGTERM or Ctrl-C finishes what is under way and stops it',
  options: { config: { required: true, meaning: 'the configuration file' } },

  async run({ config: file = '' }, terminal) {
    const gateway = await start(file, terminal);
    if (!gateway) return exit.wrong;
    await gateway.stop(await terminal.stopRequested());
    return exit.done;
  },
};

async function start(file: string, { environment, error }: Terminal): Promise<RunningGateway | undefined> {
  try {
    const config = await loadConfig(file, environment);
    return await startGateway(config, { observe: logEvents(config.log.level) });
  } catch (caught) {
    if (caught instanceof Mistakes) error(`${formatMistakes(caught.mistakes)}\nKlantbrug did not start.`);
    else if (isOfListening(caught)) error(`Klantbrug did not start: ${whyNot(caught)}`);
    else throw caught;
    return undefined;
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
