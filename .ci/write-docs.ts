import { readdir, readFile, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { fieldsMarker, fieldTablesIn } from '../src/cli/fields.ts';
import { configSchemaJson, configSections, configTable } from '../src/config/documentation.ts';
import { exampleSchemaJson } from '../src/examples/editor-schema.ts';
import { putBetweenMarks } from '../src/files/markdown.ts';
import { codeTable, functionTable, helperTable } from '../src/mapping/documentation.ts';
import { mappingSchemaJson } from '../src/mapping/editor-schema.ts';
import { eventTable, faultTable, lossTable, translationTable } from '../src/observe/documentation.ts';
import { resourceTables } from '../src/resources/documentation.ts';
import { failureCodes } from '../src/mapping/limits.ts';
import { mappedResources } from '../src/resources/index.ts';

/**
 * Writes what is generated from the declaration of the configuration, and from what mappings may use: `npm run docs`.
 * With `--check` it writes nothing, and fails when a file is not up to date.
 */
const root = new URL('../', import.meta.url);

await put('config/klantbrug.schema.json', () => configSchemaJson());
await put('mappings/mapping.schema.json', () => mappingSchemaJson(mappedResources));
await put('mappings/example.schema.json', () => exampleSchemaJson(mappedResources));
await put('docs/CONFIGURATION.md', (text) => between(text, 'config table', configTable()));
await put('docs/RESOURCES.md', (text) => between(text, 'resources', resourceTables()));
await put('docs/events.md', (text) =>
  between(
    between(
      between(between(text, 'events', eventTable()), 'faults', faultTable()),
      'translations',
      translationTable(failureCodes),
    ),
    'losses',
    lossTable(),
  ),
);
await put('README.md', (text) => between(text, 'config sections', configSections()));
await put('mappings/README.md', (text) =>
  between(
    between(between(text, 'functions', functionTable()), 'helpers', helperTable()),
    'codes',
    codeTable(),
  ),
);

for (const set of await readdir(new URL('mappings/', root), { withFileTypes: true })) {
  if (!set.isDirectory()) continue;
  const tables = await fieldTablesIn(fileURLToPath(new URL(`mappings/${set.name}`, root)));
  await put(`mappings/${set.name}/README.md`, (text) => between(text, fieldsMarker, tables));
}

/** Replaces what stands between two markers. */
function between(text: string, marker: string, table: string): string {
  const after = putBetweenMarks(text, marker, table);
  if (after === undefined) throw new Error(`There are no markers for the ${marker}.`);
  return after;
}

/** Tells which file it is that cannot be changed. */
function changed(name: string, change: () => string): string {
  try {
    return change();
  } catch (error) {
    throw new Error(`${name} cannot be written`, { cause: error });
  }
}

async function put(name: string, change: (text: string) => string): Promise<void> {
  const file = new URL(name, root);
  const before = await readFile(file, 'utf8').catch(() => '');
  const after = changed(name, () => change(before));
  if (after === before) return;
  if (argv.includes('--check')) {
    throw new Error(`${name} is not up to date: run npm run docs`);
  }
  await writeFile(file, after);
}
