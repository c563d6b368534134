import { failureCodes } from '../../mapping/limits.ts';
import type { MappedPart } from '../../mapping/set.ts';
import type { Event } from '../../observe/events.ts';
import { eventMeanings, faultMeanings, meaningOfCode } from '../../observe/meanings.ts';
import { Problem } from '../../problem.ts';
import type { Outcome } from './ask.ts';
import { createdAdvice, listAdvice, recordAdvice, recordsAdvice, totalAdvice } from './advice-answers.ts';
import { answersIn, type BackendReading } from './answers-of.ts';
import { code, errorHint, holds } from './words-of-answer.ts';

/** What is known of a call when advice is given. */
interface Seen {
  readonly outcome: Outcome;
  readonly answers: readonly BackendReading[];
  /** The parts of the resource that was asked for. */
  readonly parts: readonly MappedPart[];
}

/**
 * What to look at when something did not go as it should: one sentence or two for each event, with names of keys, files and
 * codes, and no value of anybody.
 */
export function adviceFor(outcome: Outcome): readonly string[] {
  const answers = answersIn(outcome.passed, outcome.deployment.mapping);
  const seen = { outcome, answers, parts: outcome.ready?.mapped.parts ?? [] };
  const told = outcome.events.flatMap((event) => adviceOn(event, seen) ?? []);
  return [...new Set([...told, ...onEmptyList(seen)])];
}

function adviceOn(event: Event, seen: Seen): string | undefined {
  switch (event.event) {
    case 'translation-failed':
      return onTranslation(event, seen);
    case 'backend-failed':
      return event.reason === 'unexpected-answer'
        ? onAnswer(event, seen)
        : faultMeanings[event.reason].action;
    case 'record-unrenderable':
      return onRecord(event, seen);
    case 'bound-passed':
    case 'values-not-kept':
    case 'credentials-refused':
    case 'undo-failed':
      return eventMeanings[event.event].action;
    default:
      return undefined;
  }
}

function onTranslation({ file, code: why }: Event & { event: 'translation-failed' }, seen: Seen): string {
  if (why === 'not-exact') {
    const filter = code(file.split('.').at(-1) ?? '');
    return `The CRM finds more than ${filter} asks for: write \`narrows\` instead of \`exact\`, and Klantbrug filters again.`;
  }
  const found = why === 'no-count' ? onCount(seen) : why === 'incomplete-list' ? onList(seen) : undefined;
  if (found !== undefined) return found;
  const known = meaningOfCode(why);
  if (known) return `${why}: ${known.means} ${known.action}`;
  const own = Object.entries(failureCodes).find(([name]) => name === why)?.[1];
  return own === undefined ? `${why}: see docs/events.md.` : `${why}: ${own}.`;
}

/** The first answer that is a list of no part of its backend: an answer that fits one of several parts is right. */
function onList({ answers, parts }: Seen): string | undefined {
  for (const answer of good(answers)) {
    const told = parts
      .filter(({ backend }) => backend === answer.backend)
      .map((part) => listAdvice(part, answer));
    if (told.length > 0 && told.every((one) => one !== undefined)) return told[0];
  }
  return undefined;
}

function onCount({ answers, parts }: Seen): string | undefined {
  const total = parts.map(({ list }) => list?.total).find((one) => one?.by === 'request');
  const last = good(answers).at(-1);
  return total && last && totalAdvice(total.at, last.value);
}

function onAnswer({ backend, status }: Event & { event: 'backend-failed' }, seen: Seen): string | undefined {
  const last = seen.answers.filter((one) => one.backend === backend).at(-1);
  if (!last) return faultMeanings['unexpected-answer'].action;
  if (status !== undefined)
    return `The CRM says no (${status}), and the answer has ${holds(last.whole)}. When that means something to the client, such as \`not-found\` or \`duplicate\`, the error table needs a line for it.${errorHint(last.whole)}`;
  const operation = seen.outcome.ready?.call.operation;
  if (last.meaning === 'not-found' && operation === 'list')
    return 'A list that is "not found" is taken for a wrong path. Where the CRM says so of a search that found nobody, let that line of the error table mean `nothing`.';
  const part = seen.parts.find((one) => one.backend === backend);
  const advice = !last.isRead ? createdAdvice : operation === 'list' ? undefined : recordAdvice;
  const found = part && last.meaning === 'ok' ? advice?.(part, last) : undefined;
  return found ?? faultMeanings['unexpected-answer'].action;
}

function onRecord(
  { resource, field, code: why }: Event & { event: 'record-unrenderable' },
  seen: Seen,
): string {
  if (why !== 'id')
    return `${resource} always has ${code(field)}: give it a value in \`from\`, or a policy under \`deviations\`.`;
  const places = field.split('+').map(code).join(' and ');
  const parts = seen.outcome.deployment.mapping.resources.get(resource)?.parts ?? [];
  const part = parts.find(({ id }) => id.fields.join('+') === field);
  if (part?.view === true && !part.rows)
    return `A record has nothing at ${places}. Has it then no ${resource}? Say so with \`rows\`: a file that yields nothing for such a record, such as \`${part.id.fields.at(-1) ?? 'id'} ? $ : []\`.`;
  return `A record has no id at ${places}, or none of the form that \`id.form\` says. Look at the answer above.`;
}

/** An empty list may be one that was looked for in the wrong place: nothing fails then. */
function onEmptyList({ outcome: { came }, answers, parts }: Seen): string[] {
  if (came instanceof Problem || came.kind !== 'page' || came.page.items.length > 0) return [];
  const told = good(answers).map((answer) =>
    parts
      .filter(({ backend, list }) => backend === answer.backend && list !== undefined)
      .map(({ list }) => (list?.records === undefined ? undefined : recordsAdvice(list.records, answer))),
  );
  return told.flatMap((one) => (one.every((advice) => advice !== undefined) ? one.slice(0, 1) : []));
}

function good(answers: readonly BackendReading[]): readonly BackendReading[] {
  return answers.filter(({ meaning }) => meaning === 'ok');
}
