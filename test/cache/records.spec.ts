import { expect } from 'chai';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';

const aDay = 86_400;
const number = 100003;
const klant = klantPath(number);
const readOne = 'GET /relbeheer/relaties/:nr';

describe('§7 Single records are cached for a stated time', () => {
  const gateway = runningGateway({ config: { cache: { resources: { klant: { staleSeconds: aDay } } } } });

  const achternaam = async (place = klant) => (await gateway.get(place)).body.achternaam;
  const cacheUse = () => gateway.events.findLast((event) => event.event === 'request')?.cache;

  /** Reads it, so that it is in the cache, and then changes it behind the gateway's back. */
  async function changedBehind(name: string): Promise<void> {
    await achternaam();
    await gateway.crm.change(number, { ANAAM: name });
    await gateway.crm.forget();
  }

  it('a second read does not cost the CRM anything', async () => {
    await achternaam();
    await gateway.crm.forget();
    expect(await achternaam()).to.equal(await achternaam());
    expect(await gateway.crm.total()).to.equal(0);
    expect(cacheUse()).to.equal('hit');
  });

  it('shows what it knows within that time, also when the CRM has been changed by somebody else', async () => {
    const before = await achternaam();
    await changedBehind('Achterom');
    expect(await achternaam()).to.equal(before);
    expect(await gateway.crm.total()).to.equal(0);
  });

  it('shows the ETag of what it shows', async () => {
    const etag = (await gateway.get(klant)).headers.get('ETag') ?? '';
    await changedBehind('Nogmaals');
    expect((await gateway.get(klant, { headers: { 'If-None-Match': etag } })).status).to.equal(304);
  });

  it('answers a HEAD from it too', async () => {
    await achternaam();
    await gateway.crm.forget();
    expect((await gateway.head(klant)).status).to.equal(200);
    expect(await gateway.crm.total()).to.equal(0);
  });

  it('a PATCH starts from what the CRM has, and the next read shows all of it', async () => {
    await changedBehind('Vanachter');
    const patched = await gateway.patch(klant, { functie: 'bode' });
    expect(patched.body).to.include({ achternaam: 'Vanachter', functie: 'bode' });
    expect((await gateway.get(klant)).body).to.deep.equal(patched.body);
  });

  it('a PUT evicts what it changed', async () => {
    await achternaam();
    const put = await gateway.put(klant, { ...leastKlant, klantnummer: 'K-PUT', achternaam: 'Vervangen' });
    expect(put.status).to.equal(200);
    expect(await achternaam()).to.equal('Vervangen');
  });

  it('a PATCH that the CRM carried out, but did not answer well, evicts too', async () => {
    await achternaam();
    await gateway.crm.fault({ soort: 'fout', methode: 'PUT', moment: 'na', aantal: 1 });
    expect((await gateway.patch(klant, { achternaam: 'Toch' })).status).to.equal(502);
    expect(await achternaam()).to.equal('Toch');
  });

  it('a DELETE evicts what it removed', async () => {
    const place = urlIn(await gateway.post(leastKlant));
    expect((await gateway.get(place)).status).to.equal(200);
    expect((await gateway.delete(place)).status).to.equal(204);
    expect((await gateway.get(place)).status).to.equal(404);
  });

  it('a DELETE that the CRM carried out, but did not answer well, evicts too', async () => {
    const place = urlIn(await gateway.post(leastKlant));
    expect((await gateway.get(place)).status).to.equal(200);
    await gateway.crm.fault({ soort: 'fout', methode: 'DELETE', moment: 'na', aantal: 1 });
    expect((await gateway.delete(place)).status).to.equal(502);
    expect((await gateway.get(place)).status).to.equal(404);
  });

  it('a write leaves other records where they are', async () => {
    await achternaam(klantPath(100004));
    await gateway.patch(klant, { functie: 'kok' });
    await gateway.crm.forget();
    await achternaam(klantPath(100004));
    expect(await gateway.crm.total()).to.equal(0);
  });

  it('lists are never cached', async () => {
    await gateway.get('/klanten?klantnummer=bestaat-niet');
    await gateway.crm.forget();
    await gateway.get('/klanten?klantnummer=bestaat-niet');
    expect(await gateway.crm.total()).to.equal(1);
  });
});

describe('§7 Only answers that succeeded are cached', () => {
  const gateway = runningGateway({ config: { cache: { resources: { klant: { staleSeconds: aDay } } } } });

  const faults = ['fout', 'foutcode', 'html', 'afgekapt', 'verbreek', 'vol', 'sleutel'];
  faults.forEach((soort, index) => {
    it(`not the fault ${soort}`, async () => {
      const place = klantPath(100030 + index);
      await gateway.crm.fault({ soort });
      expect((await gateway.get(place)).status).to.be.within(502, 503);
      await gateway.crm.calm();
      expect((await gateway.get(place)).status).to.equal(200);
    });
  });

  it('not a 404: a klant that appears is seen at once', async () => {
    const next = (await gateway.crm.add({ ANAAM: 'Eerste' })) + 1;
    expect((await gateway.get(klantPath(next))).status).to.equal(404);
    expect(await gateway.crm.add({ ANAAM: 'Tweede' })).to.equal(next);
    expect((await gateway.get(klantPath(next))).body.achternaam).to.equal('Tweede');
  });
});

describe('§7 The cache is bounded in bytes', () => {
  const maxBytes = 40_000;
  const gateway = runningGateway({
    config: { cache: { maxBytes, resources: { klant: { staleSeconds: aDay } } } },
  });
  const many = Array.from({ length: 40 }, (_, index) => klantPath(100030 + index));

  it('keeps what was read last, and lets go of what was read first', async () => {
    let bytes = 0;
    // Its own fields, those of the standard, and the answer.
    for (const place of many) bytes += 3 * (await gateway.get(place)).text.length;
    expect(bytes).to.be.greaterThan(2 * maxBytes);
    await gateway.crm.forget();
    await gateway.get(many.at(-1) ?? '');
    expect(await gateway.crm.total()).to.equal(0);
    await gateway.get(many[0] ?? '');
    expect(await gateway.crm.counts()).to.deep.equal({ [readOne]: 1 });
  });
});

describe('§7 A record that is larger than the cache', () => {
  const gateway = runningGateway({
    config: { cache: { maxBytes: 10, resources: { klant: { staleSeconds: aDay } } } },
  });

  it('is given, and not kept', async () => {
    expect((await gateway.get(klant)).status).to.equal(200);
    await gateway.crm.forget();
    expect((await gateway.get(klant)).status).to.equal(200);
    expect(await gateway.crm.total()).to.equal(1);
  });
});

describe('§7 Nothing is cached unless the configuration asks for it', () => {
  const gateway = runningGateway();

  it('each read asks the CRM', async () => {
    await gateway.get(klant);
    await gateway.crm.change(number, { ANAAM: 'Meteen' });
    await gateway.crm.forget();
    expect((await gateway.get(klant)).body.achternaam).to.equal('Meteen');
    expect(await gateway.crm.counts()).to.deep.equal({ [readOne]: 1 });
  });
});
