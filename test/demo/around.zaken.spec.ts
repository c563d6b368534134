import { expect } from 'chai';
import { zaakUuids } from '../../src/demo/around/seed-zaken.ts';
import { codesIn, runningAround } from './around.ts';
import type { Columns } from './crm.ts';

const root = '/zaken/api/v1';
const unknown = '0c5bde0e-3f6d-4d3f-9f0a-5b1c52a79999';

describe('demo Zaken: zaken', () => {
  const around = runningAround();

  it('are five, each at its own URL and complete', async () => {
    for (const uuid of zaakUuids) {
      const { status, headers, body } = await around.call('GET', `${root}/zaken/${uuid}`);
      expect(status).to.equal(200);
      expect(headers.get('Content-Crs')).to.equal('EPSG:4326');
      expect(body).to.include({ url: `${around.url}${root}/zaken/${uuid}`, uuid });
      const required = ['bronorganisatie', 'zaaktype', 'verantwoordelijkeOrganisatie', 'startdatum'];
      for (const field of [...required, 'identificatie', 'omschrijving']) {
        expect(body[field], field).to.be.a('string').that.is.not.empty;
      }
    }
    expect(new Set(zaakUuids)).to.have.property('size', 5);
  });

  it('are shown only to who says in which coordinates it thinks', async () => {
    for (const wanted of ['', 'EPSG:28992']) {
      const { status } = await around.call('GET', `${root}/zaken/${zaakUuids[0]}`, undefined, {
        'Accept-Crs': wanted,
      });
      expect(status).to.equal(406);
    }
  });

  it('are not found under another uuid', async () => {
    expect((await around.call('GET', `${root}/zaken/${unknown}`)).status).to.equal(404);
  });
});

for (const [name, other] of [
  ['zaakcontactmomenten', 'contactmoment'],
  ['zaakverzoeken', 'verzoek'],
] as const) {
  describe(`demo Zaken: ${name}`, () => {
    const around = runningAround();
    const list = `${root}/${name}`;
    const zaak = (index: 0 | 1) => `${around.url}${root}/zaken/${zaakUuids[index]}`;
    const elsewhere = (number: number) => `https://gateway.example/api/v1/records/${number}?a=b`;
    const create = (index: 0 | 1, number: number) =>
      around.call('POST', list, { zaak: zaak(index), [other]: elsewhere(number) });
    const search = (filters: Record<string, string>) =>
      around.call<Columns[]>('GET', `${list}?${new URLSearchParams(filters).toString()}`);
    beforeEach(() => around.control('DELETE', '/aangekomen'));

    it('are created, read and removed', async () => {
      const created = await create(0, 1);
      expect(created.status).to.equal(201);
      expect(created.body).to.include({ zaak: zaak(0), [other]: elsewhere(1) });
      const url = String(created.body.url);
      expect(created.headers.get('Location')).to.equal(url);
      const path = url.slice(around.url.length);
      expect((await around.call('GET', path)).body).to.deep.equal(created.body);
      expect(await around.call('DELETE', path)).to.include({ status: 204, body: undefined });
      expect((await around.call('GET', path)).status).to.equal(404);
      expect((await around.call('DELETE', path)).status).to.equal(404);
    });

    it('are listed as a bare array, oldest first, filtered by both ends', async () => {
      const urls = [await create(0, 1), await create(0, 2), await create(1, 1)].map(({ body }) => body.url);
      const found = async (filters: Record<string, string>) =>
        (await search(filters)).body.map(({ url }) => urls.indexOf(url));
      expect(await found({})).to.deep.equal([0, 1, 2]);
      expect(await found({ zaak: zaak(0) })).to.deep.equal([0, 1]);
      expect(await found({ [other]: elsewhere(1) })).to.deep.equal([0, 2]);
      expect(await found({ zaak: zaak(1), [other]: elsewhere(1) })).to.deep.equal([2]);
      expect(await found({ zaak: zaak(1), [other]: elsewhere(2) })).to.deep.equal([]);
    });

    it('cannot be searched by anything else', async () => {
      expect((await search({ status: 'open' })).status).to.equal(400);
    });

    it('can be there only once', async () => {
      await create(0, 1);
      const second = await create(0, 1);
      expect(second.status).to.equal(400);
      expect(codesIn(second.body)).to.deep.equal({ nonFieldErrors: 'unique' });
      expect((await search({})).body).to.have.length(1);
    });

    it('need a zaak that exists and a URL', async () => {
      const wrong = await around.call('POST', list, { zaak: `${zaak(0)}0`, [other]: 'geen URL' });
      expect(wrong.status).to.equal(400);
      expect(codesIn(wrong.body)).to.deep.equal({ zaak: 'does_not_exist', [other]: 'invalid' });
      expect(codesIn((await around.call('POST', list, {})).body)).to.deep.equal({
        zaak: 'required',
        [other]: 'required',
      });
    });
  });
}
