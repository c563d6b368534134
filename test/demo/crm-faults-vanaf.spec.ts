import { expect } from 'chai';
import { runningCrm } from './crm.ts';

describe('demo CRM: a fault that begins later', () => {
  const crm = runningCrm();
  const fault = (body: unknown) => crm.control('POST', '/storing', body);
  const statuses = async (count: number) => {
    const found: number[] = [];
    for (let call = 0; call < count; call++)
      found.push((await crm.call('GET', '/relbeheer/relaties/100001')).status);
    return found;
  };
  afterEach(() => crm.control('DELETE', '/storing'));

  it('strikes from the call that it begins with', async () => {
    await fault({ soort: 'fout', vanaf: 3 });
    expect(await statuses(5)).to.deep.equal([200, 200, 500, 500, 500]);
  });

  it('strikes so many calls from there, then no more', async () => {
    await fault({ soort: 'fout', vanaf: 2, aantal: 1 });
    expect(await statuses(3)).to.deep.equal([200, 500, 200]);
  });

  it('counts only the calls that it is for', async () => {
    await fault({ soort: 'fout', vanaf: 2, pad: '/gba' });
    await fault({ soort: 'vol', vanaf: 2, methode: 'GET', pad: '/relbeheer' });
    await crm.call('POST', '/relbeheer/relaties', { RELATIE: { NAAM: 'Storing' } });
    expect(await statuses(2)).to.deep.equal([200, 429]);
  });

  it('leaves the calls before it to another fault', async () => {
    await fault({ soort: 'fout', vanaf: 2 });
    await fault({ soort: 'vol' });
    expect(await statuses(2)).to.deep.equal([429, 500]);
  });

  it('refuses a beginning that makes no sense', async () => {
    for (const vanaf of [0, -1, 1.5, '2']) {
      expect((await fault({ soort: 'fout', vanaf })).status, String(vanaf)).to.equal(400);
    }
  });
});
