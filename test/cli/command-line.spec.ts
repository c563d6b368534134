import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { processLimit, programs, root } from '../kit/process.ts';
import { inside, version } from './inside.ts';

describe('klantbrug on the command line', () => {
  it('shows every command with --help, and without anything', async () => {
    const { code, out, error } = await inside(['--help']);
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    for (const command of ['serve', 'check', 'test', 'conformance', 'token']) {
      expect(out).to.match(new RegExp(`^ {2}klantbrug ${command} `, 'm'));
    }
    expect(out).to.include('--config CONFIG');
    expect(await inside([])).to.deep.equal({ code, out, error });
  });

  it('explains the options of one command', async () => {
    const { code, out } = await inside(['token', '--help']);
    expect(code).to.equal(0);
    expect(out).to.include('--client  the id of the client').and.not.include('klantbrug serve');
  });

  it('says its version', async () => {
    expect(await inside(['--version'])).to.deep.equal({ code: 0, out: `${version}\n`, error: '' });
  });

  for (const [what, args, says] of [
    [
      'an unknown command',
      ['sevre'],
      "klantbrug: there is no command 'sevre': did you mean 'serve'?\nSee klantbrug --help\n",
    ],
    [
      'an unknown option',
      ['check', '--confg', 'x.yaml'],
      "klantbrug: there is no option --confg: did you mean '--config'?\nSee klantbrug check --help\n",
    ],
    ['a missing option', ['check'], 'klantbrug: check needs --config: the configuration file\n'],
    ['an option without its value', ['check', '--config'], '--config'],
    ['too many words', ['check', '--config', 'x.yaml', 'y.yaml'], 'y.yaml'],
  ] as const) {
    it(`answers ${what} with that alone on standard error and where help is, and 2`, async () => {
      const { code, out, error } = await inside(args);
      expect({ code, out }).to.deep.equal({ code: 2, out: '' });
      expect(error)
        .to.match(/^klantbrug: /)
        .and.to.include(says);
      expect(error).to.match(/^See klantbrug (?:check )?--help\n$/m);
      expect(error.trimEnd().split('\n')).to.have.length(2);
    });
  }
});

describe('--json, where the configuration has mistakes', () => {
  for (const args of [['check'], ['test'], ['try', 'klant.list'], ['conformance']]) {
    it(`is one JSON document of klantbrug ${args.join(' ')}, with 1`, async () => {
      const { code, out, error } = await inside([...args, '--config', 'gone.yaml', '--json']);
      expect({ code, error }).to.deep.equal({ code: 1, error: '' });
      const { mistakes } = JSON.parse(out) as { mistakes: string[] };
      expect(mistakes).to.have.length(1);
      expect(mistakes[0]).to.match(/^gone\.yaml: expected a YAML file that can be read/);
    });
  }
});

describe('klantbrug as a process', function () {
  this.timeout(processLimit);
  const program = programs();

  it('says the version of the package, and ends with 0', async () => {
    const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(await program.result(['--version'])).to.deep.equal({
      code: 0,
      out: `${manifest.version}\n`,
      error: '',
    });
  });

  it('ends with 2 for a command that there is not', async () => {
    const { code, out, error } = await program.result(['sevre']);
    expect({ code, out }).to.deep.equal({ code: 2, out: '' });
    expect(error).to.match(
      /^klantbrug: there is no command 'sevre': did you mean 'serve'\?\nSee klantbrug --help\n$/,
    );
  });
});
