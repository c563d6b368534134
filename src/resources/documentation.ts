import type { Field, Fields } from '../contract/field.ts';
import type { Resource } from '../contract/resource.ts';
import { markdownTable } from '../files/markdown.ts';
import { resources } from './index.ts';

/**
 * Every resource with its fields, in Markdown: what a mapping makes (`from`) and what it gets (`to`). For whoever writes
 * a mapping set.
 */
export function resourceTables(): string {
  return resources
    .map((resource) => [`## ${resource.name}`, '', ...tablesOf(resource)].join('\n'))
    .join('\n\n');
}

function tablesOf({ fields, variant, filters, ordering }: Resource): string[] {
  const shapes = Object.entries(variant?.shapes ?? {}).flatMap(([value, shape]) => [
    '',
    `\`${variant?.field ?? ''}\` where \`${variant?.by ?? ''}\` is \`${value}\`:`,
    '',
    fieldTable(shape.fields, `${variant?.field ?? ''}.`),
  ]);
  return [
    fieldTable(fields),
    ...shapes,
    '',
    `Filters: ${codeList(Object.keys(filters))}. Ordering: ${codeList(Object.keys(ordering ?? {}))}.`,
  ];
}

function codeList(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ');
}

function fieldTable(fields: Fields, path = ''): string {
  return markdownTable(['field', 'value', 'to know'], rowsOf(fields, path));
}

/** A row for each field, and for those of an object in it. */
function rowsOf(fields: Fields, path: string): string[][] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const here = `${path}${name}`;
    const own = [`\`${here}\``, valueOf(field), knowOf(field, here.includes('.'))];
    return [own, ...rowsOf(field.fields ?? {}, `${here}.`)];
  });
}

/** What a value of a field looks like. */
function valueOf({ schema, fields, link, list }: Field): string {
  const { type, enum: words, format, maxLength, minimum, maximum } = schema;
  if (link) return `a link to a ${link.to}`;
  if (fields) return 'an object';
  if (list === true) return 'a list of texts';
  if (words) return codeList(words);
  if (type === 'integer')
    return minimum === undefined ? 'a number' : `a number, ${String(minimum)} to ${String(maximum)}`;
  const kind = { 'date-time': 'a moment', date: 'a date', uri: 'a URL', email: 'an email address' }[
    format ?? ''
  ];
  return [
    kind ?? (type === 'boolean' ? 'true or false' : 'text'),
    ...(maxLength === undefined ? [] : [`at most ${maxLength}`]),
  ].join(', ');
}

/** When it has a value, and who gives it. */
function knowOf(field: Field, isInside: boolean): string {
  const { required, always, readOnly, immutable, generated, inverseOf, initial } = field;
  const facts = [
    required && (isInside ? 'required when the object is there' : 'required in a create'),
    always && !required && 'always has a value',
    generated && 'made when the client gives none',
    initial === 'now' && 'now, when the client gives none',
    immutable && 'does not change any more',
    inverseOf !== undefined && `derived: the other end of \`${inverseOf}\``,
    readOnly && inverseOf === undefined && 'made by the gateway',
  ];
  return facts.filter((fact) => fact !== false && fact !== undefined).join('; ');
}
