import { type Deadline, deadlineIn } from '../deadline.ts';
import type { Observe } from '../observe/events.ts';
import type { Caller } from '../register/work.ts';
import { observed } from './access-log.ts';
import { type Authenticate, authorize } from './authenticate.ts';
import { type ApiContext, headerIn } from './exchange.ts';

/** What letting somebody in needs. */
export interface Admission {
  readonly authenticate: Authenticate;
  readonly observe: Observe;
  readonly limits: { readonly requestMs: number };
}

/** Who was let in, and where to tell what happens on their behalf. */
export interface Admitted {
  readonly caller: Caller;
  readonly observe: Observe;
  /** Begins the time that the request gets: that is when its body is in. */
  readonly begin: () => Deadline;
}

/**
 * Finds out who sent a request, and whether they may.
 *
 * @param scope what they need, of the component of `api`
 * @throws Problem 403; another one when nobody can tell what they may do
 */
export async function admit(
  ctx: ApiContext,
  scope: string,
  api: string,
  { authenticate, observe: observeAll, limits }: Admission,
): Promise<Admitted> {
  const authenticated = await authenticate(headerIn(ctx, 'authorization'));
  ctx.state.client = authenticated.caller.clientId;
  const observe = observed(ctx.state.requestId, observeAll);
  const begin = (): Deadline => deadlineIn(limits.requestMs);
  await authorize(authenticated, scope, api, { deadline: begin(), observe });
  return { caller: authenticated.caller, observe, begin };
}
