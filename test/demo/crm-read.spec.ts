import { expect } from 'chai';
import { awkward, seedRelations } from '../../src/demo/crm/seed.ts';
import { runningCrm } from './crm.ts';

const noKey = { 'X-API-SLEUTEL': '' };

describe('demo CRM: reading', () => {
  const crm = runningCrm();
  const read = (number: number | string) => crm.call('GET', `/relbeheer/relaties/${number}`);

  it('wants the key for everything under /relbeheer', async () => {
    for (const path of ['/relbeheer/relaties', '/relbeheer/relaties/100001', '/relbeheer/anders']) {
      for (const headers of [noKey, { 'X-API-SLEUTEL': 'spec-keys' }]) {
        const { status, body } = await crm.call('GET', path, undefined, headers);
        expect(status).to.equal(401);
        expect(body.STATUS).to.equal('FOUT');
        expect(body.FOUT?.CODE).to.equal('AUT001');
      }
    }
  });

  it('shows all columns of a record', async () => {
    const { status, body } = await read(awkward.threeTradeNames);
    expect(status).to.equal(200);
    expect(body.STATUS).to.equal('OK');
    expect(body.RELATIE).to.include(withoutTradeNames(awkward.threeTradeNames));
  });

  it('answers 200 with a code of its own for a number that does not exist', async () => {
    for (const number of ['12', '0100001', 'abc', '1e5']) {
      const { status, body } = await read(number);
      expect(status).to.equal(200);
      expect(body).to.deep.equal({
        STATUS: 'FOUT',
        FOUT: { CODE: 'REL404', TEKST: `Relatie ${number} niet gevonden` },
      });
    }
  });

  it('shows trade names as nothing, as a text or as a list', async () => {
    expect((await read(awkward.noTradeName)).body.RELATIE).not.to.have.property('HNDNM');
    expect((await read(awkward.oneTradeName)).body.RELATIE?.HNDNM).to.equal('Kapsalon Krul');
    expect((await read(awkward.threeTradeNames)).body.RELATIE?.HNDNM).to.have.length(3);
  });

  it('shows an empty column as "", as null or not at all, and the same way each time', async () => {
    const shown = await Promise.all([100_001, 100_002, 100_003].map(read));
    const ways = shown.map(({ body }) => body.RELATIE?.VRIJ1);
    expect(ways).to.have.members(['', null, undefined]);
    expect((await read(100_002)).body).to.deep.equal(shown[1]?.body);
  });

  it('shows only the columns of VELDEN', async () => {
    const { body } = await read(`100001?VELDEN=RELNR,mutnr,BESTAATNIET`);
    expect(body.RELATIE).to.deep.equal({ RELNR: 100_001, MUTNR: 1 });
  });

  it('knows no ETag until that is switched on', async () => {
    expect((await read(100_001)).headers.has('ETag')).to.be.false;
    await crm.control('POST', '/instellingen', { etag: true });
    const etag = (await read(100_001)).headers.get('ETag') ?? '';
    expect(etag).to.match(/^"[^"]+"$/);
    const unchanged = await crm.call('GET', '/relbeheer/relaties/100001', undefined, {
      'If-None-Match': etag,
    });
    expect(unchanged.status).to.equal(304);
    await crm.call('PUT', '/relbeheer/relaties/100001', { RELATIE: { VRIJ1: 'x' } });
    const after = await crm.call('GET', '/relbeheer/relaties/100001', undefined, { 'If-None-Match': etag });
    expect(after.status).to.equal(200);
    expect(after.headers.get('ETag')).not.to.equal(etag);
  });

  it('refuses what it has no function for', async () => {
    expect((await crm.call('GET', '/relbeheer/anders')).status).to.equal(404);
    expect((await crm.call('GET', '/anders')).status).to.equal(404);
    expect((await crm.call('PATCH', '/relbeheer/relaties/100001')).status).to.equal(405);
    expect((await crm.call('DELETE', '/relbeheer/relaties')).status).to.equal(405);
  });
});

describe('demo CRM: the other register', () => {
  const crm = runningCrm();
  const status = async (path: string) => (await crm.call('GET', path, undefined, noKey)).status;

  it('has persons 1 to 50, without a key', async () => {
    expect(await status('/gba/personen/1')).to.equal(200);
    expect(await status('/gba/personen/50')).to.equal(200);
    expect(await status('/gba/personen/51')).to.equal(404);
    expect(await status('/gba/personen/0')).to.equal(404);
    expect(await status('/gba/personen/1x')).to.equal(404);
  });

  it('leads from an old address to the new one', async () => {
    const { status: redirect, headers } = await crm.call('GET', '/gba/doorverwijzing/7', undefined, noKey);
    expect(redirect).to.equal(302);
    expect(headers.get('Location')).to.equal('/gba/personen/7');
  });
});

function withoutTradeNames(number: number): Readonly<Record<string, unknown>> {
  const relation = seedRelations()[number - 100_001];
  return Object.fromEntries(Object.entries(relation ?? {}).filter(([column]) => column !== 'HNDNM'));
}
