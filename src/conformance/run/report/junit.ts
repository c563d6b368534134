import { apiNames, type Check, type Tried } from '../check.ts';
import type { Conformance } from '../conform.ts';
import { rules } from '../rules.ts';
import { redacted } from './redact.ts';

/** The outcome as JUnit's XML: one suite for each API that is not left out, and one for the rules. */
export function junitOf({ tried, leftOut }: Conformance): string {
  const given = apiNames.filter((api) => !leftOut.has(api));
  const suites = [...given, 'rules'].map((name) =>
    suite(
      name,
      tried.filter(({ check }) => suiteOf(check) === name),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="conformance">\n${suites.join('')}</testsuites>\n`;
}

function suiteOf({ api, proves }: Check): string {
  return proves.some((id) => rules.has(id)) ? 'rules' : api;
}

function suite(name: string, tried: readonly Tried[]): string {
  const count = (kind: string): number => tried.filter(({ outcome }) => outcome.kind === kind).length;
  const seconds = tried.reduce((sum, one) => sum + one.seconds, 0);
  const counts = `tests="${tried.length}" failures="${count('failed')}" skipped="${count('not-tried')}"`;
  return `  <testsuite name="${name}" ${counts} time="${seconds.toFixed(3)}">\n${tried.map(testcase).join('')}  </testsuite>\n`;
}

function testcase({ check, outcome, seconds }: Tried): string {
  const name = escaped(`${check.id}: ${check.title}`);
  const open = `    <testcase classname="${escaped(suiteOf(check))}" name="${name}" time="${seconds.toFixed(3)}"`;
  switch (outcome.kind) {
    case 'passed':
      return `${open}/>\n`;
    case 'not-tried':
      return `${open}><skipped message="${escaped(outcome.reason)}"/></testcase>\n`;
    case 'failed': {
      const texts = outcome.failures.map(
        ({ sent, expected, came }) => `${sent}\nexpected: ${expected}\ncame: ${came}`,
      );
      const message = escaped(outcome.failures[0]?.expected ?? '');
      return `${open}><failure message="${message}">${escaped(texts.join('\n\n'))}</failure></testcase>\n`;
    }
  }
}

/** Text in XML: its five characters, and none that XML does not have at all. */
function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': 'amp',
    '<': 'lt',
    '>': 'gt',
    '"': 'quot',
    "'": 'apos',
  };
  return redacted(text)
    .replace(/\p{Cc}/gu, (character) => (character === '\n' ? character : ' '))
    .replace(/[&<>"']/g, (character) => `&${names[character] ?? ''};`);
}
