import { isObject, scalarText } from '../../json.ts';
import { type ApiName, type Check, optionalApi, type Tried } from './check.ts';
import { exchange, objectIn } from './client.ts';
import { checks as allChecks } from './checks/index.ts';
import { resourcesOf } from './declarations.ts';
import { describedApi } from './described.ts';
import { type Identities, identitiesOf } from './identities.ts';
import { madeRecords } from './made.ts';
import { type GivenUrls, givenPlaces, placesOfStandIns } from './places.ts';
import type { MadeRecord } from './records.ts';
import { reachOf } from './reach.ts';
import { type Api, type LeftOut, type Run, tryAll } from './run.ts';
import { type StandInPlace, startStandIns, type StandIns } from './stand-ins/index.ts';
import type { Credentials } from './token.ts';

/** What a run is told. */
export interface ConformOptions {
  /** The URL of each API that there is, without a slash at its end. */
  readonly bases: ReadonlyMap<ApiName, string>;
  /** Where the API that need not be there may be, when nobody said that it is; undefined: it is not looked for. */
  readonly optionalBase: string | undefined;
  readonly client: Credentials;
  readonly withoutScopes: Credentials | undefined;
  /** Where the stand-ins have to be; undefined for a run without. */
  readonly standIns: StandInPlace | undefined;
  readonly given: GivenUrls;
  /** Whether the implementation surely announces to the stand-in. */
  readonly announces: boolean;
  readonly only: RegExp | undefined;
  /** An RSIN. */
  readonly bronorganisatie: string;
  readonly timeoutMs: number;
}

/** What a run found. */
export interface Conformance {
  readonly tried: readonly Tried[];
  readonly leftOut: LeftOut;
  /** What is wrong with records that were there before. */
  readonly remarks: readonly string[];
  /** URLs of records that it made and could not remove. */
  readonly left: readonly string[];
}

/** A run that cannot begin, with a sentence for the user. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}

/** The checks of which the id, or something that they prove, matches. */
export function checksMatching(only: RegExp | undefined): readonly Check[] {
  if (!only) return allChecks;
  return allChecks.filter(({ id, proves }) => [id, ...proves].some((text) => only.test(text)));
}

/**
 * Tries an implementation, and removes what it made, whatever happens.
 *
 * @param told is called after each check
 * @param aborted says whether to leave the rest, and remove what was made
 * @throws CannotRun when the implementation does not answer, refuses the token, when the stand-ins cannot listen, or
 *   when there is nothing to try
 */
export async function conform(
  options: ConformOptions,
  told: (tried: Tried) => void,
  aborted: () => boolean = () => false,
): Promise<Conformance> {
  const identities = identitiesOf(options.client, options.withoutScopes);
  const { apis, leftOut } = await openedApis(options, identities);
  const checks = checksMatching(options.only).filter(({ api }) => !leftOut.has(api));
  if (checks.length === 0) throw new CannotRun(['No check matches --only.', ...leftOut.values()].join(' '));
  const standIns = options.standIns && (await started(options.standIns));
  const made = madeRecords(identities, options.timeoutMs);
  const world = {
    apis,
    identities,
    made,
    places: standIns ? placesOfStandIns(standIns) : givenPlaces(options.given),
    bronorganisatie: options.bronorganisatie,
    timeoutMs: options.timeoutMs,
    common: new Map<string, Promise<MadeRecord>>(),
    remarks: new Set<string>(),
    unversioned: new Map([...apis.keys()].map((name) => [name, []])),
  };
  const run: Run = { ...world, reach: reachOf(world, options.standIns?.url ?? '', options.announces) };
  try {
    const tried = await tryAll(checks, run, told, aborted);
    return { tried, leftOut, remarks: [...run.remarks].sort(), left: await cleaned(run, standIns) };
  } catch (error) {
    await cleaned(run, standIns);
    throw error;
  } finally {
    await standIns?.close();
  }
}

/** The relations with zaken go first, because they keep ours. */
async function cleaned({ made }: Run, standIns: StandIns | undefined): Promise<string[]> {
  standIns?.zaken.forget();
  standIns?.documenten.forget();
  return made.removeAll();
}

async function started(place: StandInPlace): Promise<StandIns> {
  try {
    return await startStandIns(place);
  } catch (error) {
    throw new CannotRun(`The stand-ins cannot listen at ${place.host}:${place.port}.`, { cause: error });
  }
}

/** Opens every API that was given, and the optional one where it is served. */
async function openedApis(
  { bases, optionalBase, timeoutMs }: ConformOptions,
  identities: Identities,
): Promise<{ readonly apis: ReadonlyMap<ApiName, Api>; readonly leftOut: LeftOut }> {
  const apis = new Map<ApiName, Api>();
  for (const [name, base] of bases) {
    const api = await opened(name, base, identities, timeoutMs);
    if (typeof api === 'string') throw new CannotRun(api);
    apis.set(name, api);
  }
  if (apis.has(optionalApi)) return { apis, leftOut: new Map() };
  const found =
    optionalBase === undefined
      ? `It was not given: --${optionalApi} URL.`
      : await opened(optionalApi, optionalBase, identities, timeoutMs);
  if (typeof found === 'string') return { apis, leftOut: new Map([[optionalApi, found]]) };
  return { apis: apis.set(optionalApi, found), leftOut: new Map() };
}

/**
 * Looks whether an API answers, takes our token, and says what it offers.
 *
 * @returns why it cannot be tried where it is not served, or not for this client
 * @throws CannotRun when nobody answers
 */
async function opened(
  name: ApiName,
  base: string,
  identities: Identities,
  timeoutMs: number,
): Promise<Api | string> {
  const headers = { Authorization: (await identities.authorization('client')) ?? '' };
  const url = `${base}/${resourcesOf(name)[0]?.plural ?? ''}`;
  const answer = await exchange({ method: 'GET', url, headers }, timeoutMs).catch((cause: unknown) => {
    throw new CannotRun(`The ${name} API does not answer at ${base}.`, { cause });
  });
  if (answer.status === 403 || answer.status === 401) {
    const code = scalarText(objectIn(answer).code) ?? 'no code';
    return `The ${name} API refuses the token of the client: ${answer.status}, ${code}.`;
  }
  if (answer.status === 404) return `The ${name} API is not served at ${base}: ${url} is a 404.`;
  return { name, base, described: describedApi(name), offered: await offeredBy(base, timeoutMs) };
}

/** The operation ids of the OpenAPI document that an API serves of itself; undefined when it serves none. */
async function offeredBy(base: string, timeoutMs: number): Promise<ReadonlySet<string> | undefined> {
  for (const place of ['/openapi.json', '/schema/openapi.json']) {
    const answer = await exchange({ method: 'GET', url: `${base}${place}`, headers: {} }, timeoutMs).catch(
      () => undefined,
    );
    const { paths } = answer?.status === 200 ? objectIn(answer) : {};
    const ids = Object.values(isObject(paths) ? paths : {})
      .flatMap((path) => Object.values(isObject(path) ? path : {}))
      .flatMap((operation) => (isObject(operation) ? (scalarText(operation.operationId) ?? []) : []));
    if (ids.length > 0) return new Set(ids);
  }
  return undefined;
}
