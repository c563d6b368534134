import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readYaml } from '../../src/files/yaml-file.ts';
import { project } from '../project.ts';
import { canonical, klantenPath, settings } from './gateway.ts';
import { type LeftOut, outputOf } from './optional.ts';

/** The newest version of Node-RED for this Node: version 5 wants at least 22.9. */
export const nodeRedVersion = Number(process.versions.node.split('.')[0]) >= 23 ? '5.0.7' : '4.1.15';

/**
 * Installs Node-RED in a cache folder the first time: too heavy to be a dependency of a gateway.
 *
 * @returns the folder that has it
 */
export async function installNodeRed(): Promise<string | LeftOut> {
  const folder = path.join(project, 'node_modules/.cache/klantbrug-bench', `node-red-${nodeRedVersion}`);
  if (existsSync(path.join(folder, 'node_modules/node-red/package.json'))) return folder;
  await mkdir(folder, { recursive: true });
  process.stderr.write(`Installing node-red@${nodeRedVersion} in ${path.relative(project, folder)} ...\n`);
  const options = ['--prefix', folder, '--no-audit', '--no-fund', '--omit=dev'];
  const installed = await outputOf('npm', ['install', ...options, `node-red@${nodeRedVersion}`]);
  return installed === undefined ? { leftOut: `npm cannot install node-red@${nodeRedVersion} here` } : folder;
}

/** Writes the flows of a Node-RED that does what the gateway does for a klant and for a list of them. */
export async function writeFlows(folder: string, backend: string): Promise<string> {
  const klant = await expressionOfKlant();
  const list = `{"count": payload.TOTAAL, "next": null, "previous": null, "results": [payload.RELATIES.(${klant})]}`;
  const flows = [
    { id: 'flow', type: 'tab', label: 'Klanten' },
    ...flow('one', '/klanten/:id', `${backend}/relaties/{{{req.params.id}}}`, `payload.RELATIE.(${klant})`),
    ...flow('list', '/klanten', `${backend}/relaties?VANAF=0&AANTAL=100`, list),
  ];
  const own = await mkdtemp(path.join(folder, 'node-red-'));
  await writeFile(path.join(own, 'flows.json'), JSON.stringify(flows));
  return own;
}

/** A request comes in, the CRM is asked on a connection that is kept, JSONata translates, the answer goes out. */
function flow(name: string, at: string, ask: string, expression: string): object[] {
  const answer = '(' + constants + expression + ')';
  return [
    { id: name, type: 'http in', z: 'flow', url: at, method: 'get', wires: [[`${name}-ask`]] },
    {
      id: `${name}-ask`,
      type: 'http request',
      z: 'flow',
      method: 'GET',
      ret: 'obj',
      paytoqs: 'ignore',
      url: ask,
      persist: true,
      headers: [],
      wires: [[`${name}-translate`]],
    },
    {
      id: `${name}-translate`,
      type: 'change',
      z: 'flow',
      rules: [{ t: 'set', p: 'payload', pt: 'msg', to: answer, tot: 'jsonata' }],
      wires: [[`${name}-answer`]],
    },
    { id: `${name}-answer`, type: 'http response', z: 'flow', statusCode: '200', wires: [] },
  ];
}

async function expressionOfKlant(): Promise<string> {
  const source = await readFile(path.join(demoSet, 'klant.from-crm.jsonata'), 'utf8');
  return `$merge([{"url": "${canonical}${klantenPath}/" & RELNR}, ${source}])`;
}

const demoSet = path.join(project, 'mappings/demo-crm');
const { codes } = (await readYaml(path.join(demoSet, 'mapping.yaml'))).value as {
  codes: Record<'soort' | 'geslacht' | 'rechtsvorm', Record<string, string>>;
};
const { soort, geslacht, rechtsvorm } = codes;

/** What the gateway gives a mapping file by itself, said in JSONata. */
const constants = `
  $settings := ${JSON.stringify(settings)};
  $codes := ${JSON.stringify({ soort, geslacht, rechtsvorm })};
  $decode := function($table, $code) {
    $exists($code) ? ($found := $lookup($lookup($codes, $table), $string($code)); $exists($found) ? $found : $code)
  };
`;
