import type { FaultReason } from '../observe/events.ts';
import { patience } from './patience.ts';
import { BackendFault } from './send.ts';

/** How long each stage of a call may take. */
export interface StageLimits {
  readonly connectMs: number;
  readonly headersMs: number;
  readonly bodyMs: number;
}

/** How far a call has come: it decides which limit counts, and whether the backend can have acted on it. */
type Stage = 'waiting' | 'connecting' | 'sent' | 'reading';

/** Follows one call from stage to stage. */
export interface StageWatch {
  /** The call has its turn, and gets a connection: a new one, or one that was used before. */
  readonly connecting: () => void;
  /** It has a connection, over which it goes at once. */
  readonly sent: () => void;
  /** The headers of the answer are in. */
  readonly reading: () => void;
  /** How the call is stopped at the stage where it is, when that takes longer than its limit; the last way counts. */
  readonly whenAborted: (stop: () => void) => void;
  readonly abort: () => void;
  readonly stop: () => void;
  /** What an error means at the stage that was reached. */
  readonly faultOf: (error: unknown) => BackendFault;
}

/** Starts to follow a call, which waits for its turn at first: that takes until its deadline. */
export function watchStages(limits: StageLimits): StageWatch {
  const allowed = { connecting: limits.connectMs, sent: limits.headersMs, reading: limits.bodyMs };
  let stage: Stage = 'waiting';
  let isAborted = false;
  let stopCall = (): void => undefined;
  const abort = (): void => {
    isAborted = true;
    stopCall();
  };
  const waiting = patience(abort);
  const enter = (next: Exclude<Stage, 'waiting'>): void => {
    stage = next;
    waiting.renew(allowed[next]);
  };
  return {
    connecting: () => {
      enter('connecting');
    },
    sent: () => {
      enter('sent');
    },
    reading: () => {
      enter('reading');
    },
    whenAborted(stop) {
      stopCall = stop;
      if (isAborted) stop();
    },
    abort,
    stop: waiting.end,
    faultOf(error) {
      const reached = stage === 'sent' || stage === 'reading';
      const reason = reasonOf(stage, isAborted, error);
      return new BackendFault(reason, reached ? 'unknown' : 'not-sent', { cause: onlyCode(error) });
    },
  };
}

function reasonOf(stage: Stage, aborted: boolean, error: unknown): FaultReason {
  if (aborted)
    return stage === 'waiting' ? 'saturated' : stage === 'connecting' ? 'connect-timeout' : 'timeout';
  if (stage === 'sent' || stage === 'reading') return 'reset';
  if (codeOf(error) === 'UND_ERR_CONNECT_TIMEOUT') return 'connect-timeout';
  return isAboutCertificates(error) ? 'certificate' : 'refused';
}

/** What the HTTP client throws carries the whole request along, secrets and all; its code is what says something. */
function onlyCode(error: unknown): Error {
  const code = codeOf(error);
  return Object.assign(new Error('call failed'), code === undefined ? {} : { code });
}

function codeOf(error: unknown): string | undefined {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Whether a connection was not made because of how the other side, or we, would have been known over it. */
function isAboutCertificates(error: unknown): boolean {
  return /CERT|SIGNATURE|SSL|TLS|^EPROTO$/.test(codeOf(error) ?? '');
}
