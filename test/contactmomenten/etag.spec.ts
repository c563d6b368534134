import { expect } from 'chai';
import { runningGateway } from '../kit/gateway.ts';
import { contactmomentenOf } from './contactmomenten.ts';

/** Asked of the CRM each time, and remembered for longer than the specs take. */
const caches = {
  'without a cache': {},
  'with a cache': { cache: { resources: { contactmoment: { staleSeconds: 600 } } } },
};

for (const [how, config] of Object.entries(caches)) {
  describe(`ETag of a contactmoment, ${how}: contract section 6`, () => {
    const gateway = runningGateway({ config });
    const { add } = contactmomentenOf(gateway);
    let url = '';
    let other = '';

    beforeEach(async () => {
      [url, other] = [await add(), await add()];
    });

    const etagOf = async (place = url) => (await gateway.get(place)).headers.get('ETag') ?? '';

    it('stays as long as nothing changes, and is a 304 then', async () => {
      const etag = await etagOf();
      expect(etag).to.match(/^"[0-9a-f]{32}"$/);
      const answer = await gateway.get(url, { headers: { 'If-None-Match': etag } });
      expect([answer.status, answer.text, answer.headers.get('ETag')]).to.deep.equal([304, '', etag]);
    });

    it('changes when another contactmoment begins to follow it', async () => {
      const etag = await etagOf();
      const next = await add({ vorigContactmoment: url });
      const answer = await gateway.get(url, { headers: { 'If-None-Match': etag } });
      expect(answer.status).to.equal(200);
      expect(answer.body.volgendContactmoment).to.equal(next);
      expect(answer.headers.get('ETag')).not.to.equal(etag);
    });

    const endings: Readonly<Record<string, (next: string) => Promise<{ status: number }>>> = {
      'its successor is deleted': (next) => gateway.delete(next),
      'its successor lets go': (next) => gateway.patch(next, { vorigContactmoment: null }),
      'its successor follows another one': (next) => gateway.patch(next, { vorigContactmoment: other }),
      'its successor follows another one by a PUT': (next) =>
        gateway.put(next, { bronorganisatie: '123456782', vorigContactmoment: other }),
    };
    for (const [what, end] of Object.entries(endings)) {
      it(`is again what it was when ${what}`, async () => {
        const etag = await etagOf();
        const next = await add({ vorigContactmoment: url });
        const followed = await etagOf();
        expect(followed).not.to.equal(etag);
        expect((await end(next)).status).to.be.oneOf([200, 204]);
        const answer = await gateway.get(url, { headers: { 'If-None-Match': followed } });
        expect(answer.status, answer.text).to.equal(200);
        expect(answer.body.volgendContactmoment).to.equal(null);
        expect(answer.headers.get('ETag')).to.equal(etag);
      });
    }

    it('of the new predecessor changes too', async () => {
      const next = await add({ vorigContactmoment: url });
      const etag = await etagOf(other);
      await gateway.patch(next, { vorigContactmoment: other });
      expect(await etagOf(other)).not.to.equal(etag);
    });

    it('of a successor changes when its predecessor is deleted', async () => {
      const next = await add({ vorigContactmoment: url });
      const etag = await etagOf(next);
      expect((await gateway.delete(url)).status).to.equal(204);
      const answer = await gateway.get(next, { headers: { 'If-None-Match': etag } });
      expect(answer.status).to.equal(200);
      expect(answer.body.vorigContactmoment).to.equal(null);
    });

    it('changes with voorkeurstaal, which is kept in another system', async () => {
      const etag = await etagOf();
      await gateway.patch(url, { voorkeurstaal: 'eng' });
      expect(await etagOf()).not.to.equal(etag);
    });
  });
}
