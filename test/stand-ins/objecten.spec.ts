import { expect } from 'chai';
import { runningStandIn } from './kit/running.ts';
import { objecten } from './objecten.ts';

const type = 'https://objecttypen.example/api/v2/objecttypes/4a47e86f-1138-4858-9b11-2bc192433158';

interface Answered {
  readonly status: number;
  // The parsed body is what the spec says it is.
  readonly body: Readonly<Record<string, unknown>>;
}

describe('the stand-in of the Objecten API', () => {
  const standIn = runningStandIn(objecten());

  async function call(method: string, path: string, body?: unknown, headers = {}): Promise<Answered> {
    const response = await fetch(`${standIn.url}${path}`, {
      method,
      headers: { Authorization: 'Token objecten-token', 'Content-Crs': 'EPSG:4326', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Answered['body'] };
  }
  const add = async (data: object, startAt = '2024-01-01') =>
    String((await call('POST', '/objects', { type, record: { typeVersion: 1, startAt, data } })).body.uuid);
  const found = async (query: Record<string, string | string[]>) => {
    const pairs = Object.entries(query).flatMap(([key, value]) =>
      [value].flat().map((one): [string, string] => [key, one]),
    );
    const { body } = await call('GET', `/objects?${new URLSearchParams(pairs).toString()}`);
    return (body.results as { uuid: string }[]).map(({ uuid }) => uuid);
  };

  it('wants a token, and to be told which coordinates a body has', async () => {
    expect((await call('GET', '/objects', undefined, { Authorization: 'Token other' })).status).to.equal(401);
    expect((await call('POST', '/objects', {}, { 'Content-Crs': 'EPSG:28992' })).status).to.equal(406);
    const response = await fetch(`${standIn.url}/objects`, {
      method: 'POST',
      headers: { Authorization: 'Token objecten-token' },
    });
    expect(response.status).to.equal(412);
  });

  it('finds by each operator, and by several conditions together', async () => {
    const one = await add({ set: 'a', nr: 7, name: "O'Brien", day: '2024-03-31' });
    const two = await add({ set: 'a', nr: '7', name: 'a,b', day: '2024-10-27' });
    const of = (...conditions: string[]) => found({ type, data_attr: ['set__exact__a', ...conditions] });
    expect(await of()).to.have.members([one, two]);
    expect(await of('nr__exact__7')).to.have.members([one, two]);
    expect(await of('name__exact__a,b')).to.deep.equal([two]);
    expect(await of('name__exact__o')).to.deep.equal([]);
    expect(await of('name__icontains__BRIEN')).to.deep.equal([one]);
    expect(await of('name__in__x|a,b')).to.deep.equal([two]);
    expect(await of('nr__in__7')).to.deep.equal([two]);
    expect(await of('day__gt__2024-03-31')).to.deep.equal([two]);
    expect(await of('nr__gte__7', 'day__lte__2024-03-31')).to.deep.equal([one]);
    expect(await found({ data_attrs: 'set__exact__a,day__exact__2024-10-27' })).to.deep.equal([two]);
    expect(await found({ type, data_attr: 'set__exact__a', ordering: '-record__data__day' })).to.deep.equal([
      two,
      one,
    ]);
  });

  it('refuses conditions and types that it does not understand', async () => {
    for (const query of [
      'data_attr=a',
      'data_attr=a__like__b',
      'data_attr=a__gt__b',
      'type=https://x.example/1',
    ])
      expect((await call('GET', `/objects?${query}`)).status, query).to.equal(400);
  });

  it('makes pages, cuts their size off and has no page beyond the last', async () => {
    for (let number = 0; number < 3; number += 1) await add({ set: 'pages', number });
    const page = (query: string) => call('GET', `/objects?data_attr=set__exact__pages&${query}`);
    const { body } = await page('pageSize=2&page=2');
    expect(body).to.include({ count: 3, next: null });
    expect(String(body.previous)).to.include('page=1');
    expect((await page('pageSize=2&page=3')).status).to.equal(404);
    expect((await page('pageSize=2&page=x')).status).to.equal(404);
    expect((await page('pageSize=9999')).body.count).to.equal(3);
  });

  it('shows nothing before its first day in a list', async () => {
    await add({ set: 'later' }, '2999-01-01');
    expect(await found({ data_attr: 'set__exact__later' })).to.deep.equal([]);
  });

  it('merges a change of data, keeps null, and counts its records', async () => {
    const uuid = await add({ a: { b: 1, c: 2 }, d: 3 });
    const { body } = await call('PATCH', `/objects/${uuid}`, { record: { data: { a: { c: null } } } });
    expect(body.record).to.deep.include({ index: 2, data: { a: { b: 1, c: null }, d: 3 } });
    await call('PUT', `/objects/${uuid}`, {
      type,
      record: { typeVersion: 1, startAt: '2024-01-01', data: {} },
    });
    expect((await call('GET', `/objects/${uuid}`)).body.record).to.deep.include({ index: 3, data: {} });
  });

  it('says what is missing, and forgets what is removed', async () => {
    expect((await call('POST', '/objects', { type, record: {} })).body).to.have.keys(
      'startAt',
      'typeVersion',
    );
    const uuid = await add({});
    expect((await call('DELETE', `/objects/${uuid}`)).status).to.equal(204);
    expect((await call('DELETE', `/objects/${uuid}`)).status).to.equal(404);
    expect((await call('PUT', '/objects')).status).to.equal(405);
  });
});
