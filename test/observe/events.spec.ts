import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { levels } from '../../src/observe/events.ts';
import { failureCodes } from '../../src/mapping/limits.ts';
import { eventTable, translationTable } from '../../src/observe/documentation.ts';
import { meaningOfCode } from '../../src/observe/meanings.ts';
import { root } from '../kit/process.ts';

/** Words that the source gives an event as its `code` or `reason`, as texts of its own. */
async function wordsOf(file: string, pattern: RegExp): Promise<string[]> {
  const text = await readFile(path.join(root, file), 'utf8');
  return [...text.matchAll(pattern)].map(([, word = '']) => word);
}

/** An event of a translation that failed, with the code that it is given. */
const failed = /event: 'translation-failed',[^]{0,150}?code: '([\w-]+)'/g;

describe('docs/events.md', () => {
  let document = '';
  before(async () => {
    document = await readFile(path.join(root, 'docs/events.md'), 'utf8');
  });

  it('has a row for every event, as loud as it is, and is up to date', () => {
    for (const [event, level] of Object.entries(levels))
      expect(document).to.include(`\n| \`${event}\` | ${level} | `);
    expect(document).to.include(eventTable()).and.to.include(translationTable(failureCodes));
  });

  it('has every code of a list that is none, and of a helper that stopped', async () => {
    const codes = [
      ...(await wordsOf('src/register/stretch.ts', /noList\('([\w-]+)'/g)),
      ...(await wordsOf('src/register/list.ts', failed)),
      ...(await wordsOf('src/register/plan.ts', failed)),
      ...Object.keys(failureCodes),
    ];
    expect(codes).to.include.members(['incomplete-list', 'not-exact', 'malformed-request', 'K0001']);
    expect(codes.filter((code) => !document.includes(`\n| \`${code}\` | `))).to.deep.equal([]);
  });

  it('explains the codes of JSONata that authors meet', () => {
    for (const code of [
      'T0410',
      'T0411',
      'T0412',
      'T1005',
      'T2001',
      'T2010',
      'D1012',
      'D1011',
      'D2015',
      'D3030',
    ])
      expect(meaningOfCode(code), code).to.be.an('object');
    expect(meaningOfCode('D1012')?.action).to.include('limits.timeMs');
    expect(meaningOfCode('T1003')).not.to.equal(meaningOfCode('T1005'));
    expect(meaningOfCode('X9999')).to.equal(undefined);
  });
});
