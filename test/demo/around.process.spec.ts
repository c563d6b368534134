import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { startAround } from '../../src/demo/around/server.ts';
import { client, tokenOf } from './around.ts';
import { call, rejectionOf } from './crm.ts';
import type { Columns } from './crm.ts';

const timeLimit = 60_000;

describe('demo: the process of the systems around the gateway', function () {
  // Each process has to start Node and compile TypeScript, on a machine that may be busy.
  this.timeout(timeLimit);
  const started = new Set<ChildProcess>();
  after(() => {
    for (const child of started) child.kill('SIGKILL');
  });

  const run = (environment: Record<string, string>) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/demo/around/main.ts'], {
      env: { ...process.env, AROUND_PORT: '0', ...environment },
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

  it('knows the clients, the key and the channels of its environment, and stops at SIGTERM', async () => {
    const child = run({
      AROUND_CLIENTS: `other=x,${client.id}=${client.secret}`,
      AROUND_KEY: 'own-key',
      AROUND_KANALEN: 'klanten',
    });
    const url = await ready(child);
    const authorization = { Authorization: `Bearer ${await tokenOf()}` };
    const kanalen = await call<Columns[]>(
      url,
      'GET',
      '/notificaties/api/v1/kanalen',
      undefined,
      authorization,
    );
    expect(kanalen.body.map(({ naam }) => naam))
      .to.include('klanten')
      .and.not.include('verzoeken');
    const rows = await call(url, 'GET', '/bijregister/tabellen/rijen', undefined, { 'X-Api-Key': 'own-key' });
    expect(rows.status).to.equal(200);
    child.kill('SIGTERM');
    expect(await ended(child)).to.deep.equal({ code: 0, errors: '' });
  });

  it('says so when its environment makes no sense', async () => {
    const port = await ended(run({ AROUND_PORT: 'http' }));
    expect(port.code).to.equal(1);
    expect(port.errors).to.include('AROUND_PORT');
    const clients = await ended(run({ AROUND_CLIENTS: 'without-a-secret' }));
    expect(clients.code).to.equal(1);
    expect(clients.errors).to.include('id=secret').and.not.include('without-a-secret');
  });

  it('says so when its port is in use', async () => {
    const around = await startAround({ host: '127.0.0.1', port: 0, clients: [] });
    const second = startAround({ host: '127.0.0.1', port: around.port, clients: [] });
    expect(String(await rejectionOf(second))).to.equal(
      `Error: Port ${around.port} of 127.0.0.1 is already in use.`,
    );
    await around.close();
  });
});
