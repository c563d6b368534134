import { expect } from 'chai';
import { runningGateway } from '../kit/gateway.ts';
import { leastVerzoek, nobody, verzoekenOf } from './samples.ts';

describe('the headers of the Verzoeken API: contract section 6', () => {
  const gateway = runningGateway();
  const { create, made } = verzoekenOf(gateway);
  const etag = async (url: string) => (await gateway.get(url)).headers.get('ETag');

  it('API-version is 1.0.0-beta on every answer, also of errors and without a token', async () => {
    const url = await made();
    const answers = [
      await gateway.get(url),
      await gateway.head(url),
      await gateway.list('verzoeken', 'verzoeken?page=1'),
      await create(),
      await create({ status: 'x' }),
      await gateway.patch(url, {}),
      await gateway.get(`//verzoeken/api/v1/verzoeken/${nobody}`),
      await gateway.get(url, { client: null }),
      await gateway.get(url, { headers: { Accept: 'text/html' } }),
      await gateway.list('verzoeken', 'klantverzoeken?x=1'),
      await gateway.delete(url),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([
      200, 200, 200, 201, 400, 200, 404, 403, 406, 400, 204,
    ]);
    expect(answers.map(({ headers }) => headers.get('API-version'))).to.deep.equal(
      answers.map(() => '1.0.0-beta'),
    );
  });

  it('API-version of the others is 1.0.0', async () => {
    for (const name of ['klanten', 'contactmomenten'])
      expect((await gateway.list(name, name)).headers.get('API-version')).to.equal('1.0.0');
  });

  const links = { inTeTrekkenVerzoek: 'intrekkendeVerzoek', aangevuldeVerzoek: 'aanvullendeVerzoek' };
  for (const [link, inverse] of Object.entries(links)) {
    it(`ETag changes with ${inverse}, and is the same again once that is gone`, async () => {
      const url = await made();
      const before = await etag(url);
      expect(before).to.match(/^"[0-9a-f]{32}"$/);
      const other = await made({ [link]: url });
      const linked = await etag(url);
      expect(linked)
        .to.match(/^"[0-9a-f]{32}"$/)
        .and.not.equal(before);
      const unchanged = await gateway.get(url, { headers: { 'If-None-Match': linked ?? '' } });
      expect(unchanged.status).to.equal(304);
      const stale = await gateway.get(url, { headers: { 'If-None-Match': before ?? '' } });
      expect(stale.status).to.equal(200);
      await gateway.patch(other, { [link]: null });
      expect(await etag(url)).to.equal(before);
      await gateway.patch(other, { [link]: url });
      expect(await etag(url)).to.equal(linked);
      await gateway.delete(other);
      expect(await etag(url)).to.equal(before);
    });
  }

  it('ETag changes with an update', async () => {
    const url = await made();
    const before = await etag(url);
    await gateway.put(url, { ...leastVerzoek, tekst: 'anders' });
    expect(await etag(url)).not.to.equal(before);
  });
});
