import { operations, type Resource } from '../contract/resource.ts';
import { coverageOf } from '../mapping/coverage.ts';
import { type FieldRow, fieldRowsOf } from '../mapping/field-rows.ts';
import type { OnlyWith } from '../mapping/passed-on.ts';
import type { MappedPart, MappedResource, MappingSet } from '../mapping/set.ts';
import { type Asked, type Cost, costOf, type Doer, doerOf } from '../register/cost.ts';
import { supports } from '../register/index.ts';
import { mappedResources } from '../resources/index.ts';
import { table } from './table.ts';

/** Who does some filters or orderings of a part, and what each of them costs. */
interface Share {
  readonly by: Doer;
  readonly names: readonly string[];
  readonly cost: Cost;
  /** Of filters that the list file does not pass on alone: the others of which one is needed as well. */
  readonly onlyWith?: OnlyWith;
}

/** One part of a resource, as `check` tells of it. */
interface PartCoverage {
  readonly part: string;
  readonly backend: string;
  readonly fields: ReturnType<typeof coverageOf>;
  /** Where each field is in the CRM; for machines, and for `klantbrug fields`. */
  readonly sources: readonly FieldRow[];
  /** Fields that are shown as the CRM has them, and that no write stores; empty where nothing is written. */
  readonly readOnly: readonly string[];
  /** Fields that a write stores, and that are never shown. */
  readonly writeOnly: readonly string[];
  /** A list without filters; null where the part has no list. */
  readonly list: Cost | null;
  readonly filters: readonly Share[];
  readonly orderings: readonly Share[];
}

/** What a mapping set does of the contract. */
export interface SetCoverage {
  readonly resources: readonly {
    readonly name: string;
    readonly operations: readonly string[];
    readonly parts: readonly PartCoverage[];
  }[];
  /** The resources of the standard that the set leaves out. */
  readonly leftOut: readonly string[];
}

/** What a mapping set does of the contract: operations, fields, filters and orderings of each resource. */
export function coverageOfSet(set: MappingSet): SetCoverage {
  return {
    resources: [...set.resources.values()].map((mapped) => ({
      name: mapped.resource.name,
      operations: operations.filter((operation) => supports(mapped, operation)),
      parts: mapped.parts.map((part) => partCoverage(mapped, part)),
    })),
    leftOut: mappedResources.map(({ name }) => name).filter((name) => !set.resources.has(name)),
  };
}

function partCoverage(mapped: MappedResource, part: MappedPart): PartCoverage {
  const { resource, list } = part;
  const onlyWith = part.sources().onlyWith();
  const sharesOf = (asked: readonly (readonly [string, Asked])[]): Share[] =>
    list
      ? gathered(
          asked.map(([name, one]) => ({
            names: [name],
            by: doerOf(part, list, one),
            cost: costOf(mapped, part, list, one),
            ...passedOn(onlyWith, one),
          })),
        )
      : [];
  const sources = fieldRowsOf(part);
  return {
    part: part.name,
    backend: part.backend,
    fields: coverageOf(part),
    sources,
    ...oneWay(part, sources),
    list: list ? costOf(mapped, part, list, {}) : null,
    filters: sharesOf(Object.keys(resource.filters).map((filter) => [filter, { filter }])),
    orderings: sharesOf(orderingsOf(resource).map((ordering) => [ordering, { ordering }])),
  };
}

/** The orderings that order something: a word of an earlier version of the standard does not. */
function orderingsOf({ ordering = {} }: Resource): string[] {
  return Object.keys(ordering).filter((name) => ordering[name] !== '');
}

function passedOn(onlyWith: ReadonlyMap<string, OnlyWith>, { filter = '' }: Asked): Pick<Share, 'onlyWith'> {
  const others = onlyWith.get(filter);
  return others ? { onlyWith: others } : {};
}

/** The fields that go one way only. What the files do not tell is not among them. */
function oneWay(
  { plans }: MappedPart,
  rows: readonly FieldRow[],
): Pick<PartCoverage, 'readOnly' | 'writeOnly'> {
  if (!plans.create && !plans.update) return { readOnly: [], writeOnly: [] };
  const isShown = ({ reading }: FieldRow): boolean =>
    ['as-is', 'computed', 'as-is-or-computed'].includes(reading);
  const isStored = ({ writtenBy, onlyDecides, mayBeWritten }: FieldRow): boolean =>
    writtenBy.length > 0 || onlyDecides || mayBeWritten;
  const fields = (some: readonly FieldRow[]): string[] => some.map(({ field }) => field);
  return {
    readOnly: fields(rows.filter((row) => isShown(row) && !isStored(row))),
    writeOnly: fields(rows.filter(({ reading, writtenBy }) => reading === 'never' && writtenBy.length > 0)),
  };
}

/** What is done by the same one at the same cost goes together. */
function gathered(each: readonly Share[]): Share[] {
  const shares = new Map<string, Share>();
  for (const { names, ...share } of each) {
    const key = JSON.stringify(share);
    shares.set(key, { ...share, names: [...(shares.get(key)?.names ?? []), ...names] });
  }
  return [...shares.values()];
}

/** The same as a table for a person. */
export function coverageInWords({ resources, leftOut }: SetCoverage): string[] {
  return [
    ...resources.flatMap(({ name, operations: offered, parts }) => [
      '',
      `${name}: ${offered.join(', ')}`,
      ...parts.flatMap((part) => partInWords(part)),
    ]),
    '',
    `not in this set: ${leftOut.join(', ') || 'nothing'}`,
  ];
}

function partInWords(coverage: PartCoverage): string[] {
  const { part, backend, fields, list, filters, orderings } = coverage;
  const shares = (title: string, all: readonly Share[]): string[][] =>
    all.flatMap((share, index) => [
      [index === 0 ? title : '', doers[share.by], share.names.join(', ')],
      ['', '', `costs ${costInWords(share.cost)}`],
      ...(share.onlyWith ? [['', '', `but ${onlyWithInWords(share, share.onlyWith)}`]] : []),
    ]);
  const rows = [
    ...fieldRows(fields),
    ...oneWayRows(coverage),
    ['no filter', '', list ? `costs ${costInWords(list)}` : 'no list'],
    ...shares('filters', filters),
    ...shares('ordering', orderings),
  ];
  return [...(part === '' ? [] : [`  ${part}, in ${backend}`]), ...table(rows)];
}

function oneWayRows({ sources, readOnly, writeOnly }: PartCoverage): string[][] {
  const all = sources.map(({ field }) => field);
  const row = (word: string, names: readonly string[]): string[][] =>
    names.length === 0 ? [] : [['', word, shortened(names, all).join(', ')]];
  return [...row('never written', readOnly), ...row('never shown', writeOnly)];
}

/** What a filter costs when what it takes to be passed on is not given. */
function onlyWithInWords({ by, cost }: Share, { filters, asksAnyway }: OnlyWith): string {
  const others = filters.length === 0 ? 'others' : filters.join(' or ');
  const otherwise = !asksAnyway
    ? 'is a 501'
    : by === 'crm'
      ? 'is a 502, as the CRM then finds more'
      : `costs ${costInWords({ ...cost, lookedAt: 'all' })}`;
  return `the list file passes it on only with ${others}: alone it ${otherwise}`;
}

const fieldWords: Readonly<Record<keyof PartCoverage['fields'], string>> = {
  mapped: 'mapped',
  defaulted: 'defaulted',
  lookedUp: 'looked up',
  needed: 'missing, needed',
  missing: 'missing',
  notKnown: 'not known',
};

function fieldRows(fields: PartCoverage['fields']): string[][] {
  const keys = Object.keys(fieldWords) as (keyof PartCoverage['fields'])[];
  const all = keys.flatMap((key) => fields[key]);
  return keys
    .filter((key) => fields[key].length > 0)
    .map((key, index) => [
      index === 0 ? 'fields' : '',
      fieldWords[key],
      shortened(fields[key], all).join(', '),
    ]);
}

/** `adres.*` where all parts of an object are in the same place. */
export function shortened(names: readonly string[], all: readonly string[]): string[] {
  const within = (object: string, some: readonly string[]): number =>
    some.filter((name) => name.startsWith(`${object}.`)).length;
  const shown = names.map((name) => {
    const steps = name.split('.');
    const objects = steps.slice(1).map((_, index) => steps.slice(0, index + 1).join('.'));
    const whole = objects.find((object) => within(object, names) === within(object, all));
    return whole === undefined ? name : `${whole}.*`;
  });
  return [...new Set(shown)];
}

const doers: Readonly<Record<Doer, string>> = {
  crm: 'by the CRM',
  'crm-narrows': 'CRM narrows',
  gateway: 'by the gateway',
  supplement: 'by a supplement',
  'other-end': 'by the link',
  nobody: 'not stored',
};

function costInWords({ lookedAt, maxRecords, requests }: Cost): string {
  const bound =
    maxRecords === undefined ? '' : `, up to ${maxRecords} records${inRequests(requests)}, or 501`;
  switch (lookedAt) {
    case 'page':
      return maxRecords === undefined
        ? `the page that is asked for${inRequests(requests)}`
        : `the page that is asked for and all before it${bound}`;
    case 'found':
      return `what the CRM finds${bound}`;
    case 'supplement':
      return `what the supplement finds${bound}`;
    case 'all':
      return `all that there is${bound}`;
    case 'linked':
      return 'two records: the one that is named, and the one that it links to';
    case 'none':
      return 'nothing: the list is empty, and the CRM is not asked';
  }
}

function inRequests(requests: number | undefined): string {
  if (requests === undefined) return '';
  return requests === 1 ? ' in 1 request' : ` in ${requests} requests`;
}
