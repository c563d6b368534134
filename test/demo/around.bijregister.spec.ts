import { expect } from 'chai';
import { runningAround } from './around.ts';
import { call } from './crm.ts';
import type { Columns } from './crm.ts';

interface Page {
  readonly total: number;
  readonly items: readonly Columns[];
}

const uuidV4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe('demo bijregister: rows', () => {
  const around = runningAround();
  const create = async (body: unknown) => around.table('POST', '/klant-extra', body);
  beforeEach(() => around.control('DELETE', '/aangekomen'));

  it('are any JSON object, and get an id', async () => {
    const row = { naam: "O'Brien 🚲", leeg: null, aantal: 3, lijst: [1, { a: 'b' }], id: 'mine' };
    const { status, headers, body } = await create(row);
    expect(status).to.equal(201);
    expect(body.id).to.match(uuidV4);
    expect(body).to.deep.equal({ ...row, id: body.id });
    expect(headers.get('ETag')).to.equal(null);
    expect(headers.get('Location')).to.equal(`/bijregister/tabellen/klant-extra/${String(body.id)}`);
    const read = await around.table('GET', `/klant-extra/${String(body.id)}`);
    expect(read.status).to.equal(200);
    expect(read.body).to.deep.equal(body);
  });

  it('are replaced', async () => {
    const { id } = (await create({ a: 1, b: 2 })).body;
    const { status, body } = await around.table('PUT', `/klant-extra/${String(id)}`, { b: null, id: 'x' });
    expect(status).to.equal(200);
    expect(body).to.deep.equal({ id, b: null });
    expect((await around.table('GET', `/klant-extra/${String(id)}`)).body).to.deep.equal(body);
  });

  it('are merged with a change, in which null removes a key', async () => {
    const { id } = (await create({ a: 1, b: 2, c: null, d: { x: 1 } })).body;
    const change = { a: null, b: 3, d: { y: 2 }, e: 4, id: null };
    const { status, body } = await around.table('PATCH', `/klant-extra/${String(id)}`, change);
    expect(status).to.equal(200);
    expect(body).to.deep.equal({ id, b: 3, c: null, d: { y: 2 }, e: 4 });
    expect((await around.table('GET', `/klant-extra/${String(id)}`)).body).to.deep.equal(body);
  });

  it('are removed', async () => {
    const { id } = (await create({})).body;
    const path = `/klant-extra/${String(id)}`;
    expect(await around.table('DELETE', path)).to.include({ status: 204, body: undefined });
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const { status, body } = await around.table(method, path, method === 'GET' ? undefined : {});
      expect(status, method).to.equal(404);
      expect(body).to.include({ error: 'not_found' });
    }
  });

  it('belong to one table', async () => {
    const { id } = (await create({})).body;
    expect((await around.table('GET', `/andere/${String(id)}`)).status).to.equal(404);
    expect((await around.table<Page>('GET', '/andere')).body).to.deep.equal({ total: 0, items: [] });
  });

  it('are nothing but JSON objects', async () => {
    for (const body of ['[]', '"text"', '{', 'null']) expect((await create(body)).status, body).to.equal(400);
    const { id } = (await create({ a: 1 })).body;
    for (const method of ['PUT', 'PATCH']) {
      expect((await around.table(method, `/klant-extra/${String(id)}`, '[]')).status).to.equal(400);
    }
    expect((await around.table('GET', `/klant-extra/${String(id)}`)).body).to.deep.equal({ id, a: 1 });
  });

  it('are for who has the key', async () => {
    expect((await around.table('GET', '/klant-extra', undefined, 'wrong')).status).to.equal(401);
    const { status, body } = await call<Columns>(around.url, 'POST', '/bijregister/tabellen/klant-extra', {});
    expect(status).to.equal(401);
    expect(body).to.include({ error: 'unauthorized' });
  });

  it('are nowhere else', async () => {
    expect((await around.table('GET', '/Klant')).status).to.equal(404);
    expect((await around.table('GET', '/klant/a/b')).status).to.equal(404);
    expect((await around.table('DELETE', '/klant-extra')).status).to.equal(405);
  });
});

describe('demo bijregister: search', () => {
  const around = runningAround();
  const rows = [
    { naam: 'A', plaats: 'Delft', nummer: 7, actief: true, tags: ['x', 'y'] },
    { naam: 'B', plaats: 'Gouda', nummer: 70, actief: false, tags: [] },
    { naam: 'C', plaats: 'Delft, west', leeg: '', niets: null },
    { naam: 'D', plaats: 'Delft', adres: { straat: 'Plein' } },
  ];
  before(async () => {
    for (const row of rows) await around.table('POST', '/rijen', row);
  });
  const search = (query: string) => around.table<Page>('GET', `/rijen?${query}`);
  const found = async (query: string) => (await search(query)).body.items.map(({ naam }) => naam).join('');

  it('takes rows in the order in which they came, from an offset, up to a limit', async () => {
    expect(await found('')).to.equal('ABCD');
    expect(await found('offset=1&limit=2')).to.equal('BC');
    expect((await search('offset=1&limit=2')).body.total).to.equal(4);
    expect(await found('offset=9')).to.equal('');
  });

  it('keeps a row in its place when it is changed', async () => {
    const [first] = (await search('naam=A')).body.items;
    await around.table('PATCH', `/rijen/${String(first?.id)}`, { extra: 1 });
    expect(await found('')).to.equal('ABCD');
  });

  it('compares as text: texts, numbers, booleans and the items of lists', async () => {
    expect(await found('plaats=Delft')).to.equal('AD');
    expect(await found('plaats=delft')).to.equal('');
    expect(await found('nummer=7')).to.equal('A');
    expect(await found('actief=false')).to.equal('B');
    expect(await found('tags=y')).to.equal('A');
    expect(await found('plaats=Delft&naam=D')).to.equal('D');
    expect(await found('niets=null')).to.equal('');
    expect(await found('onbekend=x')).to.equal('');
    expect(await found('toString-filled=true')).to.equal('');
  });

  it('takes any of the values between commas, and a value with a comma as it is', async () => {
    expect(await found('plaats=Gouda,Delft')).to.equal('ABD');
    expect(await found(`plaats=${encodeURIComponent('Delft, west')}`)).to.include('C');
  });

  it('finds rows by id', async () => {
    const [, second, third] = (await search('')).body.items;
    expect(await found(`id=${String(third?.id)},${String(second?.id)}`)).to.equal('BC');
  });

  it('takes the rows in which a field is filled', async () => {
    expect(await found('nummer-filled=true')).to.equal('AB');
    expect(await found('tags-filled=true')).to.equal('A');
    expect(await found('leeg-filled=true')).to.equal('');
    expect(await found('niets-filled=true')).to.equal('');
    expect(await found('adres-filled=true&plaats=Delft')).to.equal('D');
  });

  it('gives at most 200 rows at once', async () => {
    const created = Array.from({ length: 201 }, () => around.table('POST', '/veel', {}));
    await Promise.all(created);
    expect((await around.table<Page>('GET', '/veel?limit=200')).body.items).to.have.length(200);
    expect((await around.table<Page>('GET', '/veel')).body.items).to.have.length(50);
    expect((await around.table<Page>('GET', '/veel')).body.total).to.equal(201);
  });

  it('refuses what makes no sense', async () => {
    for (const query of ['limit=201', 'limit=0', 'limit=', 'offset=-1', 'offset=een', 'naam-filled=ja']) {
      const { status, body } = await search(query);
      expect(status, query).to.equal(400);
      expect(body).to.include({ error: 'bad_request' });
    }
  });
});
