import { NotCompiled } from '../failure.ts';
import type { Node } from '../nodes.ts';
import type { NewPattern } from './pattern.ts';
import { type Code, type Frame, unbound } from '../run.ts';

/**
 * The variables that can be seen from a place in an expression. Where each is kept is settled when the expression is
 * compiled, so that none has to be searched for by name when it is evaluated.
 */
export interface Scope {
  readonly up: Scope | undefined;
  /** The slot of each name. */
  readonly slots: ReadonlyMap<string, number>;
  /** Names that are sure to be bound from here on: parameters, and what was bound before. */
  readonly sure: Set<string>;
  /** The frame is a tuple, which has its names when it is evaluated. */
  readonly isTuple: boolean;
  /** The places of names that no scope binds: they come from outside. Shared by all scopes of an expression. */
  readonly globals: Map<string, number>;
  readonly newPattern: NewPattern;
  /** Compiles any node. It is here because each kind of node needs it for its parts. */
  readonly compile: Compile;
}

/** Makes the code of a node. */
export type Compile = (node: Node, scope: Scope) => Code;

/** Compiles a part of an expression, as it is seen from a scope. */
export function compile(node: Node, scope: Scope): Code {
  return scope.compile(node, scope);
}

/** The scope of a whole expression. */
export function rootScope(tree: Node, shared: Pick<Scope, 'newPattern' | 'compile'>): Scope {
  const slots = slotsFor([tree], []);
  return { up: undefined, slots, sure: new Set(), isTuple: false, globals: new Map(), ...shared };
}

/**
 * A scope of its own, for a block or a call.
 *
 * @param bodies what is evaluated in it: what they bind gets a slot
 * @param parameters have the first slots; of two with one name, the last one counts
 */
export function newScope(up: Scope, bodies: readonly Node[], parameters: readonly string[] = []): Scope {
  return { ...up, up, slots: slotsFor(bodies, parameters), sure: new Set(parameters), isTuple: false };
}

function slotsFor(bodies: readonly Node[], parameters: readonly string[]): ReadonlyMap<string, number> {
  const slots = new Map(parameters.map((name, slot) => [name, slot]));
  let next = parameters.length;
  for (const name of bodies.flatMap(boundIn)) if (!slots.has(name)) slots.set(name, next++);
  return slots;
}

/** @throws NotCompiled when something in a tuple binds a variable: the next tuple would not have it */
export function tupleScope(up: Scope, bodies: readonly Node[]): Scope {
  const binding = bodies.find((body) => boundIn(body).length > 0);
  if (binding)
    throw new NotCompiled(
      'a variable that is bound within a join (`@`, `#`, `%`)',
      'brackets around what binds it: `($x := …; …)`',
      binding.position,
    );
  return { ...newScope(up, []), isTuple: true };
}

/**
 * The names that a node binds in the frame that it is evaluated in: not those within a block or a function in it. A call at the
 * end of a function is a function to JSONata's parser, but is made in the frame that it stands in.
 */
export function boundIn(node: Node): string[] {
  if (node.type === 'block' || (node.type === 'lambda' && node.thunk !== true))
    return boundInParts([node.predicate, node.stages, node.group]);
  const own = node.type === 'bind' ? [node.lhs.value] : [];
  return [...own, ...boundInParts(node)];
}

function boundInParts(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  const parts = Array.isArray(part) ? (part as unknown[]) : Object.entries(part).filter(isTree).map(second);
  return parts.flatMap((one) => (isNode(one) ? boundIn(one) : boundInParts(one)));
}

/** A signature hangs in the tree, and so does what a `%` refers to. */
function isTree([key]: readonly [string, unknown]): boolean {
  return !['signature', 'ancestor', 'slot', 'seekingParent', 'value'].includes(key);
}

function second([, value]: readonly [string, unknown]): unknown {
  return value;
}

function isNode(part: unknown): part is Node {
  return typeof part === 'object' && part !== null && typeof (part as { type?: unknown }).type === 'string';
}

/** Where a variable may be: so many frames up, in this slot. */
interface Place {
  readonly up: number;
  /** Undefined: in the tuple, by name. */
  readonly slot: number | undefined;
  readonly isSure: boolean;
}

/** Code that finds a variable. */
export function variableIn(scope: Scope, name: string): Code {
  const places: Place[] = [];
  let current: Scope | undefined = scope;
  for (let up = 0; current; up += 1, current = current.up) {
    const slot = current.slots.get(name);
    if (current.isTuple) places.push({ up, slot: undefined, isSure: false });
    else if (slot !== undefined) places.push({ up, slot, isSure: current.sure.has(name) });
    if (places.at(-1)?.isSure === true) break;
  }
  const global = places.at(-1)?.isSure === true ? () => undefined : globalVariable(scope, name);
  return places.reduceRight((otherwise, place) => placed(place, name, otherwise), global);
}

function placed({ up, slot, isSure }: Place, name: string, otherwise: Code): Code {
  if (slot === undefined)
    return (input, frame) => {
      const { tuple } = frameAt(frame, up);
      return tuple && Object.hasOwn(tuple, name) ? tuple[name] : otherwise(input, frame);
    };
  if (!isSure)
    return (input, frame) => {
      const value = frameAt(frame, up).values[slot];
      return value === unbound ? otherwise(input, frame) : value;
    };
  if (up === 0) return (_, frame) => frame.values[slot];
  if (up === 1) return (_, frame) => frame.up?.values[slot];
  return (_, frame) => frameAt(frame, up).values[slot];
}

function frameAt(frame: Frame, up: number): Frame {
  let found = frame;
  for (let left = up; left > 0; left -= 1) found = found.up ?? found;
  return found;
}

function globalVariable({ globals }: Scope, name: string): Code {
  const place = globals.get(name) ?? globals.size;
  globals.set(name, place);
  return (_, frame) => frame.run.globals[place];
}

/** How many slots a frame of a scope has. */
export function sizeOf({ slots }: Scope): number {
  return Math.max(-1, ...slots.values()) + 1;
}
