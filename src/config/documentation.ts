import { isObject } from '../json.ts';
import { editorSchema, schemaFile } from '../files/editor-schema.ts';
import { markdownTable } from '../files/markdown.ts';
import { asNode, type SchemaNode } from '../files/schema-node.ts';
import { schemaText } from '../files/schema-text.ts';
import { spellOut } from '../files/spelling.ts';
import { declaration } from './declaration.ts';

const root: SchemaNode = asNode(declaration);

/** The JSON Schema of the configuration file, for editors: indented text with a line break at the end. */
export function configSchemaJson(): string {
  return schemaFile(editorSchema(root));
}

/** The table of all keys in Markdown: key, type, default, meaning. */
export function configTable(): string {
  return markdownTable(['Key', 'Type', 'Default', 'Meaning'], tableRows(root, ''));
}

/** The sections of the file in Markdown, one line each: what a reader needs before the whole table. */
export function configSections(): string {
  const rows = keysOf(root).map(({ name, inner, isRequired }) => [
    `\`${name}\``,
    isRequired && inner.default === undefined ? 'yes' : 'no',
    inner.description ?? '',
  ]);
  return markdownTable(['Section', 'Required', 'Meaning'], rows);
}

/** A row for the keys of a section, each followed by the rows of what is inside it. */
function tableRows(node: SchemaNode, path: string): string[][] {
  return keysOf(node).flatMap(({ name, inner, isRequired }) => {
    const here = path === '' || name === '[]' ? `${path}${name}` : `${path}.${name}`;
    // The items of a list are described by the list itself.
    const own = name === '[]' ? [] : [tableRow(here, inner, isRequired)];
    return [...own, ...tableRows(inner, here)];
  });
}

interface Key {
  readonly name: string;
  readonly inner: SchemaNode;
  readonly isRequired: boolean;
}

function keysOf({ properties, patternProperties, items, required, secretsInside }: SchemaNode): Key[] {
  if (secretsInside) return [];
  const declared = Object.entries(properties ?? {}).map(([name, inner]) => ({
    name,
    inner,
    isRequired: required?.includes(name) === true,
  }));
  const free = Object.values(patternProperties ?? {}).map((inner) => ({
    name: '<name>',
    inner,
    isRequired: false,
  }));
  return [...declared, ...free, ...(items ? [{ name: '[]', inner: items, isRequired: false }] : [])];
}

function tableRow(path: string, node: SchemaNode, isRequired: boolean): string[] {
  const isSection = node.type === 'object' && node.title === undefined;
  return [
    `\`${path}\``,
    isSection ? 'section' : schemaText(node),
    defaultText(node, isRequired),
    node.description ?? '',
  ];
}

function defaultText({ default: value, spelling }: SchemaNode, isRequired: boolean): string {
  if (value === undefined) return isRequired ? '**required**' : '';
  if (isObject(value)) return '';
  if (spelling) return `\`${spellOut(spelling, value)}\``;
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
