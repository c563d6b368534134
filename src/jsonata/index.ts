import { compileNode } from './compile/node.ts';
import type { NewPattern } from './compile/pattern.ts';
import { rootScope, sizeOf } from './compile/scope.ts';
import { Failure, NotCompiled } from './failure.ts';
import type { Node } from './nodes.ts';
import { type Code, type Frame, type Limits, Run, unbound, unwatched, type Watch } from './run.ts';
import type { Pattern } from './matching.ts';
import { isSequence, sequenceOf } from './sequence.ts';

export { Failure, HandBack, NotCompiled } from './failure.ts';
export { atOnce, functionsOf, type Functions } from './functions.ts';
export type { Pattern } from './matching.ts';
export type { Limits, MadeRecord, Watch } from './run.ts';
export type { Definition } from './values.ts';

/** What an expression is compiled with. */
export interface Options {
  /** All that it can name beside its bindings: JSONata's functions (`functionsOf`, `atOnce`), and others. */
  readonly globals?: Readonly<Record<string, unknown>>;
  readonly limits?: Limits;
  /** Makes the watch of an evaluation that begins. */
  readonly watch?: () => Watch;
  /** Makes a regular expression of what JSONata's parser made; JavaScript's own by default. */
  readonly RegexEngine?: (pattern: RegExp) => Pattern;
}

/**
 * An expression that was compiled: its value for an input, at once. Lists and objects in it may be parts of the input, and
 * lists carry JSONata's marks, as those of the interpreter do.
 *
 * @throws Failure with JSONata's code
 * @throws HandBack when the interpreter has to do this evaluation
 */
export type Evaluate = (input: unknown, bindings?: Readonly<Record<string, unknown>>) => unknown;

/** Ours: JSONata has none when it is not told. */
const defaultLimits: Limits = { depth: 1000, items: 10_000_000 };

/**
 * Compiles an expression.
 *
 * @param tree what `jsonata(source).ast()` gives
 * @throws NotCompiled for a construct that only the interpreter knows
 */
export function compile(tree: object, options: Options = {}): Evaluate {
  const { globals = {}, limits = defaultLimits, watch = () => unwatched, RegexEngine } = options;
  const { code, names, size } = compiled(tree as Node, RegexEngine ?? ((pattern) => new RegExp(pattern)));
  const fixed = names.map((name) => own(globals, name));
  const root = names.indexOf('$');
  return (input, bindings = {}) => {
    const values = names.map((name, index) =>
      Object.hasOwn(bindings, name) ? bindings[name] : fixed[index],
    );
    if (root >= 0) values[root] = input;
    const run = new Run(values, limits, watch());
    const frame = { run, up: undefined, values: new Array<unknown>(size).fill(unbound), tuple: undefined };
    return withinTheStack(code, whole(input), frame);
  };
}

/**
 * What keeps an expression from being compiled; undefined when it is.
 *
 * @param tree what `jsonata(source).ast()` gives
 */
export function notCompiled(tree: object): NotCompiled | undefined {
  try {
    compiled(tree as Node, (pattern) => new RegExp(pattern));
    return undefined;
  } catch (error) {
    if (error instanceof NotCompiled) return error;
    throw error;
  }
}

/** The code of an expression, the names that it expects from outside, and how many variables it has of its own. */
function compiled(tree: Node, newPattern: NewPattern) {
  const scope = rootScope(tree, { newPattern, compile: compileNode });
  const code = compileNode(tree, scope);
  const names = [...scope.globals.keys()];
  if (names.includes('eval')) throw new NotCompiled('`$eval`', 'the expression itself', undefined);
  return { code, names, size: sizeOf(scope) };
}

function own(values: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** JavaScript ends what calls too deep with an error of its own. */
function withinTheStack(code: Code, input: unknown, frame: Frame): unknown {
  try {
    return code(input, frame);
  } catch (error) {
    throw error instanceof RangeError ? new Failure('D1011') : error;
  }
}

/** A list as the whole input is one item, until a step looks into it. */
function whole(input: unknown): unknown {
  if (!Array.isArray(input) || isSequence(input)) return input;
  return Object.assign(sequenceOf(input), { outerWrapper: true });
}
