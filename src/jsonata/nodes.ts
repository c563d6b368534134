/** The syntax tree that `jsonata(source).ast()` gives, as far as it is compiled here. */
export type Node =
  | Literal
  | Name
  | Variable
  | Parent
  | Wildcard
  | Path
  | Sort
  | Binary
  | Negation
  | ListNode
  | ObjectNode
  | Condition
  | Block
  | Bind
  | Regex
  | LambdaNode
  | Call
  | Chain
  | Transform
  | Placeholder;

/** What any node can have around it. */
interface Common {
  readonly position?: number;
  /** `a[]`: a list of one stays a list. */
  readonly keepArray?: boolean;
  /** Of what is no step of a path: `$x[a = 1]`. */
  readonly predicate?: readonly Filter[];
  /** `a{ key: value }`. */
  readonly group?: Group;
  /** Of a step: its predicates, and the counters between them. */
  readonly stages?: readonly Stage[];
  /** Of a step: it makes, or takes part in, a stream of tuples. */
  readonly tuple?: boolean;
  /** `a@$v`: the name that the items get. */
  readonly focus?: string;
  /** `a#$i`: the name that the places of the items get. */
  readonly index?: string;
  /** Of a step that a `%` refers to. */
  readonly ancestor?: { readonly label: string };
  /** Of the first or the last step of a path: a list that is written out there. */
  readonly consarray?: boolean;
}

/** `"a"`, `1`, `true`, `null`. */
export interface Literal extends Common {
  readonly type: 'string' | 'number' | 'value';
  readonly value: string | number | boolean | null;
}

export interface Name extends Common {
  readonly type: 'name';
  readonly value: string;
}

/** `$a`; `$`, whose name is empty; and `$$`, whose name is `$`. */
export interface Variable extends Common {
  readonly type: 'variable';
  readonly value: string;
}

/** `%`. */
export interface Parent extends Common {
  readonly type: 'parent';
  readonly slot: { readonly label: string };
}

/** `*` and `**`. */
export interface Wildcard extends Common {
  readonly type: 'wildcard' | 'descendant';
}

export interface Path extends Common {
  readonly type: 'path';
  readonly steps: readonly [Node, ...Node[]];
  readonly keepSingletonArray?: boolean;
}

/** `^(a, >b)`, a step of a path. */
export interface Sort extends Common {
  readonly type: 'sort';
  readonly terms: readonly Term[];
}

export interface Binary extends Common {
  readonly type: 'binary';
  readonly value: string;
  readonly lhs: Node;
  readonly rhs: Node;
}

/** `-a`. */
export interface Negation extends Common {
  readonly type: 'unary';
  readonly value: '-';
  readonly expression: Node;
}

/** `[a, b]`. */
export interface ListNode extends Common {
  readonly type: 'unary';
  readonly value: '[';
  readonly expressions: readonly Node[];
}

/** `{ key: value }`. */
export interface ObjectNode extends Common {
  readonly type: 'unary';
  readonly value: '{';
  readonly lhs: readonly Pair[];
}

/** `a ? b : c`. */
export interface Condition extends Common {
  readonly type: 'condition';
  readonly condition: Node;
  readonly then: Node;
  readonly else?: Node;
}

/** `(a; b)`. */
export interface Block extends Common {
  readonly type: 'block';
  readonly expressions: readonly Node[];
}

/** `$a := b`. */
export interface Bind extends Common {
  readonly type: 'bind';
  readonly lhs: Variable;
  readonly rhs: Node;
}

/** `/…/`. */
export interface Regex extends Common {
  readonly type: 'regex';
  readonly value: unknown;
}

/** `function($a) { … }`. */
export interface LambdaNode extends Common {
  readonly type: 'lambda';
  readonly arguments: readonly Variable[];
  readonly body: Node;
  readonly signature?: Signature;
  /** Made by JSONata around a call that ends a function. */
  readonly thunk?: boolean;
}

/** `$a(b)`, and `$a(?, b)`. */
export interface Call extends Common {
  readonly type: 'function' | 'partial';
  readonly procedure: Node;
  readonly arguments: readonly Node[];
}

/** `a ~> b`. */
export interface Chain extends Common {
  readonly type: 'apply';
  readonly lhs: Node;
  readonly rhs: Node;
}

/** `|a|{ … }, [ … ]|`. */
export interface Transform extends Common {
  readonly type: 'transform';
  readonly pattern: Node;
  readonly update: Node;
  readonly delete?: Node;
}

/** The `?` in `$a(?, b)`. */
export interface Placeholder extends Common {
  readonly type: 'operator';
  readonly value: string;
}

/** A key and a value of an object. */
export type Pair = readonly [Node, Node];

export interface Group {
  readonly lhs: readonly Pair[];
  readonly position?: number;
}

export type Stage = Filter | Counter;

/** `[…]` behind something. */
export interface Filter {
  readonly type: 'filter';
  readonly expr: Node;
}

/** `#$i` behind a predicate. */
export interface Counter {
  readonly type: 'index';
  readonly value: string;
}

/** What a list is ordered by. */
export interface Term {
  readonly descending: boolean;
  readonly expression: Node;
}

/** What a function takes, compiled by JSONata. */
export interface Signature {
  readonly definition: string;
  validate(args: readonly unknown[], context: unknown): unknown[];
}

/** A path of nothing but names: the usual one. */
export function isPlainPath({ steps, keepSingletonArray, group }: Path): boolean {
  const isPlain = steps.every(
    ({ type, stages, predicate, group: ofStep, keepArray, tuple }) =>
      type === 'name' && !stages && !predicate && !ofStep && keepArray !== true && tuple !== true,
  );
  return isPlain && keepSingletonArray !== true && !group;
}
