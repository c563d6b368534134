import { markdownTable } from '../files/markdown.ts';
import { levels } from './events.ts';
import { codeMeanings, eventMeanings, faultMeanings, lossMeanings, type Meaning } from './meanings.ts';

/** Every event, with how loud it is, in Markdown: from the declaration, so that none can be missing. */
export function eventTable(): string {
  const loud = { error: 0, warn: 1, info: 2, debug: 3 } as const;
  const rows = Object.entries(eventMeanings).map(([event, { means, action }]) => {
    const level = levels[event as keyof typeof levels];
    return { level, cells: [`\`${event}\``, level, means, action] };
  });
  return markdownTable(
    ['event', 'level', 'means', 'what to do'],
    rows.sort((one, other) => loud[one.level] - loud[other.level]).map(({ cells }) => cells),
  );
}

/** Every `reason` of `backend-failed`. */
export function faultTable(): string {
  return meaningTable('reason', faultMeanings);
}

/** Every `reason` of `notification-lost`. */
export function lossTable(): string {
  return meaningTable('reason', lossMeanings);
}

/**
 * The codes of `translation-failed`: the gateway's own words, JSONata's, and those of our helpers and bounds.
 *
 * @param failureCodes the last of these, with what each means
 */
export function translationTable(failureCodes: Readonly<Record<string, string>>): string {
  const own = Object.entries(failureCodes).map(([code, means]): [string, Meaning] => [
    code,
    {
      means: `${means[0]?.toUpperCase() ?? ''}${means.slice(1)}.`,
      action: 'Look at the place that `file`, `line` and `column` tell.',
    },
  ]);
  const named = Object.entries(codeMeanings).map(([code, meaning]): [string, Meaning] => [
    code.length < 4 ? `${code}…` : code,
    meaning,
  ]);
  return meaningTable('code', Object.fromEntries([...named, ...own]));
}

function meaningTable(name: string, meanings: Readonly<Record<string, Meaning>>): string {
  return markdownTable(
    [name, 'means', 'what to do'],
    Object.entries(meanings).map(([word, { means, action }]) => [`\`${word}\``, means, action]),
  );
}
