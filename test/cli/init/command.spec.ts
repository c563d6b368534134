import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { inside } from '../inside.ts';
import { made } from './made.ts';

describe('klantbrug init', function () {
  this.timeout(200_000);

  it('makes a set for a CRM as there are many, in which everything plays, and says what is next', () =>
    made({}, async ({ code, out, folder, checked }) => {
      expect(code).to.equal(0);
      expect(out).to.match(/Next:\n {2}1\. .*\n {2}2\. .*\n {2}3\. .* never written in a file:\n/);
      expect(out)
        .to.match(/^ {7}export KLANTBRUG_CLIENT_SECRET='…' {3}# .* 32 characters or more$/m)
        .and.match(/^ {7}export CRM_KEY='…' {3}# /m)
        .and.match(/ {2}4\. .*try klant\.list --config \S+ours\.yaml --send\n {2}5\. .*serve .* --watch\n$/);
      const { codes, check, test } = await checked();
      expect(codes, check + test).to.deep.equal([0, 0]);
      expect(test).to.match(/^7 examples of The CRM ours: all hold\n$/);
      expect(await readFile(path.join(folder, 'mappings/mapping.schema.json'), 'utf8')).to.contain('"klant"');
    }));

  it('never overwrites a file, and makes nothing when one is there', () =>
    made({}, async ({ folder }) => {
      const file = path.join(folder, 'mappings/ours/mapping.yaml');
      await writeFile(file, 'mine');
      const again = await inside(['init', 'ours', '--folder', folder]);
      expect(again.code).to.equal(1);
      expect(again.error).to.contain(`${file}: it is there already; expected another NAME`);
      expect(await readFile(file, 'utf8')).to.equal('mine');
    }));

  it('wants one name that can be that of a folder', async () => {
    for (const words of [[], ['a', 'b'], ['../a'], ['A'], ['']]) {
      const { code, error } = await inside(['init', ...words]);
      expect(code, words.join(' ')).to.equal(2);
      expect(error).to.contain('init needs one NAME');
    }
  });

  it('tells of a sample that is no JSON without a piece of it', () =>
    made({}, async ({ folder }) => {
      const file = path.join(folder, 'given.sample');
      await writeFile(file, '{"naam": Geheim}');
      const { code, error } = await inside(['init', 'other', '--folder', folder, '--sample', file]);
      expect(code).to.equal(1);
      expect(error).to.contain('an answer of the CRM, as JSON').and.not.contain('Geheim');
    }));
});
