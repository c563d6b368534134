import type { SchemaNode } from './schema-node.ts';
import { spellingPattern } from './spelling.ts';

/** A piece of standard JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Standard JSON Schema, for editors: without our own keywords, spellings as alternatives, keys with a default not
 * required.
 */
export function editorSchema(node: SchemaNode): JsonSchema {
  const { properties, patternProperties, items, anyOf } = node;
  const required = (node.required ?? []).filter((name) => properties?.[name]?.default === undefined);
  return {
    ...node,
    ...spellingSchema(node),
    // Undefined leaves a keyword out.
    spelling: undefined,
    secret: undefined,
    secretsInside: undefined,
    names: undefined,
    required: required.length > 0 ? required : undefined,
    ...(properties && { properties: schemasOf(properties) }),
    ...(patternProperties && { patternProperties: schemasOf(patternProperties) }),
    ...(items && { items: editorSchema(items) }),
    ...(anyOf && { anyOf: anyOf.map(editorSchema) }),
  };
}

/** A schema as the text of a file: indented, with the version of JSON Schema that editors know best. */
export function schemaFile(schema: JsonSchema): string {
  const document = { $schema: 'http://json-schema.org/draft-07/schema#', ...schema };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function schemasOf(nodes: Readonly<Record<string, SchemaNode>>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, editorSchema(node)]));
}

function spellingSchema({ spelling, type, minimum, maximum }: SchemaNode): JsonSchema {
  if (!spelling) return {};
  const text = { type: 'string', pattern: spellingPattern(spelling) };
  return {
    type: undefined,
    minimum: undefined,
    maximum: undefined,
    anyOf: [{ type, minimum, maximum }, text],
  };
}
