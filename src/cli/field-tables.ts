import { operations } from '../contract/resource.ts';
import { markdownTable } from '../files/markdown.ts';
import { type FieldRow, fieldRowsOf } from '../mapping/field-rows.ts';
import type { MappedPart, MappedResource, MappingSet } from '../mapping/set.ts';
import { supports } from '../register/index.ts';
import { mappedResources } from '../resources/index.ts';
import { shortened } from './coverage.ts';
import { code, fieldCells } from './field-words.ts';

/**
 * What a mapping set does, as Markdown for its README: the operations of each resource, and where each field of the
 * standard is in the CRM. All of it follows from the files of the set.
 */
export function fieldTables(set: MappingSet): string {
  const mapped = [...set.resources.values()];
  const leftOut = mappedResources.flatMap(({ name }) => (set.resources.has(name) ? [] : [name]));
  return [
    markdownTable(['resource', 'in', 'id', ...shownOperations], mapped.map(operationRow)),
    ...(leftOut.length > 0 ? ['', `Not in this set: ${leftOut.join(', ')}.`] : []),
    '',
    ...legend,
    ...mapped.flatMap((resource) => alikeParts(resource).flatMap((parts) => partTable(parts))),
  ].join('\n');
}

/** PATCH is an update like PUT. */
const shownOperations = operations.filter((operation) => operation !== 'partial_update');

const legend = [
  '- read: `yes` is as the CRM has it; `computed` is worked out from it.',
  '- written: the operations that store it; behind a colon, where it goes besides or instead.',
  '- filter: `exact` and `narrows` are searched by the CRM; `gateway` looks at all records; `absent` finds none;',
  '  `supplement` is searched in what goes with a record.',
];

function operationRow(mapped: MappedResource): string[] {
  const { resource, parts } = mapped;
  const cells = shownOperations.map((operation) => {
    if (!resource.operations.includes(operation)) return '-';
    const isAsked =
      operation === 'read'
        ? parts.some(({ sources }) => sources().reads)
        : operation !== 'list' || parts.some(canList);
    return supports(mapped, operation) && isAsked ? 'yes' : '501';
  });
  const joined = (of: (part: MappedPart) => string): string => [...new Set(parts.map(of))].join('; ');
  return [
    resource.name,
    joined(({ backend }) => backend),
    joined(({ id }) => id.fields.map(code).join(' and ')),
    ...cells,
  ];
}

/** Whether there is anything to list by: the CRM, or what goes with its records. */
function canList({ sources, list }: MappedPart): boolean {
  return sources().lists || Object.values(list?.filters ?? {}).includes('supplement');
}

/** Parts that have every field in the same place: the CRM keeps them apart, and the mapping does not. */
function alikeParts({ parts }: MappedResource): (readonly [MappedPart, ...MappedPart[]])[] {
  const groups = new Map<string, [MappedPart, ...MappedPart[]]>();
  for (const part of parts) {
    const key = JSON.stringify([part.backend, fieldRowsOf(part)]);
    const group = groups.get(key);
    if (group) group.push(part);
    else groups.set(key, [part]);
  }
  return [...groups.values()];
}

function partTable(parts: readonly [MappedPart, ...MappedPart[]]): string[] {
  const [part] = parts;
  const { resource } = part;
  const rows = fieldRowsOf(part);
  const isKept = ({ reading, writtenBy, mayBeWritten }: FieldRow): boolean =>
    reading !== 'never' || writtenBy.length > 0 || mayBeWritten;
  const all = rows.map(({ field }) => field);
  const notKept = shortened(
    rows.flatMap((row) => (isKept(row) ? [] : [row.field])),
    all,
  );
  const lines = rows.filter(isKept).map((row) => [row.field, ...fieldCells(parts, row)]);
  return [
    '',
    `### ${[resource.name, ...parts.flatMap(({ name }) => (name === '' ? [] : [name]))].join(', ')}`,
    '',
    markdownTable(
      ['standard field', 'CRM field', 'read', 'written', 'filter', 'remark'],
      alikeTogether(lines, all),
    ),
    ...(notKept.length > 0 ? ['', `Neither read nor written: ${notKept.join(', ')}.`] : []),
  ];
}

/** One line for all parts of an object that the CRM has under their own names: `adres.*` is in `address.*`. */
function alikeTogether(lines: readonly (readonly string[])[], all: readonly string[]): (readonly string[])[] {
  const objectOf = (field: string): string => field.slice(0, field.lastIndexOf('.') + 1);
  const alike = ([field = '', ...cells]: readonly string[]): readonly string[] => {
    const name = field.slice(objectOf(field).length);
    return [`${objectOf(field)}*`, ...cells.map((cell) => cell.replaceAll(`.${name}\``, '.*`'))];
  };
  const isWhole = (line: readonly string[]): boolean => {
    const object = objectOf(line[0] ?? '');
    const parts = lines.filter(([field = '']) => objectOf(field) === object);
    const isEach = parts.length === all.filter((field) => objectOf(field) === object).length;
    const one = alike(line).join('|');
    return (
      object !== '' && parts.length > 1 && isEach && parts.every((part) => alike(part).join('|') === one)
    );
  };
  const shown = lines.map((line) => (isWhole(line) ? alike(line) : line));
  return shown.filter(([field], index) => shown.findIndex(([other]) => other === field) === index);
}
