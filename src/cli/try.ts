import type { Config } from '../config/index.ts';
import { knownWords } from '../examples/known-words.ts';
import { formatMistakes, Mistakes, mistakesAsJson } from '../files/mistakes.ts';
import { type Loaded, loadAll } from '../load.ts';
import { type Command, exit, type Terminal, UsageError } from './command.ts';
import { ask, type Outcome } from './live/ask.ts';
import { type Asked, askedOptions, isWrite, readAsked, revealOption } from './live/asked.ts';
import { filesOf } from './live/files-of.ts';
import { maskFor, unmasked } from './live/mask.ts';
import { secretsOf } from './live/secrets-of.ts';
import { allowIds, shownOutcome } from './live/show-outcome.ts';
import { type Showing, type ShownPassed, shownPassed } from './live/show-passed.ts';
import { holdLine, type Passed, watchLine } from './live/watch-line.ts';
import { filesInWords, outcomeInWords, passedInWords } from './live/words.ts';

/** `klantbrug try`: one operation on the real CRM, with everything that goes over the line. */
export const tryOut: Command = {
  name: 'try',
  summary: 'show what one operation asks of the CRM; with --send also what comes of it',
  options: {
    config: { required: true, meaning: 'the configuration file' },
    ...askedOptions,
    send: {
      required: false,
      flag: true,
      meaning: 'really send it; without it nothing goes out, not even a log-in',
    },
    write: {
      required: false,
      flag: true,
      meaning: 'with --send: allow an operation that changes something in the CRM, and tells others of it',
    },
    ...revealOption,
    json: { required: false, flag: true, meaning: 'as one JSON document instead of lines' },
  },
  words: { name: 'OPERATION', meaning: 'which one: klant.list, klant.read, contactmoment.create and so on' },

  async run({ config: file = '', send, write, reveal, json, ...options }, terminal, words) {
    const asked = await readAsked(options, words);
    if (send !== undefined && isWrite(asked.operation) && write === undefined) throw new UsageError(whyWrite);
    const shownAs = { reveal: reveal !== undefined, json: json !== undefined };
    try {
      const loaded = await loadAll(file, terminal.environment, ports);
      const sends = send !== undefined;
      return sends
        ? await sendIt(loaded, asked, shownAs, terminal)
        : await holdIt(loaded, asked, shownAs, terminal);
    } catch (caught) {
      if (!(caught instanceof Mistakes)) throw caught;
      if (json === undefined) terminal.error(formatMistakes(caught.mistakes));
      else terminal.out(mistakesAsJson(caught.mistakes));
      return exit.wrong;
    }
  },
};

const ports = { clock: Date, random: Math.random };

const caller = 'klantbrug';

const whyWrite =
  'this operation changes something in the CRM, and in the registers that are told of it: add --write when you mean that';

interface ShownAs {
  readonly reveal: boolean;
  readonly json: boolean;
}

async function sendIt(loaded: Loaded, asked: Asked, as: ShownAs, terminal: Terminal): Promise<number> {
  const outcome = await ask(loaded, asked, watchLine(), { ...ports, caller }, terminal);
  const showing = await showingOf(loaded, outcome, as);
  const passed = outcome.passed.map((one) => shownPassed(one, showing));
  const shown = shownOutcome(outcome, showing);
  terminal.out(
    as.json ? asJson(asked, { sent: true, passed, further: shown }) : inWords(passed, outcomeInWords(shown)),
  );
  return shown.problem ? exit.wrong : exit.done;
}

/** Only what needs no answer can be known. Of a create that is more when the rules, which ask the CRM, are passed over. */
async function holdIt(loaded: Loaded, asked: Asked, as: ShownAs, terminal: Terminal): Promise<number> {
  const held = { ...loaded, config: withoutCredentials(loaded.config) };
  const first = await ask(held, asked, holdLine(), { ...ports, caller }, terminal);
  const isCut = first.passed.some(({ purpose }) => purpose === 'call');
  const isAsking = first.passed.every((one) => !isWriting(one));
  const later =
    isCut && isAsking && asked.operation === 'create'
      ? await ask(
          { ...held, config: withoutRules(held.config, first) },
          asked,
          holdLine(),
          { ...ports, caller },
          terminal,
        )
      : undefined;
  const showing = await showingOf(loaded, first, as);
  const passed = first.passed.map((one) => shownPassed(one, showing));
  const passedLater = (later?.passed ?? []).filter(isWriting).map((one) => shownPassed(one, showing));
  const { mapping } = loaded.config;
  const files = await filesOf([mapping.folder, ...mapping.with], asked.resource, asked.operation);
  const shown = isCut ? undefined : shownOutcome(first, showing);
  if (as.json) {
    const alsoKnown = passedLater.length > 0 ? { later: passedLater } : {};
    terminal.out(asJson(asked, { sent: false, passed, further: { ...alsoKnown, ...shown, files } }));
  } else {
    const further = passedLater.flatMap((one, index) => passedInWords(one, passed.length + index + 1));
    terminal.out(
      inWords(passed, [
        ...(further.length > 0 ? ['', 'When the rules find nothing against it:', ...further] : []),
        ...(shown ? outcomeInWords(shown) : []),
        ...filesInWords(files),
        '',
        'Nothing was sent. --send sends it, and shows the answers and what becomes of them.',
      ]),
    );
  }
  return shown?.problem ? exit.wrong : exit.done;
}

function isWriting({ request }: Passed): boolean {
  return request !== undefined && !(request.isSafe ?? request.method === 'GET');
}

async function showingOf(loaded: Loaded, outcome: Outcome, { reveal }: ShownAs): Promise<Showing> {
  const { folder, with: others } = loaded.config.mapping;
  const mask = reveal ? unmasked : maskFor(await knownWords([folder, ...others], loaded.mapping));
  allowIds(outcome, mask);
  return { mask, secrets: secretsOf(loaded.config, outcome.passed), loaded };
}

/** Nobody is asked for a token or a session. */
function withoutCredentials(config: Config): Config {
  const none = <System extends object>(systems: Readonly<Record<string, System>>) =>
    Object.fromEntries(
      Object.entries(systems).map(([name, system]) => [
        name,
        { ...system, credentials: { kind: 'none' as const } },
      ]),
    );
  return { ...config, backends: none(config.backends), registers: none(config.registers) };
}

function withoutRules(config: Config, { ready }: Outcome): Config {
  const ids = ready?.mapped.resource.rules.map(({ id }) => id) ?? [];
  return { ...config, rules: Object.fromEntries(ids.map((id) => [id, false])) };
}

function inWords(passed: readonly ShownPassed[], rest: readonly string[]): string {
  const requests = passed.flatMap((one, index) => passedInWords(one, index + 1));
  return [...(requests.length === 0 ? ['No request is needed.'] : requests), ...rest].join('\n').trim();
}

interface Told {
  readonly sent: boolean;
  readonly passed: readonly ShownPassed[];
  /** What else there is to say. */
  readonly further: object;
}

function asJson({ resource, operation }: Asked, { sent, passed, further }: Told): string {
  const told = { operation: `${resource}.${operation}`, sent, exchanges: passed, ...further };
  return JSON.stringify(told, undefined, 2);
}
