import { expect } from 'chai';
import { awkward, seedRelations } from '../../src/demo/crm/seed.ts';
import type { Columns } from './crm.ts';
import { runningCrm } from './crm.ts';

const list = '/relbeheer/relaties';

describe('demo CRM: writing', () => {
  const crm = runningCrm();
  const post = (columns: Columns) => crm.call('POST', list, { RELATIE: columns });
  const put = (number: number | undefined, columns: Columns) =>
    crm.call('PUT', `${list}/${number ?? 0}`, { RELATIE: columns });
  const read = async (number: number | undefined) => (await crm.call('GET', `${list}/${number ?? 0}`)).body;
  const created = async (columns: Columns) => (await post(columns)).body.RELNR;

  it('answers a new record with nothing but its number', async () => {
    const { status, body } = await post({ SRT: 'P', ANAAM: 'Jansen' });
    expect(status).to.equal(200);
    expect(body).to.deep.equal({ STATUS: 'OK', RELNR: 101_001 });
    expect((await read(101_001)).RELATIE).to.include({ RELNR: 101_001, MUTNR: 1, SRT: 'P', ANAAM: 'Jansen' });
  });

  it('silently drops unknown columns, RELNR, MUTNR and values that fit nowhere', async () => {
    const number = await created({
      RELNR: 5,
      MUTNR: 9,
      KLEUR: 'rood',
      toString: 'x',
      STR: { a: 1 },
      HNR: 12,
    });
    const { RELATIE } = await read(number);
    expect(RELATIE).to.include({ RELNR: number, MUTNR: 1, HNR: '12' });
    expect(RELATIE).not.to.have.property('KLEUR');
    expect(RELATIE?.STR ?? '').to.equal('');
    expect((await read(5)).FOUT?.CODE).to.equal('REL404');
  });

  it('takes two records with the same numbers', async () => {
    const { BSNR } = seedRelations()[0] ?? {};
    const before = (await crm.call('GET', `${list}?BSNR=${BSNR ?? ''}`)).body.TOTAAL;
    await post({ SRT: 'P', BSNR, KLANTNR: 'K0000101' });
    expect(before).to.equal(1);
    expect((await crm.call('GET', `${list}?BSNR=${BSNR ?? ''}`)).body.TOTAAL).to.equal(2);
  });

  it('changes only the columns that were sent, and counts the changes', async () => {
    const number = await created({ SRT: 'P', ANAAM: 'Visser', EMAIL: 'a@example.nl', WPL: 'Zutphen' });
    const { status, body } = await put(number, { ANAAM: 'Dekker', EMAIL: null, WPL: '' });
    expect(status).to.equal(200);
    expect(body).to.deep.equal({ STATUS: 'OK', MUTNR: 2 });
    const { RELATIE } = await read(number);
    expect(RELATIE).to.include({ RELNR: number, MUTNR: 2, SRT: 'P', ANAAM: 'Dekker' });
    expect(RELATIE?.EMAIL ?? '').to.equal('');
    expect(RELATIE?.WPL ?? '').to.equal('');
    expect((await put(number, { VRIJ2: 'x' })).body.MUTNR).to.equal(3);
  });

  it('counts every one of many changes at the same time', async () => {
    const number = await created({ SRT: 'O', NAAM: 'Druk' });
    const answers = await Promise.all(Array.from({ length: 10 }, () => put(number, { VRIJ1: 'x' })));
    expect(answers.map(({ body }) => body.MUTNR)).to.have.members([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('gives each of many new records at the same time its own number', async () => {
    const numbers = await Promise.all(Array.from({ length: 10 }, () => created({ NAAM: 'Tegelijk' })));
    expect(new Set(numbers).size).to.equal(10);
  });

  it('takes trade names as a text and as a list, and gives them back in its own way', async () => {
    const number = await created({ SRT: 'F', HNDNM: ['Een'] });
    expect((await read(number)).RELATIE?.HNDNM).to.equal('Een');
    await put(number, { HNDNM: ['Een', '', 'Twee'] });
    expect((await read(number)).RELATIE?.HNDNM).to.deep.equal(['Een', 'Twee']);
    await put(number, { HNDNM: 'Drie' });
    expect((await read(number)).RELATIE?.HNDNM).to.equal('Drie');
    await put(number, { HNDNM: [] });
    expect((await read(number)).RELATIE).not.to.have.property('HNDNM');
  });

  it('refuses a kind that it does not know, in a text that gives the customer away', async () => {
    const { status, body } = await put(awkward.apostrophe, { SRT: 'X' });
    expect(status).to.equal(400);
    expect(body.FOUT?.CODE).to.equal('VLD001');
    expect(body.FOUT?.TEKST).to.include("O'Brien").and.to.include(seedRelations()[0]?.BSNR);
    expect((await read(awkward.apostrophe)).RELATIE).to.include({ SRT: 'P', MUTNR: 1 });
    expect((await post({ SRT: 'p' })).body.FOUT?.CODE).to.equal('VLD001');
    expect((await post({ SRT: '' })).status).to.equal(200);
  });

  it('refuses a customer number of more than 8 characters', async () => {
    expect((await post({ KLANTNR: 'K00001234' })).body.FOUT?.CODE).to.equal('VLD003');
    expect((await post({ KLANTNR: 'K0000123' })).status).to.equal(200);
  });

  const large = JSON.stringify({ RELATIE: { VRIJ1: 'x'.repeat(1024 * 1024) } });
  for (const [what, body] of [
    ['no JSON', '{"RELATIE":{'],
    ['more than 1 MB', large],
    ['a list', '[]'],
    ['no RELATIE', '{}'],
    ['a RELATIE that is no object', '{"RELATIE":[]}'],
    ['nothing', ''],
  ] as const) {
    it(`refuses a body with ${what}`, async () => {
      for (const [method, path] of [
        ['POST', list],
        ['PUT', `${list}/100001`],
      ] as const) {
        const answer = await crm.call(method, path, body);
        expect(answer.status).to.equal(400);
        expect(answer.body.FOUT?.CODE).to.equal('VLD000');
      }
    });
  }

  it('removes a record', async () => {
    const number = await created({ NAAM: 'Weg' });
    expect((await crm.call('DELETE', `${list}/${number ?? 0}`)).body).to.deep.equal({ STATUS: 'OK' });
    expect((await read(number)).FOUT?.CODE).to.equal('REL404');
  });

  it('answers 200 with REL404 to changing or removing what is not there', async () => {
    for (const method of ['PUT', 'DELETE']) {
      const { status, body } = await crm.call(method, `${list}/12`, { RELATIE: {} });
      expect(status).to.equal(200);
      expect(body.FOUT?.CODE).to.equal('REL404');
    }
  });

  it('keeps everything when it stops and starts, and never gives a number out twice', async () => {
    const kept = await created({ NAAM: 'Blijft' });
    const removed = await created({ NAAM: 'Gaat' });
    await put(kept, { VRIJ1: 'gewijzigd' });
    await crm.call('DELETE', `${list}/${removed ?? 0}`);
    await crm.close();
    await crm.start();
    expect((await read(kept)).RELATIE).to.include({ NAAM: 'Blijft', VRIJ1: 'gewijzigd', MUTNR: 2 });
    expect((await read(removed)).FOUT?.CODE).to.equal('REL404');
    expect(await created({ NAAM: 'Nieuw' })).to.equal((removed ?? 0) + 1);
  });
});
