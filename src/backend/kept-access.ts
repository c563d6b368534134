import { type Deadline, deadlineIn } from '../deadline.ts';
import { BackendProblem, unavailable } from '../problem.ts';
import type { Access } from './access.ts';
import type { Introduction } from './introduction.ts';
import { BackendFault, type SendContext } from './send.ts';

/** What another system gave us to introduce ourselves with. */
export interface Obtained {
  readonly introduction: Introduction;
  /** Undefined: until it is refused. */
  readonly lifetimeSeconds: number | undefined;
}

/**
 * Asks for a token or a session. Throws BackendFault when nobody answered, BackendProblem when the answer was no use:
 * asking again at once would give the same.
 */
export type Obtain = (context: SendContext) => Promise<Obtained>;

/** How long nothing is asked for after a refusal, and nothing new after a new one that did not help either. */
const pauseMs = 10_000;

/** What is given out for a minute before it expires may be too old when it arrives; of short lives, a tenth. */
const longestMarginSeconds = 60;

/**
 * Keeps what was obtained until shortly before it expires, or until it is refused. It is asked for by one request at
 * a time, that everybody waits for: each until their own deadline. That request is nobody's in particular, so it has
 * a time of its own.
 *
 * @param withinMs milliseconds for asking
 * @param clock in milliseconds since whenever, and never set back
 */
export function keptAccess(
  obtain: Obtain,
  withinMs: number,
  clock: () => number = () => performance.now(),
): Access {
  let kept: { readonly introduction: Introduction; readonly until: number } | undefined;
  let underWay: Promise<Introduction> | undefined;
  let closedUntil = 0;
  let noUseUntil = 0;

  async function ask({ observe }: SendContext): Promise<Introduction> {
    const start = clock();
    try {
      const { introduction, lifetimeSeconds } = await obtain({ deadline: deadlineIn(withinMs), observe });
      kept = { introduction, until: start + usableMs(lifetimeSeconds) };
      return introduction;
    } catch (error) {
      if (error instanceof BackendProblem) closedUntil = clock() + pauseAfter(error);
      throw neverSent(error);
    }
  }

  const access: Access = {
    introduction(context) {
      const now = clock();
      if (kept && now < kept.until) return Promise.resolve(kept.introduction);
      if (now < closedUntil) {
        return Promise.reject(new BackendProblem(unavailable((closedUntil - now) / 1000), 'not-sent'));
      }
      underWay ??= ask(context).finally(() => {
        underWay = undefined;
      });
      return within(context.deadline, underWay);
    },
    another(refused, context) {
      if (kept?.introduction === refused) {
        if (clock() < noUseUntil) return Promise.resolve(undefined);
        kept = undefined;
      }
      return access.introduction(context);
    },
    refusedAgain() {
      noUseUntil = clock() + pauseMs;
    },
  };
  return access;
}

function usableMs(lifetimeSeconds: number | undefined): number {
  if (lifetimeSeconds === undefined) return Infinity;
  return (lifetimeSeconds - Math.min(longestMarginSeconds, lifetimeSeconds / 10)) * 1000;
}

/** As long as the other side asks for, within reason. */
function pauseAfter({ headers }: BackendProblem): number {
  const asked = Number(headers['Retry-After']) * 1000;
  return Number.isFinite(asked) ? Math.min(asked, 6 * pauseMs) : pauseMs;
}

/** However far this came, what it was for never left. */
function neverSent(error: unknown): unknown {
  if (!(error instanceof BackendFault)) return error;
  const { reason, status, retryAfterSeconds, cause } = error;
  return new BackendFault(reason, 'not-sent', {
    ...(status === undefined ? {} : { status }),
    retryAfterSeconds,
    cause,
  });
}

/** The same end, or a fault when the deadline comes first. */
async function within<Result>({ signal }: Deadline, work: Promise<Result>): Promise<Result> {
  let late = (): void => undefined;
  const passed = new Promise<never>((_, reject) => {
    late = () => {
      reject(new BackendFault('timeout', 'not-sent'));
    };
  });
  signal.addEventListener('abort', late, { once: true });
  if (signal.aborted) late();
  try {
    return await Promise.race([work, passed]);
  } finally {
    signal.removeEventListener('abort', late);
  }
}
