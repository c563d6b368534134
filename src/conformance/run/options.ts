import { parseArgs } from 'node:util';
import { passesElfproef } from '../../contract/numbers.ts';
import { parseUrl } from '../../url.ts';
import { type ApiName, apiNames, optionalApi } from './check.ts';
import type { ConformOptions } from './conform.ts';
import type { StandInPlace } from './stand-ins/index.ts';
import type { Credentials } from './token.ts';

/** A command line that cannot be understood, with a sentence for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A command line, understood. */
export type CommandLine =
  | { readonly kind: 'help' }
  | { readonly kind: 'list'; readonly only: RegExp | undefined }
  | { readonly kind: 'run'; readonly options: ConformOptions; readonly junit: string | undefined };

export const help = `npm run conformance -- --base URL --client-id ID [options]

Tries an implementation of the Klanten, Contactmomenten and Verzoeken APIs (1.0.0): every operation, every filter,
every numbered rule. And of the older Klantinteracties API (0.1.0), where there is one. It makes records of people who
do not exist, and removes them again.

Where it is
  --base URL                  the APIs are at URL/klanten/api/v1, URL/contactmomenten/api/v1 and URL/verzoeken/api/v1
  --klanten URL               or each by itself; an API that is not given is not tried
  --contactmomenten URL
  --verzoeken URL
  --kic URL                   the Klantinteracties API; without this it is looked for at BASE/kic/api/v1, and left out
                              where it is not served

Who calls
  --client-id ID              a client with all scopes; its secret is in the environment: CONFORMANCE_SECRET
  --client-id-without-scopes ID   a client with none of them; CONFORMANCE_SECRET_WITHOUT_SCOPES

The systems around it: the run brings stand-ins for Zaken, Documenten, Notificaties and a host with subjects,
employees and products. The implementation has to be allowed to call them: docs/conformance-run.md says how.
  --stand-ins HOST:PORT       where they listen (127.0.0.1:8083)
  --stand-ins-url URL         how the implementation reaches them (http://HOST:PORT)
  --announces                 the implementation sends its notifications to the stand-in: none is a failure
  --no-stand-ins              do without; what cannot be tried then is said to be not tried. Instead, if you have them:
  --zaak URL                  a zaak that the implementation may fetch
  --informatieobject URL      a document that it may fetch, and make a relation with
  --exists URL, --missing URL something that answers 200, and something that does not

What and how
  --only PATTERN              only checks of which the id, an operation or a rule matches (a regular expression)
  --list                      show the checks, and run nothing
  --bronorganisatie RSIN      the organisation of the records that are made (123456782)
  --timeout SECONDS           for each request (30)
  --junit FILE                write the outcome as JUnit too

Exit codes: 0 nothing failed, 1 something failed, 2 it could not run.`;

const texts = [
  'base',
  ...apiNames,
  'client-id',
  'client-id-without-scopes',
  'stand-ins',
  'stand-ins-url',
  'zaak',
  'informatieobject',
  'exists',
  'missing',
  'only',
  'bronorganisatie',
  'timeout',
  'junit',
] as const;

const switches = ['announces', 'no-stand-ins', 'list', 'help'] as const;

type Texts = Partial<Record<(typeof texts)[number], string>>;

/**
 * Reads the command line.
 *
 * @param environment holds the secrets, which are never options
 * @throws UsageError
 */
export function readCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): CommandLine {
  const values = parsed(args);
  const given = values as Texts & Partial<Record<(typeof switches)[number], boolean>>;
  if (given.help === true) return { kind: 'help' };
  const only = given.only === undefined ? undefined : pattern(given.only);
  if (given.list === true) return { kind: 'list', only };
  const withoutScopes = given['client-id-without-scopes'];
  const options: ConformOptions = {
    ...basesIn(given),
    client: credentials(given['client-id'], 'CONFORMANCE_SECRET', environment),
    withoutScopes:
      withoutScopes === undefined
        ? undefined
        : credentials(withoutScopes, 'CONFORMANCE_SECRET_WITHOUT_SCOPES', environment),
    standIns:
      given['no-stand-ins'] === true ? undefined : standInPlace(given['stand-ins'], given['stand-ins-url']),
    given: {
      zaak: url(given, 'zaak'),
      informatieobject: url(given, 'informatieobject'),
      exists: url(given, 'exists'),
      missing: url(given, 'missing'),
    },
    announces: given.announces === true,
    only,
    bronorganisatie: rsin(given.bronorganisatie ?? '123456782'),
    timeoutMs: seconds(given.timeout ?? '30') * 1000,
  };
  return { kind: 'run', options, junit: given.junit };
}

function parsed(args: readonly string[]): Record<string, unknown> {
  const options = Object.fromEntries([
    ...texts.map((name) => [name, { type: 'string' as const }]),
    ...switches.map((name) => [name, { type: 'boolean' as const }]),
  ]) as Record<string, { type: 'string' | 'boolean' }>;
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'this command line cannot be read');
  }
}

function basesIn(given: Texts): Pick<ConformOptions, 'bases' | 'optionalBase'> {
  const base = url(given, 'base');
  const under = (name: ApiName) => (base === undefined ? undefined : `${base}/${name}/api/v1`);
  const bases = apiNames.flatMap((name): [ApiName, string][] => {
    const own = url(given, name) ?? (name === optionalApi ? undefined : under(name));
    return own === undefined ? [] : [[name, own]];
  });
  if (bases.length === 0) throw new UsageError('it needs --base URL, or the URL of at least one API');
  return { bases: new Map(bases), optionalBase: under(optionalApi) };
}

/** An absolute URL, without a slash at its end. */
function url(given: Texts, name: (typeof texts)[number]): string | undefined {
  const text = given[name];
  if (text === undefined) return undefined;
  const found = parseUrl(text);
  if (!found || !/^https?:$/.test(found.protocol)) throw new UsageError(`--${name} is no http or https URL`);
  return text.replace(/\/+$/, '');
}

function credentials(
  clientId: string | undefined,
  variable: string,
  environment: Readonly<Record<string, string | undefined>>,
): Credentials {
  if (clientId === undefined) throw new UsageError('it needs --client-id ID');
  const secret = environment[variable];
  if (secret === undefined || secret === '')
    throw new UsageError(`the secret of ${clientId} has to be in the environment variable ${variable}`);
  return { clientId, secret };
}

function standInPlace(place = '127.0.0.1:8083', publicUrl: string | undefined): StandInPlace {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(place) ?? [];
  if (host === '' || Number(port) > 65_535) throw new UsageError('--stand-ins is no HOST:PORT');
  const reached = publicUrl === undefined ? undefined : url({ 'stand-ins-url': publicUrl }, 'stand-ins-url');
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port), url: reached ?? `http://${place}` };
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw new UsageError('--only is no regular expression');
  }
}

function rsin(text: string): string {
  if (!/^\d{9}$/.test(text) || !passesElfproef(text)) throw new UsageError('--bronorganisatie is no RSIN');
  return text;
}

function seconds(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError('--timeout is no number of seconds');
  return Number(text);
}
