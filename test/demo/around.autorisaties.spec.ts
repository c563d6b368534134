import { expect } from 'chai';
import { applicatieUuids } from '../../src/demo/around/autorisaties.ts';
import { runningAround } from './around.ts';
import type { Columns } from './crm.ts';

const list = '/autorisaties/api/v1/applicaties';

interface Page {
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly Columns[];
}

describe('demo Autorisaties: applicaties', () => {
  const around = runningAround();
  const read = async (query: string) => (await around.call<Page>('GET', `${list}${query}`)).body;
  const urlOf = (index: 0 | 1 | 2 | 3) => `${around.url}${list}/${applicatieUuids[index]}`;
  afterEach(() => around.control('DELETE', '/instellingen'));

  it('are found by client', async () => {
    const { count, next, previous, results } = await read('?clientIds=demo');
    expect({ count, next, previous }).to.deep.equal({ count: 1, next: null, previous: null });
    expect(results[0]).to.deep.include({
      url: urlOf(0),
      clientIds: ['demo', 'demo-balie'],
      heeftAlleAutorisaties: true,
      autorisaties: [],
    });
    expect(results[0]?.label).to.be.a('string').that.is.not.empty;
  });

  it('say which scopes of which component a client has', async () => {
    const [reader] = (await read('?clientIds=demo-lezen')).results;
    expect(reader).to.deep.include({
      heeftAlleAutorisaties: false,
      autorisaties: [
        { component: 'kc', scopes: ['klanten.lezen'] },
        { component: 'cmc', scopes: ['contactmomenten.lezen'] },
        { component: 'vrc', scopes: ['verzoeken.lezen'] },
      ],
    });
    const [older] = (await read('?clientIds=demo-kic')).results;
    expect(older?.autorisaties).to.deep.equal([
      { component: 'kic', scopes: ['klanten.lezen', 'contactmomenten.lezen', 'verzoeken.lezen'] },
    ]);
    const [none] = (await read('?clientIds=demo-niets')).results;
    expect(none).to.deep.include({ heeftAlleAutorisaties: false, autorisaties: [] });
  });

  it('are none for a client that nobody knows, and all for no client in particular', async () => {
    expect(await read('?clientIds=dem')).to.include({ count: 0 });
    expect((await read('')).results.map(({ url }) => url)).to.deep.equal(
      ([0, 1, 2, 3] as const).map((index) => urlOf(index)),
    );
    expect(await read('?clientIds=demo-kic,demo-balie')).to.include({ count: 2 });
  });

  it('come in pages that lead to each other', async () => {
    await around.control('POST', '/instellingen', { paginagrootte: 1 });
    const first = await read('?clientIds=demo,demo-kic');
    expect(first).to.include({ count: 2, previous: null });
    expect(first.results.map(({ url }) => url)).to.deep.equal([urlOf(0)]);
    const second = await read((first.next ?? '').slice(`${around.url}${list}`.length));
    expect(second).to.include({ count: 2, next: null });
    expect(second.results.map(({ url }) => url)).to.deep.equal([urlOf(2)]);
    const again = await read((second.previous ?? '').slice(`${around.url}${list}`.length));
    expect(again).to.deep.equal({ ...first, next: again.next });
    expect((await around.call('GET', `${list}?clientIds=demo,demo-kic&page=3`)).status).to.equal(404);
  });

  it('are read one by one', async () => {
    const [first] = (await read('')).results;
    expect((await around.call('GET', `${list}/${applicatieUuids[0]}`)).body).to.deep.equal(first);
    expect((await around.call('GET', `${list}/0`)).status).to.equal(404);
  });
});
