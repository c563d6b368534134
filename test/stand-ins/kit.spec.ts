import { expect } from 'chai';
import { signedToken } from '../../src/demo/around/token.ts';
import {
  formBody,
  guarded,
  type Handler,
  hasBasic,
  hasCookie,
  hasGiven,
  hasZgwToken,
  newCursors,
  newGiven,
  newTable,
  numberedPage,
  numbers,
  Refused,
  routes,
  textBody,
  tokenEndpoint,
  tooBusy,
  wholeNumber,
} from './kit/index.ts';
import { runningStandIn } from './kit/running.ts';

const client = { id: 'klantbrug', secret: 'a-secret-of-the-specs-of-the-stand-ins', scope: 'crm' };
const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describe('the kit of the stand-ins', () => {
  let now = 0;
  const tokens = newGiven(60, () => now);
  const sessions = newGiven(60);
  const refusal = { status: 401, body: { error: 'no' } };
  const welcome: Handler = () => ({ status: 200, body: { in: true } });
  const standIn = runningStandIn({
    title: 'A system of the specs',
    base: '/base',
    port: 9100,
    open: (url) =>
      routes(
        {
          'GET /here': () => ({ status: 200, body: { url } }),
          'GET /things(:id)': ({ params }) => ({ status: 200, body: params }),
          'GET /things/:id/:part': ({ params }) => ({ status: 200, body: params }),
          'POST /echo': (call) => ({
            status: 200,
            headers: { 'Content-Type': 'text/xml' },
            body: formBody(call).get('a') ?? textBody(call),
          }),
          'GET /refused': () => {
            throw new Refused({ status: 418 });
          },
          'GET /broken': () => {
            throw new Error('A mistake in a stand-in.');
          },
          'POST /token': tokenEndpoint(client, tokens, 60),
          'POST /session': () => ({
            status: 200,
            headers: { 'Set-Cookie': `SID=${sessions.give()}` },
            body: {},
          }),
          'GET /by-token': guarded(hasGiven(tokens), refusal, welcome),
          'GET /by-session': guarded(hasCookie('SID', sessions), refusal, welcome),
          'GET /by-password': guarded(hasBasic('kcc', 'geheim'), refusal, welcome),
          'GET /by-jwt': guarded(hasZgwToken([client]), refusal, welcome),
        },
        (status, detail) => ({ status, body: { detail } }),
      ),
  });

  const call = (method: string, path: string, given: RequestInit = {}) =>
    fetch(`${standIn.url}${path}`, { method, ...given });
  const status = async (path: string, headers: Record<string, string> = {}) =>
    (await call('GET', path, { headers })).status;
  const json = async (response: Response): Promise<unknown> => response.json();

  it('knows its own URL, its paths and its methods', async () => {
    expect(await json(await call('GET', '/here'))).to.deep.equal({ url: standIn.url });
    expect(await json(await call('GET', "/things('a%20b')"))).to.deep.equal({ id: "'a b'" });
    expect(await json(await call('GET', '/things/1/2'))).to.deep.equal({ id: '1', part: '2' });
    expect([await status('/nowhere'), (await call('PUT', '/here')).status]).to.deep.equal([404, 405]);
    expect((await fetch(standIn.url.replace('/base', '/bass/here'))).status).to.equal(404);
  });

  it('reads text and forms, and answers with text', async () => {
    const text = await call('POST', '/echo', { body: '<a>é</a>' });
    expect(text.headers.get('Content-Type')).to.equal('text/xml');
    expect(await text.text()).to.equal('<a>é</a>');
    expect(await (await call('POST', '/echo', { body: new URLSearchParams({ a: '&' }) })).text()).to.equal(
      '&',
    );
  });

  it('ends with a refusal, and says it when it is wrong itself', async () => {
    expect(await status('/refused')).to.equal(418);
    const broken = await call('GET', '/broken');
    expect([broken.status, await broken.text()].join(' ')).to.match(/^500 .*A mistake in a stand-in/);
  });

  it('gives tokens to its client only, which end', async () => {
    const ask = (fields: Record<string, string>, headers = {}) =>
      call('POST', '/token', {
        body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'crm', ...fields }),
        headers,
      });
    const byForm = { client_id: client.id, client_secret: client.secret };
    expect((await ask({ ...byForm, client_secret: 'x' })).status).to.equal(401);
    expect((await ask({ ...byForm, scope: 'x' })).status).to.equal(400);
    expect((await ask({ ...byForm, grant_type: 'x' })).status).to.equal(400);
    expect((await ask({}, { Authorization: basic(client.id, client.secret) })).status).to.equal(200);
    const encoded = Array.from(client.secret, (sign) => `%${sign.charCodeAt(0).toString(16)}`).join('');
    expect((await ask({}, { Authorization: basic(client.id, encoded) })).status).to.equal(200);
    expect((await ask({}, { Authorization: basic(client.id, 'x') })).status).to.equal(401);
    const given = (await json(await ask(byForm))) as { access_token: string; expires_in: number };
    expect(given.expires_in).to.equal(60);
    const headers = { Authorization: `Bearer ${given.access_token}` };
    expect([await status('/by-token', headers), await status('/by-token')]).to.deep.equal([200, 401]);
    now = 60_000;
    expect(await status('/by-token', headers)).to.equal(401);
  });

  it('checks sessions, passwords and JWTs', async () => {
    const cookie = (await call('POST', '/session')).headers.get('Set-Cookie') ?? '';
    expect(await status('/by-session', { Cookie: `a=b; ${cookie}` })).to.equal(200);
    sessions.endAll();
    expect(await status('/by-session', { Cookie: cookie })).to.equal(401);
    expect(await status('/by-password', { Authorization: basic('kcc', 'geheim') })).to.equal(200);
    expect(await status('/by-password', { Authorization: basic('kcc', 'x') })).to.equal(401);
    expect(await status('/by-jwt', { Authorization: `Bearer ${await signedToken(client)}` })).to.equal(200);
    const forged = await signedToken({ ...client, secret: 'another-secret-that-is-long-enough' });
    expect(await status('/by-jwt', { Authorization: `Bearer ${forged}` })).to.equal(401);
  });

  it('fails on command, as often as it is told', async () => {
    standIn.fault({ does: tooBusy(3, { error: 'busy' }), path: '/here', from: 2, times: 1 });
    const answers = [];
    for (let time = 0; time < 3; time += 1) answers.push(await call('GET', '/here'));
    expect(answers.map((answer) => answer.status)).to.deep.equal([200, 429, 200]);
    expect(answers[1]?.headers.get('Retry-After')).to.equal('3');
    standIn.fault({ does: 'hang-up' });
    expect(await status('/here').catch(() => 'nothing')).to.equal('nothing');
    standIn.fault({ does: 'html' });
    expect(await (await call('GET', '/here')).text()).to.match(/^<!DOCTYPE/);
    standIn.fault({ does: 'cut-short' });
    expect(
      await call('GET', '/here')
        .then(json, () => 'less')
        .catch(() => 'less'),
    ).to.equal('less');
    standIn.fault({ does: { status: 503 }, times: 5 });
    standIn.calm();
    expect(await status('/here')).to.equal(200);
  });

  it('keeps what arrived, until it is told to forget', async () => {
    await call('GET', '/here?a=1&a=2');
    expect(
      standIn.requests.map(({ method, path, query }) => [method, path, query.getAll('a')]),
    ).to.deep.equal([['GET', '/here', ['1', '2']]]);
    standIn.forget();
    expect(standIn.requests).to.deep.equal([]);
  });

  it('is told to fail by hand as well', async () => {
    const origin = standIn.url.replace('/base', '');
    await fetch(`${origin}/_faults`, { method: 'POST', body: JSON.stringify({ does: { status: 503 } }) });
    expect([await status('/here'), await status('/here')]).to.deep.equal([503, 200]);
    expect(await json(await fetch(`${origin}/_requests`))).to.have.length(2);
  });

  it('has tables, pages and cursors', () => {
    const table = newTable<{ id: string; even: boolean }>(numbers(10));
    for (let number = 0; number < 5; number += 1) table.add((id) => ({ id, even: number % 2 === 0 }));
    const ids = (rows: readonly { id: string }[] = []) => rows.map(({ id }) => id);
    expect(ids(table.where(({ even }) => even))).to.deep.equal(['10', '12', '14']);
    const missing = { status: 404, body: { detail: 'Not here.' } };
    expect(table.get('11', missing)).to.include({ id: '11' });
    for (const id of ['99', undefined])
      expect(() => table.get(id, missing))
        .to.throw(Refused)
        .with.property('reply', missing);
    expect(numberedPage(table.rows(), 3, 2)).to.include({ count: 5, pages: 3, previous: 2, next: undefined });
    expect(numberedPage(table.rows(), 4, 2)).to.equal(undefined);
    expect(numberedPage([], 1, 2)).to.include({ count: 0, pages: 1, next: undefined });
    const cursors = newCursors<{ id: string }>();
    const first = cursors.first(table.rows(), 2);
    table.remove('12');
    const second = cursors.follow(first.next ?? '');
    const third = cursors.follow(second?.next ?? '');
    expect([ids(first.rows), ids(second?.rows), ids(third?.rows), third?.next]).to.deep.equal([
      ['10', '11'],
      ['12', '13'],
      ['14'],
      undefined,
    ]);
    expect(cursors.follow('guess')).to.equal(undefined);
  });

  it('reads whole numbers', () => {
    const texts = [null, '7', '101', '-1', '1.5', ''];
    expect(texts.map((text) => wholeNumber(text, 1, 100))).to.deep.equal([undefined, 7, NaN, NaN, NaN, NaN]);
  });
});
