import { expect } from 'chai';
import { arrivalsAt } from '../kit/arrivals.ts';
import { type Answer, leastKlant, results, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { until } from '../kit/until.ts';

const klant = klantPath(100003);
const readOne = 'GET /relbeheer/relaties/:nr';
const search = 'GET /relbeheer/relaties';

describe('§7 Identical reads at the same time cost the CRM one', () => {
  const gateway = runningGateway();

  /** Asks for all of them at the same time; the CRM answers only when each is being worked on. */
  async function together(places: readonly string[]): Promise<Answer[]> {
    await gateway.crm.fault({ soort: 'traag', methode: 'GET' });
    await gateway.crm.forget();
    const arrivals = arrivalsAt(gateway.port);
    const answers = Promise.all(places.map((place) => gateway.get(place)));
    await until('all have arrived', () => arrivals.count >= places.length);
    arrivals.stop();
    // What came later than all of them is done with its token, so they are too.
    for (let later = 0; later < 3; later++) await gateway.get('/klanten/not-one-of-ours');
    await gateway.crm.calm();
    return answers;
  }

  it('a hundred of one klant', async () => {
    const answers = await together(Array.from({ length: 100 }, () => klant));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(100).fill(200));
    expect(new Set(answers.map(({ text }) => text)).size).to.equal(1);
    expect(await gateway.crm.counts()).to.deep.equal({ [readOne]: 1 });
  });

  it('a hundred of one list', async () => {
    const answers = await together(Array.from({ length: 100 }, () => '/klanten?klantnummer=bestaat-niet'));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(100).fill(200));
    expect(await gateway.crm.counts()).to.deep.equal({ [search]: 1 });
  });

  it('twenty of a klant that is not there', async () => {
    const answers = await together(Array.from({ length: 20 }, () => klantPath(999999)));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(20).fill(404));
    expect(await gateway.crm.counts()).to.deep.equal({ [readOne]: 1 });
  });

  it('reads of different klanten are not mixed up', async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => 100030 + index);
    const answers = await together(numbers.map(klantPath));
    answers.forEach((answer, index) => {
      expect(answer.body.url).to.contain(klantPath(numbers[index] ?? 0));
    });
    expect(await gateway.crm.counts()).to.deep.equal({ [readOne]: 20 });
  });

  it('lists with different filters or pages are not mixed up', async () => {
    const places = [
      '/klanten?klantnummer=100001',
      '/klanten?klantnummer=a',
      '/klanten?achternaam=a',
      '/klanten?klantnummer=a&achternaam=a',
    ];
    await together(places);
    expect(await gateway.crm.counts()).to.deep.equal({ [search]: places.length });
    const [second, third] = await together(['/klanten?page=2', '/klanten?page=3']);
    expect(second?.text).not.to.equal(third?.text);
  });

  it('afterwards each read asks again', async () => {
    await gateway.crm.forget();
    await gateway.get(klant);
    await gateway.get(klant);
    await gateway.get('/klanten?klantnummer=bestaat-niet');
    await gateway.get('/klanten?klantnummer=bestaat-niet');
    expect(await gateway.crm.counts()).to.deep.equal({ [readOne]: 2, [search]: 2 });
  });
});

for (const [kind, cache] of [
  ['with a cache', { resources: { klant: { staleSeconds: 86_400 } } }],
  ['without a cache', {}],
] as const) {
  describe(`§7 A write while a read is under way, ${kind}`, () => {
    const gateway = runningGateway({ config: { cache } });

    // A klant of its own for each spec, so that none is remembered yet.
    let next = 100030;
    let klant = '';
    beforeEach(() => {
      klant = klantPath(next++);
    });

    /** Starts a request that the CRM looks up now and answers later: what it says is from before the write. */
    async function startedBefore(start: () => Promise<Answer>): Promise<{ reading: Promise<Answer> }> {
      await gateway.crm.fault({ soort: 'traag', methode: 'GET', moment: 'na', aantal: 1 });
      await gateway.crm.forget();
      const reading = start();
      await until('the CRM has looked it up', async () => (await gateway.crm.total()) > 0);
      return { reading };
    }

    it('what the read brings back is not remembered', async () => {
      const { reading } = await startedBefore(() => gateway.get(klant));
      await gateway.patch(klant, { achternaam: 'Erna' });
      await gateway.crm.calm();
      expect((await reading).status).to.equal(200);
      expect((await gateway.get(klant)).body.achternaam).to.equal('Erna');
    });

    it('a read that comes after the write does not wait for the old one', async () => {
      const { reading } = await startedBefore(() => gateway.get(klant));
      await gateway.patch(klant, { achternaam: 'Daarna' });
      expect((await gateway.get(klant)).body.achternaam).to.equal('Daarna');
      await gateway.crm.calm();
      await reading;
      expect((await gateway.get(klant)).body.achternaam).to.equal('Daarna');
    });

    it('a read of a klant that was removed meanwhile does not bring it back', async () => {
      const number = await gateway.crm.add({ ANAAM: 'Even' });
      const { reading } = await startedBefore(() => gateway.get(klantPath(number)));
      // The CRM deletes it at once, because the gateway's own look at it comes second.
      expect((await gateway.delete(klantPath(number))).status).to.equal(204);
      await gateway.crm.calm();
      await reading;
      expect((await gateway.get(klantPath(number))).status).to.equal(404);
    });

    const writes: readonly (readonly [what: string, write: (name: string) => Promise<Answer>])[] = [
      ['a POST', (name) => gateway.post({ ...leastKlant, achternaam: name })],
      ['a PATCH', (name) => gateway.patch(klant, { achternaam: name })],
    ];
    for (const [what, write] of writes) {
      it(`a list that comes after ${what} does not join one from before it`, async () => {
        const name = what.replace(' ', '-');
        const list = () => gateway.get(`/klanten?achternaam=${name}`);
        const { reading } = await startedBefore(list);
        expect((await write(name)).status).to.be.within(200, 201);
        expect(results(await list())).to.have.length(1);
        await gateway.crm.calm();
        expect(results(await reading)).to.have.length(0);
      });
    }

    it('a list that comes after a DELETE does not join one from before it', async () => {
      await gateway.patch(klant, { achternaam: 'Verwijderd' });
      const list = () => gateway.get('/klanten?achternaam=Verwijderd');
      const { reading } = await startedBefore(list);
      expect((await gateway.delete(klant)).status).to.equal(204);
      expect(results(await list())).to.have.length(0);
      await gateway.crm.calm();
      expect(results(await reading)).to.have.length(1);
    });
  });
}
