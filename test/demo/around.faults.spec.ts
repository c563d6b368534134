import { expect } from 'chai';
import { zaakUuids } from '../../src/demo/around/seed-zaken.ts';
import { runningAround, tokenOf } from './around.ts';
import { rejectionOf, until } from './crm.ts';
import type { Columns } from './crm.ts';

const zaak = `/zaken/api/v1/zaken/${zaakUuids[0]}`;
const relations = '/zaken/api/v1/zaakverzoeken';

describe('demo registers: faults', () => {
  const around = runningAround();
  let number = 0;
  const fault = (body: unknown) => around.control('POST', '/storing', body);
  const read = () => around.call('GET', zaak);
  const total = async () => (await around.call<Columns[]>('GET', relations)).body.length;
  const create = () => {
    number += 1;
    return around.call('POST', relations, {
      zaak: `${around.url}${zaak}`,
      verzoek: `https://gateway.example/${number}`,
    });
  };
  const counted = async () => (await around.control('GET', '/tellers')).body.totaal;
  afterEach(() => around.control('DELETE', '/storing'));

  it('verboden: 403', async () => {
    await fault({ soort: 'verboden' });
    const { status, headers, body } = await read();
    expect(status).to.equal(403);
    expect(headers.get('Content-Type')).to.equal('application/problem+json');
    expect(body).to.include({ code: 'permission_denied' });
  });

  it('weg: 404', async () => {
    await fault({ soort: 'weg' });
    expect(await read()).to.have.property('status', 404);
  });

  it('omleiding: to another host, with the same method and body', async () => {
    await fault({ soort: 'omleiding', naar: 'https://elders.example/x?y=z' });
    const { status, headers } = await read();
    expect(status).to.equal(307);
    expect(headers.get('Location')).to.equal('https://elders.example/x?y=z');
  });

  it('omleiding: to some other host when none is given', async () => {
    await fault({ soort: 'omleiding' });
    expect((await read()).headers.get('Location')).to.equal('https://elders.example/');
  });

  it('fout: 500', async () => {
    await fault({ soort: 'fout' });
    expect((await read()).status).to.equal(500);
  });

  it('html: a page with status 200', async () => {
    await fault({ soort: 'html' });
    const response = await fetch(`${around.url}${zaak}`);
    expect(response.status).to.equal(200);
    expect(await response.text()).to.match(/^<!DOCTYPE html>/);
  });

  it('traag: late, but with the very same answer', async () => {
    await fault({ soort: 'traag', ms: 60_000, aantal: 1 });
    await around.control('DELETE', '/tellers');
    const waiting = around.call('GET', zaak, undefined, { Authorization: 'none' });
    await until(async () => (await counted()) === 1);
    await around.control('DELETE', '/storing');
    const { status, headers, body } = await waiting;
    expect(status).to.equal(403);
    expect(headers.get('Content-Type')).to.equal('application/problem+json');
    expect(headers.get('API-version')).to.equal('1.5.1');
    expect(body).to.include({ code: 'permission_denied' });
  });

  for (const soort of ['verboden', 'weg', 'omleiding', 'verbreek', 'fout']) {
    for (const [moment, more] of [
      ['voor', 0],
      ['na', 1],
    ] as const) {
      it(`${soort}, ${moment}: the call is ${more === 1 ? '' : 'not '}carried out`, async () => {
        const before = await total();
        await fault({ soort, moment, methode: 'POST' });
        const failed = await create().then(
          ({ status }) => status >= 300,
          () => true,
        );
        expect(failed).to.be.true;
        expect(await total()).to.equal(before + more);
      });
    }
  }

  it('a slow call of a caller that left is not carried out', async () => {
    const before = await total();
    await around.control('DELETE', '/tellers');
    await fault({ soort: 'traag', ms: 500, methode: 'POST' });
    const leaving = new AbortController();
    const left = rejectionOf(
      fetch(`${around.url}${relations}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${await tokenOf()}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ zaak: `${around.url}${zaak}`, verzoek: 'https://gateway.example/left' }),
        signal: leaving.signal,
      }),
    );
    await until(async () => (await counted()) === 1);
    leaving.abort();
    await left;
    // One that stays waits just as long, so that by then the other's time has come as well.
    expect((await create()).status).to.equal(201);
    expect(await total()).to.equal(before + 1);
  });

  it('strike one system, so many calls, in the order in which they were switched on', async () => {
    await fault({ soort: 'weg', pad: '/zaken', aantal: 1 });
    await fault({ soort: 'vol', pad: '/zaken', aantal: 1 });
    const statuses = [await around.table('GET', '/rijen'), await read(), await read(), await read()].map(
      ({ status }) => status,
    );
    expect(statuses).to.deep.equal([200, 404, 429, 200]);
  });

  it('strike all systems unless told otherwise, but never the control', async () => {
    await fault({ soort: 'verboden' });
    expect((await around.table('GET', '/rijen')).status).to.equal(403);
    expect((await around.call('GET', '/documenten/api/v1')).status).to.equal(403);
    expect((await around.control('GET', '/aangekomen')).status).to.equal(200);
    expect((await fetch(`${around.url}/`)).status).to.equal(200);
  });

  it('are shown under their own names', async () => {
    await fault({ soort: 'omleiding', pad: '/zaken', aantal: 2 });
    await fault({ soort: 'fout' });
    const { body } = await around.control<{ storingen: Columns[] }>('GET', '/storing');
    expect(body.storingen[0]).to.include({
      soort: 'omleiding',
      naar: 'https://elders.example/',
      pad: '/zaken',
      aantal: 2,
    });
    expect(body.storingen[1]).to.include({ soort: 'fout', pad: '/' });
    expect(body.storingen[1]).to.not.have.property('naar');
  });

  it('that make no sense are refused', async () => {
    for (const body of [
      {},
      { soort: 'kapot' },
      { soort: 'weg', aantal: 0 },
      { soort: 'omleiding', naar: '' },
      [],
    ]) {
      expect((await fault(body)).status, JSON.stringify(body)).to.equal(400);
    }
    expect((await read()).status).to.equal(200);
  });
});

describe('demo registers: counters and settings', () => {
  const around = runningAround();

  it('counts the calls to the systems, one line for all records of a kind', async () => {
    await around.control('DELETE', '/tellers');
    await around.call('GET', zaak);
    await around.call('GET', `/zaken/api/v1/zaken/${zaakUuids[1]}`);
    await around.call('GET', relations, undefined, { Authorization: 'none' });
    await around.table('POST', '/rijen', {});
    await around.control('GET', '/aangekomen');
    expect((await around.control('GET', '/tellers')).body).to.deep.equal({
      totaal: 4,
      perMethode: { GET: 3, POST: 1 },
      perPad: {
        'GET /zaken/api/v1/zaken/:id': 2,
        'GET /zaken/api/v1/zaakverzoeken': 1,
        'POST /bijregister/tabellen/rijen': 1,
      },
    });
    await around.control('DELETE', '/tellers');
    expect((await around.control('GET', '/tellers')).body).to.include({ totaal: 0 });
  });

  it('takes over the settings that make sense, and none of the others', async () => {
    const usual = { terugbellen: false, apiVersion: null, paginagrootte: 100 };
    const set = (body: unknown) => around.control('POST', '/instellingen', body);
    expect((await set({})).body).to.deep.equal(usual);
    expect((await set({ terugbellen: true })).body).to.deep.equal({ ...usual, terugbellen: true });
    for (const body of [{ terugbellen: 1 }, { apiVersion: 1 }, { paginagrootte: 0 }, []]) {
      expect((await set(body)).status, JSON.stringify(body)).to.equal(400);
    }
    expect((await set({ apiVersion: '2' })).body).to.deep.equal({
      ...usual,
      terugbellen: true,
      apiVersion: '2',
    });
    expect((await around.control('DELETE', '/instellingen')).body).to.deep.equal(usual);
  });

  it('ends calls that wait when it closes', async () => {
    await around.control('POST', '/storing', { soort: 'traag', ms: 60_000 });
    await around.control('DELETE', '/tellers');
    const waiting = rejectionOf(around.call('GET', zaak));
    await until(async () => (await around.control('GET', '/tellers')).body.totaal === 1);
    await around.close();
    expect(await waiting).to.be.instanceOf(TypeError);
  });
});
