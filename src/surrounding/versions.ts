import type { GetUrl } from '../backend/get-url.ts';
import { BackendFault, type SendContext } from '../backend/send.ts';
import { deadlineIn } from '../deadline.ts';
import { type Observe, unexpectedError } from '../observe/events.ts';
import { BackendProblem } from '../problem.ts';

/** A register whose version matters, if it is of a kind that we need something new of. */
export interface VersionedRegister {
  readonly name: string;
  readonly kind: string;
  readonly root: string;
  readonly get: GetUrl;
}

/** Ruling R11: the first version that has what we need, and a list that it has since then, with one of its filters. */
const needs: Readonly<Record<string, { readonly version: string; readonly list: string }>> = {
  zaken: { version: '1.1', list: 'zaakcontactmomenten?zaak=' },
  documenten: { version: '1.1', list: 'objectinformatieobjecten?object=' },
};

/** Longer than this nobody looks at what happens at the start. */
const limitMs = 30_000;

/**
 * Asks each register once which version it has, and tells the operator of those that are too old or do not answer.
 * Never throws: a gateway starts without the systems around it.
 */
export async function reportVersions(
  registers: readonly VersionedRegister[],
  observe: Observe,
): Promise<void> {
  await Promise.all(registers.map((register) => reportVersion(register, observe)));
}

async function reportVersion(register: VersionedRegister, observe: Observe): Promise<void> {
  const { name, kind } = register;
  const need = Object.hasOwn(needs, kind) ? needs[kind] : undefined;
  if (!need) return;
  try {
    const version = await versionOf(register, need.list, { deadline: deadlineIn(limitMs), observe });
    if (version === undefined || isOlder(version, need.version)) {
      observe({
        event: 'register-too-old',
        register: name,
        kind,
        version: version ?? 'unknown',
        wanted: need.version,
      });
    }
  } catch (error) {
    const isNoAnswer = error instanceof BackendFault || error instanceof BackendProblem;
    if (!isNoAnswer) observe(unexpectedError(error));
    observe({ event: 'register-unreachable-at-start', register: name });
  }
}

/** The version that the root tells, or else a list; undefined when neither does. */
async function versionOf(
  { root, get }: VersionedRegister,
  list: string,
  context: SendContext,
): Promise<string | undefined> {
  const atRoot = await get(`${root}/`, context);
  const told = versionIn(atRoot.headers);
  if (told !== undefined) return told;
  const atList = await get(`${root}/${list}${encodeURIComponent(root)}`, context);
  if (atList.status >= 500) throw new BackendFault('status', 'unknown', { status: atList.status });
  return versionIn(atList.headers);
}

/** Only what looks like a version: the text goes into the log. */
function versionIn(headers: Readonly<Record<string, string>>): string | undefined {
  return /^[0-9]{1,4}\.[0-9]{1,4}(\.[0-9]{1,4})?/.exec(headers['api-version'] ?? '')?.[0];
}

function isOlder(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}
