import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Contender, Usage } from '../process.ts';
import type { Stage } from '../stage.ts';
import { type LeftOut, outputOf } from './optional.ts';

/** The nginx on the path, as a proxy that keeps its connections: the limit of what can be reached. */
export async function startNginx(stage: Stage, backend: string): Promise<Contender | LeftOut> {
  if (!existsSync('/proc/self/schedstat'))
    return { leftOut: 'its processor time is read from /proc/PID/schedstat' };
  if ((await nginxVersion()) === undefined) return { leftOut: 'there is no nginx on the path' };
  const own = await mkdtemp(path.join(stage.folder, 'nginx-'));
  const port = await freePort();
  await writeFile(path.join(own, 'nginx.conf'), configuration(port, new URL(backend)));
  const child = spawn('nginx', ['-p', own, '-c', 'nginx.conf', '-e', 'error.log'], { stdio: 'inherit' });
  stage.stopAtEnd({ stop: () => child.kill() });
  const url = `http://127.0.0.1:${port}`;
  await untilAnswered(url);
  return { url, usage: () => usageOf(child.pid ?? 0) };
}

/** Such as `1.22.1`; undefined where there is none. */
export async function nginxVersion(): Promise<string | undefined> {
  return /nginx\/([0-9.]+)/.exec((await outputOf('nginx', ['-v'])) ?? '')?.[1];
}

/** One worker, since all the others have one process too. No answer goes to disk. */
function configuration(port: number, { host, pathname }: URL): string {
  return `daemon off;
worker_processes 1;
pid nginx.pid;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  keepalive_requests 1000000000;
  upstream backend { server ${host}; keepalive 64; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://backend${pathname}/;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffers 32 8k;
      proxy_max_temp_file_size 0;
    }
  }
}
`;
}

/** nginx has to be told a port. */
async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilAnswered(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer) return;
    await wait(50);
  }
  throw new Error('nginx does not answer.');
}

/** What the master and its workers have used together. */
async function usageOf(master: number): Promise<Usage> {
  const children = await readFile(`/proc/${master}/task/${master}/children`, 'utf8');
  let cpu = 0;
  for (const pid of [String(master), ...children.split(' ').filter(Boolean)]) {
    const [nanoseconds = '0'] = (await readFile(`/proc/${pid}/schedstat`, 'utf8')).split(' ');
    cpu += Number(nanoseconds) / 1000;
  }
  return { cpu, memory: 0, answered: 0 };
}
