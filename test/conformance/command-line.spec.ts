import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { help, readCommandLine, UsageError } from '../../src/conformance/run/options.ts';
import { temporaryFiles } from '../cli/config.ts';
import { processLimit, programs } from '../kit/process.ts';
import { closedPort } from '../rules/registers.ts';
import { gatewayToTry } from './places.ts';

const base = 'http://127.0.0.1:8080';
const secret = { CONFORMANCE_SECRET: 'x' };

/** The sentence with which a command line is refused; undefined when it is not. */
function refusal(args: readonly string[], environment: Record<string, string> = secret): string | undefined {
  try {
    readCommandLine(args, environment);
    return undefined;
  } catch (error) {
    expect(error).to.be.instanceOf(UsageError);
    return error instanceof Error ? error.message : '';
  }
}

/** What the options of a run come to. */
function optionsOf(...args: readonly string[]) {
  const command = readCommandLine(['--client-id', 'all', ...args], secret);
  if (command.kind !== 'run') throw new Error(command.kind);
  return command.options;
}

describe('the options of the conformance run', () => {
  const sound = ['--base', base, '--client-id', 'all'];

  for (const [args, sentence] of [
    [['--client-id', 'all'], 'it needs --base URL, or the URL of at least one API'],
    [['--base', base], 'it needs --client-id ID'],
    [['--base', 'ftp://host', '--client-id', 'all'], '--base is no http or https URL'],
    [['--kic', 'nergens', '--client-id', 'all'], '--kic is no http or https URL'],
    [[...sound, '--only', '('], '--only is no regular expression'],
    [[...sound, '--bronorganisatie', '123456789'], '--bronorganisatie is no RSIN'],
    [[...sound, '--timeout', '0'], '--timeout is no number of seconds'],
    [[...sound, '--stand-ins', '127.0.0.1'], '--stand-ins is no HOST:PORT'],
    [[...sound, '--stand-ins', 'host:65536'], '--stand-ins is no HOST:PORT'],
    [[...sound, '--stand-ins-url', 'host'], '--stand-ins-url is no http or https URL'],
    [[...sound, '--zaak', 'geen-url'], '--zaak is no http or https URL'],
    [
      [...sound, '--client-id-without-scopes', 'none'],
      'the secret of none has to be in the environment variable CONFORMANCE_SECRET_WITHOUT_SCOPES',
    ],
  ] as const) {
    it(`refuse ${args.filter((arg) => !sound.includes(arg)).join(' ') || args.join(' ')}`, () => {
      expect(refusal(args)).to.equal(sentence);
    });
  }

  it('refuse what is no option, and an argument', () => {
    expect(refusal([...sound, '--onbekend'])).to.include('--onbekend');
    expect(refusal([...sound, 'elders'])).to.include('elders');
  });

  it('take the secret from the environment only', () => {
    expect(refusal(sound, {})).to.equal(
      'the secret of all has to be in the environment variable CONFORMANCE_SECRET',
    );
    expect(refusal(sound)).to.equal(undefined);
  });

  it('find the three APIs under --base, and look for the Klantinteracties API there', () => {
    const { bases, optionalBase } = optionsOf('--base', `${base}/`);
    expect(Object.fromEntries(bases)).to.deep.equal({
      klanten: `${base}/klanten/api/v1`,
      contactmomenten: `${base}/contactmomenten/api/v1`,
      verzoeken: `${base}/verzoeken/api/v1`,
    });
    expect(optionalBase).to.equal(`${base}/kic/api/v1`);
  });

  it('take the place of each by itself', () => {
    const { bases, optionalBase } = optionsOf('--kic', `${base}/oud/`);
    expect(Object.fromEntries(bases)).to.deep.equal({ kic: `${base}/oud` });
    expect(optionalBase).to.equal(undefined);
  });
});

describe('npm run conformance', function () {
  this.timeout(processLimit);
  const { start } = programs();
  const files = temporaryFiles();
  const nobody = closedPort();
  const { gateway, commandLine } = gatewayToTry({ rules: { 'kla-001': 'off' } });

  const begun = (args: readonly string[], environment: Readonly<Record<string, string>> = secret) =>
    start('src/conformance/main.ts', args, { environment });

  const ended = async (...given: Parameters<typeof begun>) => {
    const program = begun(...given);
    const code = await program.ended;
    return { code, out: program.out, error: program.error };
  };

  /** Against the gateway, to its end. */
  const tried = (...more: readonly string[]) => {
    const { args, environment, standIns } = commandLine();
    const isWithout = more.includes('--no-stand-ins') || more.includes('--stand-ins');
    return ended([...args, ...(isWithout ? [] : standIns), ...more], environment);
  };

  it('shows its options and its checks, and runs nothing', async () => {
    expect(await ended(['--help'])).to.deep.equal({ code: 0, out: `${help}\n`, error: '' });
    const { code, out } = await ended(['--list', '--only', '^kic\\.klant_read\\.e']);
    expect({ code, out }).to.deep.equal({
      code: 0,
      out: 'kic.klant_read.etag: a quoted ETag, and 304 for who has it\n',
    });
  });

  it('exits with 2 for a command line that it cannot read, and says why', async () => {
    const { code, out, error } = await ended(['--base', base, '--timeout', 'lang']);
    expect({ code, out }).to.deep.equal({ code: 2, out: '' });
    expect(error).to.equal('it needs --client-id ID\n\n--help says how to use it.\n');
  });

  it('exits with 2 where nobody answers', async () => {
    const { code, error } = await ended(['--base', nobody.origin, '--client-id', 'all']);
    expect(code).to.equal(2);
    expect(error).to.match(/^The klanten API does not answer at http\S+\.\n$/);
  });

  it('exits with 2 where the stand-ins cannot listen, and does without them when told so', async () => {
    const only = ['--only', '^(klant_read.created|kla-002)'];
    const { host } = new URL(commandLine().args[1] ?? '');
    const taken = await tried(...only, '--stand-ins', host);
    expect(taken.code).to.equal(2);
    expect(taken.error).to.equal(`The stand-ins cannot listen at ${host}.\n`);

    const { code, out } = await tried(...only, '--stand-ins', host, '--no-stand-ins');
    expect(code).to.equal(0);
    expect(out).to.match(/^ok {3}klant_read\.created: /m);
    expect(out).to.match(/^ {2}- {2}kla-002\.subject: .*\(it takes --exists URL, or the stand-ins\)$/m);
    expect(out).to.match(/^ {2}kla-002 +not tried +1 not tried: it takes --exists URL, or the stand-ins$/m);
    expect(out).to.match(/^2 checks: 1 passed, 0 failed, 1 not tried\.$/m);
  });

  it('exits with 2 where there is nothing to try', async () => {
    const { code, error } = await tried('--only', '^bestaat-niet$');
    expect({ code, error: error.slice(0, 25) }).to.deep.equal({
      code: 2,
      error: 'No check matches --only. ',
    });
  });

  it('leaves out the Klantinteracties API where it is not served, unless that was asked for', async () => {
    const { code, out } = await tried('--only', 'klant_read.created');
    expect(code).to.equal(0);
    expect(out).to.match(
      /^kic\n {2}left out: The kic API is not served at \S+\/kic\/api\/v1: \S+ is a 404\.$/m,
    );
    expect(out).to.match(/^1 checks: 1 passed/m);
    const asked = await tried('--kic', `${commandLine().args[1] ?? ''}/kic/api/v1`);
    expect(asked.code).to.equal(2);
    expect(asked.error).to.match(/^The kic API is not served at /);
  });

  it('exits with 1 for a failure, and writes it to the JUnit file, in a folder of its own', async () => {
    const file = files.place('nieuw/diep/junit.xml');
    const { code, out } = await tried('--only', '^(kla-001.unique|klant_read.created)$', '--junit', file);
    expect(code).to.equal(1);
    expect(out).to.match(/^FAIL kla-001\.unique: /m);
    const xml = await readFile(file, 'utf8');
    expect(xml).to.match(/<testsuite name="klanten" tests="1" failures="0" skipped="0"/);
    expect(xml).to.match(/<testsuite name="rules" tests="1" failures="1" skipped="0"/);
    expect(xml).to.match(/name="kla-001\.unique: [^"]+" time="[\d.]+"><failure message="/);
    expect(xml).not.to.include('name="kic"');
  });

  it('exits with 2 when the JUnit file cannot be written, after the report', async () => {
    const file = path.join(await files.write('bestand', {}), 'junit.xml');
    const { code, out, error } = await tried('--only', '^klant_read.created$', '--junit', file);
    expect(code).to.equal(2);
    expect(out).to.match(/^1 checks: 1 passed, 0 failed, 0 not tried\.$/m);
    expect(error).to.equal(`The JUnit file ${file} cannot be written.\n`);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`after ${signal} it leaves the rest, removes what it made, and exits with 2`, async () => {
      const { args, environment, standIns } = commandLine();
      const program = begun([...args, ...standIns, '--only', '^(klant|contactmoment)_'], environment);
      await program.writes('ok   klant_create.complete');
      program.kill(signal);
      expect(await program.ended).to.equal(2);
      expect(program.error).to.equal('Stopping: what was made is removed first.\n');
      expect(program.out).to.match(/^ {2}- {2}contactmoment_delete\.\S+: .*\(the run was stopped\)$/m);
      expect(program.out).to.match(/^\d+ checks: \d+ passed, 0 failed, \d+ not tried\.$/m);
      expect(program.out).not.to.include('could not be removed');
      const { text } = await gateway.list('klanten', 'klanten?page=last');
      expect(text).not.to.include('"conf-');
    });
  }
});
