import { BackendFault, type BackendRequest, type SendContext } from '../../backend/send.ts';
import type { LinePurpose, Tap } from '../../backend/tap.ts';
import type { RawAnswer, WireRequest } from '../../backend/wire.ts';
import { elsewhere } from '../../examples/run.ts';

/** One request to another system, and what came of it. */
export interface Passed {
  /** The backend or register by its name in the configuration, or the origin of another host. */
  readonly system: string;
  /** `url`: a GET of a URL that somebody else made; `credentials`: a token or session is asked for. */
  readonly purpose: LinePurpose | 'url';
  /** As the mapping made it; absent where no mapping did. */
  readonly request?: BackendRequest;
  /** As it went over the line, the last time where it went twice; undefined while it has not. */
  line?: WireRequest;
  answer?: RawAnswer;
  /** Why there is no answer. */
  fault?: string;
  /** How long it took, in milliseconds. */
  tookMs?: number;
}

/** What passed, oldest first, and what to give `compose` to have it noted. */
export interface Watched {
  readonly passed: readonly Passed[];
  readonly tap: Tap;
}

/** Lets everything pass, and notes it. */
export function watchLine(): Watched {
  const passed: Passed[] = [];
  // A request keeps its context all the way to the line, also where several are under way.
  const byContext = new WeakMap<SendContext, Passed>();
  const noting = async (entry: Passed, send: () => Promise<RawAnswer>): Promise<RawAnswer> => {
    const start = performance.now();
    try {
      entry.answer = await send();
      return entry.answer;
    } catch (error) {
      entry.fault = error instanceof BackendFault ? error.reason : 'not asked';
      throw error;
    } finally {
      entry.tookMs = Math.round(performance.now() - start);
    }
  };
  const begun = (entry: Passed): Passed => {
    passed.push(entry);
    return entry;
  };
  return {
    passed,
    tap: {
      requests: (system, next) => (request, context) => {
        const entry = begun({ system, purpose: 'call', request });
        const own = { ...context };
        byContext.set(own, entry);
        return noting(entry, () => next(request, own));
      },
      line: (system, purpose, next) => (line, context) => {
        const entry = byContext.get(context);
        if (entry) {
          entry.line = line;
          return next(line, context);
        }
        const other = begun({ system, purpose: purpose === 'call' ? 'url' : purpose, line });
        return noting(other, () => next(line, context));
      },
    },
  };
}

/**
 * Lets nothing pass. Requests end as if their system could not be reached, and URLs that somebody else made are there:
 * so what comes first is seen, and nobody is asked.
 */
export function holdLine(): Watched {
  const passed: Passed[] = [];
  return {
    passed,
    tap: {
      requests: (system) => (request) => {
        passed.push({ system, purpose: 'call', request });
        return Promise.reject(new BackendFault('refused', 'not-sent'));
      },
      line: (system) => (line) => {
        passed.push({ system, purpose: 'url', line });
        return Promise.resolve({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(elsewhere)) });
      },
    },
  };
}
