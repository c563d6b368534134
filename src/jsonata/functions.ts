import jsonata from 'jsonata';
import { higherOrder } from './higher-order.ts';
import type { Definition } from './values.ts';

/** Functions of JSONata, by name. */
export type Functions = Readonly<Record<string, Definition>>;

/** JSONata's own functions as its interpreter has them. It gives them to expressions only, and those take their time. */
export async function functionsOf(names: readonly string[]): Promise<Functions> {
  const entries = names.map(async (name) => {
    const definition: unknown = await jsonata(`$${name}`).evaluate(undefined, {});
    return [name, definition as Definition] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The same functions for compiled expressions: those that JSONata makes asynchronous are replaced by ours, which are not. */
export function atOnce(functions: Functions): Functions {
  const entries = Object.entries(functions).map(([name, definition]) => {
    const implementation = Object.hasOwn(higherOrder, name) ? higherOrder[name] : undefined;
    return [name, implementation ? { ...definition, implementation } : definition] as const;
  });
  return Object.fromEntries(entries) as Functions;
}
