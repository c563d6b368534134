import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { rejectionOf } from '../demo/crm.ts';
import { isObject, type JsonObject } from '../../src/json.ts';
import { allLogLines } from '../kit/log.ts';
import { freePort, processLimit, programs, type RunningProgram } from '../kit/process.ts';
import { environment, soundConfig, temporaryFiles } from './config.ts';

/** Pastes a line into a shell. */
async function pasted(line: string): Promise<JsonObject> {
  const { stdout } = await promisify(execFile)('bash', ['-c', line]);
  const body: unknown = JSON.parse(stdout);
  if (!isObject(body)) throw new Error('The line did not answer with an object.');
  return body;
}

/** `npm start`, on ports of its own. */
describe('the demonstration', function () {
  this.timeout(processLimit);
  const files = temporaryFiles();
  const { start } = programs();
  let demo: RunningProgram;
  let ports: readonly number[] = [];

  before(async () => {
    const [port, crmPort] = [await freePort(), await freePort()];
    ports = [port, crmPort];
    const config = soundConfig({ port, crmUrl: `http://127.0.0.1:${crmPort}` });
    demo = start('src/demo/start.ts', [], {
      environment: {
        ...environment,
        DEMO_GATEWAY_CONFIG: await files.write('klantbrug.yaml', config),
        DEMO_CRM_KEY: environment.CRM_KEY,
        DEMO_FOLDER: files.place('demo'),
      },
      forPeople: true,
    });
    await demo.writes('Ctrl-C stops everything.');
  });

  const lines = () => demo.out.split('\n').filter((line) => line.trim().startsWith('curl'));

  it('says where everything is', () => {
    expect(demo.out).to.include('Klantbrug is ready.');
    for (const port of ports) expect(demo.out).to.include(`http://127.0.0.1:${port}`);
    expect(demo.error).to.equal('');
  });

  it('prints lines that work when they are pasted', async () => {
    const [find = '', create = '', wrong = '', fail = '', mend = '', ...more] = lines();
    expect(more).to.deep.equal([]);

    const found = await pasted(find);
    expect(found).to.have.nested.property('results[0].achternaam', "O'Brien");

    const created = await pasted(create);
    expect(created).to.include({ achternaam: 'Jansen', subjectType: 'natuurlijk_persoon' });
    expect(created).to.have.property('klantnummer').that.is.a('string').and.not.equal('');

    expect(await pasted(wrong)).to.include({ status: 400, code: 'invalid' });

    await pasted(fail);
    expect(await pasted(find)).to.include({ status: 502 });
    await pasted(mend);
    expect(await pasted(find)).to.have.property('count', found.count);
  });

  it('ends both at SIGTERM, with 0', async () => {
    demo.kill('SIGTERM');
    expect(await demo.ended).to.equal(0);
    for (const port of ports) {
      expect(await rejectionOf(fetch(`http://127.0.0.1:${port}/health/live`))).to.be.instanceOf(TypeError);
    }
  });

  it('leaves the log of the gateway in its folder', async () => {
    const log = await readFile(path.join(files.place('demo'), 'gateway.log'), 'utf8');
    expect(log).to.include('"event":"started"').and.to.include('"event":"stopped"');
    allLogLines.push(...log.split('\n'));
  });
});
