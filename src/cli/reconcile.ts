import { compose, type Deployment } from '../compose.ts';
import type { Config } from '../config/index.ts';
import { deadlineIn } from '../deadline.ts';
import { formatMistakes, Mistakes } from '../files/mistakes.ts';
import { localLocks } from '../gateway/locks.ts';
import type { Difference, Reconciled } from '../gateway/reconcile.ts';
import { localTombstones } from '../gateway/tombstones.ts';
import { type Loaded, loadAll } from '../load.ts';
import { logEvents } from '../observe/log.ts';
import type { Observe } from '../observe/events.ts';
import { scalarText } from '../json.ts';
import { Problem } from '../problem.ts';
import type { Work } from '../register/work.ts';
import { type Command, exit, type Terminal } from './command.ts';

/** How often a long comparison says how far it is, in milliseconds. */
const progressEveryMs = 2000;

/** `klantbrug reconcile`: rule kic-001 for what was changed inside the CRM, where the gateway did not see it. */
export const reconcile: Command = {
  name: 'reconcile',
  summary: 'compare the verzoekinformatieobjecten of the CRM with their mirrors in Documenten (kic-001)',
  options: {
    config: { required: true, meaning: 'the configuration file' },
    apply: {
      required: false,
      flag: true,
      meaning: 'make the mirrors that are missing and remove those without a relation; without it, tell only',
    },
  },

  async run({ config: file = '', apply }, terminal) {
    try {
      const loaded = await loadAll(file, terminal.environment, { clock: Date, random: Math.random });
      return await compareAll(loaded, file, apply !== undefined, terminal);
    } catch (caught) {
      if (!(caught instanceof Mistakes)) throw caught;
      terminal.error(formatMistakes(caught.mistakes));
      return exit.wrong;
    }
  },
};

async function compareAll(loaded: Loaded, file: string, apply: boolean, terminal: Terminal): Promise<number> {
  const { config } = loaded;
  const { out, error } = terminal;
  if (!Object.values(config.registers).some(({ kind }) => kind === 'documenten')) {
    error(`There is no register of kind documenten in ${file}.`);
    return exit.wrong;
  }
  const log = logEvents('warn', {
    write: (line) => {
      error(line.trimEnd());
    },
  });
  const observe: Observe = (event) => {
    log(event);
  };
  try {
    const found = await deploymentOf(loaded, observe).reconcile({
      apply,
      settled: () => terminal.wait(config.limits.requestMs),
      workOf: () => workOf(config, observe),
      progress: terminal.interactive ? reporting(error) : () => undefined,
    });
    for (const difference of found.differences) out(inWords(difference));
    for (const main of found.unknown)
      out(`${main}: the CRM did not tell its documents, nothing was compared`);
    for (const root of found.silent) out(`${root}: did not tell what it has, nothing of it was compared`);
    out(summaryOf(found));
    return isLeft(found) ? exit.wrong : exit.done;
  } catch (caught) {
    if (!(caught instanceof Problem)) throw caught;
    error(`The CRM did not list its verzoeken (${caught.class}): nothing more was compared or changed.`);
    return exit.wrong;
  }
}

/** A deployment that answers nobody. */
function deploymentOf({ config, mapping }: Loaded, observe: Observe): Deployment {
  return compose(config, mapping, {
    observe,
    random: Math.random,
    clock: Date,
    locks: localLocks(),
    tombstones: localTombstones(),
    background: () => undefined,
    isReady: () => true,
  });
}

function workOf({ limits }: Config, observe: Observe): Work {
  return {
    deadline: deadlineIn(limits.requestMs),
    observe,
    caller: undefined,
    trace: { mappingMs: 0, backendMs: 0, backendCalls: 0, cache: 'none' },
  };
}

function reporting(error: Terminal['error']): (compared: number, total: number) => void {
  let last = performance.now();
  return (compared, total) => {
    if (performance.now() - last < progressEveryMs) return;
    last = performance.now();
    error(`${compared} of ${total} verzoeken compared`);
  };
}

function inWords({ main, relation, side, mended }: Difference): string {
  const what = side === 'ours' ? 'has no mirror' : 'is in Documenten only';
  return `${main}: ${scalarText(relation.informatieobject) ?? ''} ${what}${outcome(side, mended)}`;
}

function outcome(side: Difference['side'], mended: boolean | undefined): string {
  if (mended === undefined) return '';
  const done = side === 'ours' ? 'made' : 'removed';
  return mended ? `: ${done}` : `: could not be ${done}`;
}

function summaryOf({ compared, differences }: Reconciled): string {
  const mended = differences.filter((difference) => difference.mended === true).length;
  return `${compared} verzoeken compared: ${differences.length} differences, ${mended} mended`;
}

function isLeft({ differences, unknown, silent }: Reconciled): boolean {
  return unknown.length + silent.size > 0 || differences.some(({ mended }) => mended !== true);
}
