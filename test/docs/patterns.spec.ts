import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { parse, stringify } from 'yaml';
import { differenceText } from '../../src/examples/difference.ts';
import { findExamples, loadExample } from '../../src/examples/load.ts';
import { exampleClock, exampleRandom, playExample } from '../../src/examples/run.ts';
import { isObject } from '../../src/json.ts';
import { loadForExamples } from '../../src/load.ts';
import { root } from '../kit/process.ts';

/** Files by their names, as the blocks of a chapter have them. */
type Files = ReadonlyMap<string, string>;

const page = await readFile(path.join(root, 'docs/patterns.md'), 'utf8');
const [, ...chapters] = page.split(/^## /m).map((text) => ({
  title: text.slice(0, text.indexOf('\n')),
  files: filesIn(text),
}));
const [start, ...patterns] = chapters;

/** The blocks of a chapter, each under the name in its first comment. */
function filesIn(chapter: string): Files {
  const blocks = [...chapter.matchAll(/^```(yaml|jsonata)\n(?:# |\/\* )(\S+)(?: \*\/)?\n([\s\S]*?)^```$/gm)];
  return new Map(blocks.map(([, , name = '', text = '']) => [name, text]));
}

/** What the page says: files replace those of the start, and a piece of mapping.yaml comes beside what is there. */
function withPattern(base: Files, pattern: Files): Files {
  const setFiles = [...base].filter(([name]) => !name.startsWith('examples/'));
  const merged = merge(parse(base.get('mapping.yaml') ?? ''), parse(pattern.get('mapping.yaml') ?? '{}'));
  return new Map([...setFiles, ...pattern, ['mapping.yaml', stringify(merged)]]);
}

/** One object of both, and so on inside; a key without a value is taken out. */
function merge(base: unknown, change: unknown): unknown {
  if (!isObject(base) || !isObject(change)) return change;
  const keys = new Set([...Object.keys(base), ...Object.keys(change)]);
  const values = [...keys].map((key) => [key, key in change ? merge(base[key], change[key]) : base[key]]);
  return Object.fromEntries(values.filter(([, value]) => value !== null));
}

/** Plays every example of a set, and yields what differs by the names of the examples. */
async function play(files: Files): Promise<Record<string, string[]>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-pattern-'));
  try {
    await mkdir(path.join(folder, 'examples'));
    for (const [name, text] of files) await writeFile(path.join(folder, name), text);
    const set = await loadForExamples(folder, { clock: exampleClock, random: exampleRandom });
    const differences: Record<string, string[]> = {};
    for (const file of await findExamples(folder)) {
      const outcome = await playExample(set, await loadExample(file));
      differences[path.basename(file)] = outcome.differences.map(differenceText);
    }
    return differences;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** No differences for each example of the files. */
function nothingDiffers(files: Files): Record<string, string[]> {
  const examples = [...files.keys()].filter((name) => name.startsWith('examples/'));
  return Object.fromEntries(examples.map((name) => [path.basename(name), []]));
}

describe('the patterns (docs/patterns.md)', () => {
  it('names a file in each block', () => {
    const blocks = [...page.matchAll(/^```\w+$/gm)].length;
    const named = chapters.reduce((sum, { files }) => sum + files.size, 0);
    expect(named).to.equal(blocks);
  });

  it('begins with a set that works', async () => {
    const files: Files = start?.files ?? new Map();
    expect(nothingDiffers(files)).not.to.be.empty;
    expect(await play(files)).to.deep.equal(nothingDiffers(files));
  });

  for (const { title, files } of patterns) {
    it(`works: ${title}`, async () => {
      expect(nothingDiffers(files)).not.to.be.empty;
      expect(await play(withPattern(start?.files ?? new Map(), files))).to.deep.equal(nothingDiffers(files));
    });
  }
});
