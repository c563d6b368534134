import type { Tried } from '../check.ts';
import type { Conformance } from '../conform.ts';
import { redacted } from './redact.ts';
import { type Row, rowsOf, verdictOf } from './rows.ts';

const marks = { passed: 'ok  ', failed: 'FAIL', 'not-tried': '  - ' } as const;

/** What became of a check, as the run goes on. */
export function lineOf({ check, outcome }: Tried): string {
  const why = outcome.kind === 'not-tried' ? ` (${outcome.reason})` : '';
  return redacted(`${marks[outcome.kind]} ${check.id}: ${check.title}${why}`);
}

/** The table at the end, with every failure below it. */
export function tableOf({ tried, leftOut, remarks, left }: Conformance): string {
  const rows = rowsOf({ tried, leftOut });
  const width = Math.max(...rows.map(({ name }) => name.length)) + 2;
  const groups = [...new Set(rows.map(({ group }) => group))];
  const lines = groups.flatMap((group) => [
    '',
    group,
    ...rows.filter((row) => row.group === group).map((row) => `  ${row.name.padEnd(width)}${rowText(row)}`),
  ]);
  const without = [...leftOut].flatMap(([api, why]) => ['', api, `  left out: ${why}`]);
  return redacted(
    [
      ...lines,
      ...without,
      ...failuresOf(tried),
      ...remarkLines(remarks),
      ...leftLines(left),
      '',
      totalOf(tried),
    ].join('\n'),
  );
}

function rowText(row: Row): string {
  const counts = [
    [row.passed, 'passed'],
    [row.failed, 'failed'],
    [row.notTried, 'not tried'],
  ] as const;
  const shown = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const verdict = verdictOf(row).padEnd(15);
  const why = row.reasons.length === 0 ? '' : `: ${row.reasons.join('; ')}`;
  return `${verdict} ${shown.join(', ')}${why}`;
}

function failuresOf(tried: readonly Tried[]): string[] {
  return tried.flatMap(({ check, outcome }) => {
    if (outcome.kind !== 'failed') return [];
    const failures = outcome.failures.flatMap(({ sent, expected, came }) => [
      `  ${sent}`,
      `    expected: ${expected}`,
      `    came:     ${came}`,
    ]);
    return ['', `FAILED ${check.id}: ${check.title} (${check.proves.join(', ')})`, ...failures];
  });
}

function remarkLines(remarks: readonly string[]): string[] {
  if (remarks.length === 0) return [];
  return [
    '',
    'Records that were there before are not all as described:',
    ...remarks.map((line) => `  ${line}`),
  ];
}

function leftLines(left: readonly string[]): string[] {
  return left.length === 0 ? [] : ['', 'Made, and could not be removed:', ...left.map((url) => `  ${url}`)];
}

function totalOf(tried: readonly Tried[]): string {
  const count = (kind: Tried['outcome']['kind']): number =>
    tried.filter(({ outcome }) => outcome.kind === kind).length;
  return `${tried.length} checks: ${count('passed')} passed, ${count('failed')} failed, ${count('not-tried')} not tried.`;
}
