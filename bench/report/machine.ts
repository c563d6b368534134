import { cpus, release, totalmem } from 'node:os';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { nginxVersion } from '../contenders/nginx.ts';
import { nodeRedVersion } from '../contenders/node-red.ts';
import { project } from '../project.ts';

/** Where and with what was measured. */
export type Machine = Readonly<Record<string, string>>;

/** What there is to tell of this machine, in the order in which it is told. */
export async function machineOf(): Promise<Machine> {
  return {
    Klantbrug: await versionIn(project),
    Date: new Date().toISOString().slice(0, 10),
    Processor: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores`,
    Memory: `${Math.round(totalmem() / 1e9)} GB`,
    Linux: release(),
    Node: process.versions.node,
    koa: await installedVersion('koa'),
    axios: await installedVersion('axios'),
    undici: await installedVersion('undici'),
    jsonata: await installedVersion('jsonata'),
    'Node-RED': nodeRedVersion,
    nginx: (await nginxVersion()) ?? 'none',
  };
}

function installedVersion(name: string): Promise<string> {
  return versionIn(path.join(project, 'node_modules', name));
}

async function versionIn(folder: string): Promise<string> {
  const manifest = await readFile(path.join(folder, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
