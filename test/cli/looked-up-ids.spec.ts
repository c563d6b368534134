import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { leastKlant, environment, runningGateway } from '../kit/gateway.ts';
import { scalarText, valueAt } from '../../src/json.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { processLimit, root } from '../kit/process.ts';
import { runningStandIn } from '../stand-ins/kit/running.ts';
import { objecten } from '../stand-ins/objecten.ts';
import { textKeys, textKeySet } from '../stand-ins/text-keys.ts';
import { temporaryFiles } from './config.ts';
import { inside } from './inside.ts';

const objectenFolder = path.join(root, 'mappings/objecten');

const record = { bronorganisatie: '123456782', sleutel: 'A/1 ß' };

/** Examples of that set: they name records by the keys of the CRM, as those of any set do. */
const examples = {
  'contactmoment.read.looked-up.yaml': {
    about: 'A contactmoment by its key, which has another before it.',
    operation: 'contactmoment.read',
    id: 'A/1 ß',
    exchanges: [
      {
        request: { method: 'GET', path: '/contactmomenten/one', query: { sleutel: 'A/1 ß' } },
        answer: {
          status: 200,
          body: { ...record, registratiedatum: '2024-01-01T00:00:00Z', vorigContactmoment: 'B/2' },
        },
      },
      {
        request: {
          method: 'GET',
          path: '/contactmomenten',
          query: { offset: 0, limit: 100, vorigContactmoment: 'A/1 ß' },
        },
        answer: { status: 200, body: { total: 0, rows: [] } },
      },
    ],
    result: {
      bronorganisatie: '123456782',
      registratiedatum: '2024-01-01T00:00:00Z',
      vorigContactmoment: 'B/2',
    },
  },
  'contactmoment.list.after.yaml': {
    about: 'What comes after another is looked for by the key of that one.',
    operation: 'contactmoment.list',
    filters: { vorigContactmoment: 'B/2' },
    exchanges: [
      {
        request: {
          method: 'GET',
          path: '/contactmomenten',
          query: { offset: 0, limit: 100, vorigContactmoment: 'B/2' },
        },
        answer: { status: 200, body: { total: 0, rows: [] } },
      },
    ],
    result: { count: 0, results: [] },
  },
};

describe('the command line, on a set whose ids are looked up', function () {
  this.timeout(processLimit);
  const files = temporaryFiles();
  const crm = runningStandIn(textKeys());
  const store = runningStandIn(objecten());
  const main = mappingCopy(textKeySet);
  const gateway = runningGateway({
    config: () => ({
      mapping: { folder: main.folder, with: [objectenFolder] },
      backends: {
        crm: { baseUrl: crm.url },
        objecten: {
          baseUrl: store.url,
          credentials: { header: { name: 'Authorization', value: '${OBJECTEN}' } },
        },
      },
    }),
  });
  let key = '';

  before(async () => {
    const response = await fetch(`${crm.url}/klanten`, {
      method: 'POST',
      body: JSON.stringify({ ...leastKlant, klantnummer: 'K1' }),
    });
    key = scalarText(valueAt(await response.json(), 'sleutel')) ?? '';
  });

  /** Writes that set with its examples in a folder, and a configuration that names it and these sets. */
  async function configured(name: string, others: readonly string[]): Promise<string> {
    await mkdir(files.place(`${name}/examples`), { recursive: true });
    for (const [file, text] of Object.entries(textKeySet)) await files.write(`${name}/${file}`, text);
    for (const [file, example] of Object.entries(examples))
      await files.write(`${name}/examples/${file}`, JSON.stringify(example));
    const mapping = { folder: name, with: [...others] };
    return files.write(`${name}.yaml`, { mapping, backends: { crm: {}, objecten: {} } });
  }

  it('check is content with it', async () => {
    const { code, out, error } = await inside(['check', '--config', gateway.file], environment);
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    expect(out).to.include('klant: list, create, read');
  });

  it('tells where it is said that ids are looked up, when it is not said where they are kept', async () => {
    const { code, out, error } = await inside(['test', '--config', await configured('alone', [])]);
    expect(code, error + out).to.equal(1);
    for (const line of ['6:27 resources.klant.id.form', '20:27 resources.contactmoment.id.form'])
      expect(error + out).to.include(`mapping.yaml:${line}`);
    expect(error + out).to.include('no set of the configuration says where they are kept');
    expect(error + out).to.include('with: [../mappings/objecten]');
  });

  it('test plays examples by the keys of the CRM, and looks nothing up', async () => {
    const config = await configured('whole', [objectenFolder]);
    const { code, out, error } = await inside(['test', '--config', config, 'contactmoment']);
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    expect(out).to.include('2 examples of A CRM with keys of text: all hold');
  });

  it('try takes a key, and a UUID', async () => {
    const asked = async (id: string) =>
      inside(['try', 'klant.read', '--config', gateway.file, '--id', id, '--send'], environment);
    const byKey = await asked(key);
    expect(byKey.code, byKey.error + byKey.out).to.equal(0);
    const uuid = /7[0-9a-f]{7}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(byKey.out)?.[0] ?? '';
    const byUuid = await asked(uuid);
    expect(byUuid.code, byUuid.error + byUuid.out).to.equal(0);
  });

  it('record writes an example without what is looked up', async () => {
    const file = files.place('klant.read.recorded.yaml');
    const options = ['--config', gateway.file, '--about', 'A recording.', '--out', file];
    const { code, out, error } = await inside(['record', 'klant.read', ...options, '--id', key], environment);
    expect(code, error + out).to.equal(0);
    const text = await readFile(file, 'utf8');
    expect(text).to.include('/klanten/one').and.not.to.include('/objects');
  });
});
