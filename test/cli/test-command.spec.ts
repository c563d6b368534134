import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { processLimit } from '../kit/process.ts';
import { temporaryFiles } from './config.ts';
import { inside, insideUntilStopped } from './inside.ts';

describe('klantbrug test', function () {
  this.timeout(processLimit);
  const files = temporaryFiles();
  let config = '';

  /** Names a mapping set, and nothing of what only a gateway needs: no secret, no client. */
  async function configFor(folder: string): Promise<void> {
    config = await files.write('config.yaml', {
      mapping: { folder },
      backends: { crm: {}, bijregister: {} },
    });
  }
  const test = (...args: string[]) => inside(['test', '--config', config, ...args]);

  describe('on a set that is right', () => {
    const set = mappingCopy({});
    before(() => configFor(set.folder));

    it('plays the examples of one resource, and ends with 0', async () => {
      const { code, out, error } = await test('verzoekproduct');
      expect({ code, error }).to.deep.equal({ code: 0, error: '' });
      expect(out).to.match(/^\d\d examples of RELBEHEER, the demonstration's CRM: all hold\n$/);
    });

    it('plays those of one operation, and those that a piece of a name or of an about tells', async () => {
      const files = async (...names: string[]) => {
        const { examples } = JSON.parse((await test('--json', ...names)).out) as {
          examples: { file: string }[];
        };
        return examples.map(({ file }) => path.basename(file));
      };
      expect(await files('klant.delete')).to.deep.equal([
        'klant.delete.done.yaml',
        'klant.delete.not-found.yaml',
      ]);
      expect(await files('dirty-VALUES', 'audittrail.read')).to.deep.equal([
        'audittrail.read.not-found.yaml',
        'contactmoment.read.dirty-values.yaml',
        'klant.read.dirty-values.yaml',
        'verzoek.read.dirty-values.yaml',
      ]);
      expect(await files('the order of')).to.deep.equal([]);
    });

    it('ends with 1 when a name tells no example', async () => {
      const { code, out } = await test('klnt');
      expect(code).to.equal(1);
      expect(out).to.match(/^No example in .* is about klnt\.\n$/);
    });

    it('changes nothing with --update', async () => {
      const before = await exampleIn(set.folder, 'klant.read.one-trade-name.yaml');
      expect((await test('--update', 'klant.read')).out).to.match(/: all hold\n$/);
      expect(await exampleIn(set.folder, 'klant.read.one-trade-name.yaml')).to.equal(before);
    });

    it('refuses --json with --watch', async () => {
      const { code, error } = await test('--json', '--watch');
      expect(code).to.equal(2);
      expect(error).to.match(/^klantbrug: test .*--watch/);
    });

    it('explains its words in its help', async () => {
      const { out } = await inside(['test', '--help']);
      expect(out).to.include(
        'klantbrug test --config CONFIG [--update] [--turn] [--watch] [--json] [NAME …]',
      );
      expect(out).to.match(/^ {6}NAME {2}only these: /m);
    });
  });

  describe('on a set with a mistake in it', () => {
    const set = mappingCopy({
      'klant.from-crm.jsonata': [['"achternaam": ANAAM', '"achternaam": $uppercase(ANAAM)']],
      'klant.delete.jsonata': [['"relaties"', '"relatie"']],
      'examples/klant.list.none.yaml': [['operation: klant.list', 'operation: klant.lst']],
    });
    before(() => configFor(set.folder));

    it('tells each difference with file and line, the example against what came, and ends with 1', async () => {
      const { code, out } = await test('klant.delete', 'klant.read.natuurlijk-persoon');
      expect(code).to.equal(1);
      const text = await exampleIn(set.folder, 'klant.read.natuurlijk-persoon.yaml');
      const line = text.split('\n').findIndex((one) => one.startsWith('  achternaam:')) + 1;
      const about = /^about: (.*)$/m.exec(text)?.[1] ?? '';
      expect(out).to.include(`klant.read.natuurlijk-persoon.yaml:${line}:3 klant.read: ${about}\n`);
      const name = /^ {2}achternaam: (.*)$/m.exec(text)?.[1] ?? '';
      expect(out).to.include(
        `  result.achternaam (line ${line})\n    - "${name}"\n    + "${name.toUpperCase()}"\n`,
      );
      expect(out).to.match(
        /klant\.delete\.done\.yaml:\d+:\d+ klant\.delete: .*\n {2}exchanges\[1\]\.request\.path \(line \d+\)\n {4}- "\/relaties\/100042"\n {4}\+ "\/relatie\/100042"\n/,
      );
      expect(out).to.match(/^3 examples of .*: 3 do not hold \(- what the example says, \+ what came\)$/m);
    });

    it('tells what is wrong in an example file, with its place', async () => {
      const { code, out } = await test('klant.list.none');
      expect(code).to.equal(1);
      expect(out).to.match(/klant\.list\.none\.yaml:\d+:\d+ operation: expected .*klant\.lst/);
      expect(out).to.match(/^1 example of .*: 1 do not hold$/m);
    });

    it('gives one JSON document with --json', async () => {
      const { code, out } = await test('--json', 'klant.delete.not-found');
      expect(code).to.equal(1);
      const { examples, ...totals } = JSON.parse(out) as { examples: Record<string, unknown>[] };
      expect(totals).to.include({ played: 1, failed: 1, updated: 0 });
      expect(examples[0]).to.include({ operation: 'klant.delete', holds: false, updated: false });
      expect(examples[0]?.differences).to.deep.include({
        path: 'exchanges[1].request.path',
        line: 7,
        column: 32,
        expected: '"/relaties/100042"',
        got: '"/relatie/100042"',
      });
    });

    it('colours only where a person reads along', async () => {
      const args = ['test', '--config', config, 'klant.delete'];
      expect((await inside(args)).out).not.to.include('\u001b[');
      expect((await inside(args, {}, { interactive: true })).out).to.include(
        '\u001b[32m    + "/relatie/100042"',
      );
    });
  });

  describe('with --update', () => {
    const read = `# Seen at a hairdresser's
about: A name.
operation: klant.read
id: 100014
exchanges:
  # the only request
  - request: { method: GET, path: /relatie/100014 } # by number
    answer: { status: 200, body: { STATUS: OK, RELATIE: { RELNR: 100014, KLANTNR: K0000140, ANAAM: Krul } } }
result:
  # from the settings
  bronorganisatie: '123456782'
  websiteUrl: https://www.gemeente.example
  klantnummer: K0000140
  voornaam: Jan # gone
`;
    const gone = read
      .replace(/STATUS: OK.*\n/, 'FOUT: { CODE: REL404 } } }\n')
      .replace('relatie/', 'relaties/');
    const found = read
      .replace('relatie/', 'relaties/')
      .replace(/result:[^]*$/, 'problem: { status: 404, code: not_found }\n');
    // A delete has no result to say that it is done.
    const refused = `about: A delete of somebody.
operation: klant.delete
id: 100042
exchanges:
  - request: { method: GET, path: /relaties/100042 }
    answer: { status: 404, body: { FOUT: { CODE: REL404 } } }
`;
    const unanswered = `about: A delete without an answer.
operation: klant.delete
id: 100042
exchanges:
  - request: { method: GET, path: /relaties/100042 }
    answer: { status: 200, body: { STATUS: OK, RELATIE: { RELNR: 100042, KLANTNR: K0000224 } } }
`;
    // Only what an author knows: the question, and what the CRM says.
    const unsaid = read.replace(/request: .*\n/, 'request: {} # by number\n').replace(/result:[^]*$/, '');
    const nobody = gone.replace(/result:[^]*$/, '');
    const failing = unsaid.replace(/answer: .*\n/, 'answer: { status: 500 }\n');
    const set = mappingCopy({
      'examples/klant.read.unsaid.yaml': unsaid,
      'examples/klant.read.nobody.yaml': nobody,
      'examples/klant.read.failing.yaml': failing,
      'examples/klant.read.hairdresser.yaml': read,
      'examples/klant.read.gone.yaml': gone,
      'examples/klant.read.found.yaml': found,
      'examples/klant.delete.refused.yaml': refused,
      'examples/klant.delete.unanswered.yaml': unanswered,
    });
    before(() => configFor(set.folder));

    it('writes what came into the file, says what, and leaves the rest of it as it is', async () => {
      const { code, out } = await test('--update', 'klant.read.hairdresser');
      expect(code).to.equal(0);
      expect(out).to.include('updated: klant.read: A name.\n  exchanges[0].request.path (line 7)\n');
      expect(out).to.match(/^1 example of .*: all hold, 1 of them updated$/m);
      expect(await exampleIn(set.folder, 'klant.read.hairdresser.yaml')).to.equal(
        read
          .replace('/relatie/', '/relaties/')
          .replace('  voornaam: Jan # gone\n', '')
          .replace('K0000140\n', 'K0000140\n  achternaam: Krul\n'),
      );
      expect((await test('klant.read.hairdresser')).out).to.match(/: all hold\n$/);
    });

    for (const [what, name, before, after] of [
      ['a result into a problem', 'klant.read.gone', gone, /result:[^]*$/],
      ['a problem into a result', 'klant.read.found', found, /problem:[^]*$/],
    ] as const) {
      it(`never turns ${what}, says so, and does with --turn`, async () => {
        const kept = await test('--update', name);
        expect(kept.code).to.equal(1);
        expect(kept.out).to.match(/^ {2}not updated: the (result|problem) became a (problem|result)/m);
        expect(kept.out)
          .to.match(/: 1 do not hold/)
          .and.to.contain('--update --turn writes that');
        expect(await exampleIn(set.folder, `${name}.yaml`)).to.equal(before);

        const turned = await test('--update', '--turn', name);
        expect(turned.code).to.equal(0);
        expect(turned.out).to.match(/all hold, 1 of them updated$/m);
        const text = await exampleIn(set.folder, `${name}.yaml`);
        expect(text).not.to.match(after);
        expect(text).to.contain(
          what.endsWith('problem') ? 'problem: { status: 404, code: not_found }' : 'achternaam: Krul',
        );
      });
    }

    it('writes what an example does not say yet: a request, a result, a problem', async () => {
      const alone = await test('klant.read.unsaid');
      expect(alone.code).to.equal(1);
      expect(alone.out).to.match(/klant\.read\.unsaid\.yaml:\d+:\d+ result: missing; .*test --update writes/);
      expect(alone.out).to.match(/:\d+:\d+ exchanges\[0\]\.request: it is not said what is asked for; /);

      const { code, out } = await test('--update', 'klant.read.unsaid', 'klant.read.nobody');
      expect(code, out).to.equal(0);
      expect(out).to.match(/^2 examples of .*: all hold, 2 of them updated$/m);
      const text = await exampleIn(set.folder, 'klant.read.unsaid.yaml');
      expect(text)
        .to.match(/method: GET\n? *,? *path: \/relaties\/100014/)
        .and.to.contain('# by number');
      expect(text).to.match(/^result:\n( {2}.*\n)* {2}achternaam: Krul$/m);
      expect(await exampleIn(set.folder, 'klant.read.nobody.yaml')).to.match(
        /^problem: \{ status: 404, code: not_found \}$/m,
      );
      expect((await test('klant.read.unsaid', 'klant.read.nobody')).out).to.match(/: all hold\n$/);
    });

    it('writes no failure of the set into an example that does not say what comes of it', async () => {
      const { code, out } = await test('--update', 'klant.read.failing');
      expect(code).to.equal(1);
      expect(out).to.match(
        /^ {2}not updated: the set answers 502 bad_gateway: --update --turn writes that$/m,
      );
      expect(await exampleIn(set.folder, 'klant.read.failing.yaml')).to.equal(failing);
    });

    it('tells a machine why, and has no --turn by itself', async () => {
      const { out } = await test('--update', '--json', 'klant.delete.refused');
      const { examples } = JSON.parse(out) as { examples: Record<string, unknown>[] };
      expect(examples[0]?.notUpdated).to.match(/^the result became a problem \(404 not_found\): /);
      const { code, error } = await test('--turn', 'klant.read.gone');
      expect(code).to.equal(2);
      expect(error).to.contain('--turn goes with --update');
    });

    it('leaves an example alone that asks for more than it has answers for', async () => {
      const { code, out } = await test('--update', 'klant.delete.unanswered');
      expect(code).to.equal(1);
      expect(out).to.include('    - no further request\n    + DELETE /relaties/100042\n');
      expect(out).to.match(/^ {2}not updated: no exchange has an answer to this request/m);
      expect(await exampleIn(set.folder, 'klant.delete.unanswered.yaml')).to.equal(unanswered);
    });
  });

  describe('with --watch', () => {
    const set = mappingCopy({});
    before(() => configFor(set.folder));

    it('plays again after each change, lives through a set that is wrong, and ends with 0', async () => {
      const place = path.join(set.folder, 'klant.delete.jsonata');
      const example = path.join(set.folder, 'examples', 'klant.delete.done.yaml');
      const right = await readFile(place, 'utf8');
      const watching = insideUntilStopped(
        ['test', '--config', config, '--watch', 'klant.delete'],
        processLimit,
      );
      expect(await watching.writes('Waiting for a change')).to.match(/^2 examples of .*: all hold$/m);

      await writeFile(place, '{ "method"');
      expect(await watching.writes('Waiting for a change')).to.match(/klant\.delete\.jsonata:1:\d+: /);

      await writeFile(place, right.replace('"relaties"', '"relatie"'));
      expect(await watching.writes('Waiting for a change')).to.match(/: 2 do not hold/);

      await writeFile(place, right);
      expect(await watching.writes('Waiting for a change')).to.match(/: all hold$/m);

      await writeFile(example, (await readFile(example, 'utf8')).replace('/relaties', '/relatie'));
      expect(await watching.writes('Waiting for a change')).to.match(/: 1 do not hold/);

      expect(await watching.stop()).to.equal(0);
    });
  });

  it('tells of a set that is wrong, and of a configuration that names none', async () => {
    await configFor(files.place('none'));
    const { code, error } = await test();
    expect(code).to.equal(1);
    expect(error).to.match(/none\/mapping\.yaml: expected a YAML file that can be read/);
    const { code: jsonCode, out } = await test('--json');
    expect(jsonCode).to.equal(1);
    expect(JSON.parse(out)).to.have.nested.property('mistakes.length', 1);

    config = await files.write('without.yaml', { backends: {} });
    const without = await test('--watch');
    expect(without.code).to.equal(1);
    expect(without.error).to.match(/without\.yaml:1:1 mapping\.folder: expected the folder of a mapping set/);
  });
});

function exampleIn(folder: string, name: string): Promise<string> {
  return readFile(path.join(folder, 'examples', name), 'utf8');
}
