import { expect } from 'chai';
import { configTable } from '../../src/config/documentation.ts';
import { behaviourDifferences } from '../../src/conformance/differences.ts';
import { conformanceDocument } from '../../src/conformance/document.ts';
import type { Evidence } from '../../src/conformance/evidence.ts';
import { declaredApis, operationsOf } from '../../src/conformance/operations.ts';
import { rulings } from '../../src/conformance/rulings.ts';
import { resources } from '../../src/resources/index.ts';

const ruleIds = [...new Set(resources.flatMap(({ rules }) => rules.map(({ id }) => id)))];

/** What a run would leave in which every rule has a file of its own, and every operation was carried out. */
const everything: Evidence = {
  tests: ruleIds.map((id) => ({ file: `test/rules/${id}.spec.ts`, title: 'holds' })),
  answers: declaredApis().flatMap((api) =>
    operationsOf(api).map(({ method, path }) => ({
      file: 'test/api/all.spec.ts',
      method,
      path: `/${api}/api/v1${path.replaceAll(/\{\w+\}/g, '{}')}`,
      status: method === 'POST' ? 201 : 200,
    })),
  ),
};

/** The row of a table that begins with a cell. */
function row(evidence: Evidence, first: string): string | undefined {
  return conformanceDocument(evidence)
    .text.split('\n')
    .find((line) => line.startsWith(`| ${first} |`));
}

describe('docs/CONFORMANCE.md', () => {
  it('has every rule, every operation and every ruling, and misses no proof', () => {
    const { text, unproven } = conformanceDocument(everything);
    expect(unproven).to.deep.equal([]);
    for (const id of ruleIds) expect(text).to.match(new RegExp(`^\\| ${id} \\|`, 'm'));
    for (const { id } of declaredApis().flatMap((api) => operationsOf(api))) {
      expect(text).to.include(`| \`${id}\` |`);
    }
    expect(rulings.map(({ id }) => id)).to.deep.equal(Array.from({ length: 16 }, (_, at) => `R${at + 1}`));
    for (const { id } of rulings) expect(text).to.match(new RegExp(`^\\| ${id} \\|`, 'm'));
  });

  it('names the rule that no test proves', () => {
    const tests = everything.tests.filter(({ file }) => !file.includes('cm-003'));
    expect(conformanceDocument({ ...everything, tests }).unproven).to.deep.equal(['cm-003']);
  });

  for (const [what, change] of [
    ['was not seen', () => []],
    ['was refused only', (answer: Evidence['answers'][number]) => [{ ...answer, status: 404 }]],
    [
      'happened in a random sequence only',
      (answer: Evidence['answers'][number]) => [{ ...answer, file: 'test/properties/some.spec.ts' }],
    ],
  ] as const) {
    it(`names an operation that ${what}`, () => {
      const answers = everything.answers.flatMap((answer) =>
        answer.method === 'DELETE' && answer.path === '/klanten/api/v1/klanten/{}'
          ? change(answer)
          : [answer],
      );
      expect(conformanceDocument({ ...everything, answers }).unproven).to.deep.equal([
        'klanten klant_delete',
      ]);
    });
  }

  it('counts the tests whose title names a rule, but not a longer name', () => {
    const more = [
      { file: 'test/klant/update.spec.ts', title: 'an update keeps kla-001, whatever it changes' },
      { file: 'test/klant/update.spec.ts', title: 'an update is not about kla-0011, nor about kla-001-b' },
    ];
    expect(row({ ...everything, tests: [...everything.tests, ...more] }, 'kla-001')).to.match(
      /\| 2 \| \[klant\/update\]\(\.\.\/test\/klant\/update\.spec\.ts\), \[rules\/kla-001\]\(\S+\) \|$/,
    );
  });

  it('counts the tests whose title names a ruling, and not those of another one', () => {
    const tests = [
      ...everything.tests,
      { file: 'test/api/hosts.spec.ts', title: 'links of the host (ruling R1)' },
      { file: 'test/pages/errors.spec.ts', title: 'ruling R13' },
    ];
    expect(row({ ...everything, tests }, 'R1')).to.match(/\| 1 \| \[api\/hosts\]\(\S+\) \|$/);
  });

  it('names folders where there are many files', () => {
    const [first] = everything.answers;
    const files = [1, 2, 3, 4].map((number) => `test/klant/${number}.spec.ts`);
    const more = first ? files.map((file) => ({ ...first, file })) : [];
    const written = row({ ...everything, answers: [...everything.answers, ...more] }, '`klant_list`');
    expect(written).to.include('5 files: [api](../test/api) (1), [klant](../test/klant) (4)');
  });

  it('does not depend on the order in which tests ran', () => {
    const { tests, answers } = everything;
    const backwards = { tests: [...tests].reverse(), answers: [...answers].reverse() };
    expect(conformanceDocument(backwards).text).to.equal(conformanceDocument(everything).text);
  });

  it('names only keys that the configuration has', () => {
    const known = new Set([...configTable().matchAll(/^\| `([^`]+)`/gm)].map(([, key]) => key));
    const named = [...rulings, ...behaviourDifferences].flatMap(({ switches }) => switches ?? []);
    expect(named).to.not.be.empty;
    expect(named.filter((key) => !known.has(key))).to.deep.equal([]);
  });
});
