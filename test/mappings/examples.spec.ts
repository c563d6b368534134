import { readdir } from 'node:fs/promises';
import { expect } from 'chai';
import { differenceText } from '../../src/examples/difference.ts';
import type { Example } from '../../src/examples/format.ts';
import { findExamples, loadExample } from '../../src/examples/load.ts';
import { exampleClock, exampleRandom, playExample } from '../../src/examples/run.ts';
import type { JsonObject } from '../../src/json.ts';
import type { HandedBack } from '../../src/mapping/expression.ts';
import { loadForExamples } from '../../src/load.ts';
import type { MappingSet } from '../../src/mapping/set.ts';
import { klant as klantResource } from '../../src/resources/klant.ts';

const root = new URL('../../mappings/', import.meta.url).pathname;

const entries = await readdir(root, { withFileTypes: true });
const sets = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
const filesOf = new Map<string, string[]>();
for (const name of sets) filesOf.set(name, await findExamples(`${root}${name}`));

function load(name: string, handedBack: HandedBack): Promise<MappingSet> {
  return loadForExamples(`${root}${name}`, { clock: exampleClock, random: exampleRandom, handedBack });
}

/** Plays an example; an empty list means that it holds. */
async function differencesOf(set: MappingSet, example: Example): Promise<string[]> {
  return (await playExample(set, example)).differences.map(differenceText);
}

describe('the mapping sets under mappings/', () => {
  it('are there', () => {
    expect(sets).to.include('demo-crm');
  });

  for (const name of sets) {
    describe(name, () => {
      let set: MappingSet;
      const handedBack: string[] = [];

      before(async () => {
        set = await load(name, (file, why) => handedBack.push(`${file}: ${why}`));
      });

      it('has examples', () => {
        expect(filesOf.get(name)).not.to.be.empty;
      });

      for (const file of filesOf.get(name) ?? []) {
        it(file.slice(root.length), async () => {
          expect(await differencesOf(set, await loadExample(file))).to.deep.equal([]);
        });
      }

      it('is compiled, and none of its examples is left to the interpreter', () => {
        expect(set.interpreted()).to.deep.equal([]);
        expect(handedBack).to.deep.equal([]);
      });
    });
  }
});

describe('the demo CRM', () => {
  const relation = (index: number): JsonObject => ({ RELNR: 100_001 + index, KLANTNR: `K${index}` });
  const klant = (index: number): JsonObject => ({
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
    set = await load('demo-crm', () => undefined);
  });

  it('fills a page of 100 klanten from two of its own, of 50', async () => {
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

  it('has a code for every rechtsvorm, both ways', async () => {
    const words = klantResource.shapes.get('niet_natuurlijk_persoon')?.subjectIdentificatie?.fields;
    const rechtsvormen = words?.innRechtsvorm?.schema.enum ?? [];
    expect(rechtsvormen).to.have.length(19);
    for (const [index, innRechtsvorm] of rechtsvormen.entries()) {
      const columns = {
        VRIJ1: '123456782',
        KLANTNR: 'K1',
        SRT: 'O',
        RVORM: String(index + 1).padStart(2, '0'),
      };
      const organisation = {
        ...klant(1),
        subjectType: 'niet_natuurlijk_persoon',
        subjectIdentificatie: { innRechtsvorm },
      };
      const example: Example = {
        about: 'An organisation of this legal form.',
        operation: 'klant.create',
        input: organisation,
        exchanges: [
          {
            request: { method: 'GET', path: '/relaties', query: { VANAF: 0, AANTAL: 50, ZOEKNR: 'K1' } },
            answer: { status: 200, body: { TOTAAL: 0, RELATIES: [] } },
          },
          {
            request: { method: 'POST', path: '/relaties', body: { RELATIE: columns } },
            answer: { status: 200, body: { RELNR: 101001 } },
          },
          {
            request: { method: 'GET', path: '/relaties/101001' },
            answer: { status: 200, body: { RELATIE: { ...columns, RELNR: 101001 } } },
          },
        ],
        result: organisation,
      };
      expect(await differencesOf(set, example)).to.deep.equal([]);
    }
  });
});
