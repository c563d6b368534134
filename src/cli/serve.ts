import { loadConfig } from '../config/index.ts';
import { Mistakes, formatMistakes } from '../mistakes.ts';
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
    else if (isAddressTaken(caught))
      error('Klantbrug did not start: another program listens on its address and port.');
    else throw caught;
    return undefined;
  }
}

function isAddressTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
