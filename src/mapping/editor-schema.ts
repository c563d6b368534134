import type { Resource } from '../contract/resource.ts';
import { editorSchema, schemaFile } from '../files/editor-schema.ts';
import { asNode, type SchemaNode } from '../files/schema-node.ts';
import { withSharedDefinitions } from '../files/shared-definitions.ts';
import { pathsOf } from './standard-names.ts';
import { mappingFormat } from './format.ts';
import { keyMeanings } from './key-meanings.ts';

/**
 * The JSON Schema of mapping.yaml, for editors: the format, with what each key is for, and for every resource of the
 * standard its own filters, fields, orderings and derived links, so that an editor can offer them.
 *
 * @param resources what a mapping set can have
 * @returns indented JSON with a line break at the end
 */
export function mappingSchemaJson(resources: readonly Resource[]): string {
  const { properties = {}, ...root } = explained(asNode(mappingFormat), '');
  const { resources: section, ...others } = properties;
  const form = Object.values(section?.patternProperties ?? {})[0];
  if (!section || !form) throw new Error('The format of a mapping set has no resources with free names.');
  const reference = (name: string) => ({ $ref: `#/definitions/${name}` });
  const known = resources.map(({ name }) => name);
  const schema = {
    title: 'mapping.yaml of Klantbrug',
    ...editorSchema({ ...root, properties: others }),
    required: root.required,
    properties: {
      ...Object.fromEntries(Object.entries(others).map(([name, node]) => [name, editorSchema(node)])),
      resources: {
        type: 'object',
        description: section.description,
        examples: section.examples,
        properties: Object.fromEntries(known.map((name) => [name, reference(name)])),
        // A resource that is kept in several places has a part for each: `klantcontactmoment.deelnemer`.
        patternProperties: Object.fromEntries(known.map((name) => [`^${name}\\..+$`, reference(name)])),
        additionalProperties: false,
      },
    },
    definitions: Object.fromEntries(
      resources.map((resource) => [resource.name, editorSchema(formOf(resource, form))]),
    ),
  };
  return schemaFile(withSharedDefinitions(schema));
}

/** The keys of one resource: with its own names where the format takes any. */
function formOf(resource: Resource, form: SchemaNode): SchemaNode {
  const { list, inverse, numbers, deviations, ...others } = form.properties ?? {};
  const fields = Object.entries(resource.fields);
  const derived = fields.filter(([, field]) => field.inverseOf !== undefined).map(([name]) => name);
  const generated = fields.filter(([, field]) => field.generated).map(([name]) => name);
  return {
    ...form,
    description: descriptionOf(resource),
    properties: {
      ...others,
      ...(list && { list: listOf(resource, list) }),
      ...(inverse && derived.length > 0 && { inverse: onlyNames(inverse, derived) }),
      ...(numbers && generated.length > 0 && { numbers: onlyNames(numbers, generated) }),
      ...(deviations && { deviations: onlyNames(deviations, pathsOf(resource)) }),
    },
  };
}

function listOf(resource: Resource, list: SchemaNode): SchemaNode {
  const { filters, orderings, ...others } = list.properties ?? {};
  const words = Object.values(resource.ordering ?? {}).filter((field) => field !== '');
  return {
    ...list,
    properties: {
      ...others,
      ...(filters && { filters: onlyNames(filters, Object.keys(resource.filters)) }),
      ...(orderings && words.length > 0 && { orderings: { ...orderings, items: { enum: words } } }),
    },
  };
}

/** A section with free names, for certain names only. */
function onlyNames({ patternProperties = {}, ...section }: SchemaNode, names: readonly string[]): SchemaNode {
  const [inner = {}] = Object.values(patternProperties);
  return {
    ...section,
    properties: Object.fromEntries(names.map((name) => [name, inner])),
    additionalProperties: false,
  };
}

function descriptionOf({ name, schemaName, description }: Resource): string {
  return `${schemaName}: ${description} Files that are usual: ${name}.from-crm.jsonata, ${name}.list.jsonata.`;
}

/** A copy of the format in which each key says what it is for. */
function explained(node: SchemaNode, path: string): SchemaNode {
  const { properties, patternProperties, items, anyOf } = node;
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const meaning = keyMeanings[path];
  return {
    ...node,
    ...(meaning && { description: meaning.is, examples: [meaning.example] }),
    ...(properties && { properties: mapped(properties, (inner, name) => explained(inner, below(name))) }),
    ...(patternProperties && {
      patternProperties: mapped(patternProperties, (inner) => explained(inner, below('*'))),
    }),
    ...(items && { items: explained(items, `${path}[]`) }),
    ...(anyOf && { anyOf: anyOf.map((one) => ({ ...explained(one, path), ...withoutMeaning(one) })) }),
  };
}

/** What stands at a choice itself is not said again of each alternative. */
function withoutMeaning({ description, examples }: SchemaNode): Pick<SchemaNode, 'description' | 'examples'> {
  return {
    ...(description !== undefined && { description }),
    ...(examples !== undefined && { examples }),
  };
}

function mapped(
  nodes: Readonly<Record<string, SchemaNode>>,
  change: (node: SchemaNode, name: string) => SchemaNode,
): Record<string, SchemaNode> {
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, change(node, name)]));
}

/** The keys of mapping.yaml that say nowhere what they are for, by their path: there may be none. */
export function unexplainedKeys(): string[] {
  return unexplainedIn(explained(asNode(mappingFormat), ''), '');
}

function unexplainedIn({ properties, patternProperties, items, anyOf }: SchemaNode, path: string): string[] {
  const keys = Object.entries(properties ?? {}).flatMap(([name, node]) => {
    const here = path === '' ? name : `${path}.${name}`;
    return [...(node.description === undefined ? [here] : []), ...unexplainedIn(node, here)];
  });
  return [
    ...keys,
    ...Object.values(patternProperties ?? {}).flatMap((node) => unexplainedIn(node, `${path}.*`)),
    ...(items ? unexplainedIn(items, `${path}[]`) : []),
    ...(anyOf ?? []).flatMap((node) => unexplainedIn(node, path)),
  ];
}
