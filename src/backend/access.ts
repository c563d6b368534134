import type { Credentials } from './credentials.ts';
import type { Introduction } from './introduction.ts';
import { keptAccess } from './kept-access.ts';
import { sessionFrom } from './login.ts';
import { tokenFrom } from './oauth2.ts';
import type { SendContext } from './send.ts';
import { type Tap, untapped } from './tap.ts';
import { openWire, type TlsSettings, type TransportLimits } from './wire.ts';
import { userNameToken } from './ws-security.ts';
import { zgwTokens } from './zgw-token.ts';

/** How one system gets to know who we are. */
export interface Access {
  /** What goes along with a request now. Throws BackendFault or BackendProblem when it cannot be had. */
  introduction(context: SendContext): Promise<Introduction>;
  /**
   * Another one than the one that the system answered 401 to; undefined when there is none, or when a new one did not
   * help a moment ago. Throws as `introduction` does.
   */
  another(refused: Introduction, context: SendContext): Promise<Introduction | undefined>;
  /** The other one was answered with 401 as well. */
  refusedAgain(): void;
}

/** What it takes to get credentials out of another system. */
interface AccessSettings {
  readonly name: string;
  readonly credentials: Credentials | undefined;
  readonly limits: TransportLimits;
  readonly tls?: TlsSettings | undefined;
  readonly clock?: (() => number) | undefined;
  readonly tap?: Tap | undefined;
}

/** Makes the access to one system; undefined where it does not ask who we are. */
export function accessTo(settings: AccessSettings): Access | undefined {
  const { name, credentials, limits, tls, clock, tap = untapped } = settings;
  if (!credentials) return undefined;
  const wire = () => tap.line(name, 'credentials', openWire(limits, false, tls));
  switch (credentials.kind) {
    case 'zgw': {
      const token = zgwTokens(credentials);
      return fixedAccess(async () => bearer(await token()));
    }
    case 'wsSecurity':
      return fixedAccess(() => Promise.resolve({ headers: {}, soapHeader: userNameToken(credentials) }));
    case 'oauth2':
      return keptAccess(tokenFrom(credentials, name, wire()), longest(limits), clock);
    case 'login':
      return keptAccess(sessionFrom(credentials, name, wire()), longest(limits), clock);
    default: {
      const fixed = Promise.resolve(fixedIntroduction(credentials));
      return fixedAccess(() => fixed);
    }
  }
}

/** Of what does not depend on the other side there is no better one. */
function fixedAccess(introduction: () => Promise<Introduction>): Access {
  return { introduction, another: () => Promise.resolve(undefined), refusedAgain: () => undefined };
}

function fixedIntroduction(
  credentials: Exclude<Credentials, { kind: 'zgw' | 'oauth2' | 'login' | 'wsSecurity' }>,
): Introduction {
  switch (credentials.kind) {
    case 'header':
      return { headers: { [credentials.name]: credentials.value } };
    case 'query':
      return { headers: {}, query: { name: credentials.name, value: credentials.value } };
    case 'basic': {
      const pair = Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64');
      return { headers: { Authorization: `Basic ${pair}` } };
    }
    case 'bearer':
      return bearer(credentials.token);
  }
}

function bearer(token: string): Introduction {
  return { headers: { Authorization: `Bearer ${token}` } };
}

function longest({ connectMs, headersMs, bodyMs }: TransportLimits): number {
  return connectMs + headersMs + bodyMs;
}
