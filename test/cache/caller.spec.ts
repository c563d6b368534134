import { expect } from 'chai';
import { arrivalsAt } from '../kit/arrivals.ts';
import { type ClientId, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { until } from '../kit/until.ts';

const klant = klantPath(100003);
const clients: readonly ClientId[] = ['all', 'reader'];
const cache = { resources: { klant: { staleSeconds: 86_400 } } };

const cases = [
  {
    what: 'is part of the key when the mapping looks at the caller',
    edits: { 'klant.read.jsonata': '{ "path": ["relaties", id], "query": { "WIE": $caller.clientId } }' },
    shared: false,
  },
  {
    what: 'is part of the key when only the translation of the record looks at the caller',
    edits: {
      'klant.from-crm.jsonata': [['"functie": FUNC', '"functie": FUNC & " voor " & $caller.clientId']],
    },
    shared: false,
  },
  { what: 'is no part of the key when nothing looks at the caller', edits: {}, shared: true },
] as const;

for (const { what, edits, shared } of cases) {
  const cost = shared ? 1 : 2;

  describe(`§7 The caller ${what}`, () => {
    const mapping = mappingCopy(edits);
    const gateway = runningGateway({
      get config() {
        return { cache, mapping: { folder: mapping.folder } };
      },
    });

    it(`in the cache: a read of two clients costs ${cost}`, async () => {
      await gateway.crm.forget();
      for (const client of [...clients, ...clients]) {
        expect((await gateway.get(klant, { client })).status).to.equal(200);
      }
      expect(await gateway.crm.total()).to.equal(cost);
    });

    it('a write of one evicts what the other sees', async () => {
      for (const client of clients) await gateway.get(klant, { client });
      await gateway.patch(klant, { achternaam: 'Iedereen' });
      for (const client of clients) {
        expect((await gateway.get(klant, { client })).body.achternaam).to.equal('Iedereen');
      }
    });

    for (const place of [klantPath(100004), '/klanten?klantnummer=bestaat-niet']) {
      it(`under way: ${place.includes('?') ? 'a list' : 'a read'} of two clients at once costs ${cost}`, async () => {
        // A list asks as the mapping says, which here is the same for everybody; it must still not be shared.
        await gateway.crm.fault({ soort: 'traag', methode: 'GET' });
        await gateway.crm.forget();
        const arrivals = arrivalsAt(gateway.port);
        const answers = Promise.all(clients.map((client) => gateway.get(place, { client })));
        await until('both have arrived', () => arrivals.count === clients.length);
        arrivals.stop();
        for (let later = 0; later < 3; later++) await gateway.get('/klanten/not-one-of-ours');
        await gateway.crm.calm();
        expect((await answers).map(({ status }) => status)).to.deep.equal([200, 200]);
        expect(await gateway.crm.total()).to.equal(cost);
      });
    }
  });
}

describe('§7 What one caller may see is not shown to another', () => {
  const mapping = mappingCopy({
    'klant.from-crm.jsonata': [['"functie": FUNC', '"functie": "voor " & $caller.clientId']],
  });
  const gateway = runningGateway({
    get config() {
      return { cache, mapping: { folder: mapping.folder } };
    },
  });

  it('in a read, a list and a 304', async () => {
    const etags = [];
    for (const client of [...clients, ...clients]) {
      const read = await gateway.get(klant, { client });
      expect(read.body.functie).to.equal(`voor ${client}`);
      etags.push(read.headers.get('ETag'));
      const list = await gateway.get('/klanten?klantnummer=100001', { client });
      expect(list.text).not.to.contain(client === 'all' ? 'voor reader' : 'voor all');
    }
    expect(new Set(etags).size).to.equal(2);
  });
});
