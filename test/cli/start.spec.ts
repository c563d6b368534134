import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { rejectionOf } from '../demo/crm.ts';
import type { JsonObject } from '../../src/json.ts';
import { allLogLines } from '../kit/log.ts';
import { freePort, processLimit, programs, type RunningProgram } from '../kit/process.ts';
import { environment, temporaryFiles } from './config.ts';

/** Pastes lines into a shell, and reads what it says as JSON values, one after the other. */
async function pasted(...lines: string[]): Promise<JsonObject[]> {
  const script = lines.map((line) => `${line}; echo`).join('\n');
  const { stdout } = await promisify(execFile)('bash', ['-c', script]);
  return stdout
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as JsonObject);
}

/** `npm start`, as it comes, on ports of its own. */
describe('the demonstration', function () {
  this.timeout(processLimit);
  const files = temporaryFiles();
  const { start } = programs();
  let demo: RunningProgram;
  let ports: readonly number[] = [];

  before(async () => {
    ports = [await freePort(), await freePort(), await freePort()];
    const given = await readFile('config/demo.yaml', 'utf8');
    const config = ports
      .reduce((text, port, index) => text.replaceAll(String(8080 + index), String(port)), given)
      .replaceAll('./demo/', `${path.resolve('config/demo')}/`)
      .replace('../mappings/demo-crm', path.resolve('mappings/demo-crm'));
    demo = start('src/demo/start.ts', [], {
      environment: {
        ...environment,
        DEMO_GATEWAY_CONFIG: await files.write('klantbrug.yaml', config),
        DEMO_FOLDER: files.place('demo'),
      },
      forPeople: true,
    });
    await demo.writes('Ctrl-C stops everything.');
  });

  const commands = () =>
    demo.out
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => /^(curl|post|url|[A-Z]+=)/.test(line));

  it('says where everything is', () => {
    expect(demo.out).to.include('Klantbrug is ready.');
    for (const port of ports) expect(demo.out).to.include(`http://127.0.0.1:${port}`);
    expect(demo.error).to.equal('');
  });

  it('prints lines that work when they are pasted', async () => {
    const [find = '', wrong = ''] = commands();
    const [fail = '', mend = ''] = commands().slice(-2);

    const [found] = await pasted(find);
    expect(found).to.have.nested.property('results[0].achternaam', "O'Brien");
    expect((await pasted(wrong))[0]).to.include({ status: 400, code: 'invalid' });

    await pasted(fail);
    expect((await pasted(find))[0]).to.include({ status: 502 });
    await pasted(mend);
    expect((await pasted(find))[0]).to.have.property('count', found?.count);
  });

  it('walks from a klant to a contactmoment to a verzoek, line by line', async () => {
    const walk = commands().slice(2, -2);
    const answers = await pasted(...walk);
    const [ofKlant, refused, told, accepted, ofVerzoek, withDocument, trail, ofOlder, ...more] = answers;
    expect(more).to.deep.equal([]);
    expect(ofKlant).to.include({ rol: 'gesprekspartner' });
    expect(refused).to.have.nested.property('invalidParams[0].code', 'inconsistent-relation');
    expect(told).to.have.property('zaak');
    expect(accepted).to.include({ objectType: 'zaak' });
    expect(ofVerzoek).to.include({ rol: 'initiator' });
    expect(withDocument).to.have.property('informatieobject');
    expect(trail).to.be.an('array').with.length(3);
    expect(trail).to.have.nested.property('[2].resource', 'verzoekinformatieobject');
    expect(ofOlder).to.have.property('klant').that.includes('/kic/api/v1/klanten/');
    const arrived = await fetch(`http://127.0.0.1:${ports[2] ?? 0}/aangekomen`);
    const { notificaties, objectinformatieobjecten } = (await arrived.json()) as Record<string, unknown[]>;
    expect(notificaties).to.have.length.at.least(5);
    expect(objectinformatieobjecten).to.have.length(1);
  });

  it('ends all of them at SIGTERM, with 0', async () => {
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
