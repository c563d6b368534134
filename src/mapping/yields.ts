import { isObject, type JsonObject, scalarText } from '../json.ts';
import type { ParsedExpression } from './expression.ts';

/** What an expression can give, as far as its syntax tree shows it. */
export interface Yields {
  /** Something of the record of the CRM. */
  readonly record: boolean;
  /** Something that is the same for every record: a constant or a setting. */
  readonly fixed: boolean;
  /** The keys of the objects that it makes. */
  readonly keys: ReadonlyMap<string, Yields>;
  /** There may be keys that the tree does not show: a column of the CRM may hold an object. */
  readonly open: boolean;
}

/** A node of JSONata's syntax tree. */
type Node = JsonObject;

/** What the names that an expression defines stand for. */
type Names = ReadonlyMap<string, { readonly yields: Yields } | { readonly lambda: Node }>;

const nothing: Yields = { record: false, fixed: false, keys: new Map(), open: false };
const fixed: Yields = { ...nothing, fixed: true };
const ofRecord: Yields = { ...nothing, record: true };
const anythingOfRecord: Yields = { ...ofRecord, open: true };

/** The names that are the same for every record. */
const fixedNames = ['settings', 'caller'];

/** So deep that only an expression that calls itself gets there. */
const deepest = 50;

/**
 * What the translation of a record can give: which keys, and whether each is made from the record, from a constant or
 * a setting, or from either. What the tree does not show is `open`, never left out; of no expression that is all.
 */
export function yieldsOf(expression: ParsedExpression | undefined): Yields {
  return ofNode(expression?.tree, new Map(), 0);
}

function ofNode(node: unknown, names: Names, depth: number): Yields {
  if (!isObject(node) || depth > deepest) return anythingOfRecord;
  const at = (part: unknown): Yields => ofNode(part, names, depth + 1);
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return node.value === null || node.value === '' ? nothing : fixed;
    case 'block':
      return ofBlock(listOf(node.expressions), names, depth);
    case 'bind':
      return at(node.rhs);
    case 'condition':
      return ofCondition(
        at(node.condition),
        at(node.then),
        node.else === undefined ? nothing : at(node.else),
      );
    case 'variable':
      return ofVariable(scalarText(node.value) ?? '', names);
    case 'path':
      return ofPath(listOf(node.steps), names, depth);
    case 'function':
      return ofCall(node, names, depth);
    case 'unary':
      if (node.value === '{') return ofObject(listOf(node.lhs), names, depth);
      return withoutKeys(union(listOf(node.expressions ?? [node.expression]).map(at)));
    case 'binary':
      return withoutKeys(union([at(node.lhs), at(node.rhs)]));
    default:
      return anythingOfRecord;
  }
}

function ofBlock(expressions: readonly unknown[], names: Names, depth: number): Yields {
  const known = new Map(names);
  let last = nothing;
  for (const expression of expressions) {
    last = ofNode(expression, known, depth + 1);
    const [name, value] = boundBy(expression);
    if (name !== undefined) known.set(name, isLambda(value) ? { lambda: value } : { yields: last });
  }
  return last;
}

function isLambda(value: unknown): value is Node {
  return isObject(value) && value.type === 'lambda';
}

function boundBy(node: unknown): [string | undefined, unknown] {
  if (!isObject(node) || node.type !== 'bind' || !isObject(node.lhs)) return [undefined, undefined];
  return [scalarText(node.lhs.value), node.rhs];
}

/** Constants that the record chooses between tell something of the record. */
function ofCondition(condition: Yields, then: Yields, otherwise: Yields): Yields {
  const either = union([then, otherwise]);
  return condition.record && !either.record && either.fixed
    ? { ...either, record: true, fixed: false }
    : either;
}

function ofVariable(name: string, names: Names): Yields {
  if (fixedNames.includes(name)) return { ...fixed, open: true };
  const known = names.get(name);
  if (known === undefined) return anythingOfRecord;
  return 'yields' in known ? known.yields : nothing;
}

/** A path is of the record, unless it begins at something that is not. Only what its last step makes has known keys. */
function ofPath(steps: readonly unknown[], names: Names, depth: number): Yields {
  const [first, ...further] = steps;
  const isName = isObject(first) && first.type === 'name';
  const from = isName ? anythingOfRecord : ofNode(first, names, depth + 1);
  const last = further.at(-1);
  if (last === undefined) return from;
  const end = isObject(last) && last.type === 'name' ? undefined : ofNode(last, names, depth + 1);
  if (end && !end.open) return { ...end, record: end.record || from.record };
  const { keys } = nothing;
  return { record: from.record, fixed: from.fixed, keys, open: true };
}

/** A function of JSONata or of ours gives something made from what it is given; one of the expression is looked into. */
function ofCall(node: Node, names: Names, depth: number): Yields {
  const given = listOf(node.arguments);
  const name = isObject(node.procedure) ? (scalarText(node.procedure.value) ?? '') : '';
  const own = names.get(name);
  if (own !== undefined && 'lambda' in own) {
    const inside = new Map(names);
    for (const [index, argument] of listOf(own.lambda.arguments).entries()) {
      const argumentName = isObject(argument) ? scalarText(argument.value) : undefined;
      if (argumentName !== undefined)
        inside.set(argumentName, { yields: ofNode(given[index], names, depth + 1) });
    }
    return ofNode(own.lambda.body, inside, depth + 1);
  }
  if (name === 'merge') return union(itemsIn(given[0]).map((item) => ofNode(item, names, depth + 1)));
  const { record, fixed: isFixed } = union(given.map((argument) => ofNode(argument, names, depth + 1)));
  // What a table or a pattern does to a value of the record is still of the record.
  return { ...nothing, record, fixed: isFixed && !record };
}

function itemsIn(node: unknown): readonly unknown[] {
  return isObject(node) && node.type === 'unary' && node.value === '[' ? listOf(node.expressions) : [node];
}

function ofObject(pairs: readonly unknown[], names: Names, depth: number): Yields {
  const keys = new Map<string, Yields>();
  let open = false;
  for (const pair of pairs) {
    const [key, value] = listOf(pair);
    if (isObject(key) && key.type === 'string') {
      keys.set(scalarText(key.value) ?? '', ofNode(value, names, depth + 1));
    } else {
      open = true;
    }
  }
  return { ...nothing, keys, open };
}

/** What comes of one of several. */
function union(several: readonly Yields[]): Yields {
  const keys = new Map<string, Yields>();
  for (const one of several) {
    for (const [name, value] of one.keys) {
      const before = keys.get(name);
      keys.set(name, before ? union([before, value]) : value);
    }
  }
  return {
    record: several.some((one) => one.record),
    fixed: several.some((one) => one.fixed),
    open: several.some((one) => one.open),
    keys,
  };
}

/** A text that is put together, a sum, a list: made from the record as soon as a part of it is. */
function withoutKeys({ record, fixed: isFixed, keys }: Yields): Yields {
  const isOfRecord = record || [...keys.values()].some((value) => value.record);
  return { ...nothing, record: isOfRecord, fixed: isFixed && !isOfRecord };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
