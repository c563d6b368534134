import type { Signature } from './nodes.ts';
import { isRecord } from './values.ts';

/** Whether a value needs no looking at by the signature itself. */
type Accepts = (value: unknown) => boolean;

const nothing: Accepts = () => false;

/**
 * What is sure of a parameter by its type alone. Everything that may be changed on the way in, or refused, is left to the
 * signature itself: a value that becomes a list, a parameter that is taken from the context.
 */
const sure: Readonly<Record<string, Accepts>> = {
  s: (value) => typeof value === 'string' || value === undefined,
  n: (value) => typeof value === 'number' || value === undefined,
  b: (value) => typeof value === 'boolean' || value === undefined,
  o: (value) => isRecord(value) || value === undefined,
  f: (value) => typeof value === 'function',
  x: () => true,
};

/** Lists of one kind, of which nothing is missing. */
const sureItems: Readonly<Record<string, Accepts>> = {
  s: (item) => typeof item === 'string',
  n: (item) => typeof item === 'number',
  o: isRecord,
};

/** The parameters of a signature, as far as they are sure. */
interface Parameters {
  readonly accepts: readonly Accepts[];
  /** How many must be given: those behind them may be left out. */
  readonly least: number;
}

const known = new WeakMap<Signature, Parameters>();

/** Whether a signature lets arguments through as they are. False: it has to look itself. */
export function acceptsAsTheyAre(signature: Signature, args: readonly unknown[]): boolean {
  let parameters = known.get(signature);
  if (!parameters) known.set(signature, (parameters = parametersIn(signature.definition)));
  const { accepts, least } = parameters;
  if (args.length < least || args.length > accepts.length) return false;
  for (let index = 0; index < args.length; index += 1) if (!accepts[index]?.(args[index])) return false;
  return true;
}

/** Reads `<s-(sf)n?:a<s>>`: text, from the context when it is left out; text or a function; perhaps a number. */
function parametersIn(definition: string): Parameters {
  const [given = ''] = definition
    .slice(1, -1)
    .replaceAll(/<([^<>]*)>/g, '{$1}')
    .replaceAll(/(?<=\{[^}]*):/g, ';')
    .split(':');
  const found = [...given.matchAll(/(\(\w+\)|\w)(\{[^}]*\})?([-?+]?)/g)];
  const accepts = found.map(([, type = '', items, times]) =>
    times === '+' ? nothing : acceptsOf(type, items),
  );
  const required = found.findLastIndex(([, , , times]) => times !== '?');
  return { accepts, least: required + 1 };
}

function acceptsOf(type: string, items: string | undefined): Accepts {
  if (type.startsWith('(')) {
    const each = Array.from(type.slice(1, -1), (one) => sure[one] ?? nothing);
    return each.reduce((one, other) => (value) => one(value) || other(value));
  }
  if (type !== 'a') return sure[type] ?? nothing;
  if (items === undefined) return Array.isArray;
  const item = sureItems[items.slice(1, -1)];
  return item ? (value) => Array.isArray(value) && value.every(item) : nothing;
}
