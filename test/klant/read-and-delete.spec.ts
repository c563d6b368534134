import { expect } from 'chai';
import { leastKlant, results, runningGateway, urlIn } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { completeKlant, nextKlantnummer, subjectTypes } from './samples.ts';

const unknown = '/klanten/0b9f5a5e-6f0c-4a37-9c0c-0f3b3f1d7a11';

describe('klant_read', () => {
  const gateway = runningGateway();

  it('answers the same klant as the list does', async () => {
    const [first, second] = results(await gateway.get('/klanten'));
    const reads = [await gateway.get(klantPath(100_001)), await gateway.get(klantPath(100_002))];
    expect(reads.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(reads.map(({ text }) => text)).to.deep.equal([JSON.stringify(first), JSON.stringify(second)]);
  });

  for (const place of [unknown, '/klanten/no-uuid', '/klanten/100001']) {
    it(`answers 404 for ${place}`, async () => {
      const answer = await gateway.get(place);
      expect([answer.status, answer.body.code]).to.deep.equal([404, 'not_found']);
    });
  }

  it('answers HEAD with the headers of GET and no body', async () => {
    const url = urlIn(await gateway.post(completeKlant('vestiging', '')));

    const [get, head] = [await gateway.get(url), await gateway.head(url)];

    expect(head.status).to.equal(200);
    expect(head.text).to.equal('');
    for (const name of ['Content-Type', 'Content-Length', 'ETag', 'API-version'])
      expect(head.headers.get(name), name).to.be.a('string').and.equal(get.headers.get(name));
  });

  it('answers HEAD on a list with the headers of GET and no body', async () => {
    const [get, head] = [await gateway.get('/klanten'), await gateway.head('/klanten')];
    expect([head.status, head.text]).to.deep.equal([200, '']);
    expect(head.headers.get('Content-Length')).to.equal(get.headers.get('Content-Length'));
  });

  it('answers HEAD on an unknown klant with 404', async () => {
    expect((await gateway.head(unknown)).status).to.equal(404);
  });
});

describe('klant_delete', () => {
  const gateway = runningGateway();

  for (const subjectType of subjectTypes) {
    it(`removes a ${subjectType} with everything in it`, async () => {
      const sent = completeKlant(subjectType, '');
      const url = urlIn(await gateway.post(sent));

      const answer = await gateway.delete(url);

      expect([answer.status, answer.text]).to.deep.equal([204, '']);
      expect((await gateway.get(url)).status).to.equal(404);
      expect((await gateway.get(`/klanten?klantnummer=${sent.klantnummer}`)).body.count).to.equal(0);
    });
  }

  it('answers 404 the second time', async () => {
    const url = urlIn(await gateway.post(leastKlant));
    await gateway.delete(url);
    expect((await gateway.delete(url)).status).to.equal(404);
  });

  it('sets the klantnummer free', async () => {
    const klantnummer = nextKlantnummer();
    const url = urlIn(await gateway.post({ ...leastKlant, klantnummer }));
    await gateway.delete(url);
    expect((await gateway.post({ ...leastKlant, klantnummer })).status).to.equal(201);
  });

  it('answers writes to an unknown klant with 404, whatever is in the body', async () => {
    for (const answer of [await gateway.put(unknown, {}), await gateway.patch(unknown, { adres: 'x' })])
      expect(answer.status).to.equal(404);
  });
});
