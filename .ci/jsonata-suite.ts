/**
 * Runs JSONata's own suite on compiled expressions.
 *
 *     npx tsx .ci/jsonata-suite.ts [folder]
 *
 * The folder has `groups` and `datasets`; it is not part of this repository, and without it nothing is checked. A case that
 * compiled code answers must have the answer of the suite, or else that of the `jsonata` package itself. One that it leaves to the interpreter is no wrong answer, but there may not
 * be many of those.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { compiledOutcome, interpretedOutcome, type Outcome, parses } from '../test/jsonata/outcome.ts';

/** So many of the cases must be answered without the interpreter. */
const leastAnswered = 1250;

interface Case {
  readonly expr?: string;
  readonly 'expr-file'?: string;
  readonly dataset?: string | null;
  readonly data?: unknown;
  readonly bindings?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly undefinedResult?: boolean;
  readonly code?: string;
  readonly error?: { readonly code?: string };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function casesIn(folder: string): { readonly name: string; readonly one: Case }[] {
  const groups = path.join(folder, 'groups');
  return readdirSync(groups).flatMap((group) =>
    readdirSync(path.join(groups, group))
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => {
        const cases = [read(path.join(groups, group, file))].flat() as Case[];
        return cases.map((one, index) => ({
          name: `${group}/${file}#${index}`,
          one: one.expr === undefined ? { ...one, expr: expressionOf(path.join(groups, group), one) } : one,
        }));
      }),
  );
}

function expressionOf(group: string, { 'expr-file': file = '' }: Case): string {
  return readFileSync(path.join(group, file), 'utf8');
}

function inputOf(folder: string, { dataset, data }: Case): unknown {
  if (dataset === undefined) return structuredClone(data);
  return dataset === null ? undefined : read(path.join(folder, 'datasets', `${dataset}.json`));
}

function isAsExpected(outcome: Outcome, { result, undefinedResult, code, error }: Case): boolean {
  const wanted = code ?? error?.code;
  if ('code' in outcome) return outcome.code === wanted;
  if (wanted !== undefined) return false;
  if (undefinedResult === true) return outcome.value === 'undefined';
  return outcome.value !== 'undefined' && isDeepStrictEqual(JSON.parse(outcome.value), result);
}

/** Some cases are about the limits of the program that JSONata tests itself with. */
function isOfTestProgram({ code, error }: Case): boolean {
  return (code ?? error?.code) === 'U1001';
}

async function check(folder: string): Promise<boolean> {
  const count = { answered: 0, left: 0, wrong: 0, passedOver: 0 };
  for (const { name, one } of casesIn(folder)) {
    const { expr = '', bindings = {} } = one;
    // Some are no JSONata, on purpose.
    if (!parses(expr) || isOfTestProgram(one)) {
      count.passedOver += 1;
      continue;
    }
    const outcome = await compiledOutcome(expr, inputOf(folder, one), bindings);
    if (typeof outcome === 'string') {
      count.left += 1;
    } else if (
      isAsExpected(outcome, one) ||
      isDeepStrictEqual(outcome, await interpretedOutcome(expr, inputOf(folder, one), bindings))
    ) {
      count.answered += 1;
    } else {
      count.wrong += 1;
      say(`${name}: ${expr} comes to ${JSON.stringify(outcome)}`);
    }
  }
  const { answered, left, wrong, passedOver } = count;
  say(`${answered} answered, ${left} left to the interpreter, ${wrong} wrong; ${passedOver} passed over.`);
  return wrong === 0 && answered >= leastAnswered;
}

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2] ?? path.join(here, '../../shared/jsonata-suite');
if (existsSync(folder)) {
  void check(folder).then((isRight) => {
    process.exitCode = isRight ? 0 : 1;
  });
} else {
  say(`${folder} is not there: nothing to check.`);
}
