import type { Socket } from 'node:net';
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
  /** Aborts when a stage takes longer than its limit. */
  readonly signal: AbortSignal;
  /** The call got this socket, new or used before. */
  readonly follow: (socket: Socket, secure: boolean) => void;
  /** The headers of the answer are in. */
  readonly reading: () => void;
  readonly abort: () => void;
  readonly stop: () => void;
  /** What an error means at the stage that was reached. */
  readonly faultOf: (error: unknown) => BackendFault;
}

/** Starts to follow a call, which waits for a connection at first: that takes until its deadline. */
export function watchStages(limits: StageLimits): StageWatch {
  const controller = new AbortController();
  const allowed = { connecting: limits.connectMs, sent: limits.headersMs, reading: limits.bodyMs };
  let stage: Stage = 'waiting';
  let stopWaiting = (): void => undefined;
  const abort = (): void => {
    controller.abort();
  };
  const enter = (next: Exclude<Stage, 'waiting'>): void => {
    stopWaiting();
    stage = next;
    stopWaiting = patience(allowed[next], abort);
  };
  return {
    signal: controller.signal,
    follow(socket, secure) {
      if (!socket.connecting) {
        enter('sent');
        return;
      }
      enter('connecting');
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        enter('sent');
      });
    },
    reading: () => {
      enter('reading');
    },
    abort,
    stop: () => {
      stopWaiting();
    },
    faultOf(error) {
      const reached = stage === 'sent' || stage === 'reading';
      const reason = reasonOf(stage, controller.signal.aborted);
      return new BackendFault(reason, reached ? 'unknown' : 'not-sent', { cause: error });
    },
  };
}

function reasonOf(stage: Stage, aborted: boolean): FaultReason {
  if (aborted)
    return stage === 'waiting' ? 'saturated' : stage === 'connecting' ? 'connect-timeout' : 'timeout';
  return stage === 'sent' || stage === 'reading' ? 'reset' : 'refused';
}
