import { expect } from 'chai';
import { leastKlant, results, runningGateway, urlIn } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';

const klant = klantPath(100003);

describe('§7 A read carries an ETag over the JSON that the client sees', () => {
  const gateway = runningGateway({ config: { trustedProxies: ['127.0.0.0/8'] } });

  const etagOf = async (headers: Record<string, string> = {}): Promise<string> =>
    (await gateway.get(klant, { headers })).headers.get('ETag') ?? '';

  it('is strong and quoted', async () => {
    expect(await etagOf()).to.match(/^"[\x21\x23-\x7e]+"$/);
  });

  it('is the same as long as the representation is', async () => {
    expect(await etagOf()).to.equal(await etagOf());
  });

  it('is another one when something that shows has changed', async () => {
    const before = await etagOf();
    await gateway.crm.change(100003, { FUNC: 'wethouder' });
    expect(await etagOf()).not.to.equal(before);
  });

  it('is what it was when the CRM has counted a change that undid another', async () => {
    await gateway.crm.change(100003, { FUNC: 'een' });
    const before = await etagOf();
    await gateway.crm.change(100003, { FUNC: 'twee' });
    await gateway.crm.change(100003, { FUNC: 'een' });
    expect(await etagOf()).to.equal(before);
  });

  it('differs for two klanten', async () => {
    const other = (await gateway.get(klantPath(100004))).headers.get('ETag');
    expect(await etagOf()).not.to.equal(other);
  });

  it('differs for each base URL, as the URLs in the JSON do (R1)', async () => {
    const inside = { 'X-Forwarded-Host': 'intern.test:8080' };
    expect(await etagOf(inside)).to.match(/^".+"$/);
    expect(await etagOf(inside)).not.to.equal(await etagOf());
    const answer = await gateway.get(klant, { headers: { ...inside, 'If-None-Match': await etagOf() } });
    expect(answer.status).to.equal(200);
  });

  it('is not on a list, which is never 304', async () => {
    const list = await gateway.get('/klanten', { headers: { 'If-None-Match': '*' } });
    expect(list.status).to.equal(200);
    expect(list.headers.get('ETag')).to.equal(null);
    expect(results(list)).to.have.length(100);
  });

  it('is not on an error', async () => {
    expect((await gateway.get(klantPath(999999))).headers.get('ETag')).to.equal(null);
  });
});

describe('§7 If-None-Match', () => {
  const gateway = runningGateway();
  let etag = '';

  before(async () => {
    etag = (await gateway.get(klant)).headers.get('ETag') ?? '';
  });

  const ask = (value: string, place = klant) => gateway.get(place, { headers: { 'If-None-Match': value } });

  const same: readonly (readonly [what: string, value: () => string])[] = [
    ['its ETag', () => etag],
    ['its ETag among others', () => `"a", ${etag} ,"b"`],
    ['its ETag, weakened by a proxy', () => `W/${etag}`],
    ['its ETag, weakened, among others', () => `W/"a,b",W/${etag}`],
    ['*', () => '*'],
  ];
  for (const [what, value] of same) {
    it(`with ${what} is answered with 304 and no body`, async () => {
      const answer = await ask(value());
      expect(answer.status).to.equal(304);
      expect(answer.text).to.equal('');
      expect(answer.headers.get('ETag')).to.equal(etag);
      expect(answer.headers.get('Cache-Control')).to.equal('private, no-cache');
      expect(answer.headers.get('API-version')).to.equal('1.0.0');
    });
  }

  const others: readonly (readonly [what: string, value: () => string])[] = [
    ['another ETag', () => '"a"'],
    ['several others', () => '"a", W/"b"'],
    ['nothing in it', () => ''],
    ['the ETag without its quotes', () => etag.replaceAll('"', '')],
    ['the start of the ETag', () => `${etag.slice(0, 9)}"`],
  ];
  for (const [what, value] of others) {
    it(`with ${what} is answered with 200 and the klant`, async () => {
      const answer = await ask(value());
      expect(answer.status).to.equal(200);
      expect(answer.headers.get('ETag')).to.equal(etag);
      expect(urlIn(answer)).to.match(/\/klanten\/[0-9a-f-]{36}$/);
    });
  }

  it('does not hide that the klant is gone', async () => {
    expect((await ask('*', klantPath(999999))).status).to.equal(404);
  });

  it('does not spare a client its token', async () => {
    const answer = await gateway.get(klant, { client: null, headers: { 'If-None-Match': '*' } });
    expect(answer.status).to.equal(403);
  });

  it('is no condition on a write', async () => {
    const headers = { 'If-None-Match': '*' };
    const created = await gateway.post(leastKlant, { headers });
    expect(created.status).to.equal(201);
    const place = urlIn(created);
    expect((await gateway.patch(place, { functie: 'bode' }, { headers })).status).to.equal(200);
    expect((await gateway.put(place, leastKlant, { headers })).status).to.equal(200);
    expect((await gateway.delete(place, { headers })).status).to.equal(204);
  });
});

describe('§7 HEAD', () => {
  const gateway = runningGateway();
  /** Two differ with every request, and two are about the connection: this client closes it after a HEAD. */
  const others = ['date', 'x-request-id', 'connection', 'keep-alive'];
  const headersOf = (headers: Headers) => [...headers].filter(([name]) => !others.includes(name));

  const places = {
    'a klant': klant,
    'a list': '/klanten',
    'the second page': '/klanten?page=2',
    'a klant that is not there': klantPath(999999),
    'a page that is not there': '/klanten?page=0',
  };
  for (const [what, place] of Object.entries(places)) {
    it(`of ${what} has the status and all headers of GET, and no body`, async () => {
      const [get, head] = [await gateway.get(place), await gateway.head(place)];
      expect(head.status).to.equal(get.status);
      expect(headersOf(head.headers)).to.deep.equal(headersOf(get.headers));
      expect(head.headers.get('Content-Length')).to.equal(String(Buffer.byteLength(get.text)));
      expect(head.text).to.equal('');
    });
  }

  it('is answered with 304 as GET is', async () => {
    const etag = (await gateway.head(klant)).headers.get('ETag') ?? '';
    const head = await gateway.head(klant, { headers: { 'If-None-Match': etag } });
    expect(head.status).to.equal(304);
    expect(head.headers.get('ETag')).to.equal(etag);
  });

  it('needs the scope that GET needs', async () => {
    expect((await gateway.head('/klanten', { client: null })).status).to.equal(403);
    expect((await gateway.head(klant, { client: null })).status).to.equal(403);
  });
});

describe('§7 Cache-Control', () => {
  const gateway = runningGateway();

  it('keeps personal data out of shared caches, and has a client ask each time', async () => {
    for (const place of [klant, '/klanten']) {
      expect((await gateway.get(place)).headers.get('Cache-Control')).to.equal('private, no-cache');
    }
    expect((await gateway.post(leastKlant)).headers.get('Cache-Control')).to.equal('private, no-cache');
  });

  it('lets nobody keep an error', async () => {
    expect((await gateway.get(klantPath(999999))).headers.get('Cache-Control')).to.equal('no-store');
  });
});
