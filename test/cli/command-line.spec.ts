import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { processLimit, programs, root } from '../kit/process.ts';

describe('klantbrug on the command line', function () {
  this.timeout(processLimit);
  const { result } = programs();

  it('shows every command with --help', async () => {
    const { code, out, error } = await result(['--help']);
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    for (const command of ['serve', 'check', 'token'])
      expect(out).to.match(new RegExp(`^ {2}klantbrug ${command} `, 'm'));
    expect(out).to.include('--config CONFIG');
  });

  it('explains the options of one command', async () => {
    const { code, out } = await result(['token', '--help']);
    expect(code).to.equal(0);
    expect(out).to.include('--client  the id of the client').and.not.include('klantbrug serve');
  });

  it('says its version', async () => {
    const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(await result(['--version'])).to.deep.equal({ code: 0, out: `${version}\n`, error: '' });
  });

  for (const [what, args, says] of [
    ['an unknown command', ['sevre'], "klantbrug: there is no command 'sevre'\n"],
    ['an unknown option', ['check', '--confg', 'x.yaml'], '--confg'],
    ['a missing option', ['check'], 'klantbrug: check needs --config: the configuration file\n'],
    ['an option without its value', ['check', '--config'], '--config'],
    ['too many words', ['check', '--config', 'x.yaml', 'y.yaml'], 'y.yaml'],
  ] as const) {
    it(`answers ${what} with the usage on standard error, and 2`, async () => {
      const { code, out, error } = await result(args);
      expect({ code, out }).to.deep.equal({ code: 2, out: '' });
      expect(error)
        .to.match(/^klantbrug: /)
        .and.to.include(says)
        .and.to.include('klantbrug serve --config CONFIG');
    });
  }
});
