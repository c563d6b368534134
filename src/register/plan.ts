import { isDeepStrictEqual } from 'node:util';
import { type BackendAnswer, type BackendRequest, type Send } from '../backend/send.ts';
import { deadlineIn } from '../deadline.ts';
import { isObject, type Json, type JsonObject, valueAt } from '../json.ts';
import type { Expression } from '../mapping/expression.ts';
import type { MappedPart, MappedStep } from '../mapping/set.ts';
import { BackendProblem, Problem } from '../problem.ts';
import type { Stored } from './record.ts';
import { MalformedRequest, readRequest } from './request.ts';
import { idIn } from './rows.ts';
import { ask, isMissing, translate, translationProblem, unexpectedAnswer, type Work } from './work.ts';

/** What is to be written, in the standard's terms. */
export interface Write {
  /** What is stored now; undefined for a create. */
  readonly stored: Stored | undefined;
  /** What the client supplied. */
  readonly change: JsonObject;
  /** What it comes to. */
  readonly merged: JsonObject;
  /** Properties of the body that the standard does not know. */
  readonly extra: JsonObject;
  /** The record that this one is a part of, as its CRM holds it: what a view is on. */
  readonly host?: JsonObject;
  /** The UUID that a new record gets, where its CRM has a place for one. */
  readonly newId?: string | undefined;
}

/** What a write came to. */
export interface CarriedOut {
  readonly results: readonly StepResult[];
  /** The columns of the record that were written, where a translation makes them. */
  readonly columns: JsonObject | undefined;
  /** The UUID that was given to a new record. */
  readonly newId: string | undefined;
}

/** What a step of a plan got back. */
export interface StepResult {
  readonly step: MappedStep;
  readonly answer: BackendAnswer;
  /** It changed nothing, so there is nothing to undo. */
  readonly isRead: boolean;
}

/** A write that was begun, and of which nobody answered how it ended. */
export class UnfinishedWrite extends BackendProblem {
  /** The record that it is about; of a create, as far as an answer told it. */
  readonly uuid: string | undefined;
  /** Whether some of its requests may have been carried out and others not. */
  readonly half: boolean;

  constructor(problem: Problem, uuid: string | undefined, half: boolean) {
    super(problem, 'unknown', problem instanceof BackendProblem ? problem.backendStatus : undefined);
    this.uuid = uuid;
    this.half = half;
  }
}

/** Finds the way to a backend by its name. */
export type BackendOf = (name: string) => Send;

/**
 * Carries out a write, step by step. When a step fails, the ones before it are undone in reverse order; an undo that
 * fails is reported as loudly as we can. When a step goes unanswered nothing is undone: it may yet be carried out, so
 * that only who looks later what became of it can finish it or take it back. A step that only reads leaves nothing open.
 *
 * Links in the write are as the mapping sees them.
 *
 * @returns the results in order; a step whose translation yields nothing is passed over
 * @throws UnfinishedWrite when a write of several steps went unanswered
 */
export async function carryOut(
  mapped: MappedPart,
  operation: 'create' | 'update' | 'delete',
  write: Write,
  backendOf: BackendOf,
  work: Work,
): Promise<CarriedOut> {
  const steps = mapped.plans[operation] ?? [];
  const columns = await columnsOf(mapped, write, work);
  const bindings = bindingsOf(write);
  const done: StepResult[] = [];
  const input = () => ({
    id: write.stored?.id,
    record: write.stored?.record,
    host: write.host,
    ...columns,
    answers: done.map(({ answer }) => answer.body ?? null),
  });
  let asked = { isRead: true, later: steps };
  try {
    for (const [index, step] of steps.entries()) {
      const purpose = step.reads === true ? 'read' : 'write';
      const request = await buildRequest(step.request, input(), bindings, work, purpose);
      if (!request) continue;
      const isRead = step.reads ?? request.method === 'GET';
      asked = { isRead, later: steps.slice(index + 1) };
      const answer = await ask(backendOf(step.backend), request, work);
      done.push({ step, isRead, answer: usable(answer, operation, isRead) });
    }
    return { results: done, columns: columns.columns, newId: write.newId };
  } catch (error) {
    const isOpen = !asked.isRead && error instanceof BackendProblem && error.outcome === 'unknown';
    const isHalf = done.some(({ isRead }) => !isRead) || asked.later.some(({ reads }) => reads !== true);
    if (isOpen && (isHalf || write.newId !== undefined)) {
      const created = createdUuid(mapped, { results: done, columns: undefined, newId: write.newId });
      throw new UnfinishedWrite(error, write.stored?.uuid ?? created, isHalf);
    }
    await undo(mapped, operation, done, write.stored?.uuid, input(), bindings, backendOf, work);
    throw asked.isRead ? nothingWritten(error) : error;
  }
}

/** What went wrong while nothing was written: whatever became of the request, no write is open. */
function nothingWritten(error: unknown): unknown {
  return error instanceof BackendProblem ? new BackendProblem(error, 'declined', error.backendStatus) : error;
}

/**
 * Evaluates a request translation; undefined when it yields nothing. A malformed request is never sent.
 *
 * @param purpose a request that reads may be made again when its connection broke, whatever its method
 */
export async function buildRequest(
  expression: Expression,
  input: unknown,
  bindings: JsonObject,
  work: Work,
  purpose: 'read' | 'write',
): Promise<BackendRequest | undefined> {
  const result = await translate(expression, input, bindings, work, 'outgoing');
  if (result === undefined || result === null) return undefined;
  try {
    return { ...readRequest(result), isSafe: purpose === 'read' };
  } catch (error) {
    if (!(error instanceof MalformedRequest)) throw error;
    work.observe({ event: 'translation-failed', file: mappedFile(error), code: 'malformed-request' });
    throw translationProblem('outgoing', error);
  }
}

/** The answer to a question; `isNothing` when it was said that there is nothing there. */
export interface Found {
  readonly body: Json | undefined;
  readonly isNothing?: boolean;
}

/**
 * Asks a backend what a translation makes, where an answer that it is not there will not do; that nothing was found
 * is an answer.
 *
 * @throws Problem 502 when the translation makes no request, or the answer is of another kind
 */
export async function askFor(
  translation: Expression,
  input: unknown,
  backend: { readonly name: string; readonly of: BackendOf },
  work: Work,
): Promise<Found> {
  const request = await buildRequest(translation, input, {}, work, 'read');
  const answer = request && (await ask(backend.of(backend.name), request, work));
  if (answer?.meaning === 'nothing') return { body: undefined, isNothing: true };
  if (answer?.meaning !== 'ok') throw unexpectedAnswer(backend.name, work);
  return answer;
}

/** The message of a malformed request speaks of the format only, so it may be logged. */
function mappedFile(error: MalformedRequest): string {
  return `a request translation: ${error.message}`;
}

/**
 * `columns`: the whole record as it should be; `changes`: the columns that differ from what is stored; `before`: what
 * those hold now, for an undo.
 */
async function columnsOf(
  mapped: MappedPart,
  write: Write,
  work: Work,
): Promise<{ columns?: JsonObject; changes?: JsonObject; before?: JsonObject }> {
  if (!mapped.to || Object.keys(write.merged).length === 0) return {};
  const bindings = bindingsOf(write);
  const columns = asColumns(await translate(mapped.to, write.merged, bindings, work, 'outgoing'));
  if (!write.stored) return { columns, changes: columns };
  const before = asColumns(
    await translate(mapped.to, write.stored.representation, { ...bindings, extra: {} }, work, 'outgoing'),
  );
  return { columns, changes: differences(before, columns), before: differences(columns, before) };
}

function asColumns(value: unknown): JsonObject {
  if (isObject(value)) return value;
  throw translationProblem('outgoing', undefined);
}

/** The columns that differ; one that is no longer there is emptied. */
export function differences(before: JsonObject, after: JsonObject): JsonObject {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].filter((name) => !isDeepStrictEqual(before[name], after[name]));
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? null]));
}

function bindingsOf(write: Write): JsonObject {
  const stored: Json = write.stored?.representation ?? null;
  return {
    ...(write.stored ? { id: write.stored.id, stored, record: write.stored.record } : {}),
    change: write.change,
    merged: write.merged,
    extra: write.extra,
    ...(write.host ? { host: write.host } : {}),
    ...(write.newId === undefined ? {} : { newId: write.newId }),
  };
}

/**
 * Of a write, "not found" is a 404 (somebody deleted it meanwhile), and a CRM's own duplicate check is `unique`. A step
 * that searches may find nothing.
 */
function usable(
  answer: BackendAnswer,
  operation: 'create' | 'update' | 'delete',
  isRead: boolean,
): BackendAnswer {
  if (answer.meaning === 'ok') return answer;
  if (answer.meaning === 'nothing' && isRead) return { ...answer, body: undefined };
  if (isMissing(answer) && operation !== 'create')
    throw new BackendProblem(new Problem('NotFound'), 'declined');
  if (answer.meaning === 'duplicate') {
    const complaint = {
      name: 'nonFieldErrors',
      code: 'unique',
      reason: 'Deze combinatie van gegevens bestaat al.',
    };
    throw new Problem('ValidationError', { detail: '', invalidParams: [complaint] });
  }
  throw new BackendProblem(new Problem('BadGateway'), 'declined');
}

/** The record in the answer to a step, where the mapping says that it is there; `$` is the whole answer. */
export function answeredRecord({ step, answer }: Pick<StepResult, 'step' | 'answer'>): Json | undefined {
  if (step.record === undefined) return undefined;
  return step.record === '$' ? answer.body : valueAt(answer.body, step.record);
}

/** The UUID of what a create made: the one that it was given, from the first answer that tells it, or of a view from its own columns. */
export function createdUuid(mapped: MappedPart, { results, columns, newId }: CarriedOut): string | undefined {
  if (newId !== undefined) return newId;
  for (const { step, answer } of results) {
    const id = step.id === undefined ? undefined : valueAt(answer.body, step.id);
    const record = answeredRecord({ step, answer });
    const uuid = mapped.id.codec.toUuid(id ?? idIn(mapped.id, record));
    if (uuid !== undefined) return uuid;
  }
  return mapped.view ? mapped.id.codec.toUuid(idIn(mapped.id, columns)) : undefined;
}

/** Time for one undo. Not what is left of the request's own: its end is often why there is something to undo. */
const undoMs = 10_000;

async function undo(
  mapped: MappedPart,
  operation: string,
  done: readonly StepResult[],
  uuid: string | undefined,
  input: JsonObject | object,
  bindings: JsonObject,
  backendOf: BackendOf,
  work: Work,
): Promise<void> {
  for (const [index, { step, isRead }] of [...done.entries()].reverse()) {
    if (isRead) continue;
    try {
      const request = step.undo && (await buildRequest(step.undo, input, bindings, work, 'write'));
      if (!request) throw new Error('nothing to undo it with');
      await ask(backendOf(step.backend), request, { ...work, deadline: deadlineIn(undoMs) });
    } catch {
      const id =
        uuid ?? createdUuid(mapped, { results: done, columns: undefined, newId: undefined }) ?? 'none';
      work.observe({ event: 'undo-failed', resource: mapped.resource.name, id, operation, step: index + 1 });
    }
  }
}
