import jsonata from 'jsonata';
import { apply } from '../calls.ts';
import { Failure, HandBack } from '../failure.ts';
import type { Signature, Transform } from '../nodes.ts';
import type { Code, Frame } from '../run.ts';
import { type Definition, isFunction, isRecord } from '../values.ts';
import { compile, type Scope, variableIn } from './scope.ts';

/** `|a|{ … }, [ … ]|`: a function that makes a copy, in which what the pattern finds is changed. */
export function compileTransform(node: Transform, scope: Scope): Code {
  const pattern = compile(node.pattern, scope);
  const update = compile(node.update, scope);
  const { delete: deletionNode, position } = node;
  const deletion = deletionNode && compile(deletionNode, scope);
  const clone = variableIn(scope, 'clone');
  return (input, frame): Definition => {
    const change = (found: unknown): void => {
      frame.run.step();
      put(update(found, frame), found, node.update.position);
      if (deletion) remove(deletion(found, frame), found, deletionNode.position);
    };
    const implementation = (value: unknown): unknown => {
      if (value === undefined) return undefined;
      const copy = copyOf(value, clone(input, frame), frame, position);
      const found = pattern(copy, frame);
      frame.run.watch.checkOwn(found);
      for (const one of listOf(found)) change(one);
      return copy;
    };
    return { _jsonata_function: true, implementation, signature: transformSignature };
  };
}

function copyOf(value: unknown, clone: unknown, { run }: Frame, position: number | undefined): unknown {
  if (!isFunction(clone)) throw new Failure('T2013', { position });
  return apply(clone, [value], null, run);
}

function put(changes: unknown, found: unknown, position: number | undefined): void {
  if (changes === undefined) return;
  if (isFunction(changes) || Object.hasOwn(changes as object, '__proto__'))
    throw new HandBack('a change by a function, or of what an object inherits');
  if (!isRecord(changes)) throw new Failure('T2011', { position, value: changes });
  for (const [key, value] of Object.entries(changes)) Reflect.set(found as object, key, value);
}

function remove(names: unknown, found: unknown, position: number | undefined): void {
  const all = listOf(names);
  if (!all.every((name) => typeof name === 'string')) throw new Failure('T2012', { position, value: names });
  if (typeof found === 'object' && found !== null)
    for (const name of all) Reflect.deleteProperty(found, name);
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** An object or a list, out of an expression: only JSONata's parser makes these. */
const transformSignature = (
  jsonata('function($x)<(oa):o>{ $x }').ast() as unknown as { readonly signature: Signature }
).signature;
