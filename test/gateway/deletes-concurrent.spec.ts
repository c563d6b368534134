import { expect } from 'chai';
import { results, runningGateway } from '../kit/gateway.ts';
import { until } from '../kit/until.ts';
import { patience } from '../rules/registers.ts';
import { storesOf } from './deletes.ts';

describe('deletes and other writes at the same time', function () {
  this.timeout(90_000);
  const gateway = runningGateway({ config: patience });
  const stores = storesOf(gateway);

  it('a relation is never made of a record that is gone', async () => {
    const { url, number } = await stores.verzoek();
    const { url: klant } = await stores.klant();
    const relate = (index: number) =>
      gateway.create('verzoeken', 'klantverzoeken', {
        verzoek: url,
        klant,
        rol: index % 2 ? 'initiator' : 'belanghebbende',
      });
    const product = (index: number) =>
      gateway.create('verzoeken', 'verzoekproducten', {
        verzoek: url,
        productIdentificatie: { code: `p${index}` },
      });
    const table = '/bijregister/tabellen/verzoekproducten';
    await gateway.around.forget();
    await gateway.around.fault({ soort: 'traag', ms: 4000, methode: 'POST', pad: table, aantal: 1 });
    const writes = Array.from({ length: 12 }, (_, index) => [relate(index), product(index)]).flat();
    await until('one of them is under way', async () => `POST ${table}` in (await gateway.around.counts()));
    const deleted = await gateway.delete(url);
    const answers = await Promise.all(writes);
    expect(deleted.status, deleted.text).to.equal(204);
    for (const { status, text } of answers) expect(status, text).to.be.oneOf([201, 400]);
    expect(await stores.crmRows('aanvragen', `AANVNR=${number}`)).to.deep.equal([]);
    expect(await stores.crmRows('betrokkenen', `AANVNR=${number}`)).to.deep.equal([]);
    const products = await stores.rows('verzoekproducten');
    expect(products.filter(({ verzoek }) => verzoek === number)).to.deep.equal([]);
  });

  it('of two deletes one finds nothing any more', async () => {
    const { url } = await stores.contactmoment({ voorkeurstaal: 'nld' });
    const answers = await Promise.all([gateway.delete(url), gateway.delete(url)]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([204, 404]);
  });

  it('a contactmoment and its successor go at once', async () => {
    const first = await stores.contactmoment();
    const next = await stores.contactmoment({ vorigContactmoment: first.url });
    const answers = await Promise.all([gateway.delete(first.url), gateway.delete(next.url)]);
    expect(answers.map(({ status }) => status)).to.deep.equal([204, 204]);
  });

  it('fifty clients that want to follow the same contactmoment: one does, and both ends say so', async () => {
    const first = await stores.contactmoment();
    const second = await stores.contactmoment();
    const others = await Promise.all(Array.from({ length: 10 }, () => stores.contactmoment()));
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        gateway.patch(others[index % 10]?.url ?? '', {
          vorigContactmoment: (index % 3 ? first : second).url,
        }),
      ),
    );
    for (const { status, text } of answers) expect(status, text).to.be.oneOf([200, 400]);
    for (const { url } of [first, second]) {
      const found = results(
        await gateway.list('contactmomenten', `contactmomenten?vorigContactmoment=${url}`),
      );
      expect(found).to.have.length(1);
      expect((await gateway.get(url)).body.volgendContactmoment).to.equal(found[0]?.url);
    }
  });
});
