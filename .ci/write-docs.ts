import { readFile, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { configSchemaJson, configSections, configTable } from '../src/config/documentation.ts';
import { exampleSchemaJson } from '../src/examples/editor-schema.ts';
import { codeTable, functionTable, helperTable } from '../src/mapping/documentation.ts';
import { mappingSchemaJson } from '../src/mapping/editor-schema.ts';
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
await put('README.md', (text) => between(text, 'config sections', configSections()));
await put('mappings/README.md', (text) =>
  between(
    between(between(text, 'functions', functionTable()), 'helpers', helperTable()),
    'codes',
    codeTable(),
  ),
);

/** Replaces what stands between two markers. */
function between(text: string, marker: string, table: string): string {
  const marked = new RegExp(`(<!-- ${marker} -->\\n).*?(<!-- /${marker} -->)`, 's');
  if (!marked.test(text)) throw new Error(`There are no markers for the ${marker}.`);
  // Prettier would pad every cell to the widest one.
  const kept = `\n<!-- prettier-ignore-start -->\n${table}\n<!-- prettier-ignore-end -->\n\n`;
  return text.replace(marked, (_, begin: string, end: string) => `${begin}${kept}${end}`);
}

async function put(name: string, change: (text: string) => string): Promise<void> {
  const file = new URL(name, root);
  const before = await readFile(file, 'utf8').catch(() => '');
  const after = change(before);
  if (after === before) return;
  if (argv.includes('--check')) {
    throw new Error(`${name} is not up to date: run npm run docs`);
  }
  await writeFile(file, after);
}
