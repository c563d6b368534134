import { type CheckedHost, type FetchUrl, urlFetcher } from '../backend/fetch-url.ts';
import { type BackendSettings, openSystem } from '../backend/index.ts';
import type { Send } from '../backend/send.ts';
import type { Tap } from '../backend/tap.ts';
import { isUnderRoot } from '../backend/under-root.ts';
import type { Observe } from '../observe/events.ts';
import { parseUrl } from '../url.ts';
import { type DocumentenRegister, documentenRegister } from './documenten.ts';
import { reportVersions } from './versions.ts';
import { type ZakenRegister, zakenRegister } from './zaken.ts';

/** Another system of the standard, as the configuration describes it. */
export interface RegisterSettings extends Pick<
  BackendSettings,
  'credentials' | 'tls' | 'forwardUser' | 'limits' | 'breaker'
> {
  readonly kind: string;
  /** Where its API is: an absolute URL without a slash at its end. No two roots overlap. */
  readonly root: string;
  /** CIDR ranges that its host must resolve to when a URL out of a request leads to it. */
  readonly addresses?: readonly string[];
}

/** What is around the gateway. */
export interface SurroundingSettings {
  /** By the names of the configuration. */
  readonly registers: Readonly<Record<string, RegisterSettings>>;
  readonly urlChecks: { readonly timeoutMs: number; readonly hosts: readonly CheckedHost[] };
}

/** A register as it is opened: calls under its root, with its credentials, limits and breaker. */
export interface OpenRegister {
  readonly name: string;
  readonly root: string;
  readonly send: Send;
}

/** The systems around the gateway: what they are asked, and what they are told. */
export interface Surrounding {
  readonly fetchUrl: FetchUrl;
  /** The register with the Zaken API that a URL belongs to. */
  zakenAt(url: string): ZakenRegister | undefined;
  /** The register with the Documenten API that a URL belongs to. */
  documentenAt(url: string): DocumentenRegister | undefined;
  /** All registers with the Documenten API. */
  readonly documenten: readonly DocumentenRegister[];
  /** The register of a kind that there is one of at most. */
  only(kind: 'notificaties' | 'autorisaties'): OpenRegister | undefined;
  /** Ruling R11: tells the operator of registers that are too old, or do not answer. Never throws. */
  reportVersions(): Promise<void>;
}

/** Opens every register. Nothing is connected to before it is needed. */
export function openSurrounding(settings: SurroundingSettings, observe: Observe, tap?: Tap): Surrounding {
  const registers = Object.entries(settings.registers).map(([name, register]) => {
    const { kind, root, addresses = [] } = register;
    const system = openSystem({ ...register, name, baseUrl: root, errors: [], tap }, observe);
    return { name, kind, root, addresses, ...system };
  });
  const ofKind = (kind: string) => registers.filter((register) => register.kind === kind);
  const zaken = ofKind('zaken').map(({ name, root, send }) => zakenRegister(name, root, send));
  const documenten = ofKind('documenten').map(({ name, root, send }) => documentenRegister(name, root, send));

  return {
    fetchUrl: urlFetcher({ ...settings.urlChecks, registers, tap }),
    zakenAt: (url) => withRootOf(url, zaken),
    documentenAt: (url) => withRootOf(url, documenten),
    documenten,
    only(kind) {
      const [register] = ofKind(kind);
      return register && { name: register.name, root: register.root, send: register.send };
    },
    reportVersions: () => reportVersions(registers, observe),
  };
}

/** The one whose root a URL is under: same origin, and its path goes on where a segment ends. */
function withRootOf<Register extends { readonly root: string }>(
  url: string,
  registers: readonly Register[],
): Register | undefined {
  const parsed = parseUrl(url);
  return parsed && registers.find(({ root }) => isUnderRoot(parsed, root));
}
