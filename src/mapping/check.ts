import type { Resource } from '../contract/resource.ts';
import { type Mistake, type Path, pathText } from '../files/mistakes.ts';
import type { YamlFile } from '../files/yaml-file.ts';
import { freeNames, joinedPaths, keysMadeFrom, patternsIn, tableNames } from './analyse.ts';
import { builtInNames } from './built-ins.ts';
import { type ParsedExpression, positionIn } from './expression.ts';
import type { ResourceMapping } from './format.ts';
import { lookedUpForm } from './ids.ts';
import { forbiddenFunctions, helperNames } from './functions.ts';
import { badFormatsIn } from './literal-formats.ts';
import { meant } from './meant.ts';
import { mistakeIn } from './patterns.ts';
import { rawTextsIn } from './raw-text.ts';
import { inverseNames, resourceIn } from './standard-names.ts';

/** What the translations of a write may name besides the helpers. */
const writeNames = ['id', 'newId', 'stored', 'change', 'merged', 'extra', 'host', 'record'] as const;

const knownNames: readonly string[] = [...builtInNames, ...helperNames, ...writeNames];

/** Field names in CRMs that mean a personal number, whatever the mapping does with them. */
export const personalName =
  /bsn|burgerservice|sofi|rsin|national_?id|social_?security|e-?mail|telefoon|phone|a_?nummer/i;

/**
 * What is wrong in one JSONata file: unknown names, forbidden functions, unknown code tables, joined paths, queries that
 * values are put into as they are, formats of times, regular expressions that the engine does not know.
 *
 * @param codeTables the names of the set's code tables
 * @param openTables those of them that pass on a word that they do not have
 */
export function checkExpression(
  expression: ParsedExpression,
  codeTables: readonly string[],
  openTables: readonly string[] = [],
): Mistake[] {
  const at = (offset: number) => ({
    file: expression.file,
    ...positionIn(expression.source, offset),
    path: '',
  });
  const names = freeNames(expression).flatMap(({ name, offset }): Mistake[] => {
    const forbidden = Object.hasOwn(forbiddenFunctions, name) ? forbiddenFunctions[name] : undefined;
    if (forbidden !== undefined) {
      return [
        {
          ...at(offset),
          problem: `$${name} may not be used (${forbidden})`,
          expected: 'an expression without it',
        },
      ];
    }
    if (knownNames.includes(name)) return [];
    return [{ ...at(offset), ...undefinedName(name) }];
  });
  const tables = tableNames(expression)
    .filter(({ name }) => !codeTables.includes(name))
    .map(({ name, offset }) => ({
      ...at(offset),
      problem: `there is no code table '${name}'${meant(name, codeTables)}`,
      expected: `a table under \`codes\` in mapping.yaml: ${codeTables.join(', ') || 'there are none'}`,
    }));
  const paths = joinedPaths(expression).map((offset) => ({
    ...at(offset),
    problem: 'a path that is put together as text',
    expected: 'a list of segments, which are then encoded one by one',
    example: '"path": ["relaties", id]',
  }));
  const patterns = patternsIn(expression).flatMap(({ pattern, offset }): Mistake[] => {
    const mistake = mistakeIn(pattern);
    return mistake ? [{ ...at(offset), ...mistake }] : [];
  });
  const raw = rawTextsIn(expression, openTables).map((offset) => ({
    ...at(offset),
    problem:
      'a value that is put into a query as it is: what a client sends could become a part of the query',
    expected: 'a helper that quotes it: $odata, $soql, $soqlLike or $xml; or a code table',
    example: '"lastname eq " & $odata(filters.achternaam)',
  }));
  const formats = badFormatsIn(expression).map(({ offset, ...mistake }) => ({ ...at(offset), ...mistake }));
  return [...names, ...tables, ...paths, ...raw, ...formats, ...patterns];
}

/** What is wrong with one resource in mapping.yaml, beside its names, as far as the schema cannot say it. */
export function checkResource(options: {
  readonly yaml: YamlFile;
  readonly name: string;
  readonly mapping: ResourceMapping;
  readonly known: readonly Resource[];
  readonly expressions: ReadonlyMap<string, ParsedExpression>;
}): Mistake[] {
  const { yaml, name, mapping, known, expressions } = options;
  const mistake = (keys: Path, text: Pick<Mistake, 'problem' | 'expected' | 'example'>): Mistake => ({
    file: yaml.file,
    ...yaml.at(['resources', name, ...keys]),
    path: pathText(['resources', name, ...keys]),
    ...text,
  });

  const resource = known.find((candidate) => candidate.name === resourceIn(name));
  if (!resource) return [];
  return [
    ...inverseNames(resource)
      .filter((field) => mapping.inverse?.[field] === undefined)
      .map((field) =>
        mistake([], { ...missingInverse(field), example: `inverse: { ${field}: { by: search } }` }),
      ),
    ...checkNeeds(resource, mapping, mistake),
    ...checkList(resource, mapping, mistake),
    ...checkId(mapping, mistake),
    ...checkView(resource, mapping, mistake),
    ...checkSearches(mapping, mistake),
    ...checkSupplementFilters(mapping, mistake),
    ...checkPlans(mapping, mistake),
    ...checkReadingSteps(mapping, mistake),
    ...checkWritesShow(mapping, mistake),
    ...checkPersonalId(resource, mapping, expressions, mistake),
  ];
}

type MakeMistake = (keys: Path, text: Pick<Mistake, 'problem' | 'expected' | 'example'>) => Mistake;

function missingInverse(field: string): Pick<Mistake, 'problem' | 'expected'> {
  return { problem: `it is not said how ${field} is found`, expected: `'${field}' under \`inverse\`` };
}

/** A set may leave out any operation, but for those without which the resource is of no use. */
function checkNeeds(
  { name, needs = [] }: Resource,
  mapping: ResourceMapping,
  mistake: MakeMistake,
): Mistake[] {
  const missing = needs.filter((operation) => mapping[operation as keyof ResourceMapping] === undefined);
  const expected = `a ${name} with ${needs.map((operation) => `\`${operation}\``).join(', ')}, or none at all`;
  return missing.map((operation) => mistake([], { problem: `it has no \`${operation}\``, expected }));
}

/** What is a part of another record, or links to its own kind, has to be found when that record goes. */
function checkList(resource: Resource, { list }: ResourceMapping, mistake: MakeMistake): Mistake[] {
  const isLinked = Object.values(resource.fields).some(({ link }) => link?.reach === 'local');
  if (list || !isLinked) return [];
  const problem = `nobody can find the ${resource.name} that goes with another record`;
  return [mistake([], { problem, expected: 'a `list`' })];
}

/** A UUID fills the whole of an id: no other half fits beside it. */
function checkId({ id }: ResourceMapping, mistake: MakeMistake): Mistake[] {
  const isOurs = id.given === true || id.assign !== undefined;
  if (isOurs && (id.form !== 'uuid' || id.and)) {
    return [
      mistake(['id'], { problem: 'an id of our own is a UUID', expected: "the form 'uuid', and no `and`" }),
    ];
  }
  const whole = ['uuid', 'url', 'salesforce', lookedUpForm];
  if (!id.and || !(whole.includes(id.form) || whole.includes(id.and.form))) return [];
  const expected = "two forms that fit in one UUID together: not 'uuid', 'url', 'salesforce' or 'text'";
  return [mistake(['id'], { expected })];
}

/** A view is on the record that the resource is a part of, so there must be one. */
function checkView(resource: Resource, { view }: ResourceMapping, mistake: MakeMistake): Mistake[] {
  if (view !== true || resource.partOf !== undefined) return [];
  const problem = `a ${resource.name} is a part of nothing, so it cannot be a view`;
  return [mistake(['view'], { problem, expected: 'no `view`' })];
}

/** What a supplement finds is read by its key, so that has to be the id of one whole record. */
function checkSearches({ supplements = {}, ...mapping }: ResourceMapping, mistake: MakeMistake): Mistake[] {
  const { id, list, rows, view } = mapping;
  const isWhole = id.and === undefined && rows === undefined && view !== true && list?.each === undefined;
  return Object.entries(supplements).flatMap(([name, { search, own }]) => {
    if (search === undefined || (isWhole && list && own === id.field)) return [];
    return [
      mistake(['supplements', name, 'search'], {
        problem: 'a search by what goes with a record, which cannot be read by that key',
        expected: 'an `own` that is `id.field`, and a list of whole records: no `rows`, `view` or `each`',
      }),
    ];
  });
}

/** What only a supplement finds takes one that searches. */
function checkSupplementFilters(
  { supplements = {}, list }: ResourceMapping,
  mistake: MakeMistake,
): Mistake[] {
  if (Object.values(supplements).some(({ search }) => search !== undefined)) return [];
  const found = Object.entries(list?.filters ?? {}).filter(([, support]) => support === 'supplement');
  return found.map(([name]) =>
    mistake(['list', 'filters', name], {
      problem: 'a filter that no supplement searches for',
      expected: 'a `search` under one of the `supplements`, or another word',
    }),
  );
}

/** A create must tell the id of what it made; a write needs the translation that writes. */
function checkPlans(mapping: ResourceMapping, mistake: MakeMistake): Mistake[] {
  const mistakes: Mistake[] = [];
  // The id of a view is in the columns that are written, and one that we give we know.
  if (
    mapping.create &&
    mapping.view !== true &&
    mapping.id.given !== true &&
    !mapping.create.some((step) => step.id !== undefined || step.record !== undefined)
  ) {
    const expected = 'one step with `id` or `record`: where its answer holds what was created';
    mistakes.push(
      mistake(['create'], { expected, example: '[{ request: klant.create.jsonata, id: RELNR }]' }),
    );
  }
  if ((mapping.create ?? mapping.update) && mapping.record.to === undefined) {
    mistakes.push(
      mistake(['record'], {
        expected: 'a file under `to`: what is written needs it',
        example: 'klant.to-crm.jsonata',
      }),
    );
  }
  if (mapping.delete?.at(-1)?.undo !== undefined) {
    mistakes.push(mistake(['delete'], { expected: 'a last step without `undo`: a delete is never undone' }));
  }
  return mistakes;
}

/** Writes show later only where there are any. */
function checkWritesShow(mapping: ResourceMapping, mistake: MakeMistake): Mistake[] {
  if (mapping.writesShow === undefined || (mapping.create ?? mapping.update ?? mapping.delete)) return [];
  const expected = '`create`, `update` or `delete`, or no `writesShow`';
  return [mistake(['writesShow'], { problem: 'nothing is written here', expected })];
}

/** What only reads leaves nothing to undo, and a write is more than that. */
function checkReadingSteps(mapping: ResourceMapping, mistake: MakeMistake): Mistake[] {
  return (['create', 'update', 'delete'] as const).flatMap((plan) => {
    const steps = mapping[plan] ?? [];
    const undone = steps.flatMap(({ reads, undo }, index) => (reads === true && undo ? [index] : []));
    const isIdle = steps.length > 0 && steps.every(({ reads }) => reads === true);
    const problem = 'all its steps only read';
    return [
      ...(isIdle ? [mistake([plan], { problem, expected: 'a step that writes, without `reads`' })] : []),
      ...undone.map((index) =>
        mistake([plan, index, 'undo'], {
          problem: 'a step that only reads leaves nothing to undo',
          expected: 'no `undo`, or no `reads`',
        }),
      ),
    ];
  });
}

/** An id that is a personal number would stand in every URL, every log of every client and every bookmark. */
function checkPersonalId(
  resource: Resource,
  mapping: ResourceMapping,
  expressions: ReadonlyMap<string, ParsedExpression>,
  mistake: MakeMistake,
): Mistake[] {
  const from = expressions.get(mapping.record.from);
  const personal = resource.personalKeys.map((key) => key.split('.').at(-1));
  const { field, and, assign } = mapping.id;
  const parts = [
    { field, at: ['id', 'field'] },
    ...(and ? [{ field: and.field, at: ['id', 'and', 'field'] }] : []),
    // A UUID that is computed from a BSN is as good as the BSN: there are few enough to try them all.
    ...(assign ? [{ field: assign.of, at: ['id', 'assign', 'of'] }] : []),
  ];
  return parts.flatMap((part) => {
    const made = (from ? keysMadeFrom(from, part.field) : []).filter((key) => personal.includes(key));
    if (made.length === 0 && !personalName.test(part.field)) return [];
    const why = made.length > 0 ? `the standard's ${made.join(', ')} is made from it` : 'its name says so';
    const problem = `'${part.field}' is a personal key (${why}), and would be in every URL`;
    return [mistake(part.at, { problem, expected: 'the internal number of the record' })];
  });
}

/** The names of the set itself when no name is like it: a mistake in those of JSONata is mostly one of spelling. */
function undefinedName(name: string): Pick<Mistake, 'problem' | 'expected'> {
  const own = [...helperNames, ...writeNames].map((known) => `$${known}`);
  return {
    problem: `$${name} is not defined${meant(name, knownNames, '$')}`,
    expected: `a function of JSONata, a name that the expression itself defines, or one of ${own.join(', ')}`,
  };
}
