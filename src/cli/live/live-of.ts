import { encodingOf } from '../../backend/encoding/index.ts';
import { textOfXml } from '../../backend/encoding/xml-text.ts';
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

/** The end of the name of a backend that is called for the audit trail or for ids: examples do not have those calls. */
const aside = ' (not in examples)';

/**
 * A configuration and a set as they are to be recorded: nothing is remembered, as in examples, and what is called for
 * the audit trail, or to look up ids, can be told from the rest.
 */
export function recordable({ config, mapping }: Loaded): Loaded {
  const trail = mapping.resources.get('audittrail');
  const cache = { ...config.cache, resources: {} };
  const { keptIds } = mapping;
  if (!trail && !keptIds) return { config: { ...config, cache }, mapping };
  const renamed = <Value>(all: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(
      Object.entries(all).flatMap(([name, one]) => [
        [name, one],
        [`${name}${aside}`, one],
      ]),
    );
  const backends: Config['backends'] = renamed(config.backends);
  return {
    config: { ...config, cache, backends },
    mapping: {
      ...mapping,
      errors: renamed(mapping.errors),
      encodings: renamed(mapping.encodings),
      resources: new Map([
        ...mapping.resources,
        ...(trail ? [['audittrail', onOtherBackends(trail)] as const] : []),
      ]),
      keptIds: keptIds && moved(keptIds),
    },
  };
}

function moved<On extends { readonly backend: string }>(on: On): On {
  return { ...on, backend: `${on.backend}${aside}` };
}

function onOtherBackends({ resource, parts }: MappedResource): MappedResource {
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
    const isBackend = system in config.backends && !system.endsWith(aside);
    if (!isBackend || !request) continue;
    if (!answer) return { impossible: `${system} did not answer` };
    const encoding = encodingOf(mapping.encodings[system]);
    const { whole, unreadable } = encoding.read(answer, request);
    if (unreadable !== undefined)
      return { impossible: `an answer of ${system} cannot be read (${unreadable})` };
    const headers = headersThatCount(mapping, system, answer.headers);
    const body = withoutNumber(whole, request);
    const text = encoding.isText && whole !== undefined ? textOfXml(answer) : undefined;
    exchanges.push({ backend: system, request, status: answer.status, headers, body, text });
  }
  const { resource } = ready.mapped;
  const shown: Came =
    came instanceof Problem
      ? { problem: came }
      : { result: shownOf(came, (representation) => linksToCrm(resource, representation, links.idOf)) };
  return { about, call: callOf(ready, outcome), exchanges, outcome: shown, newUuids: outcome.newUuids };
}

/** The number of a call is another one each time; an answer without one in an example gets it. */
function withoutNumber(whole: Json | undefined, { number }: BackendRequest): Json | undefined {
  if (number === undefined || !isObject(whole)) return whole;
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== 'id'));
}

function callOf({ mapped, call }: ReadyCall, { deployment: { links } }: Outcome): LiveCall {
  const { resource, operation, filters, page, body, uuid } = call;
  const owner = mapped.parts.find((part) => links.idIn(part, uuid) !== undefined);
  const id = owner && links.idIn(owner, uuid);
  // Playing takes the first part that such an id can be of, unless the example names one.
  const first = mapped.parts.find((part) => part.id.codec.toUuid(id) !== undefined);
  const withIds = Object.entries(filtersToCrm(resource.filters, filters, links.idOf));
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
    input: hasInput && isObject(body) ? linksToCrm(resource, body, links.idOf) : undefined,
  };
}
