import { operationId, type Resource } from '../contract/resource.ts';
import type { BaseUrl, OwnUrls } from '../gateway/own-urls.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Stored } from '../register/record.ts';
import { admit } from './admit.ts';
import { answerConditionally, answerJson, tagged } from './answer.ts';
import type { Handler } from './exchange.ts';
import type { ApiParts } from './operation.ts';

/**
 * One operation on the audit trail of a main object: the whole trail as a bare list, or one entry, with an ETag.
 *
 * @param trail its entries as clients of its API see them
 */
export function handleAuditTrail(
  main: Resource,
  trail: Resource,
  operation: 'list' | 'read',
  parts: ApiParts,
): Handler {
  return async function handleAuditTrailOperation(ctx, [uuid = '', entry = '']) {
    ctx.state.operation = operationId(trail, operation);
    const { caller, observe, begin } = await admit(ctx, trail.scopes[operation], main.api, parts);
    const work = { caller, observe, deadline: begin(), trace: ctx.state.trace };
    const shown = (stored: Stored) => presentEntry(parts.ownUrls, ctx.state.base, trail, stored);
    if (operation === 'list') {
      const entries = await parts.auditTrails.list(main, uuid, work);
      answerJson(ctx, 200, JSON.stringify(entries.map(shown)));
    } else {
      const stored = await parts.auditTrails.read(main, uuid, entry, work);
      answerConditionally(ctx, tagged(JSON.stringify(shown(stored))));
    }
  };
}

/**
 * An entry as clients of one base URL see it. Where it is kept is for them; what it says of the past stays as it was
 * written.
 */
function presentEntry(
  urls: OwnUrls,
  base: BaseUrl,
  trail: Resource,
  { uuid, representation }: Stored,
): JsonObject {
  const rebased = (name: string): Json => {
    const url = representation[name];
    return typeof url === 'string' ? urls.rebase(url, base) : '';
  };
  const whole: JsonObject = {
    ...representation,
    uuid,
    hoofdObject: rebased('hoofdObject'),
    resourceUrl: rebased('resourceUrl'),
  };
  return Object.fromEntries(Object.keys(trail.fields).map((name) => [name, whole[name] ?? null]));
}
