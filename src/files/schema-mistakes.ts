import type { TSchema } from 'typebox';
import { isObject } from '../json.ts';
import type { Mistake, Path } from './mistakes.ts';
import { nodeAt, type SchemaError, schemaErrors } from './schema-errors.ts';
import { expectation, foundText, unknownKey } from './schema-text.ts';

/** A mistake whose place in the file is not looked up yet. */
export type Finding = Pick<Mistake, 'problem' | 'expected' | 'found' | 'example'> & { readonly path: Path };

/** Everything that a schema has against a value, in words. */
export function findings(schema: TSchema, value: unknown): Finding[] {
  return schemaErrors(schema, value).flatMap((error) => findingsOf(error, schema, value));
}

function findingsOf(error: SchemaError, schema: TSchema, value: unknown): Finding[] {
  const { path, found } = follow(value, error.instancePath);
  const node = nodeAt(schema, error.schemaPath);
  switch (error.keyword) {
    case 'required':
      return error.params.requiredProperties.map((name) => ({
        path: [...path, name],
        problem: 'missing',
        ...expectation(node.properties?.[name] ?? {}),
      }));
    case 'additionalProperties':
      return error.params.additionalProperties.map((name) => ({
        path: [...path, name],
        ...unknownKey(node, name),
      }));
    case 'boolean':
      // The `additionalProperties: false` that the section itself reports.
      return [];
    default: {
      const shown = foundText(node, found);
      return [{ path, ...expectation(node), ...(shown === undefined ? {} : { found: shown }) }];
    }
  }
}

/** Turns a JSON pointer into a path, in which the items of lists are numbers, and the value that is there. */
function follow(value: unknown, pointer: string): { path: Path; found: unknown } {
  let found = value;
  const path = pointer
    .split('/')
    .slice(1)
    .map((encoded) => {
      const name = encoded.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(found) ? Number(name) : name;
      found = Array.isArray(found) ? found[Number(name)] : isObject(found) ? found[name] : undefined;
      return step;
    });
  return { path, found };
}
