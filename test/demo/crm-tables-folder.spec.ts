import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { expect } from 'chai';
import { seedRelations } from '../../src/demo/crm/seed.ts';
import { startDemoCrm } from '../../src/demo/crm/server.ts';
import { openStore } from '../../src/demo/crm/store.ts';
import { endpoints } from '../../src/demo/crm/tables/table.ts';
import type { Tables } from '../../src/demo/crm/tables/table.ts';
import { apiKey, call, rejectionOf, temporaryFolder } from './crm.ts';
import type { CrmBody } from './crm.ts';
import { tableOf } from './crm-tables.ts';
import type { Name } from './crm-tables.ts';

const amounts: Readonly<Record<Name, number>> = {
  activiteiten: 300,
  deelnemers: 200,
  onderwerpen: 12,
  aanvragen: 150,
  betrokkenen: 80,
  koppelingen: 60,
};

const all = { from: 0, size: 10_000 };

describe('demo CRM: the other tables in its folder', () => {
  const folder = temporaryFolder();
  const inFolder = (name: string) => join(folder.path, name);
  const withDisk = async (name: string, job: (disk: ClassicLevel<string, unknown>) => Promise<unknown>) => {
    const disk = new ClassicLevel<string, unknown>(inFolder(name), { valueEncoding: 'json' });
    await job(disk);
    await disk.close();
  };
  const withCrm = async (name: string, job: (crm: { readonly url: string }) => Promise<unknown>) => {
    const crm = await startDemoCrm({ host: '127.0.0.1', port: 0, folder: inFolder(name), apiKey });
    try {
      await job(crm);
    } finally {
      await crm.close();
    }
  };
  const totals = async (crm: { readonly url: string }) => {
    const found: Record<string, unknown> = {};
    for (const name of Object.keys(amounts) as Name[])
      found[name] = (await tableOf(crm, name).list()).body.TOTAAL;
    return found;
  };

  it('fills them in a folder of the version that had only RELATIES, and leaves those alone', async () => {
    const kept = { RELNR: 100_003, MUTNR: 4, ANAAM: 'Blijft' };
    await withDisk('old', (disk) =>
      disk.batch([
        { type: 'put', key: 'relation/000000000100003', value: kept },
        { type: 'put', key: 'meta/last-number', value: 100_007 },
        { type: 'put', key: 'meta/seeded', value: true },
      ]),
    );
    await withCrm('old', async (crm) => {
      expect(await totals(crm)).to.deep.equal(amounts);
      const { body } = await call<CrmBody>(crm.url, 'GET', '/relbeheer/relaties');
      expect(body.TOTAAL).to.equal(1);
      expect(body.RELATIES?.[0]).to.include(kept);
      const created = await call<CrmBody>(crm.url, 'POST', '/relbeheer/relaties', { RELATIE: {} });
      expect(created.body.RELNR).to.equal(100_008);
    });
  });

  it('fills a table only once', async () => {
    await withCrm('once', async (crm) => {
      await tableOf(crm, 'activiteiten').remove(500_300);
      await tableOf(crm, 'koppelingen').remove(970_001);
    });
    await withCrm('once', async (crm) => {
      expect(await totals(crm)).to.deep.equal({
        ...amounts,
        activiteiten: 299,
        koppelingen: 59,
      });
    });
  });

  it('counts each table by itself, also after a restart', async () => {
    const needed = { ACTNR: 500_001, AANVNR: 900_001 };
    const next = async (crm: { readonly url: string }) => {
      const relation = await call<CrmBody>(crm.url, 'POST', '/relbeheer/relaties', { RELATIE: {} });
      const numbers = [relation.body.RELNR];
      for (const name of ['koppelingen', 'aanvragen', 'betrokkenen', 'activiteiten', 'deelnemers'] as const) {
        const number = await tableOf(crm, name).created(needed);
        await tableOf(crm, name).remove(number);
        numbers.push(number);
      }
      return numbers;
    };
    await withCrm('numbers', async (crm) => {
      expect(await next(crm)).to.deep.equal([101_001, 970_061, 900_151, 950_081, 500_301, 700_201]);
    });
    await withCrm('numbers', async (crm) => {
      expect(await next(crm)).to.deep.equal([101_002, 970_062, 900_152, 950_082, 500_302, 700_202]);
    });
  });

  it('fills a table anew when that one was filled halfway', async () => {
    await withCrm('half', (crm) => tableOf(crm, 'betrokkenen').remove(950_001));
    await withDisk('half', (disk) =>
      disk.batch([
        { type: 'put', key: 'deelnemers/000000000000007', value: { DLNNR: 7, MUTNR: 1 } },
        { type: 'del', key: 'meta/seeded/deelnemers' },
      ]),
    );
    await withCrm('half', async (crm) => {
      expect(await totals(crm)).to.deep.equal({ ...amounts, betrokkenen: 79 });
      expect((await tableOf(crm, 'deelnemers').read(7)).FOUT?.CODE).to.equal('REL404');
    });
  });

  it('has a change before the memory has it', async () => {
    const store = await openStore(inFolder('gone'), seedRelations);
    const [activities] = endpoints(store.tables);
    if (activities?.write === undefined) throw new Error('There is no table of activities.');
    const shown = () => endpoints(store.tables).map((table) => table.search(new URLSearchParams(), all));
    const before = shown();
    await store.close();
    await rejectionOf(activities.write.create({ TEKST: 'Nieuw' }));
    await rejectionOf(activities.write.update('500001', { TEKST: 'Anders' }));
    await rejectionOf(activities.write.remove('500001'));
    expect(shown()).to.deep.equal(before);
  });

  for (const [name, key, together] of [
    ['activiteiten', '500001', 3],
    ['aanvragen', '900001', 5],
    ['deelnemers', '700009', 1],
  ] as const) {
    it(`removes a record of ${name} and all that goes with it in one go`, async () => {
      const store = await openStore(inFolder(`batch-${name}`), seedRelations);
      const commits: number[] = [];
      const watched: Tables = {
        ...store.tables,
        database: {
          ...store.tables.database,
          commit(...writes) {
            commits.push(writes.length);
            return store.tables.database.commit(...writes);
          },
        },
      };
      const table = endpoints(watched).find((one) => one.name === name);
      expect(await table?.write?.remove(key)).to.be.true;
      expect(commits).to.deep.equal([together]);
      await store.close();
    });
  }
});
