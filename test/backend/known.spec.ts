import { inspect } from 'node:util';
import { expect } from 'chai';
import { urlFetcher } from '../../src/backend/fetch-url.ts';
import { webHost } from '../kit/web-host.ts';
import { answerJson, asking, longMs } from './asking.ts';
import { workInto } from './systems.ts';

const secret = 'key & secret?';

describe('Credentials: a key in the query', () => {
  const crm = webHost((request, response) => {
    const to = new URL(request.url ?? '', 'http://x').searchParams.get('to');
    if (to === null) answerJson(response, {}, request.url?.includes('fout') === true ? 500 : 200);
    // As a server does that only has another name for the same place.
    else response.writeHead(302, { Location: `${to}?${request.url?.split('?')[1] ?? ''}` }).end();
  });
  const elsewhere = webHost((_, response) => response.end('{}'));
  const open = () => asking(crm.origin, { credentials: { kind: 'query', name: 'api key', value: secret } });
  const queries = () => crm.requests.map(({ url }) => new URL(url ?? '', crm.origin).searchParams);

  it('goes along with every request, beside its own parameters', async () => {
    const { ask, get, events } = open();
    await ask();
    await get(`${crm.origin}/a`, workInto(events, longMs));
    await get(`${crm.origin}/a?b=1#c`, workInto(events, longMs));
    expect(queries().map((query) => [...query])).to.deep.equal([
      [
        ['a', '1'],
        ['api key', secret],
      ],
      [['api key', secret]],
      [
        ['b', '1'],
        ['api key', secret],
      ],
    ]);
  });

  it('takes the place of one that came with a URL', async () => {
    const { get, events } = open();
    await get(`${crm.origin}/a?api+key=forged&b=a%20b&api%20key=forged`, workInto(events, longMs));
    expect(crm.requests[0]?.url).to.equal(`/a?b=a%20b&api%20key=${encodeURIComponent(secret)}`);
  });

  it('is not taken along by a redirect to another host', async () => {
    const { get, events } = open();
    const fetchUrl = urlFetcher({
      timeoutMs: 60_000,
      hosts: [{ origin: elsewhere.origin, addresses: ['127.0.0.0/8'] }],
      registers: [{ root: crm.origin, addresses: ['127.0.0.0/8'], get }],
    });
    const url = `${crm.origin}/a?to=${encodeURIComponent(`${elsewhere.origin}/b`)}`;
    expect((await fetchUrl(url, workInto(events, longMs)))?.status).to.equal(200);
    expect(queries()[0]?.get('api key')).to.equal(secret);
    expect(elsewhere.requests).to.have.length(1);
    expect(elsewhere.requests[0]?.url)
      .to.match(/^\/b\?to=/)
      .and.not.match(/key|secret/);
  });

  it('is in no event and no error', async () => {
    const { ask, get, events, errors } = open();
    await get(`${crm.origin}/fout`, workInto(events, longMs));
    const gone = asking('http://127.0.0.1:1', { credentials: { kind: 'query', name: 'k', value: secret } });
    expect((await gone.ask()).status).to.equal(502);
    expect((await ask()).status).to.equal(200);
    const told = inspect([events, gone.events, errors, gone.errors], { depth: Infinity, showHidden: true });
    expect(told).to.contain('backend-failed').and.contain('ECONNREFUSED').and.not.contain('secret');
  });
});

describe('Credentials: the user that a request is for', () => {
  const crm = webHost((request, response) => {
    request.resume();
    answerJson(response, {});
  });
  const open = () =>
    asking(crm.origin, {
      credentials: { kind: 'header', name: 'X-Key', value: 'key' },
      forwardUser: { header: 'X-User' },
    });
  const sent = () => crm.requests.map(({ headers }) => headers['x-user']);

  it('is in its header, beside the credentials', async () => {
    const { ask } = open();
    await ask('GET', { userId: 'j.de.vries@gemeente.example' });
    await ask('POST', { userId: 'beheer' });
    expect(sent()).to.deep.equal(['j.de.vries@gemeente.example', 'beheer']);
    expect(crm.requests[0]?.headers).to.include({ 'x-key': 'key' });
  });

  it('is left out when nobody is named', async () => {
    const { ask } = open();
    await ask();
    expect(crm.requests[0]?.headers).not.to.have.property('x-user');
  });

  for (const [userId, header] of [
    ['a\r\nX-Key: forged', 'a%0D%0AX-Key:%20forged'],
    ['a\u0000b\nc', 'a%00b%0Ac'],
    ['Zoë 😀', 'Zo%C3%AB%20%F0%9F%98%80'],
    ['100%', '100%25'],
    ['\ud800', '%EF%BF%BD'],
  ] as const) {
    it(`cannot be another header: ${JSON.stringify(userId)}`, async () => {
      const { ask } = open();
      expect((await ask('GET', { userId })).status).to.equal(200);
      expect(sent()).to.deep.equal([header]);
      expect(crm.requests[0]?.headers['x-key']).to.equal('key');
    });
  }
});
