import { readdir } from 'node:fs/promises';
import { expect } from 'chai';
import { differenceText } from '../../src/examples/difference.ts';
import type { Example } from '../../src/examples/format.ts';
import { findExamples, loadExample } from '../../src/examples/load.ts';
import { exampleClock, exampleRandom, runExample } from '../../src/examples/run.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import { loadMappingSet } from '../../src/mapping/load.ts';
import type { MappingSet } from '../../src/mapping/set.ts';
import { resources } from '../../src/resources/index.ts';

const root = new URL('../../mappings/', import.meta.url).pathname;

const entries = await readdir(root, { withFileTypes: true });
const sets = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
const filesOf = new Map<string, string[]>();
for (const name of sets) filesOf.set(name, await findExamples(`${root}${name}`));

function load(name: string): Promise<MappingSet> {
  const ports = { clock: exampleClock, random: exampleRandom };
  return loadMappingSet(`${root}${name}`, { resources, settings: {}, ...ports });
}

/** Plays an example; an empty list means that it holds. */
async function differencesOf(set: MappingSet, example: Example): Promise<string[]> {
  return (await runExample(set, example)).map(differenceText);
}

describe('the mapping sets under mappings/', () => {
  it('are there', () => {
    expect(sets).to.include('demo-crm');
  });

  for (const name of sets) {
    describe(name, () => {
      let set: MappingSet;

      before(async () => {
        set = await load(name);
      });

      it('has examples', () => {
        expect(filesOf.get(name)).not.to.be.empty;
      });

      for (const file of filesOf.get(name) ?? []) {
        it(file.slice(root.length), async () => {
          expect(await differencesOf(set, await loadExample(file))).to.deep.equal([]);
        });
      }
    });
  }
});

describe('the demo CRM, whose pages hold 50 relations', () => {
  const relation = (index: number): JsonObject => ({ RELNR: 100_001 + index, KLANTNR: `K${index}` });
  const klant = (index: number): Json => ({
    bronorganisatie: '123456782',
    klantnummer: `K${index}`,
    websiteUrl: 'https://www.gemeente.example',
  });
  const range = <T>(from: number, to: number, make: (index: number) => T): T[] =>
    Array.from({ length: to - from }, (_, index) => make(from + index));
  const pageOfCrm = (from: number, to: number, total: number): Example['exchanges'][number] => ({
    request: { method: 'GET', path: '/relaties', query: { VANAF: from, AANTAL: to - from } },
    answer: {
      status: 200,
      body: { STATUS: 'OK', TOTAAL: total, RELATIES: range(from, to, relation) },
    },
  });
  let set: MappingSet;

  before(async () => {
    set = await load('demo-crm');
  });

  it('fills a page of 100 klanten from two of its own', async () => {
    const example: Example = {
      about: 'The second page of 100, of 210 klanten.',
      operation: 'klant.list',
      page: 2,
      exchanges: [pageOfCrm(100, 150, 210), pageOfCrm(150, 200, 210)],
      result: { count: 210, results: range(100, 200, klant) },
    };
    expect(await differencesOf(set, example)).to.deep.equal([]);
  });

  it('gives the last page, which is not full', async () => {
    const example: Example = {
      about: 'The last page of 160 klanten: one look at how many there are, then two pages of the CRM.',
      operation: 'klant.list',
      page: 'last',
      exchanges: [pageOfCrm(0, 1, 160), pageOfCrm(100, 150, 160), pageOfCrm(150, 160, 160)],
      result: { count: 160, results: range(100, 160, klant) },
    };
    expect(await differencesOf(set, example)).to.deep.equal([]);
  });
});
