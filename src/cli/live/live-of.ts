import { encodingOf } from '../../backend/encoding/index.ts';
import type { BackendRequest } from '../../backend/send.ts';
import type { Config } from '../../config/index.ts';
import { headersThatCount, type Live, type LiveCall, type LiveExchange } from '../../examples/from-live.ts';
import { type Outcome as Came, shownOf } from '../../examples/outcome.ts';
import type { Loaded } from '../../load.ts';
import type { MappedResource } from '../../mapping/set.ts';
import { Problem } from '../../problem.ts';
import { filtersToCrm, linksToCrm } from '../../register/links.ts';
import { isObject, type Json, scalarText } from '../../json.ts';
import type { Outcome } from './ask.ts';
import type { ReadyCall } from './asked.ts';

/** The end of the name of a backend that is called for the audit trail: examples do not have those calls. */
const forTrail = ' (audit trail)';

/**
 * A configuration and a set as they are to be recorded: nothing is remembered, as in examples, and what is called for
 * the audit trail can be told from the rest.
 */
export function recordable({ config, mapping }: Loaded): Loaded {
  const trail = mapping.resources.get('audittrail');
  const cache = { ...config.cache, resources: {} };
  if (!trail) return { config: { ...config, cache }, mapping };
  const renamed = <Value>(all: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(
      Object.entries(all).flatMap(([name, one]) => [
        [name, one],
        [`${name}${forTrail}`, one],
      ]),
    );
  const backends: Config['backends'] = renamed(config.backends);
  return {
    config: { ...config, cache, backends },
    mapping: {
      ...mapping,
      errors: renamed(mapping.errors),
      encodings: renamed(mapping.encodings),
      resources: new Map([...mapping.resources, ['audittrail', onOtherBackends(trail)]]),
    },
  };
}

function onOtherBackends({ resource, parts }: MappedResource): MappedResource {
  const moved = <On extends { readonly backend: string }>(on: On): On => ({
    ...on,
    backend: `${on.backend}${forTrail}`,
  });
  return {
    resource,
    parts: parts.map((part) => ({
      ...moved(part),
      supplements: part.supplements.map(moved),
      plans: {
        create: part.plans.create?.map(moved),
        update: part.plans.update?.map(moved),
        delete: part.plans.delete?.map(moved),
      },
    })),
  };
}

/** What was asked and answered as an example has it, or why there can be no example of it. */
export function liveOf(outcome: Outcome, about: string): Live | { readonly impossible: string } {
  const { deployment, ready, passed, came } = outcome;
  if (!ready) return { impossible: 'the query is wrong, so there is no call' };
  const { config, mapping, links } = deployment;
  const exchanges: LiveExchange[] = [];
  for (const { system, request, answer } of passed) {
    const isBackend = system in config.backends && !system.endsWith(forTrail);
    if (!isBackend || !request) continue;
    if (!answer) return { impossible: `${system} did not answer` };
    const encoding = encodingOf(mapping.encodings[system]);
    if (encoding.isText)
      return { impossible: `${system} writes XML, and record takes particulars out of JSON only` };
    const { whole, unreadable } = encoding.read(answer, request);
    if (unreadable !== undefined)
      return { impossible: `an answer of ${system} cannot be read (${unreadable})` };
    const headers = headersThatCount(mapping, system, answer.headers);
    const body = withoutNumber(whole, request);
    exchanges.push({ backend: system, request, status: answer.status, headers, body });
  }
  const { resource } = ready.mapped;
  const shown: Came =
    came instanceof Problem
      ? { problem: came }
      : { result: shownOf(came, (representation) => linksToCrm(resource, representation, links)) };
  return { about, call: callOf(ready, outcome), exchanges, outcome: shown };
}

/** The number of a call is another one each time; an answer without one in an example gets it. */
function withoutNumber(whole: Json | undefined, { number }: BackendRequest): Json | undefined {
  if (number === undefined || !isObject(whole)) return whole;
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== 'id'));
}

function callOf({ mapped, call }: ReadyCall, { deployment: { links } }: Outcome): LiveCall {
  const { resource, operation, filters, page, body, uuid } = call;
  const owner = mapped.parts.find(({ id }) => id.codec.fromUuid(uuid) !== undefined);
  const id = owner?.id.codec.fromUuid(uuid);
  // Playing takes the first part that such an id can be of, unless the example names one.
  const first = mapped.parts.find((part) => part.id.codec.toUuid(id) !== undefined);
  const withIds = Object.entries(filtersToCrm(resource.filters, filters, links));
  const hasInput = operation === 'create' || operation === 'update' || operation === 'partial_update';
  return {
    resource,
    operation,
    id,
    part: first === owner ? undefined : owner?.name,
    filters: Object.fromEntries(
      withIds.map(([name, value]) => [name, scalarText(value) ?? filters[name] ?? '']),
    ),
    page,
    input: hasInput && isObject(body) ? linksToCrm(resource, body, links) : undefined,
  };
}
