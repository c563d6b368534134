import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ClassicLevel } from 'classic-level';
import { expect } from 'chai';
import { seedRelations } from '../../src/demo/crm/seed.ts';
import { startDemoCrm } from '../../src/demo/crm/server.ts';
import { openStore } from '../../src/demo/crm/store.ts';
import { apiKey, call, rejectionOf, temporaryFolder, until } from './crm.ts';
import type { Columns, CrmBody } from './crm.ts';

const list = '/relbeheer/relaties';
const timeLimit = 60_000;

describe('demo CRM: the process', function () {
  // Each process has to start Node and compile TypeScript, on a machine that may be busy.
  this.timeout(timeLimit);
  const started = new Set<ChildProcess>();
  // Before the folder is removed, because a process that still runs would make it again.
  after(async () => {
    const running = [...started].filter((child) => child.exitCode === null && child.signalCode === null);
    const exits = running.map((child) => once(child, 'exit'));
    for (const child of running) child.kill('SIGKILL');
    await Promise.all(exits);
  });
  const folder = temporaryFolder();

  const run = (environment: Record<string, string>) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/demo/crm/main.ts'], {
      env: { ...process.env, DEMO_CRM_PORT: '0', DEMO_CRM_KEY: apiKey, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.add(child);
    return child;
  };
  const ready = async (child: ReturnType<typeof run>) => {
    for await (const line of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      const [url] = /http:\S+\d/.exec(String(line)) ?? [];
      if (url !== undefined) return url;
    }
    throw new Error(`The process ended: ${await text(child.stderr)}`);
  };
  const ended = async (child: ReturnType<typeof run>) => {
    const [exit, errors] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
    return { code: exit[0] as number | null, errors };
  };

  it('loses nothing that it confirmed when it is killed in the middle of writing', async () => {
    const DEMO_CRM_FOLDER = join(folder.path, 'killed');
    const first = run({ DEMO_CRM_FOLDER });
    const url = await ready(first);
    const confirmed = new Map<number, string>();
    const write = async (writer: number): Promise<void> => {
      for (let turn = 0; ; turn += 1) {
        const NAAM = `Schrijver ${writer}-${turn}`;
        const { body } = await call<CrmBody>(url, 'POST', list, { RELATIE: { NAAM } });
        if (body.RELNR !== undefined) confirmed.set(body.RELNR, NAAM);
        if (confirmed.size >= 40) first.kill('SIGKILL');
      }
    };
    await Promise.all([1, 2, 3, 4].map((writer) => rejectionOf(write(writer))));

    const second = run({ DEMO_CRM_FOLDER });
    const again = await ready(second);
    const numbers = [...confirmed.keys()];
    const kept = await Promise.all(
      numbers.map((number) => call<CrmBody>(again, 'GET', `${list}/${number}?VELDEN=NAAM`)),
    );
    expect(numbers.length).to.be.at.least(40);
    expect(kept.map(({ body }) => body.RELATIE?.NAAM)).to.deep.equal([...confirmed.values()]);
    const next = await call<CrmBody>(again, 'POST', list, { RELATIE: { NAAM: 'Daarna' } });
    expect(next.body.RELNR).to.be.above(Math.max(...numbers));
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`stops within a second at ${signal}, with a slow answer under way`, async () => {
      const child = run({ DEMO_CRM_FOLDER: join(folder.path, 'signals') });
      const url = await ready(child);
      await call(url, 'POST', '/storing', { soort: 'traag', ms: 60_000, moment: 'na' });
      const waiting = rejectionOf(call(url, 'GET', list));
      await until(async () => (await call<Columns>(url, 'GET', '/tellers')).body.totaal === 1);
      const start = performance.now();
      child.kill(signal);
      expect(await ended(child)).to.deep.equal({ code: 0, errors: '' });
      expect(performance.now() - start).to.be.below(1000);
      expect(await waiting).to.be.instanceOf(TypeError);
    });
  }

  it('says so when its folder is in use, and leaves the other one alone', async () => {
    const DEMO_CRM_FOLDER = join(folder.path, 'shared');
    const crm = await startDemoCrm({ host: '127.0.0.1', port: 0, folder: DEMO_CRM_FOLDER, apiKey });
    const { code, errors } = await ended(run({ DEMO_CRM_FOLDER }));
    expect(code).to.equal(1);
    expect(errors).to.match(/^Demo CRM: The folder .*shared is in use by another process\.\n$/);
    expect((await call<CrmBody>(crm.url, 'GET', list)).body.TOTAAL).to.equal(1000);
    await crm.close();
  });

  it('says so when its port is in use', async () => {
    const crm = await startDemoCrm({ host: '127.0.0.1', port: 0, folder: join(folder.path, 'one'), apiKey });
    const other = { DEMO_CRM_FOLDER: join(folder.path, 'other'), DEMO_CRM_PORT: String(crm.port) };
    const { code, errors } = await ended(run(other));
    expect(code).to.equal(1);
    expect(errors).to.equal(`Demo CRM: Port ${crm.port} of 127.0.0.1 is already in use.\n`);
    await crm.close();
  });

  it('says so when its port is no number', async () => {
    const { code, errors } = await ended(run({ DEMO_CRM_PORT: 'http' }));
    expect(code).to.equal(1);
    expect(errors).to.include('DEMO_CRM_PORT');
  });
});

describe('demo CRM: its folder', () => {
  const folder = temporaryFolder();
  const start = (name: string) =>
    startDemoCrm({ host: '127.0.0.1', port: 0, folder: join(folder.path, name), apiKey });

  it('is filled anew when it was filled halfway', async () => {
    const disk = new ClassicLevel<string, unknown>(join(folder.path, 'half'), { valueEncoding: 'json' });
    await disk.put('relation/000000000000007', { RELNR: 7, MUTNR: 1 });
    await disk.close();
    const crm = await start('half');
    const { body } = await call<CrmBody>(crm.url, 'GET', list);
    await crm.close();
    expect(body.TOTAAL).to.equal(1000);
    expect(body.RELATIES?.[0]).to.include({ RELNR: 100_001 });
  });

  it('has a change before the memory has it', async () => {
    const store = await openStore(join(folder.path, 'gone'), seedRelations);
    await store.close();
    await rejectionOf(store.create({ NAAM: 'Nieuw' }));
    await rejectionOf(store.update(100_001, new Map([['ANAAM', 'Anders']])));
    await rejectionOf(store.remove(100_002));
    expect([...store.all()]).to.deep.equal(seedRelations());
  });

  it('can be used again after the port turned out to be in use', async () => {
    const crm = await start('first');
    const options = { host: '127.0.0.1', port: crm.port, folder: join(folder.path, 'second'), apiKey };
    expect(String(await rejectionOf(startDemoCrm(options)))).to.include('already in use');
    await crm.close();
    const second = await start('second');
    await second.close();
  });

  it('cannot be a file', async () => {
    await writeFile(join(folder.path, 'file'), '');
    expect(String(await rejectionOf(start('file')))).to.match(/folder .*file cannot be opened/);
  });
});
