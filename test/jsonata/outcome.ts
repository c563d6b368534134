import jsonata from 'jsonata';
import {
  atOnce,
  compile,
  type Definition,
  functionsOf,
  HandBack,
  NotCompiled,
  notCompiled,
} from '../../src/jsonata/index.ts';
import { once } from '../../src/once.ts';

/** What came of an evaluation: a value as text, or the code of what went wrong. */
export type Outcome = { readonly value: string } | { readonly code: string };

/** What compiled code makes of it; a word where it leaves that to the interpreter. */
export type CompiledOutcome = Outcome | 'not compiled' | 'handed back';

const names =
  'abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl decodeUrlComponent ' +
  'distinct each encodeUrl encodeUrlComponent error exists filter floor formatBase formatInteger formatNumber ' +
  'fromMillis join keys length lookup lowercase map match max merge millis min not now number pad parseInteger power ' +
  'random reduce replace reverse round shuffle sift single sort split spread sqrt string substring substringAfter ' +
  'substringBefore sum toMillis trim type uppercase zip';

const functions = once(async () => atOnce(await functionsOf(names.split(' '))));

/** JSONata's functions for compiled expressions. */
export function globals(): Promise<Readonly<Record<string, Definition>>> {
  return functions();
}

/** Whether a text is JSONata at all. */
export function parses(source: string): boolean {
  try {
    jsonata(source);
    return true;
  } catch {
    return false;
  }
}

/** What compiled code comes to. */
export async function compiledOutcome(
  source: string,
  input: unknown,
  bindings: Readonly<Record<string, unknown>> = {},
): Promise<CompiledOutcome> {
  const tree = jsonata(source).ast();
  if (notCompiled(tree)) return 'not compiled';
  const evaluate = compile(tree, { globals: await functions() });
  try {
    return { value: textOf(evaluate(input, bindings)) };
  } catch (error) {
    if (error instanceof NotCompiled || error instanceof HandBack) return 'handed back';
    return { code: codeOf(error) };
  }
}

/** What JSONata itself comes to. */
export async function interpretedOutcome(
  source: string,
  input: unknown,
  bindings: Readonly<Record<string, unknown>> = {},
): Promise<Outcome> {
  try {
    return { value: textOf(await jsonata(source).evaluate(input, { ...bindings })) };
  } catch (error) {
    return { code: codeOf(error) };
  }
}

/** A result as text: functions as a word, and what JSON cannot hold by its name. */
function textOf(value: unknown): string {
  if (value === undefined) return 'undefined';
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'number' && !Number.isFinite(part)) return String(part);
    return isFunction(part) ? 'function' : part;
  });
}

function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  return (
    typeof value === 'object' &&
    value !== null &&
    ('_jsonata_lambda' in value || '_jsonata_function' in value)
  );
}

function codeOf(error: unknown): string {
  if (error instanceof RangeError) return 'D1011';
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  // A mistake of JavaScript's, such as a field of a number that is set.
  return typeof code === 'string' ? code : 'none';
}
