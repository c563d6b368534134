import { openBackend } from '../backend/index.ts';
import type { Send } from '../backend/send.ts';
import { type Config, loadConfig, revealed } from '../config/index.ts';
import { deadlineIn } from '../deadline.ts';
import { formatMistakes, Mistakes } from '../files/mistakes.ts';
import type { Observe } from '../observe/events.ts';
import { resources } from '../resources/index.ts';
import { channelsOf, registerChannel, type Registration } from '../surrounding/notificaties-channels.ts';
import { type Command, exit, type Terminal } from './command.ts';

/** `klantbrug register-channels`: the Notificaties API takes notifications on channels that it knows only. */
export const registerChannels: Command = {
  name: 'register-channels',
  summary: 'make the channels of the configured APIs known to the Notificaties API, as far as they are not',
  options: { config: { required: true, meaning: 'the configuration file' } },

  async run({ config: file = '' }, terminal) {
    try {
      const config = await loadConfig(file, terminal.environment);
      return await registerAll(config, file, terminal);
    } catch (caught) {
      if (!(caught instanceof Mistakes)) throw caught;
      terminal.error(formatMistakes(caught.mistakes));
      return exit.wrong;
    }
  },
};

async function registerAll(config: Config, file: string, { out, error }: Terminal): Promise<number> {
  let reason: string | undefined;
  const observe: Observe = (event) => {
    if (event.event === 'backend-failed') reason = event.reason;
  };
  const send = notificatiesOf(config, observe);
  if (!send) {
    error(`There is no register of kind notificaties in ${file}.`);
    return exit.wrong;
  }
  const served = resources.filter(({ api }) => config.apis[api] !== undefined);
  let failed = false;
  for (const channel of channelsOf(served, config.baseUrls.canonical)) {
    reason = undefined;
    const context = { deadline: deadlineIn(config.notifications.timeoutMs), observe };
    const registration = await registerChannel(send, channel, context);
    failed ||= registration.result === 'failed';
    out(`${registration.naam}: ${inWords(registration, reason)}`);
  }
  return failed ? exit.wrong : exit.done;
}

function inWords({ result, status }: Registration, reason = 'no usable answer'): string {
  switch (result) {
    case 'made':
      return 'made';
    case 'present':
      return 'was there already';
    case 'failed':
      return `failed (${status === undefined ? reason : `status ${status}`})`;
  }
}

function notificatiesOf(config: Config, observe: Observe): Send | undefined {
  const found = Object.entries(config.registers).find(([, { kind }]) => kind === 'notificaties');
  if (!found) return undefined;
  const [name, register] = found;
  const { root, limits, breaker } = register;
  return openBackend({ name, baseUrl: root, limits, breaker, errors: [], ...revealed(register) }, observe);
}
