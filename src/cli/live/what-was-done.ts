import { urlOf } from '../../backend/transport.ts';
import { Problem } from '../../problem.ts';
import type { Outcome } from './ask.ts';
import type { Passed } from './watch-line.ts';

/**
 * What a call changed in the CRM, in lines: for whoever has to undo it by hand, because nothing else came of it.
 *
 * @returns no line when nothing was changed
 */
export function whatWasDone(outcome: Outcome): string[] {
  const { came, deployment, ready } = outcome;
  const made = !(came instanceof Problem) && came.kind === 'created' ? came.stored : undefined;
  if (made && ready) {
    const { resource, parts } = ready.mapped;
    const id = parts.map((part) => deployment.links.idIn(part, made.uuid)).find((one) => one !== undefined);
    const url = deployment.ownUrls.of(deployment.ownUrls.canonical, resource, made.uuid);
    return [
      `But the ${resource.name} was made: ${url}`,
      `To remove it: klantbrug try ${resource.name}.delete --id ${id === undefined ? made.uuid : [id].flat().join(',')} --send --write`,
    ];
  }
  const writes = outcome.passed.flatMap((one) => writeLine(outcome, one));
  return writes.length === 0 ? [] : ['But the CRM was changed, as far as it said so itself:', ...writes];
}

/** A write that was answered well, with the place of what it made, where the answer tells that. */
function writeLine({ deployment }: Outcome, { system, request, answer }: Passed): string[] {
  if (!request || !answer || answer.status >= 400) return [];
  if (request.isSafe ?? request.method === 'GET') return [];
  const root = deployment.config.backends[system]?.baseUrl;
  if (root === undefined) return [];
  const { location } = answer.headers;
  const place = location === undefined ? '' : `, made ${location}`;
  return [`  ${request.method} ${urlOf(root, { path: request.path, query: [] })} (${answer.status}${place})`];
}
