import { readFile, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { configSchemaJson, configTable } from './documentation.ts';

/**
 * Writes what is generated from the declaration: `npx tsx src/config/write-docs.ts`.
 * With `--check` it writes nothing, and fails when a file is not up to date.
 */
const root = new URL('../../', import.meta.url);

await put('config/klantbrug.schema.json', () => configSchemaJson());
await put('docs/CONFIGURATION.md', (text) => {
  const marked = /(<!-- config table -->\n).*?(<!-- \/config table -->)/s;
  if (!marked.test(text)) throw new Error('docs/CONFIGURATION.md has no markers for the config table.');
  // Prettier would pad every cell to the widest one.
  const table = `\n<!-- prettier-ignore-start -->\n${configTable()}\n<!-- prettier-ignore-end -->\n\n`;
  return text.replace(marked, (_, begin: string, end: string) => `${begin}${table}${end}`);
});

async function put(name: string, change: (text: string) => string): Promise<void> {
  const file = new URL(name, root);
  const before = await readFile(file, 'utf8').catch(() => '');
  const after = change(before);
  if (after === before) return;
  if (argv.includes('--check')) {
    throw new Error(`${name} is not up to date: run npx tsx src/config/write-docs.ts`);
  }
  await writeFile(file, after);
}
