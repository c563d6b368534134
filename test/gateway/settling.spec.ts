import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { eventsSince } from '../kit/events-since.ts';
import { complaints, leastKlant, results, runningGateway, urlIn } from '../kit/gateway.ts';
import { until } from '../kit/until.ts';

/** Faults that leave it open whether a write was carried out, with what the client is told at once. */
const faults = { traag: 504, verbreek: 502, fout: 502, afgekapt: 502 };

describe('a write that the CRM did not answer', () => {
  const gateway = runningGateway({
    config: { backends: { crm: { limits: { connectMs: 300, headersMs: 500, bodyMs: 200 } } } },
  });
  const since = eventsSince(gateway.events);

  const settled = () => since('write-settled').map(({ operation, outcome }) => `${operation} ${outcome}`);
  const strike = (fault: JsonObject) => gateway.crm.fault({ aantal: 1, ...fault });

  /** Whose outcome is still being looked for would come in the way of the next spec. */
  afterEach(() => until('the write has settled', () => since('write-settled').length > 0));

  it('of a relation is not taken for one of the same klant in another rol', async () => {
    const verzoek = urlIn(
      await gateway.create('verzoeken', 'verzoeken', { bronorganisatie: '123456782', status: 'ontvangen' }),
    );
    const klant = urlIn(await gateway.post(leastKlant));
    const relate = (rol: string) => gateway.create('verzoeken', 'klantverzoeken', { verzoek, klant, rol });
    expect((await relate('initiator')).status).to.equal(201);
    await strike({ soort: 'verbreek', moment: 'voor', methode: 'POST', pad: '/relbeheer/betrokkenen' });
    expect((await relate('belanghebbende')).status).to.equal(502);
    await until('it has settled', () => settled().length > 0);
    expect(settled()).to.deep.equal(['create not-done']);
    expect((await relate('belanghebbende')).status).to.equal(201);
  });

  describe('a create', () => {
    let klantnummer = '';
    let count = 0;
    const body = () => ({ ...leastKlant, klantnummer });

    beforeEach(() => {
      klantnummer = `N${++count}`;
    });

    for (const [soort, status] of Object.entries(faults)) {
      it(`(${soort}) that was carried out: ${status}, and then its pair is taken`, async () => {
        await strike({ soort, moment: 'na', methode: 'POST' });
        expect((await gateway.post(body())).status).to.equal(status);
        expect(complaints(await gateway.post(body()))).to.deep.equal(['nonFieldErrors unique']);
        expect(settled()).to.deep.equal(['create done']);
        expect(results(await gateway.get(`/klanten?klantnummer=${klantnummer}`))).to.have.length(1);
      });
    }

    for (const soort of ['traag', 'verbreek'] as const) {
      it(`(${soort}) that was not: ${faults[soort]} at once, and who wants its pair waits until that is certain`, async () => {
        await strike({ soort, moment: 'voor', methode: 'POST' });
        expect((await gateway.post(body())).status).to.equal(faults[soort]);
        expect((await gateway.post({ ...body(), bronorganisatie: '950428139' })).status).to.equal(201);
        expect(settled(), 'with another pair').to.deep.equal([]);
        const next = await gateway.post(body());
        expect(next.status, next.text).to.equal(201);
        expect(settled()).to.deep.equal(['create not-done']);
        expect(results(await gateway.get(`/klanten?klantnummer=${klantnummer}`))).to.have.length(2);
      });
    }

    it('keeps its pair for as long as the CRM does not let itself be read', async () => {
      await strike({ soort: 'traag', moment: 'na', methode: 'POST' });
      await gateway.crm.forget();
      const creating = gateway.post(body());
      await until('the CRM has it', async () => 'POST /relbeheer/relaties' in (await gateway.crm.counts()));
      await gateway.crm.fault({ soort: 'fout', methode: 'GET', aantal: 1 });
      expect((await creating).status).to.equal(504);
      expect(complaints(await gateway.post(body()))).to.deep.equal(['nonFieldErrors unique']);
      expect(settled()).to.deep.equal(['create done']);
    });

    it('keeps its pair from an update too', async () => {
      const url = urlIn(await gateway.post(leastKlant));
      await strike({ soort: 'verbreek', moment: 'na', methode: 'POST' });
      await gateway.post(body());
      const answers = [await gateway.patch(url, { klantnummer }), await gateway.put(url, body())];
      expect(answers.map(complaints)).to.deep.equal([['nonFieldErrors unique'], ['nonFieldErrors unique']]);
    });

    it('of which only the reading afterwards failed was carried out', async () => {
      await strike({ soort: 'fout', methode: 'GET', pad: '/relbeheer/relaties/' });
      expect((await gateway.post(body())).status).to.equal(502);
      expect(complaints(await gateway.post(body()))).to.deep.equal(['nonFieldErrors unique']);
      expect(settled()).to.deep.equal(['create done']);
    });
  });

  describe('an update', () => {
    let url = '';

    beforeEach(async () => {
      url = urlIn(await gateway.post(leastKlant));
    });

    afterEach(() => gateway.delete(url));

    for (const [soort, status] of Object.entries(faults)) {
      it(`(${soort}) that was carried out: ${status}, and the next one does not lose it`, async () => {
        await strike({ soort, moment: 'na', methode: 'PUT' });
        expect((await gateway.patch(url, { functie: 'inkoper' })).status).to.equal(status);
        const next = await gateway.patch(url, { voornaam: 'Anna' });
        expect(next.status, next.text).to.equal(200);
        expect(next.body).to.include({ functie: 'inkoper', voornaam: 'Anna' });
        expect(settled()).to.deep.equal(['partial_update done']);
      });
    }

    it('that was not: 502 at once, and the next waits until that is certain', async () => {
      await strike({ soort: 'verbreek', moment: 'voor', methode: 'PUT' });
      expect((await gateway.put(url, { ...leastKlant, functie: 'inkoper' })).status).to.equal(502);
      expect((await gateway.get(url)).status).to.equal(200);
      expect(settled(), 'a reader').to.deep.equal([]);
      const next = await gateway.patch(url, { voornaam: 'Anna' });
      expect(next.body).to.include({ functie: '', voornaam: 'Anna' });
      expect(settled()).to.deep.equal(['update not-done']);
    });

    it('keeps the pair that it may have got', async () => {
      await strike({ soort: 'verbreek', moment: 'voor', methode: 'PUT' });
      await gateway.patch(url, { klantnummer: 'U1' });
      expect((await gateway.post({ ...leastKlant, klantnummer: 'U1' })).status).to.equal(201);
      expect(settled()).to.deep.equal(['partial_update not-done']);
    });
  });

  describe('a delete', () => {
    let url = '';

    beforeEach(async () => {
      url = urlIn(await gateway.post(leastKlant));
    });

    it('that was carried out: 502, and then the klant is gone', async () => {
      await strike({ soort: 'verbreek', moment: 'na', methode: 'DELETE' });
      expect((await gateway.delete(url)).status).to.equal(502);
      expect((await gateway.patch(url, { functie: 'inkoper' })).status).to.equal(404);
      expect(settled()).to.deep.equal(['delete done']);
    });

    it('that was not: 502 at once, and the next waits until that is certain', async () => {
      await strike({ soort: 'verbreek', moment: 'voor', methode: 'DELETE' });
      expect((await gateway.delete(url)).status).to.equal(502);
      expect(settled()).to.deep.equal([]);
      expect((await gateway.delete(url)).status).to.equal(204);
      expect(settled()).to.deep.equal(['delete not-done']);
    });
  });
});

describe('a write that the CRM declined', () => {
  const gateway = runningGateway();
  const since = eventsSince(gateway.events);

  it('holds nothing up: it is certain that nothing happened', async () => {
    const body = { ...leastKlant, klantnummer: 'A1' };
    await gateway.crm.fault({ soort: 'vol', methode: 'POST', aantal: 1 });
    expect((await gateway.post(body)).status).to.equal(503);
    expect((await gateway.post(body)).status).to.equal(201);
    expect(since('write-settled')).to.deep.equal([]);
  });
});
