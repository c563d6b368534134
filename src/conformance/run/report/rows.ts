import { rules } from '../rules.ts';
import { type ApiName, apiNames, type Tried } from '../check.ts';
import type { Conformance } from '../conform.ts';
import { describedApi } from '../described.ts';

/** One line of the table: an operation, or a rule, with what became of its checks. */
export interface Row {
  /** The API, or `rules`. */
  readonly group: ApiName | 'rules';
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly notTried: number;
  /** Why checks were not tried, each reason once. */
  readonly reasons: readonly string[];
}

/** The word for a row: it is only passed when nothing failed and everything was tried. */
export function verdictOf({ passed, failed, notTried }: Row): string {
  if (failed > 0) return 'FAILED';
  if (passed === 0) return 'not tried';
  return notTried > 0 ? 'passed in part' : 'passed';
}

/** A row for each operation and each rule, also for those that no check was run of; none for an API that is left out. */
export function rowsOf({ tried, leftOut }: Pick<Conformance, 'tried' | 'leftOut'>): Row[] {
  const given = apiNames.filter((api) => !leftOut.has(api));
  const operations = given.flatMap((api) => {
    const described = describedApi(api).operations;
    const proven = tried.filter(({ check }) => check.api === api).flatMap(({ check }) => check.proves);
    const names = [...new Set([...described, ...proven])].filter((name) => !rules.has(name));
    return names.map((name) =>
      rowOf(
        api,
        name,
        tried.filter(({ check }) => check.api === api && check.proves.includes(name)),
      ),
    );
  });
  const numbered = [...rules].map((id) =>
    rowOf(
      'rules',
      id,
      tried.filter(({ check }) => check.proves.includes(id)),
    ),
  );
  return [...operations, ...numbered];
}

function rowOf(group: Row['group'], name: string, tried: readonly Tried[]): Row {
  const count = (kind: string): number => tried.filter(({ outcome }) => outcome.kind === kind).length;
  const reasons = tried.flatMap(({ outcome }) => (outcome.kind === 'not-tried' ? [outcome.reason] : []));
  const isAsked = tried.length > 0;
  return {
    group,
    name,
    passed: count('passed'),
    failed: count('failed'),
    notTried: count('not-tried'),
    reasons: isAsked ? [...new Set(reasons)] : ['no check of it was asked for'],
  };
}
