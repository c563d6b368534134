import path from 'node:path';
import type { Resource } from '../contract/resource.ts';
import { isObject } from '../json.ts';
import { once } from '../once.ts';
import { type Mistake, throwMistakes } from '../files/mistakes.ts';
import { readYaml, validate, type YamlFile } from '../files/yaml-file.ts';
import { checkBackends } from './check-backends.ts';
import { checkEncodings } from './check-encodings.ts';
import { checkFiles } from './check-files.ts';
import { checkTextIds } from './check-kept-ids.ts';
import { checkNames } from './check-names.ts';
import { checkValues } from './check-values.ts';
import { checkExpression, checkResource } from './check.ts';
import { resourceIn } from './standard-names.ts';
import { notCompiled } from '../jsonata/index.ts';
import { type Evaluating, type Expression, type ParsedExpression, positionIn } from './expression.ts';
import { readExpressions } from './files.ts';
import { type KeptIdsMapping, mappingFormat, type MappingFile, type ResourceMapping } from './format.ts';
import { type Clock, fixedBindings, type Random } from './functions.ts';
import { idCodec, type HalfForm, lookedUpForm, pairCodec } from './ids.ts';
import { defaultLimits } from './limits.ts';
import { textCodec } from './text-ids.ts';
import type {
  Interpreted,
  MappedKeptIds,
  MappedList,
  MappedPart,
  MappedResource,
  MappedStep,
  MappingSet,
} from './set.ts';
import { alwaysYields, freeNames } from './analyse.ts';
import { soundIn } from './sound.ts';
import { sourcesOf } from './sources.ts';

/** What a mapping set is loaded with. */
export interface LoadOptions extends Evaluating {
  readonly resources: readonly Resource[];
  /** Override the set's own settings. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The backends of the configuration; undefined when it is not known which there are. */
  readonly backends?: readonly string[] | undefined;
  readonly clock: Clock;
  readonly random: Random;
}

const defaults = { maxRecords: 2000, keysAtOnce: 50, itemsAtOnce: 4 } as const;

/**
 * Loads a mapping set from its folder: reads `mapping.yaml` and every file that it names, checks them and compiles.
 *
 * @throws Mistakes with everything that is wrong in the set, each with file, line and column
 */
export async function loadMappingSet(folder: string, options: LoadOptions): Promise<MappingSet> {
  const yaml = await readYaml(path.join(folder, 'mapping.yaml'));
  const wrongFormat = validate(mappingFormat, yaml);
  const { expressions, mistakes } = await readExpressions(folder, yaml);
  const codes = isObject(yaml.value) && isObject(yaml.value.codes) ? Object.keys(yaml.value.codes) : [];
  throwMistakes([
    ...wrongFormat,
    ...mistakes,
    ...checkSet(yaml, wrongFormat, expressions, options),
    ...[...expressions.values()].flatMap((expression) =>
      checkExpression(expression, codes, openTablesIn(yaml)),
    ),
  ]);
  return compileSet(folder, yaml, expressions, options);
}

/** The code tables that pass on a word that they do not have, also in a file that is wrong in other ways. */
function openTablesIn({ value }: YamlFile): string[] {
  const unknown = isObject(value) && isObject(value.unknownCodes) ? value.unknownCodes : {};
  return Object.keys(unknown).filter((table) => unknown[table] === 'pass');
}

/** What the schema cannot say is wrong with a mapping.yaml, of all in it that the schema has nothing against. */
function checkSet(
  yaml: YamlFile,
  wrongFormat: readonly Mistake[],
  expressions: ReadonlyMap<string, ParsedExpression>,
  { resources: known, backends }: LoadOptions,
): Mistake[] {
  const { mapping, resources, isSound } = soundIn(yaml, wrongFormat);
  // That nobody calls a backend is only certain when all that might is there.
  const called = isSound(['resources']) ? mapping : { ...mapping, backends: {} };
  return [
    ...checkBackends(yaml, called, backends),
    ...(isSound(['backends']) ? checkEncodings(yaml, mapping, expressions) : []),
    ...(isSound(['codes']) ? checkValues(yaml, mapping) : []),
    ...checkTextIds(yaml, mapping),
    ...Object.entries(resources).flatMap(([name, resource]) => checkNames(yaml, name, resource, known)),
    ...Object.entries(mapping.resources).flatMap(([name, resource]) =>
      checkResource({ yaml, name, mapping: resource, known, expressions }),
    ),
    ...checkFiles(yaml, resources, known, expressions),
  ];
}

/** All JSONata files that a resource names. */
function filesOf(resource: ResourceMapping): string[] {
  const { id, record, read, list, rows, accepts, supplements = {}, inverse = {}, numbers = {} } = resource;
  const stamp = read.revalidate?.by === 'stamp' ? read.revalidate.request : undefined;
  const steps = [resource.create, resource.update, resource.delete].flatMap((plan) => plan ?? []);
  const files = [
    record.from,
    record.to,
    id.assign?.request,
    rows,
    accepts,
    read.request,
    stamp,
    list?.request,
    list?.each?.request,
    typeof list?.total === 'object' ? list.total.request : undefined,
    ...Object.values(supplements).flatMap(({ request, search }) => [request, search]),
    ...Object.values(inverse).map((found) => (found.by === 'searchMany' ? found.request : undefined)),
    ...Object.values(numbers).map(({ request }) => request),
    ...steps.flatMap((step) => [step.request, step.undo, step.readBack]),
  ];
  return files.filter((file) => file !== undefined);
}

function compileSet(
  folder: string,
  yaml: YamlFile,
  expressions: ReadonlyMap<string, ParsedExpression>,
  options: LoadOptions,
): MappingSet {
  const mapping = yaml.value as MappingFile;
  const settings = { ...mapping.settings, ...options.settings };
  const fixed = fixedBindings({
    settings,
    codes: mapping.codes ?? {},
    unknownCodes: mapping.unknownCodes,
    zone: mapping.zone,
    clock: options.clock,
    random: options.random,
  });
  const limits = { ...defaultLimits, ...mapping.limits };
  const compiledFiles = new Map(
    [...expressions].map(([file, parsed]) => [file, once(() => parsed.compile(fixed, limits, options))]),
  );
  const compile = (file: string): Expression => {
    const compiledFile = compiledFiles.get(file);
    if (!compiledFile) throw new Error(`${file} was not read`);
    return compiledFile();
  };
  const compiled = options.resources.flatMap((resource): MappedResource[] => {
    const parts = Object.entries(mapping.resources)
      .filter(([key]) => resourceIn(key) === resource.name)
      .map(([key, part]) => compilePart(resource, key, part, compile, expressions));
    return parts.length === 0 ? [] : [{ resource, parts }];
  });
  const errors = Object.entries(mapping.backends ?? {}).map(
    ([name, backend]) => [name, backend.errors ?? []] as const,
  );
  return {
    title: mapping.title,
    folder,
    files: [yaml],
    settings,
    resources: new Map(compiled.map((mapped) => [mapped.resource.name, mapped])),
    errors: Object.fromEntries(errors),
    encodings: mapping.backends ?? {},
    interpreted: once(() => [...expressions.values()].flatMap((expression) => interpretedIn(expression))),
    keptIds: mapping.keptIds && compileKeptIds(mapping.keptIds, compile),
  };
}

function interpretedIn({ file, source, tree }: ParsedExpression): Interpreted[] {
  const why = notCompiled(tree);
  if (!why) return [];
  const { construct, instead, position = 1 } = why;
  return [{ file, ...positionIn(source, position - 1), construct, instead }];
}

function compileKeptIds(kept: KeptIdsMapping, compile: (file: string) => Expression): MappedKeptIds {
  return {
    ...kept,
    find: compile(kept.find),
    records: kept.records,
    keep: compile(kept.keep),
    atOnce: kept.atOnce ?? defaults.keysAtOnce,
  };
}

function compilePart(
  resource: Resource,
  key: string,
  mapping: ResourceMapping,
  compile: (file: string) => Expression,
  expressions: ReadonlyMap<string, ParsedExpression>,
): MappedPart {
  const optional = (file: string | undefined) => (file === undefined ? undefined : compile(file));
  const plan = (steps: ResourceMapping['create']): MappedStep[] | undefined =>
    steps?.map((step) => ({
      backend: step.backend ?? mapping.backend,
      request: compile(step.request),
      undo: optional(step.undo),
      reads: step.reads,
      readBack: optional(step.readBack),
      id: step.id,
      record: step.record,
    }));
  const { revalidate } = mapping.read;
  const namesIn = (files: readonly string[]): ReadonlySet<string> => {
    const used = files.flatMap((file) => expressions.get(file) ?? []).flatMap(freeNames);
    return new Set(used.map(({ name }) => name));
  };
  const reading = namesIn([mapping.record.from, mapping.rows ?? []].flat());
  return {
    resource,
    name: key.slice(resource.name.length + 1),
    backend: mapping.backend,
    id: compileId(mapping, key, compile),
    view: mapping.view ?? false,
    rows: optional(mapping.rows),
    accepts: optional(mapping.accepts),
    from: compile(mapping.record.from),
    adds: mapping.record.adds ?? [],
    sources: once(() => sourcesOf(resource, mapping, (file) => expressions.get(file))),
    to: optional(mapping.record.to),
    supplements: Object.entries(mapping.supplements ?? {}).map(([name, supplement]) => ({
      ...supplement,
      name,
      request: compile(supplement.request),
      search: optional(supplement.search),
      atOnce: supplement.atOnce ?? defaults.keysAtOnce,
    })),
    inverse: compileEach(mapping.inverse ?? {}, (found) =>
      found.by === 'searchMany' ? { ...found, request: compile(found.request) } : found,
    ),
    numbers: compileEach(mapping.numbers ?? {}, ({ request }) => compile(request)),
    read: {
      request: compile(mapping.read.request),
      record: mapping.read.record,
      revalidate:
        revalidate?.by === 'stamp' ? { ...revalidate, request: compile(revalidate.request) } : revalidate,
    },
    list: mapping.list && compileList(mapping.list, compile, expressions),
    plans: { create: plan(mapping.create), update: plan(mapping.update), delete: plan(mapping.delete) },
    writesShow: mapping.writesShow,
    policies: mapping.deviations ?? {},
    fixed: mapping.fixed ?? [],
    lengths: mapping.lengths ?? {},
    usesCaller: namesIn(filesOf(mapping)).has('caller'),
    isSteady: !['now', 'millis', 'random', 'shuffle'].some((name) => reading.has(name)),
  };
}

/** The key is part of a UUID's checksum: parts of one resource never take each other's UUIDs for theirs. */
function compileId(
  { id, backend }: ResourceMapping,
  key: string,
  compile: (file: string) => Expression,
): MappedPart['id'] {
  const assign = id.assign && { backend, ...id.assign, request: compile(id.assign.request) };
  const ours = { given: id.given ?? false, assign, keptAs: undefined };
  if (id.form === lookedUpForm) return { ...ours, fields: [id.field], codec: textCodec(key), keptAs: key };
  if (!id.and) return { ...ours, fields: [id.field], codec: idCodec(id.form, key) };
  const forms = [id.form, id.and.form] as const;
  return {
    ...ours,
    fields: [id.field, id.and.field],
    codec: pairCodec(forms as [HalfForm, HalfForm], key),
  };
}

function compileList(
  list: NonNullable<ResourceMapping['list']>,
  compile: (file: string) => Expression,
  expressions: ReadonlyMap<string, ParsedExpression>,
): MappedList {
  const ofEach = expressions.get(list.each?.request ?? '');
  return {
    request: compile(list.request),
    each: list.each && {
      request: compile(list.each.request),
      record: list.each.record,
      atOnce: list.each.atOnce ?? defaults.itemsAtOnce,
      failing: list.each.failing ?? 'refuse',
      mayPassOver: !ofEach || !alwaysYields(ofEach),
    },
    records: list.records,
    total: compileTotal(list.total, compile),
    paging: list.paging.by === 'none' ? { by: 'none', size: Number.MAX_SAFE_INTEGER } : list.paging,
    filters: list.filters ?? {},
    orderings: list.orderings ?? [],
    maxRecords: list.maxRecords ?? defaults.maxRecords,
  };
}

function compileTotal(
  total: NonNullable<ResourceMapping['list']>['total'],
  compile: (file: string) => Expression,
): MappedList['total'] {
  if (total === undefined) return undefined;
  if (typeof total === 'string') return { by: 'answer', at: total };
  return { by: 'request', request: compile(total.request), at: total.at };
}

function compileEach<From, To>(
  named: Readonly<Record<string, From>>,
  to: (from: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(named).map(([name, from]) => [name, to(from)]));
}
