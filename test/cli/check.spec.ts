import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { soundSet } from '../mapping/set.ts';
import { processLimit, programs } from '../kit/process.ts';
import { environment, soundConfig, temporaryFiles } from './config.ts';
import { inside } from './inside.ts';

describe('klantbrug check', function () {
  this.timeout(processLimit);
  const files = temporaryFiles();
  const program = programs();
  const check = (config: string) => inside(['check', '--config', config], environment);
  const config = soundConfig({ port: 8080, crmUrl: 'http://127.0.0.1:9' });

  /** Writes a mapping set into a folder of its own. */
  async function writeSet(name: string, set: Readonly<Record<string, string>>): Promise<string> {
    await mkdir(files.place(name));
    for (const [file, text] of Object.entries(set)) await files.write(path.join(name, file), text);
    return name;
  }

  it('says that the demonstration is right, and what it can do', async () => {
    const { code, out, error } = await program.result(['check', '--config', 'config/demo.yaml']);
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    expect(out).to.include('demo.yaml: no mistakes');
    expect(out).to.include('klant: list, create, read, update, partial_update, delete');
    expect(out)
      .to.include('subjectNatuurlijkPersoon__inpBsn narrows')
      .and.to.include('functie by the gateway');
    expect(out).to.include('audittrail: list, create, read, update, partial_update, delete');
    expect(out).to.include('backends: crm');
  });

  it('says that a set without writes is right, and leaves out what it cannot do', async () => {
    const readOnly = soundSet['mapping.yaml'].replace(/ {4}(create|update|delete): .*\n/g, '');
    const folder = await writeSet('read-only', { ...soundSet, 'mapping.yaml': readOnly });
    const file = await files.write('read-only.yaml', { ...config, mapping: { folder } });
    const { code, out } = await check(file);
    expect(code).to.equal(0);
    expect(out).to.match(/^ {2}klant: list, read$/m);
    expect(out).to.match(/^ {2}audittrail: none, so no write is kept/m);
  });

  it('tells all mistakes of the configuration and of its mapping set together, and ends with 1', async () => {
    const folder = await writeSet('wrong', {
      ...soundSet,
      'mapping.yaml': soundSet['mapping.yaml']
        .replace('  klant:\n    backend: crm', '  klant:\n    backend: crn')
        .replace('achternaam: narrows', 'achternam: narrows'),
      'from.jsonata': '{ "achternaam":\n  $eval(NAME) }',
      'to.jsonata': '{ "NAME": achternaam',
    });
    const text = stringify({ ...config, mapping: { folder }, log: { level: 'loud' }, lsten: {} });
    const file = await files.write('wrong.yaml', text);
    const { code, out, error } = await program.result(['check', '--config', file], { environment });
    expect({ code, out }).to.deep.equal({ code: 1, out: '' });

    const lineOf = (piece: string) => text.split('\n').findIndex((line) => line.includes(piece)) + 1;
    const reports = error.trimEnd().split('\n');
    const places = reports
      .slice(0, -1)
      .map((line) => /^(\S+?:\d+:\d+)/.exec(path.relative(files.place('.'), line))?.[1]);
    expect(places).to.have.members([
      `wrong.yaml:${lineOf('level: loud')}:3`,
      `wrong.yaml:${lineOf('lsten')}:1`,
      'wrong/mapping.yaml:9:5',
      'wrong/mapping.yaml:18:18',
      'wrong/from.jsonata:2:4',
      'wrong/to.jsonata:1:20',
    ]);
    expect(reports.at(-1)).to.equal('6 mistakes');
  });

  it('tells of a configuration that is not there', async () => {
    const { code, error } = await check(files.place('none.yaml'));
    expect(code).to.equal(1);
    expect(error).to.match(/none\.yaml: .*a YAML file that can be read.*\n1 mistake\n$/);
  });

  it('tells of a mapping set that is not there', async () => {
    const file = await files.write('no-set.yaml', { ...config, mapping: { folder: 'none' } });
    const { code, error } = await check(file);
    expect(code).to.equal(1);
    expect(error).to.match(/none\/mapping\.yaml: .*\n1 mistake\n$/);
  });

  it('shows no secret, and no stack', async () => {
    const clients = [{ id: 'kcc', secret: environment.CLIENT_SECRET, scopes: 'all' }];
    const { code, error } = await check(await files.write('secret.yaml', { ...config, clients }));
    expect(code).to.equal(1);
    expect(error)
      .to.include('clients[0].secret')
      .and.not.include(environment.CLIENT_SECRET)
      .and.not.include('    at ');
  });
});
