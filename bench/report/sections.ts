import type { Judged } from '../figures.ts';
import type { RaceResult, RunnerResult } from '../race.ts';
import type { CacheGrowth, Memory, Results, Start, Translated } from '../results.ts';
import type { Section } from './table.ts';

/** All that was measured, in the order in which it is told. */
export function sectionsOf(results: Results): Section[] {
  const { translations, fields, reads, unchanged, demo = [], memory, start } = results;
  const { lists, concurrency, cache } = results;
  return [
    ...(translations ? [translationSection('Translating a list of 100', translations)] : []),
    ...(reads ? [raceSection(reads.klant, leftOutOf(reads.leftOut)), raceSection(reads.list)] : []),
    ...(unchanged ? [raceSection(unchanged.freely), raceSection(unchanged.atOnePace)] : []),
    ...demo.map((result) => raceSection(result)),
    ...(memory ? [memorySection(memory)] : []),
    ...(start ? [startSection(start)] : []),
    ...(fields
      ? [translationSection('How cost grows: translating 100 records, by their fields', fields)]
      : []),
    ...(lists ? [raceSection(lists)] : []),
    ...(concurrency ? [raceSection(concurrency)] : []),
    ...(cache ? [cacheSection(cache)] : []),
  ];
}

/** Each figure with what it is held to, and what came of it. */
export function verdictSection(judged: readonly Judged[]): Section {
  return {
    title: 'What was to be reached',
    columns: ['', 'must', 'aim', 'measured', 'half of the rounds', 'verdict'],
    rows: judged.map((figure) => [
      figure.name,
      bound(figure, figure.must),
      bound(figure, figure.aim),
      figure.measured === undefined ? '-' : shown(figure, figure.measured.value),
      figure.measured?.spread?.map((value) => value.toFixed(2)).join(' to ') ?? '-',
      figure.verdict,
    ]),
  };
}

function bound({ better, unit }: Judged, value: number | undefined): string {
  if (value === undefined) return '-';
  return `${better === 'more' ? 'at least' : 'at most'} ${value} ${unit}`.trim();
}

function shown({ unit }: Judged, value: number): string {
  const small = unit === 'x' && value < 10;
  return `${value.toFixed(small ? 2 : unit === '%' ? 1 : 0)} ${unit}`.trim();
}

function raceSection({ name, rounds, runners }: RaceResult, further = ''): Section {
  const [first] = runners;
  return {
    title: name,
    columns: [
      '',
      'CPU a request',
      'against the first',
      'requests/s',
      'p50',
      'p99',
      'at a time',
      'busy',
      'load',
      'backend',
    ],
    rows: runners.map((runner) => runnerRow(runner, first?.cpuPerRequest ?? NaN)),
    about: `${rounds} rounds.${further}`,
  };
}

function runnerRow(runner: RunnerResult, cpuOfFirst: number): string[] {
  return [
    runner.name,
    microseconds(runner.cpuPerRequest),
    `${(cpuOfFirst / runner.cpuPerRequest).toFixed(2)} x`,
    runner.requestsPerSecond.toFixed(0),
    `${runner.p50.toFixed(1)} ms`,
    runner.p99 === undefined ? '-' : `${runner.p99.toFixed(1)} ms`,
    String(runner.concurrency),
    ...[runner.busy, runner.generatorBusy, runner.backendBusy].map(percent),
  ];
}

function translationSection(title: string, translated: readonly Translated[]): Section {
  return {
    title,
    columns: [
      '',
      'JSONata as it comes',
      'interpreted',
      'compiled',
      'by hand',
      'compiled, a record',
      'interpreted / compiled',
      'compiled / by hand',
    ],
    rows: translated.map(({ name, records, asShipped, interpreted, compiled, byHand }) => [
      name,
      microseconds(asShipped),
      microseconds(interpreted),
      microseconds(compiled),
      byHand === undefined ? '-' : microseconds(byHand),
      `${(compiled / records).toFixed(1)} us`,
      `${(interpreted / compiled).toFixed(0)} x`,
      byHand === undefined ? '-' : `${(compiled / byHand).toFixed(1)} x`,
    ]),
  };
}

function memorySection(memory: Memory): Section {
  return {
    title: 'Memory',
    columns: ['after', 'resident at work', 'in use when garbage is collected'],
    rows: memory.map(({ requests, atWork, kept }) => [
      `${requests.toLocaleString('en')} mixed requests`,
      megabytes(atWork),
      megabytes(kept),
    ]),
    about:
      'Lists, unchanged klanten, and reads of 14,000 klanten, with a cache that has room for a part of them.',
  };
}

function startSection({ bareNode, ready, idle, rounds }: Start): Section {
  return {
    title: 'Start',
    columns: ['', 'time', 'resident a second later'],
    rows: [
      ['node -e 0', milliseconds(bareNode), '-'],
      ['klantbrug serve, until it takes requests', milliseconds(ready), megabytes(idle)],
    ],
    about: `${rounds} rounds.`,
  };
}

function cacheSection({ race, memory }: CacheGrowth): Section {
  const section = raceSection(race);
  return {
    ...section,
    columns: [...section.columns, 'resident'],
    rows: section.rows.map((row, place) => [...row, megabytes(memory[place] ?? NaN)]),
  };
}

function leftOutOf(leftOut: Readonly<Record<string, string>>): string {
  return Object.entries(leftOut)
    .map(([name, why]) => ` ${name} is left out: ${why}.`)
    .join('');
}

const microseconds = (value: number): string => `${value.toFixed(0)} us`;
const milliseconds = (value: number): string => `${value.toFixed(0)} ms`;
const megabytes = (value: number): string => `${(value / 1e6).toFixed(0)} MB`;
const percent = (value: number): string => `${(value * 100).toFixed(0)} %`;
