import { isPlainPath, type Node } from '../nodes.ts';
import type { Code } from '../run.ts';

/** A field of an object that is written out, `{ "name": a.b }`. */
export interface Field {
  readonly name: string;
  readonly code: Code;
  /** What of the input it holds, where that is all: it is read there, and `code` is for lists. */
  readonly reads: string | undefined;
}

/**
 * Makes an object of its fields as text: the names of what is read and made stand in the code, and JavaScript knows the place
 * of each from the time before. With a closure for each field it has to look for them, and a klant takes almost twice as long.
 *
 * The only text that comes from an expression is in names, each written as a literal of JavaScript.
 *
 * @returns undefined where code from strings is forbidden
 */
export function recordOf(fields: readonly Field[]): Code | undefined {
  const codes = fields.map(({ code }) => code);
  return generated(textOf(fields))?.(codes, readableIn, Array.isArray) as Code | undefined;
}

/** The name that a node reads, where it does nothing else. */
export function readBy(node: Node): string | undefined {
  if (node.type !== 'path' || node.predicate || node.keepArray === true || !isPlainPath(node))
    return undefined;
  const [step, ...others] = node.steps;
  return step.type === 'name' && others.length === 0 && !(step.value in Object.prototype)
    ? step.value
    : undefined;
}

function textOf(fields: readonly Field[]): string {
  return `
    const [${fields.map((_, index) => `code${index}`).join(', ')}] = codes;
    return (input, frame) => {
      const record = {};
      const others = [];
      const from = readableIn(input, frame);
      let value, texts = 0, characters = 0;
      ${fields.map(statement).join('\n')}
      frame.run.watch.made?.({ record, texts, characters, others });
      return record;
    };`;
}

function statement({ name, reads }: Field, index: number): string {
  const evaluate = `value = code${index}(input, frame);`;
  const read = reads === undefined ? '' : `value = from[${literal(reads)}]; if (isArray(value)) `;
  return `${read}${evaluate} if (value !== undefined) {
    record[${literal(name)}] = value;
    characters += ${name.length};
    if (typeof value === 'string') { texts += 1; characters += value.length; }
    else others.push(${literal(name)});
  }`;
}

/** A text as a literal of JavaScript: quotes, line ends and half characters are escaped. */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`);
}

const nothing = Object.freeze({});

/** What fields are read from: of what is no object of the data, nothing can be read. */
const readableIn = (input: unknown, { run }: Parameters<Code>[1]): object =>
  typeof input === 'object' && input !== null && !run.isFunction(input) ? input : nothing;

/** The body of a function, with names for what it is given. */
type Generated = (codes: readonly Code[], read: typeof readableIn, isArray: unknown) => unknown;

function generated(body: string): Generated | undefined {
  try {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- names are literals, and nothing else is an author's
    return new Function('codes', 'readableIn', 'isArray', body) as Generated;
  } catch (error) {
    if (error instanceof EvalError) return undefined;
    throw error;
  }
}
