import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { Mistakes } from '../../src/files/mistakes.ts';
import { loadMappingSets } from '../../src/mapping/combine.ts';
import { mappedResources as resources } from '../../src/resources/index.ts';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { soundSet } from './set.ts';

const demo = readFileSync(path.resolve(import.meta.dirname, '../../mappings/demo-crm/mapping.yaml'), 'utf8');
const audittrail = demo.slice(demo.indexOf('\n  audittrail:\n'));

describe('mapping.with: sets that add to others', () => {
  describe('in a running gateway', () => {
    const main = mappingCopy({ 'mapping.yaml': demo.slice(0, demo.indexOf('\n  audittrail:\n')) });
    const addition = mappingCopy({
      'mapping.yaml': `klantbrug: 1\ntitle: The audit trail alone\nresources:${audittrail}`,
    });
    const gateway = runningGateway({
      config: {
        get mapping() {
          return { folder: main.folder, with: [addition.folder] };
        },
      },
    });

    it('gives what the set itself does not have', async () => {
      const url = urlIn(await gateway.post(leastKlant));
      const trail = JSON.parse((await gateway.get(`${url}/audittrail`)).text) as object[];
      expect(trail).to.have.length(1);
      expect(trail[0]).to.include({ actie: 'create', resourceUrl: url });
    });
  });

  describe('that are loaded', () => {
    const folders: string[] = [];

    async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
      const folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-with-'));
      folders.push(folder);
      for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
      return folder;
    }

    const load = (first: string, ...others: string[]) =>
      loadMappingSets([first, ...others], {
        resources,
        settings: {},
        backends: ['crm', 'store'],
        clock: { now: () => 0 },
        random: () => 0,
      });

    const additionOf = (mapping: string) =>
      folderOf({
        'mapping.yaml': `klantbrug: 1\ntitle: An addition\n${mapping}`,
        'from.jsonata': '{ "object": o, "contactmoment": c, "objectType": "zaak" }',
        'read.jsonata': '{ "path": ["relations", id] }',
        'klant.jsonata': '{ "bronorganisatie": "999990019" }',
      });
    const part = (backend: string, from: string) =>
      `{ backend: ${backend}, id: { field: n, form: uuid }, record: { from: ${from} }, read: { request: read.jsonata },` +
      ' list: { request: read.jsonata, records: items, paging: { by: none } } }';
    const relation = (backend: string) => `  objectcontactmoment: ${part(backend, 'from.jsonata')}\n`;
    const contactmoment = `  contactmoment: ${part('store', 'klant.jsonata').replace(/\}$/, ', inverse: { volgendContactmoment: { by: field } } }')}\n`;
    const klant = `  klant: ${part('store', 'klant.jsonata')}\n`;
    const errors = (means: string, backend = 'crm') =>
      `backends: { ${backend}: { errors: [{ when: { status: 409 }, means: ${means} }] } }\n`;

    after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

    it('the first one that has a resource counts', async () => {
      const main = await folderOf(soundSet);
      const addition = await additionOf(`resources:\n${klant}${contactmoment}${relation('store')}`);
      const both = await load(main, addition);
      expect([...both.resources.keys()]).to.deep.equal(['klant', 'contactmoment', 'objectcontactmoment']);
      expect(both.resources.get('klant')?.parts[0]?.backend).to.equal('crm');
      expect(both).to.include({ title: 'A set for the specs', folder: main });
      const other = await load(addition, main);
      expect(other.resources.get('klant')?.parts[0]?.backend).to.equal('store');
    });

    it('relations with what no set has are left out, and are there when any set has it', async () => {
      const main = await folderOf(soundSet);
      const addition = await additionOf(`resources:\n${relation('store')}`);
      const further = await additionOf(`resources:\n${contactmoment}`);
      expect([...(await load(main, addition)).resources.keys()]).to.deep.equal(['klant']);
      const all = await load(main, addition, further);
      expect([...all.resources.keys()]).to.have.members(['klant', 'objectcontactmoment', 'contactmoment']);
      expect([...(await load(addition, main)).resources.keys()]).to.include('objectcontactmoment');
    });

    it('the first one that says what errors of a backend mean counts', async () => {
      const main = await folderOf(soundSet);
      const addition = await additionOf(`${errors('duplicate')}resources:\n${relation('crm')}`);
      const further = await additionOf(`${errors('busy', 'store')}resources:\n${relation('store')}`);
      const set = await load(main, addition, further);
      expect(set.errors.crm).to.deep.equal([{ when: { status: 404 }, means: 'not-found' }]);
      expect(set.errors.store).to.deep.equal([{ when: { status: 409 }, means: 'busy' }]);
    });

    it('mistakes of all of them are told together', async () => {
      const main = await folderOf({ ...soundSet, 'read.jsonata': '{ "path": ["people", $nergens] }' });
      const addition = await additionOf(`resources:\n${relation('nowhere')}`);
      const failure: unknown = await load(main, addition).catch((error: unknown) => error);
      if (!(failure instanceof Mistakes)) throw new Error('It was loaded, or failed otherwise.');
      const files = failure.mistakes.map(({ file }) => path.dirname(file));
      expect(files).to.deep.equal([main, addition]);
      expect(failure.message).to.include('nergens').and.include("unknown backend 'nowhere'");
    });
  });
});
