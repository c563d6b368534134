import { expect } from 'chai';
import { runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';

const number = 100003;
const klant = klantPath(number);
const alwaysAsked = { cache: { resources: { klant: { staleSeconds: 0 } } } };
const withEtag = {
  'mapping.yaml': [
    ['revalidate: { by: stamp, request: klant.stamp.jsonata, field: MUTNR }', 'revalidate: { by: etag }'],
  ],
} as const;

type Gateway = ReturnType<typeof runningGateway>;

const cacheUse = (gateway: Gateway) => gateway.events.findLast((event) => event.event === 'request')?.cache;

/** What holds however the mapping finds out whether a record has changed. */
function itRevalidates(gateway: Gateway): void {
  it('asks the CRM each time, and gives the record that it still has', async () => {
    const first = await gateway.get(klant);
    await gateway.crm.forget();
    const second = await gateway.get(klant);
    expect(second.text).to.equal(first.text);
    expect(await gateway.crm.total()).to.equal(1);
    expect(cacheUse(gateway)).to.equal('revalidated');
  });

  it('gives no 304 that is not true', async () => {
    const etag = (await gateway.get(klant)).headers.get('ETag') ?? '';
    const ask = () => gateway.get(klant, { headers: { 'If-None-Match': etag } });
    expect((await ask()).status).to.equal(304);
    await gateway.crm.change(number, { ANAAM: 'Buitenom' });
    const changed = await ask();
    expect(changed.status).to.equal(200);
    expect(changed.body.achternaam).to.equal('Buitenom');
    expect((await ask()).body.achternaam).to.equal('Buitenom');
  });

  it('sees that the klant is gone', async () => {
    const gone = await gateway.crm.add({ ANAAM: 'Weldra' });
    expect((await gateway.get(klantPath(gone))).status).to.equal(200);
    await gateway.crm.remove(gone);
    expect((await gateway.get(klantPath(gone), { headers: { 'If-None-Match': '*' } })).status).to.equal(404);
  });

  it('does not fall back on what it has when the CRM fails', async () => {
    await gateway.get(klant);
    await gateway.crm.fault({ soort: 'fout' });
    expect((await gateway.get(klant)).status).to.equal(502);
  });
}

describe('§7 A cached record is revalidated by its modification stamp', () => {
  const gateway = runningGateway({ config: alwaysAsked });
  itRevalidates(gateway);

  it('for a changed record, the stamp and the record are asked for', async () => {
    await gateway.get(klant);
    await gateway.crm.change(number, { ANAAM: 'Anders' });
    await gateway.crm.forget();
    expect((await gateway.get(klant)).body.achternaam).to.equal('Anders');
    expect(await gateway.crm.total()).to.equal(2);
    expect(cacheUse(gateway)).to.equal('miss');
  });
});

describe("§7 A cached record is revalidated by the CRM's ETag", () => {
  const mapping = mappingCopy(withEtag);
  const gateway = runningGateway({
    get config() {
      return { ...alwaysAsked, mapping: { folder: mapping.folder } };
    },
  });
  before(() => gateway.crm.settings({ etag: true }));
  itRevalidates(gateway);

  it('a changed record costs one request: it comes with the answer', async () => {
    await gateway.get(klant);
    await gateway.crm.change(number, { ANAAM: 'Ineens' });
    await gateway.crm.forget();
    expect((await gateway.get(klant)).body.achternaam).to.equal('Ineens');
    expect(await gateway.crm.total()).to.equal(1);
    expect(cacheUse(gateway)).to.equal('miss');
  });
});

describe('§7 A CRM that promises ETags and gives none', () => {
  const mapping = mappingCopy(withEtag);
  const gateway = runningGateway({
    get config() {
      return { ...alwaysAsked, mapping: { folder: mapping.folder } };
    },
  });

  it('is asked for the whole record each time', async () => {
    await gateway.get(klant);
    await gateway.crm.change(number, { ANAAM: 'Zonder' });
    await gateway.crm.forget();
    expect((await gateway.get(klant)).body.achternaam).to.equal('Zonder');
    expect(await gateway.crm.total()).to.equal(1);
  });
});

describe('§7 The age of a record counts from when it was asked for', () => {
  const gateway = runningGateway({ config: { cache: { resources: { klant: { staleSeconds: 1 } } } } });

  it('one that the CRM answered too late is not given again without asking', async () => {
    await gateway.crm.fault({ soort: 'traag', moment: 'na', ms: 1100, aantal: 1 });
    await gateway.get(klant);
    await gateway.crm.change(number, { ANAAM: 'Inmiddels' });
    expect((await gateway.get(klant)).body.achternaam).to.equal('Inmiddels');
  });
});
