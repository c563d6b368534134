import { operations } from '../contract/resource.ts';
import { coverageOf } from '../mapping/coverage.ts';
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
}

/** One part of a resource, as `check` tells of it. */
interface PartCoverage {
  readonly part: string;
  readonly backend: string;
  readonly fields: ReturnType<typeof coverageOf>;
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
  const sharesOf = (asked: readonly (readonly [string, Asked])[]): Share[] =>
    list
      ? gathered(asked.map(([name, one]) => [name, doerOf(part, list, one), costOf(mapped, part, list, one)]))
      : [];
  return {
    part: part.name,
    backend: part.backend,
    fields: coverageOf(part),
    list: list ? costOf(mapped, part, list, {}) : null,
    filters: sharesOf(Object.keys(resource.filters).map((filter) => [filter, { filter }])),
    orderings: sharesOf(Object.keys(resource.ordering ?? {}).map((ordering) => [ordering, { ordering }])),
  };
}

/** What is done by the same one at the same cost goes together. */
function gathered(each: readonly (readonly [string, Doer, Cost])[]): Share[] {
  const shares = new Map<string, Share>();
  for (const [name, by, cost] of each) {
    const key = JSON.stringify([by, cost]);
    shares.set(key, { by, cost, names: [...(shares.get(key)?.names ?? []), name] });
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

function partInWords({ part, backend, fields, list, filters, orderings }: PartCoverage): string[] {
  const shares = (title: string, all: readonly Share[]): string[][] =>
    all.flatMap(({ by, names, cost }, index) => [
      [index === 0 ? title : '', doers[by], names.join(', ')],
      ['', '', `costs ${costInWords(cost)}`],
    ]);
  const rows = [
    ...fieldRows(fields),
    ['no filter', '', list ? `costs ${costInWords(list)}` : 'no list'],
    ...shares('filters', filters),
    ...shares('ordering', orderings),
  ];
  return [...(part === '' ? [] : [`  ${part}, in ${backend}`]), ...table(rows)];
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
function shortened(names: readonly string[], all: readonly string[]): string[] {
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
  'other-end': 'by the link',
  nobody: 'not stored',
};

function costInWords({ lookedAt, atMost, requests }: Cost): string {
  const bound = atMost === undefined ? '' : `, up to ${atMost} records${inRequests(requests)}, or 501`;
  switch (lookedAt) {
    case 'page':
      return atMost === undefined
        ? `the page that is asked for${inRequests(requests)}`
        : `the page that is asked for and all before it${bound}`;
    case 'found':
      return `what the CRM finds${bound}`;
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
