import { type SaxesTagPlain, SaxesParser } from 'saxes';
import { type Json, type JsonObject, scalarText } from '../../src/json.ts';
import type { Shape } from './dataverse-tables.ts';
import { Refused } from './kit/index.ts';

/** The rows of a table by its name, as they are stored. */
export type RowsOf = (name: string) => readonly JsonObject[];

/** A page of what a FetchXML query finds, or the one row of its count. */
export type Fetched =
  | { readonly rows: readonly JsonObject[]; readonly columns: readonly string[] }
  | { readonly counted: JsonObject };

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Tag[];
  text: string;
}

/** A row, and the rows of other tables that are joined to it. */
type Joined = Readonly<Record<string, JsonObject | undefined>>;
type Test = (row: Joined) => boolean;

const ownAlias = '';
/** What a count may look at, and the last record of a page by its number. */
const limit = 50_000;

/** An answer in the format of the Web API for what goes wrong. */
export function refusal(status: number, code: string, message: string): Refused {
  return new Refused({ status, body: { error: { code, message } } });
}

/** Carries out a FetchXML query on one table, and refuses what Dataverse refuses. */
export function fetched(
  fetchXml: string,
  shape: Shape,
  shapeOf: (name: string) => Shape,
  rowsOf: RowsOf,
): Fetched {
  const fetch = parsed(fetchXml);
  const entity = only(fetch, 'entity');
  if (entity.attributes.name !== shape.name)
    throw refusal(400, '0x80060888', `Entity ${String(entity.attributes.name)} does not match ${shape.set}.`);
  const links = all(entity, 'link-entity');
  const shapeOfAlias = (alias: string): Shape => {
    const link = links.find(({ attributes }) => attributes.alias === alias);
    if (alias !== ownAlias && !link)
      throw refusal(400, '0x80041102', `No link-entity has the alias ${alias}.`);
    return link ? shapeOf(link.attributes.name ?? '') : shape;
  };
  const tests = all(entity, 'filter').map((filter) => filterTest(filter, shapeOfAlias));
  const found = rowsOf(shape.name)
    .flatMap((row) => joined(row, shape, links, shapeOf, rowsOf))
    .filter((row) => tests.every((test) => test(row)))
    .map((row) => row[ownAlias] ?? {});

  const attributes = all(entity, 'attribute');
  if (fetch.attributes.aggregate === 'true') {
    const [{ alias = '', aggregate, name = '' } = {}] = attributes.map((one) => one.attributes);
    columnOf(shape, name);
    if (aggregate !== 'count' || alias === '') throw refusal(400, '0x8004E021', 'An alias is required.');
    if (found.length > limit)
      throw refusal(400, '0x8004E023', 'AggregateQueryRecordLimit exceeded. Cannot perform this operation.');
    return { counted: { [alias]: found.length } };
  }
  const count = wholeIn(fetch, 'count', 5000);
  const page = wholeIn(fetch, 'page', 1);
  if (count > 5000 || count * page > limit)
    throw refusal(
      400,
      '0x80040229',
      'Paging cookie is required when trying to retrieve a set of records on any high pages.',
    );
  const rows = ordered(found, all(entity, 'order'), shape).slice((page - 1) * count, page * count);
  return { rows, columns: attributes.map((one) => columnOf(shape, one.attributes.name ?? '')) };
}

function parsed(xml: string): Tag {
  const root: Tag = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  const here = () => open.at(-1) ?? root;
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    const tag: Tag = { name, attributes, children: [], text: '' };
    if (!known.has(name))
      throw refusal(400, '0x8004111E', `The element '${name}' has invalid child element.`);
    here().children.push(tag);
    open.push(tag);
  });
  parser.on('text', (text) => {
    here().text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.on('error', () => {
    throw refusal(400, '0x8004111E', 'Invalid XML.');
  });
  parser.write(xml).close();
  return only(root, 'fetch');
}

const known = new Set([
  'fetch',
  'entity',
  'attribute',
  'order',
  'filter',
  'condition',
  'value',
  'link-entity',
]);

function all(tag: Tag, name: string): readonly Tag[] {
  return tag.children.filter((child) => child.name === name);
}

function only(tag: Tag, name: string): Tag {
  const [first, ...others] = all(tag, name);
  if (!first || others.length > 0) throw refusal(400, '0x8004111E', `There must be one ${name}.`);
  return first;
}

function wholeIn({ attributes }: Tag, name: string, usual: number): number {
  const value = attributes[name];
  if (value !== undefined && !/^[1-9]\d{0,5}$/.test(value))
    throw refusal(400, '0x8004111E', `The attribute '${name}' is invalid.`);
  return Number(value ?? usual);
}

function columnOf(shape: Shape, name: string): string {
  if (!Object.hasOwn(shape.columns, name))
    throw refusal(
      400,
      '0x80041103',
      `'${shape.name}' entity doesn't contain attribute with Name = '${name}'.`,
    );
  return name;
}

/** A row with those of outer joins beside it; an inner join leaves out a row without another. */
function joined(
  row: JsonObject,
  shape: Shape,
  links: readonly Tag[],
  shapeOf: (name: string) => Shape,
  rowsOf: RowsOf,
): Joined[] {
  const whole: Record<string, JsonObject | undefined> = { [ownAlias]: row };
  for (const { attributes } of links) {
    const { name = '', from = '', to = '', alias = '' } = attributes;
    const key = row[columnOf(shape, to)];
    const column = columnOf(shapeOf(name), from);
    whole[alias] = key === undefined ? undefined : rowsOf(name).find((other) => other[column] === key);
    if (attributes['link-type'] !== 'outer' && !whole[alias]) return [];
  }
  return [whole];
}

function filterTest(filter: Tag, shapeOfAlias: (alias: string) => Shape): Test {
  const tests = filter.children.map((child) =>
    child.name === 'filter' ? filterTest(child, shapeOfAlias) : conditionTest(child, shapeOfAlias),
  );
  // A filter with nothing in it holds.
  if (tests.length === 0) return () => true;
  return filter.attributes.type === 'or'
    ? (row) => tests.some((test) => test(row))
    : (row) => tests.every((test) => test(row));
}

function conditionTest(condition: Tag, shapeOfAlias: (alias: string) => Shape): Test {
  const { attribute = '', operator = '', value, entityname = ownAlias } = condition.attributes;
  const shape = shapeOfAlias(entityname);
  const type = shape.columns[columnOf(shape, attribute)]?.is;
  const wanted = value === undefined ? all(condition, 'value').map(({ text }) => text) : [value];
  for (const one of wanted)
    if (!isLegal(type ?? '', one)) throw refusal(400, '0x80040203', `Invalid value for ${attribute}.`);
  const valueOf = (row: Joined): Json => row[entityname]?.[attribute] ?? null;
  if (operator === 'null') return (row) => valueOf(row) === null;
  if (operator === 'not-null') return (row) => valueOf(row) !== null;
  const compare = operators[operator];
  if (!compare || wanted.length === 0)
    throw refusal(400, '0x80041104', `The condition operator '${operator}' is invalid.`);
  return (row) => {
    const text = scalarText(valueOf(row));
    return text !== undefined && compare(collated(text), wanted.map(collated));
  };
}

const operators: Readonly<Record<string, (value: string, wanted: readonly string[]) => boolean>> = {
  eq: (value, [wanted]) => value === wanted,
  ne: (value, [wanted]) => value !== wanted,
  in: (value, wanted) => wanted.includes(value),
  like: (value, [wanted = '']) => likePattern(wanted).test(value),
  gt: (value, [wanted = '']) => value > wanted,
  ge: (value, [wanted = '']) => value >= wanted,
  lt: (value, [wanted = '']) => value < wanted,
  le: (value, [wanted = '']) => value <= wanted,
};

function isLegal(type: string, value: string): boolean {
  if (type === 'id' || type === 'lookup') return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
  if (type === 'moment') return !Number.isNaN(Date.parse(value)) && value.length >= 10;
  if (type === 'number') return /^-?\d+$/.test(value);
  return true;
}

/** Capitals, accents and blanks at the end make no difference to the database. */
function collated(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trimEnd();
}

/** `%` is anything, `_` one character, and `[…]` one of these. */
function likePattern(pattern: string): RegExp {
  const source = pattern.replace(/\[([^\]]+)\]|[%_]|[^%_[]+|\[/gu, (piece, of: string | undefined) => {
    if (of !== undefined) return `[${of.replace(/[\\\]^]/g, String.raw`\$&`)}]`;
    return piece === '%'
      ? '[^]*'
      : piece === '_'
        ? '[^]'
        : piece.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  });
  return new RegExp(`^${source}$`, 'u');
}

function ordered(rows: readonly JsonObject[], orders: readonly Tag[], shape: Shape): readonly JsonObject[] {
  const terms = orders.map(({ attributes }) => ({
    column: columnOf(shape, attributes.attribute ?? ''),
    sign: attributes.descending === 'true' ? -1 : 1,
  }));
  const key = (row: JsonObject, column: string) => collated(scalarText(row[column]) ?? '');
  return [...rows].sort((one, other) => {
    for (const { column, sign } of terms) {
      const [first, second] = [key(one, column), key(other, column)];
      if (first !== second) return first < second ? -sign : sign;
    }
    return 0;
  });
}
