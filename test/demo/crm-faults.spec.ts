import { expect } from 'chai';
import { rejectionOf, runningCrm, until } from './crm.ts';

const list = '/relbeheer/relaties';
const newRecord = { RELATIE: { NAAM: 'Storing' } };

describe('demo CRM: faults', () => {
  const crm = runningCrm();
  const fault = (body: unknown) => crm.control('POST', '/storing', body);
  const read = () => crm.call('GET', `${list}/100001`);
  const total = async () => (await crm.call('GET', list)).body.TOTAAL;
  const noneLeft = async () => (await crm.control('GET', '/storing')).body.storingen?.toString() === '';
  afterEach(() => crm.control('DELETE', '/storing'));

  it('traag: answers only after so many milliseconds', async () => {
    await fault({ soort: 'traag', ms: 80 });
    const start = performance.now();
    expect((await read()).body.STATUS).to.equal('OK');
    expect(performance.now() - start).to.be.at.least(75);
  });

  it('traag: answers at once when the fault is withdrawn', async () => {
    await fault({ soort: 'traag', ms: 60_000, aantal: 1 });
    const waiting = read();
    await until(noneLeft);
    await crm.control('DELETE', '/storing');
    expect((await waiting).body.RELATIE?.RELNR).to.equal(100_001);
  });

  it('fout: an error of its own', async () => {
    await fault({ soort: 'fout' });
    const { status, body } = await read();
    expect(status).to.equal(500);
    expect(body.STATUS).to.equal('FOUT');
  });

  it('verbreek: no answer at all', async () => {
    await fault({ soort: 'verbreek' });
    expect(await rejectionOf(fetch(`${crm.url}${list}`))).to.be.instanceOf(TypeError);
  });

  it('html: a page with status 200', async () => {
    await fault({ soort: 'html' });
    const response = await fetch(`${crm.url}${list}`);
    expect(response.status).to.equal(200);
    expect(response.headers.get('Content-Type')).to.include('text/html');
    expect(await response.text()).to.match(/^<!DOCTYPE html>/);
  });

  it('afgekapt: announces more than it sends', async () => {
    await fault({ soort: 'afgekapt' });
    const response = await fetch(`${crm.url}${list}`);
    expect(response.status).to.equal(200);
    expect(await rejectionOf(response.text())).to.be.instanceOf(TypeError);
  });

  it('groot: a JSON answer of so many bytes', async () => {
    await fault({ soort: 'groot', bytes: 200_001 });
    const text = await (await fetch(`${crm.url}${list}`)).text();
    expect(text).to.have.length(200_001);
    expect(JSON.parse(text)).to.have.property('STATUS', 'OK');
  });

  it('groot: 20 MB unless asked for less, and it survives a reader that hangs up', async () => {
    await fault({ soort: 'groot', aantal: 2 });
    const { body } = await fetch(`${crm.url}${list}`);
    await body?.cancel();
    expect((await (await fetch(`${crm.url}${list}`)).arrayBuffer()).byteLength).to.equal(20_000_000);
    expect((await read()).status).to.equal(200);
  });

  it('vol: too busy', async () => {
    await fault({ soort: 'vol' });
    const { status, headers } = await read();
    expect(status).to.equal(429);
    expect(headers.get('Retry-After')).to.equal('7');
  });

  it('sleutel: the key is refused', async () => {
    await fault({ soort: 'sleutel' });
    const { status, body } = await read();
    expect(status).to.equal(401);
    expect(body.FOUT?.CODE).to.equal('AUT001');
  });

  it('foutcode: an error with status 200', async () => {
    await fault({ soort: 'foutcode' });
    const { status, body } = await read();
    expect(status).to.equal(200);
    expect(body).to.have.property('STATUS', 'FOUT');
    expect(body.FOUT?.CODE).to.equal('SYS500');
  });

  it('strikes so many calls, then no more', async () => {
    await fault({ soort: 'fout', aantal: 2 });
    const statuses = [await read(), await read(), await read()].map(({ status }) => status);
    expect(statuses).to.deep.equal([500, 500, 200]);
    expect(await noneLeft()).to.be.true;
  });

  it('strikes only the method and the path that it is for', async () => {
    await fault({ soort: 'fout', methode: 'post' });
    await fault({ soort: 'vol', pad: '/gba' });
    expect((await read()).status).to.equal(200);
    expect((await crm.call('POST', list, newRecord)).status).to.equal(500);
    expect((await crm.call('GET', '/gba/personen/1')).status).to.equal(429);
  });

  it('takes the first fault that matches', async () => {
    await fault({ soort: 'vol', aantal: 1 });
    await fault({ soort: 'fout' });
    expect((await read()).status).to.equal(429);
    expect((await read()).status).to.equal(500);
  });

  it('shows the faults, and withdraws them all', async () => {
    await fault({ soort: 'fout', aantal: 2 });
    const { body } = await crm.control('GET', '/storing');
    const shown = {
      soort: 'fout',
      ms: 30_000,
      bytes: 20_000_000,
      aantal: 2,
      pad: '/relbeheer',
      moment: 'voor',
    };
    expect(body.storingen).to.deep.equal([shown]);
    await crm.control('DELETE', '/storing');
    expect((await read()).status).to.equal(200);
  });

  it('refuses a fault that makes no sense', async () => {
    const senseless = [{}, { soort: 'kapot' }, { soort: 'fout', aantal: 0 }, { soort: 'traag', ms: -1 }, []];
    for (const body of [...senseless, { soort: 'fout', moment: 'ooit' }, { soort: 'fout', pad: 1 }]) {
      expect((await fault(body)).status, JSON.stringify(body)).to.equal(400);
    }
    expect(await noneLeft()).to.be.true;
  });

  it('does not carry out a call that fails before', async () => {
    const before = await total();
    for (const soort of ['fout', 'html', 'groot', 'vol', 'sleutel', 'foutcode']) {
      await fault({ soort, bytes: 100, methode: 'POST', aantal: 1 });
      await (await fetch(`${crm.url}${list}`, { method: 'POST' })).text();
    }
    expect(await total()).to.equal(before);
  });

  for (const soort of ['fout', 'verbreek', 'afgekapt']) {
    it(`carries a call out and fails after that: ${soort}`, async () => {
      const before = (await total()) ?? 0;
      await fault({ soort, methode: 'POST', moment: 'na' });
      await crm.call('POST', list, newRecord).catch(() => undefined);
      expect(await total()).to.equal(before + 1);
    });
  }

  it('counts the calls under /relbeheer, also those that fail', async () => {
    await crm.control('DELETE', '/tellers');
    await fault({ soort: 'fout', aantal: 1 });
    await read();
    await read();
    await crm.call('GET', list);
    await crm.call('POST', list, newRecord, { 'X-API-SLEUTEL': 'onjuist' });
    await crm.call('GET', '/relbeheer/anders');
    await crm.call('GET', '/gba/personen/1');
    expect((await crm.control('GET', '/tellers')).body).to.deep.equal({
      totaal: 5,
      perMethode: { GET: 4, POST: 1 },
      perPad: {
        'GET /relbeheer/relaties/:nr': 2,
        'GET /relbeheer/relaties': 1,
        'POST /relbeheer/relaties': 1,
        'GET /relbeheer/*': 1,
      },
    });
    await crm.control('DELETE', '/tellers');
    expect((await crm.control('GET', '/tellers')).body).to.deep.equal({
      totaal: 0,
      perMethode: {},
      perPad: {},
    });
  });
});

describe('demo CRM: callers that do not wait', () => {
  const crm = runningCrm();

  for (const [moment, stored] of [
    ['voor', 0],
    ['na', 1],
  ] as const) {
    it(`ends waiting calls when it closes; a slow one that waited "${moment}" left ${stored} behind`, async () => {
      const before = (await crm.call('GET', list)).body.TOTAAL ?? 0;
      await crm.control('POST', '/storing', { soort: 'traag', ms: 60_000, methode: 'POST', moment });
      await crm.control('DELETE', '/tellers');
      const waiting = rejectionOf(crm.call('POST', list, newRecord));
      await until(async () => (await crm.control('GET', '/tellers')).body.totaal === 1);
      const start = performance.now();
      await crm.close();
      expect(performance.now() - start).to.be.below(1000);
      expect(await waiting).to.be.instanceOf(TypeError);
      await crm.start();
      expect((await crm.call('GET', list)).body.TOTAAL).to.equal(before + stored);
    });
  }
});
