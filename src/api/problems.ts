import { randomUUID } from 'node:crypto';
import type { Middleware } from 'koa';
import type { Observe } from '../observe/events.ts';
import { unexpectedError } from '../observe/events.ts';
import { Problem, problemClasses } from '../problem.ts';
import { type ApiContext, setHeaders } from './exchange.ts';

/**
 * Outermost: everything that was thrown becomes a problem document (contract section 4). What is no Problem is a
 * mistake of ours: a 500 that says nothing, and an event without its message.
 */
export function problems(observe: Observe): Middleware {
  return async function problems(ctx, next) {
    try {
      await next();
    } catch (error) {
      const problem =
        error instanceof Problem ? error : new Problem('APIException', { detail: 'Internal Server Error' });
      if (!(error instanceof Problem)) observe(unexpectedError(error));
      answerWith(ctx, problem);
    }
  };
}

function answerWith(ctx: ApiContext, problem: Problem): void {
  const { state } = ctx;
  const instance = `urn:uuid:${randomUUID()}`;
  state.problem = { code: problem.code, instance };
  ctx.status = problem.status;
  setHeaders(ctx, {
    ...problem.headers,
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  });
  ctx.body = JSON.stringify({
    type: `${state.base}/ref/fouten/${problem.class}/`,
    code: problem.code,
    title: problemClasses[problem.class].title,
    status: problem.status,
    detail: problem.detail,
    instance,
    ...(problem.invalidParams ? { invalidParams: problem.invalidParams } : {}),
  });
}
