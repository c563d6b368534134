import { isObject, scalarText } from '../json.ts';
import { type Node, offsetOf, pairsIn, walk } from './analyse.ts';
import type { ParsedExpression } from './expression.ts';
import { isQuoting } from './helpers/index.ts';

/**
 * A piece of a text that an expression puts together: literal, safe to stand in a query (a number, what a quoting
 * helper or a code table gave), or raw: from somewhere else, with anything in it.
 */
type Piece =
  | { readonly is: 'literal'; readonly text: string }
  | { readonly is: 'safe' }
  | { readonly is: 'raw'; readonly node: Node };

const safe: readonly Piece[] = [{ is: 'safe' }];

/** The signs and the words of query languages, XML and JSON. */
const querySign = /['"`=<>(){}]|(^|\s)(eq|ne|gt|ge|lt|le|and|or|like|where|contains)(\s|$)/i;

/** Functions that yield a number, a boolean or what is made of a literal format, whatever they are given. */
const harmless: ReadonlySet<string> = new Set(
  'abs average boolean ceil count exists floor length max millis min not number round sqrt sum toMillis'.split(
    ' ',
  ),
);

/** Functions that keep the text of their first argument what it is, but for its order, blanks or capitals. */
const passing: ReadonlySet<string> = new Set(
  'distinct filter lowercase reverse shuffle single sort string trim uppercase'.split(' '),
);

/** What Klantbrug counts itself in a list: always numbers. */
const counted: ReadonlySet<unknown> = new Set(['offset', 'limit', 'page']);

/**
 * Where a request has a raw piece next to a literal one with a sign or a word of a query in it: what a client sends
 * could then become a part of the query.
 *
 * Looked at are `&`, `$join` and `$replace`, anywhere in a file that makes a request. Every way to make a piece is
 * followed: conditions, blocks, lists, the functions and the variables of the file.
 *
 * @param openTables the names of the code tables that pass on a word that they do not have
 * @returns the offsets of the raw pieces
 */
export function rawTextsIn(expression: ParsedExpression, openTables: readonly string[] = []): number[] {
  const { tree, source } = expression;
  if (!pairsIn(tree).some(({ key }) => key === 'path')) return [];
  const piecesOf = reader(tree, openTables);
  const found = new Set<number>();
  walk(tree, (node) => {
    if (!isConcatenation(node)) return;
    const pieces = piecesOf(node);
    if (!pieces.some((piece) => piece.is === 'literal' && querySign.test(piece.text))) return;
    for (const piece of pieces) if (piece.is === 'raw') found.add(offsetOf(piece.node, source));
  });
  return [...found];
}

function isConcatenation(node: Node): boolean {
  return isOperator(node, '&') || ['join', 'replace'].includes(calledName(node) ?? '');
}

/** Makes the function that tells the pieces of a node of this tree. */
function reader(tree: unknown, openTables: readonly string[]): (node: unknown) => readonly Piece[] {
  const { bound, open } = bindingsIn(tree);
  const within = new Set<string>();

  const all = (nodes: unknown): readonly Piece[] => (Array.isArray(nodes) ? nodes.flatMap(piecesOf) : []);

  /** All that a variable can be. One that stands in its own definition adds nothing to it. */
  const variable = (node: Node, name: string): readonly Piece[] => {
    const values = bound.get(name);
    if (!values || open.has(name)) return [{ is: 'raw', node }];
    if (within.has(name)) return [];
    within.add(name);
    const pieces = all(values);
    within.delete(name);
    return pieces;
  };

  const call = (node: Node, name: string, args: readonly unknown[]): readonly Piece[] => {
    const [first, second, third] = args;
    if (isQuoting(name) || harmless.has(name)) return safe;
    if (name === 'encode' || name === 'decode') {
      const isClosed =
        name === 'encode' && isObject(first) && !openTables.includes(scalarText(first.value) ?? '');
      // Of a code that is in no table, reading passes on what it was.
      return third !== undefined ? all([third]) : isClosed ? safe : [{ is: 'raw', node }];
    }
    if (passing.has(name)) return piecesOf(first);
    if (name === 'join' || name === 'append') return all(args);
    if (name === 'map') return applied(node, second, undefined);
    // What is taken out of a quoted text may be its quotes.
    if (name === 'replace')
      return [...all([first, third]).map((piece) => rawIfSafe(piece, node)), ...literalOf(third)];
    return bound.has(name) ? variable(node, name) : [{ is: 'raw', node }];
  };

  /** What a function makes that is given to another one, or that stands after `~>`. */
  const applied = (node: Node, called: unknown, given: unknown): readonly Piece[] => {
    if (!isObject(called)) return [{ is: 'raw', node }];
    const args: readonly unknown[] = Array.isArray(called.arguments) ? called.arguments : [];
    const name = called.type === 'variable' ? scalarText(called.value) : calledName(called);
    if (name !== undefined) return call(node, name, [given ?? node, ...args]);
    return called.type === 'lambda' ? piecesOf(called) : [{ is: 'raw', node }];
  };

  function piecesOf(node: unknown): readonly Piece[] {
    if (!isObject(node)) return [];
    const name = calledName(node);
    if (name !== undefined) return call(node, name, Array.isArray(node.arguments) ? node.arguments : []);
    switch (node.type) {
      case 'string':
        return [{ is: 'literal', text: scalarText(node.value) ?? '' }];
      case 'number':
      case 'value':
        return safe;
      case 'variable':
        return variable(node, scalarText(node.value) ?? '');
      case 'condition':
        return [...piecesOf(node.then), ...piecesOf(node.else)];
      case 'block':
        return piecesOf(lastOf(node.expressions));
      case 'bind':
        return piecesOf(node.rhs);
      case 'lambda':
        return piecesOf(node.body);
      case 'apply':
        return applied(node, node.rhs, node.lhs);
      case 'path':
        return path(node);
      case 'binary':
        // All other operators make numbers and booleans.
        return isOperator(node, '&') ? all([node.lhs, node.rhs]) : safe;
      case 'unary':
        return node.value === '[' ? all(node.expressions) : node.value === '-' ? safe : [{ is: 'raw', node }];
      default:
        return [{ is: 'raw', node }];
    }
  }

  /** `names.$odata($)` is what its last step makes; `filters.name` is a value from outside. */
  const path = (node: Node): readonly Piece[] => {
    const steps: readonly unknown[] = Array.isArray(node.steps) ? node.steps : [];
    const [first] = steps;
    const last = lastOf(steps);
    if (!isObject(first) || !isObject(last)) return [{ is: 'raw', node }];
    if (first.type === 'variable' && first.value === 'settings') return safe;
    if (last.type !== 'name') return piecesOf(last);
    return steps.length === 1 && counted.has(last.value) ? safe : [{ is: 'raw', node: last }];
  };

  return piecesOf;
}

function rawIfSafe(piece: Piece, node: Node): Piece {
  return piece.is === 'safe' ? { is: 'raw', node } : piece;
}

function literalOf(node: unknown): readonly Piece[] {
  return isObject(node) && node.type === 'string'
    ? [{ is: 'literal', text: scalarText(node.value) ?? '' }]
    : [];
}

interface Names {
  /** Everything that a name can be, wherever in the file. */
  readonly bound: ReadonlyMap<string, readonly unknown[]>;
  /** Names that can be anything: parameters of a function that is not called by its name. */
  readonly open: ReadonlySet<string>;
}

/** A parameter is what the calls by name give it: `$eq("name", x)` of `$eq := function($field, $value) { … }`. */
function bindingsIn(tree: unknown): Names {
  const bound = new Map<string, unknown[]>();
  const functions = new Map<string, readonly string[]>();
  const own = new Set<unknown>();
  const open = new Set<string>();
  const bind = (name: string, value: unknown): void => {
    bound.set(name, [...(bound.get(name) ?? []), value]);
  };
  walk(tree, (node) => {
    const name = node.type === 'bind' && isObject(node.lhs) ? scalarText(node.lhs.value) : undefined;
    if (name === undefined) return;
    bind(name, node.rhs);
    own.add(node.lhs);
    if (!isObject(node.rhs) || node.rhs.type !== 'lambda') return;
    own.add(node.rhs);
    functions.set(name, [...(functions.get(name) ?? []), ...parametersOf(node.rhs)]);
  });
  walk(tree, (node) => {
    const name = calledName(node);
    if (name !== undefined && functions.has(name)) {
      own.add(node.procedure);
      const args: readonly unknown[] = Array.isArray(node.arguments) ? node.arguments : [];
      functions.get(name)?.forEach((parameter, index) => {
        bind(parameter, args[index]);
      });
    }
    if (node.type === 'lambda' && !own.has(node))
      for (const parameter of parametersOf(node)) open.add(parameter);
    const named = node.type === 'variable' && !own.has(node) ? scalarText(node.value) : undefined;
    for (const parameter of functions.get(named ?? '') ?? []) open.add(parameter);
  });
  return { bound, open };
}

function parametersOf({ arguments: args }: Node): string[] {
  return Array.isArray(args)
    ? args.flatMap((one) => (isObject(one) ? (scalarText(one.value) ?? []) : []))
    : [];
}

/** The name of the function that a node calls: `odata` for `$odata(x)`. */
function calledName(node: Node): string | undefined {
  if ((node.type !== 'function' && node.type !== 'partial') || !isObject(node.procedure)) return undefined;
  const { type, value } = node.procedure;
  return type === 'variable' ? scalarText(value) : undefined;
}

function isOperator(node: Node, operator: string): boolean {
  return node.type === 'binary' && node.value === operator;
}

function lastOf(list: unknown): unknown {
  return Array.isArray(list) ? (list.at(-1) as unknown) : undefined;
}
