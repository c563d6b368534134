import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { configSchemaJson } from '../config/documentation.ts';
import { exampleSchemaJson } from '../examples/editor-schema.ts';
import { formatMistakes, type Mistake, Mistakes } from '../files/mistakes.ts';
import { mappingSchemaJson } from '../mapping/editor-schema.ts';
import { mappedResources } from '../resources/index.ts';
import { type Command, exit, type Terminal, UsageError } from './command.ts';
import { clientSecret, configYaml, variablesOf } from './init/config-text.ts';
import type { Facts } from './init/facts.ts';
import { readAnswer, readDocument } from './init/read-given.ts';
import { factsOf, type Skeleton, skeletonOf } from './init/skeleton.ts';

/** `klantbrug init`: a mapping set and a configuration to begin with, guessed from what there is of a CRM. */
export const init: Command = {
  name: 'init',
  summary: 'make a mapping set and a configuration to begin with, for a CRM of your own',
  options: {
    'from-openapi': { required: false, meaning: 'the OpenAPI document of the CRM, version 3, JSON or YAML' },
    sample: {
      required: false,
      meaning: 'an answer of the CRM, JSON: a list or one record. Nothing personal of it is kept',
    },
    folder: {
      required: false,
      meaning: 'where to make mappings/NAME and config/NAME.yaml; here when left out',
    },
  },
  words: { name: 'NAME', meaning: 'the name of the set: small letters, digits and -' },

  async run({ 'from-openapi': openapi, sample, folder = '.' }, terminal, [name = '', ...others]) {
    if (others.length > 0 || !/^[a-z0-9][a-z0-9-]{0,60}$/.test(name)) {
      throw new UsageError('init needs one NAME, of small letters, digits and -: klantbrug init our-crm');
    }
    try {
      const facts = factsOf(name, {
        sample: sample === undefined ? undefined : await readAnswer(sample),
        openapi: openapi === undefined ? undefined : await readDocument(openapi),
      });
      if (facts === 'no-people') throw new Mistakes([noPeople(openapi ?? '')]);
      if (facts === 'no-record') throw new Mistakes([noRecord(sample ?? '')]);
      const { files, leftOut } = await filesOf(facts);
      await writeNew(folder, files);
      tell(facts, { folder, files, leftOut }, terminal);
      return exit.done;
    } catch (caught) {
      if (!(caught instanceof Mistakes)) throw caught;
      terminal.error(formatMistakes(caught.mistakes));
      terminal.error('Nothing was made.');
      return exit.wrong;
    }
  },
};

/** Everything that is made, and what is not, by its path in the folder. */
async function filesOf(facts: Facts): Promise<Skeleton> {
  const { files, leftOut } = await skeletonOf(facts);
  const placed = (of: ReadonlyMap<string, string>) =>
    [...of].map(([name, text]): [string, string] => [`mappings/${facts.name}/${name}`, text]);
  return {
    files: new Map([[`config/${facts.name}.yaml`, configYaml(facts)], ...placed(files)]),
    leftOut: new Map(placed(leftOut)),
  };
}

/** What editors need to complete and to explain the files; there may be one from before. */
const schemas: ReadonlyMap<string, () => string> = new Map([
  ['config/klantbrug.schema.json', configSchemaJson],
  ['mappings/mapping.schema.json', () => mappingSchemaJson(mappedResources)],
  ['mappings/example.schema.json', () => exampleSchemaJson(mappedResources)],
]);

/**
 * Writes files that are not there yet.
 *
 * @throws Mistakes when one of them is, before any is written
 */
async function writeNew(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const taken: string[] = [];
  for (const name of files.keys()) if (await isThere(path.join(folder, name))) taken.push(name);
  if (taken.length > 0) {
    const problem = 'it is there already';
    const expected = 'another NAME or another --folder: init never overwrites a file';
    throw new Mistakes(taken.map((name) => ({ file: path.join(folder, name), path: '', problem, expected })));
  }
  for (const [name, text] of files) await write(path.join(folder, name), text);
  for (const [name, text] of schemas) {
    const file = path.join(folder, name);
    if (!(await isThere(file))) await write(file, text());
  }
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  // Never over one that came meanwhile.
  await writeFile(file, text, { flag: 'wx' });
}

async function isThere(file: string): Promise<boolean> {
  return readFile(file).then(
    () => true,
    () => false,
  );
}

function noRecord(file: string): Mistake {
  return {
    file,
    path: '',
    problem: 'there is no record in it',
    expected: 'a record with fields, or a list with at least one',
  };
}

function noPeople(file: string): Mistake {
  return {
    file,
    path: 'paths',
    problem: 'nothing there looks like a list of people with a path to each of them',
    expected: 'a path such as /customers, and /customers/{id}; or leave it out and give a --sample',
  };
}

function tell(
  facts: Facts,
  { folder, files, leftOut }: Skeleton & { readonly folder: string },
  { out }: Terminal,
): void {
  const config = path.join(folder, `config/${facts.name}.yaml`);
  for (const name of files.keys()) out(`made ${path.join(folder, name)}`);
  for (const [name, why] of leftOut) out(`left out ${path.join(folder, name)}: ${why}`);
  out('');
  out(`Fields that were recognised: ${facts.fields.map(({ field }) => field).join(', ') || 'none'}`);
  out('Next:');
  out(
    `  1. Read what was guessed, in ${path.join(folder, 'mappings', facts.name)}, and change what is wrong.`,
  );
  out(`  2. Play the examples while you do: klantbrug test --config ${config} --watch`);
  out('  3. Set the secrets, in the shell that Klantbrug is started from. They are never written in a file:');
  for (const line of exportsOf(facts)) out(`       ${line}`);
  out(`  4. Ask the CRM once: klantbrug try klant.list --config ${config} --send`);
  out(`  5. klantbrug serve --config ${config} --watch`);
}

/** The lines that set the secrets in a shell. */
function exportsOf(facts: Facts): string[] {
  return variablesOf(facts).map((variable) =>
    variable === clientSecret
      ? `export ${variable}='…'   # what your client signs its tokens with: make up 32 characters or more`
      : `export ${variable}='…'   # what the CRM gave you for it`,
  );
}
