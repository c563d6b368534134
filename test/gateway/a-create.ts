import { deadlineIn } from '../../src/deadline.ts';
import type { Call } from '../../src/gateway/perform.ts';
import type { Stored } from '../../src/register/record.ts';
import { klant } from '../../src/resources/klant.ts';

/** A create as the gateway gets it, but for what is given. */
export function aCreate(call: Partial<Call> = {}, work: Partial<Call['work']> = {}): Call {
  return {
    resource: klant,
    operation: 'create',
    uuid: '',
    body: {},
    filters: {},
    ordering: [],
    page: 1,
    idempotencyKey: undefined,
    ...call,
    work: {
      caller: undefined,
      deadline: deadlineIn(60_000),
      observe: () => undefined,
      trace: { mappingMs: 0, backendMs: 0, backendCalls: 0, cache: 'none' },
      ...work,
    },
  };
}

/** A record that was stored. */
export const stored: Stored = {
  uuid: 'a2b7c1de-0000-4000-8000-000000000000',
  id: 100001,
  representation: {},
  added: {},
  part: '',
  record: {},
};
