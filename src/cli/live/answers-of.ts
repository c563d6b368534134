import { type ErrorLine, judgementOf } from '../../backend/interpret.ts';
import type { Reading } from '../../backend/encoding/encoding.ts';
import { encodingOf } from '../../backend/encoding/index.ts';
import type { RawAnswer } from '../../backend/wire.ts';
import type { Json } from '../../json.ts';
import type { MappingSet } from '../../mapping/set.ts';
import type { Passed } from './watch-line.ts';

/** An answer as a mapping set looks at it. */
export interface ReadAnswer extends Reading {
  /** What it means: `ok`, or a meaning of the error table. */
  readonly meaning: ReturnType<typeof judgementOf>['meaning'];
  /** The line of the error table that says so. */
  readonly line: ErrorLine | undefined;
}

/** Reads an answer in the encoding of its backend, and judges it by the error table. */
export function readAnswer(
  { encodings, errors }: Pick<MappingSet, 'encodings' | 'errors'>,
  { system, request }: { readonly system: string; readonly request?: Passed['request'] | undefined },
  answer: RawAnswer,
): ReadAnswer {
  const reading = encodingOf(encodings[system]).read(answer, request ?? {});
  return { ...reading, ...judgementOf(answer, reading.whole, errors[system] ?? [], reading.says) };
}

/** What a backend answered to a request of the set. */
export interface BackendReading {
  readonly backend: string;
  /** Whether it was asked for something, and not told to do it. */
  readonly isRead: boolean;
  readonly meaning: ReadAnswer['meaning'];
  /** What the paths of the set look into; undefined for an empty answer, and for one that cannot be read. */
  readonly value: Json | undefined;
  /** What the error table looks into. */
  readonly whole: Json | undefined;
}

/** The answers to requests of the set, oldest first. */
export function answersIn(passed: readonly Passed[], mapping: MappingSet): BackendReading[] {
  return passed.flatMap((one) => {
    if (one.purpose !== 'call' || !one.answer) return [];
    const { meaning, value, whole } = readAnswer(mapping, one, one.answer);
    const isRead = one.request?.isSafe ?? one.request?.method === 'GET';
    return [{ backend: one.system, isRead, meaning, value, whole }];
  });
}
