import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inspect } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { keepRequestsYoung } from '../src/cli/memory.ts';
import { judge } from './figures.ts';
import { readOptions } from './options.ts';
import { measureColdReads } from './parts/cold-reads.ts';
import { measureDemo } from './parts/demo.ts';
import { measureCache, measureConcurrency, measureLists } from './parts/growth.ts';
import { measureMemory } from './parts/memory.ts';
import { measureReads } from './parts/reads.ts';
import { measureStart } from './parts/start.ts';
import { measureFields, measureTranslations } from './parts/translations.ts';
import { measureUnchanged } from './parts/unchanged.ts';
import { project } from './project.ts';
import { asDocument } from './report/document.ts';
import { machineOf } from './report/machine.ts';
import { sectionsOf, verdictSection } from './report/sections.ts';
import { asText } from './report/table.ts';
import type { Results } from './results.ts';
import { openStage, type Stage } from './stage.ts';

/** `npm run bench`: everything that Klantbrug is held to and compared with, in one run. docs/BENCHMARKS.md says how to read it. */
const options = readOptions(process.argv.slice(2));

/** Measures one thing; the name is that of its result. */
type Parts = { readonly [Name in keyof Results]-?: (stage: Stage) => Promise<Results[Name]> };

const parts: Parts = {
  translations: measureTranslations,
  reads: (stage) => measureReads(stage, options.without),
  unchanged: measureUnchanged,
  demo: measureDemo,
  coldReads: measureColdReads,
  memory: measureMemory,
  start: measureStart,
  fields: ({ rounds }) => measureFields(rounds),
  lists: measureLists,
  concurrency: measureConcurrency,
  cache: measureCache,
};

if (!Object.keys(parts).some(isWanted)) throw new TypeError(`No part has ${options.only} in its name.`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

// Translations are measured in this process: as they run in a gateway, which does the same.
keepRequestsYoung();

const stage = await openStage(options.rounds);
try {
  await report(await measureAll());
} finally {
  stage.close();
}

function isWanted(part: string): boolean {
  return part.toLowerCase().includes(options.only);
}

/** There are some hundred thousands of them. */
function withoutTimes(name: string, value: unknown): unknown {
  return name === 'times' ? undefined : value;
}

/** A part that fails is told at the end as well, by the exit code: the others are still worth their time. */
async function measureAll(): Promise<Results> {
  let results: Results = {};
  for (const [name, measure] of Object.entries(parts) as [string, (stage: Stage) => Promise<unknown>][]) {
    if (!isWanted(name)) continue;
    const began = performance.now();
    try {
      const result = { [name]: await stage.scene(() => measure(stage)) } as Results;
      for (const section of sectionsOf(result)) process.stdout.write(asText(section));
      results = { ...results, ...result };
    } catch (error) {
      process.stderr.write(`${name} cannot be measured: ${inspect(error)}\n`);
      process.exitCode = 1;
    }
    process.stderr.write(`${name}: ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
  }
  return results;
}

async function report(results: Results): Promise<void> {
  const judged = judge(results);
  const measured = judged.filter(({ verdict }) => verdict !== 'not measured');
  if (measured.length > 0) process.stdout.write(asText(verdictSection(options.only ? measured : judged)));
  const machine = await machineOf();
  if (options.json) {
    const all = { machine, figures: judged, results };
    await writeFile(options.json, `${JSON.stringify(all, withoutTimes, 2)}\n`);
  }
  if (options.writeDocs && process.exitCode === undefined) {
    const file = path.join(project, 'docs/BENCHMARKS.md');
    const style = { ...(await resolveConfig(file)), filepath: file };
    await writeFile(file, await format(asDocument(results, judged, machine), style));
  }
}
