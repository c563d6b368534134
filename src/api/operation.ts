import { type Operation, operationId, type Resource } from '../contract/resource.ts';
import type { AuditTrails } from '../gateway/audit-trail.ts';
import type { OwnUrls } from '../gateway/own-urls.ts';
import type { Call, Perform, Result } from '../gateway/perform.ts';
import { type Admission, admit } from './admit.ts';
import { answerConditionally, answerJson } from './answer.ts';
import { auditNoteIn } from './audit-note.ts';
import { type BodyLimits, readBody } from './body.ts';
import { type ApiContext, type Handler, headerIn, setHeaders } from './exchange.ts';
import { presentPage, presentRecord } from './present.ts';
import { readQuery } from './query.ts';
import { rememberedAnswers } from './remembered-answers.ts';

/** What handling a request needs, besides the request. */
export interface ApiParts extends Admission {
  readonly perform: Perform;
  readonly auditTrails: AuditTrails;
  readonly ownUrls: OwnUrls;
  readonly limits: BodyLimits & Admission['limits'];
}

/** One operation of one resource, from the headers to the answer, in the order of ruling R2. */
export function handle(resource: Resource, operation: Operation, parts: ApiParts): Handler {
  const scope = resource.scopes[operation];
  const changes = operation !== 'list' && operation !== 'read';
  const hasBody = changes && operation !== 'delete';
  const writing = rememberedAnswers((stored, base) =>
    JSON.stringify(presentRecord(parts.ownUrls, base, resource, stored)),
  );

  return async function handleOperation(ctx, [uuid = '']) {
    ctx.state.operation = operationId(resource, operation);
    const { caller, observe, begin } = await admit(ctx, scope, resource.api, parts);
    const body = hasBody ? await readBody(ctx.req, parts.limits) : {};
    const query = operation === 'list' ? readQuery(resource, ctx.querystring, parts.ownUrls) : undefined;
    const call: Call = {
      resource,
      operation,
      uuid,
      body,
      filters: query?.filters ?? {},
      ordering: query?.ordering ?? [],
      page: query?.page ?? 1,
      idempotencyKey: operation === 'create' ? headerIn(ctx, 'idempotency-key') || undefined : undefined,
      auditNote:
        changes && resource.audit ? auditNoteIn(resource.audit, (name) => headerIn(ctx, name)) : undefined,
      work: { caller, deadline: begin(), observe, trace: ctx.state.trace },
    };
    const result = await parts.perform(call);
    if (operation === 'read' && result.kind === 'record')
      answerConditionally(ctx, writing(result.stored, ctx.state.base, ctx.state.trace));
    else answer(ctx, resource, parts.ownUrls, result, query?.others);
  };
}

function answer(
  ctx: ApiContext,
  resource: Resource,
  urls: OwnUrls,
  result: Result,
  others = new URLSearchParams(),
): void {
  const { base } = ctx.state;
  switch (result.kind) {
    case 'page':
      answerJson(ctx, 200, JSON.stringify(presentPage(urls, base, resource, result.page, others)));
      break;
    case 'records':
      answerJson(
        ctx,
        200,
        JSON.stringify(result.items.map((one) => presentRecord(urls, base, resource, one))),
      );
      break;
    case 'record':
      answerJson(ctx, 200, JSON.stringify(presentRecord(urls, base, resource, result.stored)));
      break;
    case 'created':
      setHeaders(ctx, { Location: urls.of(base, resource, result.stored.uuid) });
      answerJson(ctx, 201, JSON.stringify(presentRecord(urls, base, resource, result.stored)));
      break;
    case 'deleted':
      ctx.status = 204;
  }
}
