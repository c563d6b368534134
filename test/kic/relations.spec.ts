import { expect } from 'chai';
import { isObject, type JsonObject } from '../../src/json.ts';
import { complaints, results, runningGateway, urlIn } from '../kit/gateway.ts';
import { until } from '../kit/until.ts';
import { createdIn, expectRefused } from '../verzoeken/samples.ts';
import { kicConfig, kicOf, numberOf, ours, textIn } from './kic.ts';

const unique = 'nonFieldErrors unique';

describe('kic A6, B4, B5: relations', () => {
  const gateway = runningGateway({ config: kicConfig });
  const { made, create, list, items, read, zaak, document, writesNothing } = kicOf(gateway);

  const inZaken = async (relation: string, body: JsonObject): Promise<() => Promise<unknown>> => {
    const { uuid } = await gateway.around.call('POST', `/zaken/api/v1/${relation}`, body);
    expect(uuid).to.be.a('string');
    return () => gateway.around.call('DELETE', `/zaken/api/v1/${relation}/${textIn(uuid)}`);
  };

  const objects = {
    objectcontactmomenten: {
      plural: 'contactmomenten',
      main: 'contactmoment',
      relation: 'zaakcontactmomenten',
    },
    objectverzoeken: { plural: 'verzoeken', main: 'verzoek', relation: 'zaakverzoeken' },
  } as const;

  for (const [name, { plural, main, relation }] of Object.entries(objects)) {
    describe(`${name}: the relation in the source (cm-006, vrz-009)`, () => {
      for (const [spelling, spelled] of Object.entries({
        here: (url: string) => url,
        'in the newer API': ours,
      })) {
        it(`is found under the URL ${spelling}; a delete wants it gone`, async () => {
          const record = await made(plural);
          const body = { [main]: record, object: zaak(), objectType: 'zaak' };
          expectRefused(
            await writesNothing(() => create(name, body)),
            'nonFieldErrors inconsistent-relation',
          );
          const remove = await inZaken(relation, { zaak: zaak(), [main]: spelled(record) });
          const url = createdIn(await create(name, body));
          expect(await read(url)).to.deep.equal({ url, ...body });
          expectRefused(await create(name, { ...body, [main]: ours(record) }), unique);
          for (const place of [url, ours(url)])
            expectRefused(await gateway.delete(place), 'nonFieldErrors remote-relation-exists');
          await remove();
          expect((await gateway.delete(url)).status).to.equal(204);
          expect((await gateway.get(url)).status).to.equal(404);
        });
      }

      it('refused by Zaken: relation-validation-error', async () => {
        const record = await made(plural);
        await gateway.around.fault({ soort: 'verboden', pad: `/zaken/api/v1/${relation}` });
        expectRefused(
          await create(name, { [main]: record, object: zaak(), objectType: 'zaak' }),
          'nonFieldErrors relation-validation-error',
        );
      });

      it('with a longer object, made over the newer API, is shown whole', async () => {
        const record = await made(plural);
        const object = `${zaak()}?${'x'.repeat(300)}`;
        const row = { [main]: numberOf(record), object, objectType: 'zaak' };
        const { id } = await gateway.around.call('POST', `/bijregister/tabellen/${name}`, row);
        expect(id).to.be.a('string');
        const [found] = await items(`${name}?${main}=${record}`);
        expect(found?.object).to.equal(object);
      });
    });
  }

  it('verzoekcontactmomenten and verzoekproducten are removed in both APIs at once', async () => {
    const [verzoek, contactmoment] = [await made('verzoeken'), await made('contactmomenten')];
    const bodies = {
      verzoekcontactmomenten: { verzoek, contactmoment },
      verzoekproducten: { verzoek, productIdentificatie: { code: 'P-1' } },
    };
    for (const [plural, body] of Object.entries(bodies)) {
      const url = createdIn(await create(plural, body));
      expect((await gateway.get(ours(url))).status).to.equal(200);
      expect((await gateway.delete(url)).status).to.equal(204);
      for (const place of [url, ours(url)]) expect((await gateway.get(place)).status).to.equal(404);
      expect(await items(`${plural}?verzoek=${verzoek}`)).to.deep.equal([]);
    }
  });

  describe('verzoekinformatieobjecten (kic-001)', () => {
    const mirrorsOf = async (verzoek: string): Promise<string[]> => {
      const { objectinformatieobjecten: all } = await gateway.around.arrived();
      const rows = Array.isArray(all) ? all.filter(isObject) : [];
      return rows.map(({ object }) => textIn(object)).filter((object) => object.endsWith(verzoek.slice(-36)));
    };
    const begin = async () => {
      const verzoek = await made('verzoeken');
      return { verzoek, body: { verzoek, informatieobject: document() } };
    };

    it('the mirror has the URL of this API', async () => {
      const { verzoek, body } = await begin();
      const url = await made('verzoekinformatieobjecten', body);
      expect(await mirrorsOf(verzoek)).to.deep.equal([verzoek]);
      expectRefused(await create('verzoekinformatieobjecten', body), unique);
      expect((await read(ours(url))).verzoek).to.equal(ours(verzoek));
    });

    it('whichever API deletes, the mirror goes, whichever made it; that of another document stays', async () => {
      for (const [maker, remover] of [
        ['kic', 'kic'],
        ['kic', 'verzoeken'],
        ['verzoeken', 'kic'],
      ] as const) {
        const { verzoek, body } = await begin();
        await made('verzoekinformatieobjecten', { verzoek, informatieobject: document(1) });
        const url = createdIn(await gateway.create(maker, 'verzoekinformatieobjecten', body));
        expect(await mirrorsOf(verzoek)).to.have.length(2);
        const place = remover === 'kic' ? url.replace('/verzoeken/api', '/kic/api') : ours(url);
        expect((await gateway.delete(place)).status).to.equal(204);
        expect(await mirrorsOf(verzoek), `${maker} ${remover}`).to.deep.equal([verzoek]);
      }
    });

    it('a mirror that cannot be made leaves no relation', async () => {
      const { verzoek, body } = await begin();
      await gateway.around.fault({ soort: 'fout', methode: 'POST', pad: '/documenten' });
      expectRefused(await create('verzoekinformatieobjecten', body), 'nonFieldErrors invalid');
      expect(await items(`verzoekinformatieobjecten?verzoek=${verzoek}`)).to.deep.equal([]);
    });

    it('both APIs tell Documenten of the same relation', async () => {
      const { verzoek, body } = await begin();
      await made('verzoekinformatieobjecten', body);
      const query = (url: string) =>
        `verzoekinformatieobjecten?verzoek=${url}&informatieobject=${document()}`;
      expect(await items(query(verzoek))).to.have.length(1);
      expect(results(await gateway.list('verzoeken', query(ours(verzoek))))).to.have.length(1);
    });

    it('all of them go with their verzoek, with their mirrors', async () => {
      const { verzoek, body } = await begin();
      const url = await made('verzoekinformatieobjecten', body);
      expect((await gateway.delete(verzoek)).status).to.equal(204);
      expect(await mirrorsOf(verzoek)).to.deep.equal([]);
      expect((await gateway.get(url)).status).to.equal(404);
    });
  });

  describe('verzoekcontactmomenten (B5)', () => {
    const begin = async () => {
      const [contactmoment, verzoek] = [await made('contactmomenten'), await made('verzoeken')];
      const url = await made('verzoekcontactmomenten', { contactmoment, verzoek });
      return { contactmoment, verzoek, url };
    };
    const inNewer = async (verzoek: string) =>
      Number((await gateway.list('verzoeken', `verzoekcontactmomenten?verzoek=${ours(verzoek)}`)).body.count);

    it('are unique, in whichever spelling', async () => {
      const { contactmoment, verzoek } = await begin();
      const body = { contactmoment: ours(contactmoment), verzoek };
      expectRefused(await create('verzoekcontactmomenten', body), unique);
    });

    it('go with a contactmoment that is deleted here, also in the newer API', async () => {
      const { contactmoment, verzoek, url } = await begin();
      expect((await gateway.delete(contactmoment)).status).to.equal(204);
      expect((await gateway.get(url)).status).to.equal(404);
      expect(await items(`verzoekcontactmomenten?verzoek=${verzoek}`)).to.deep.equal([]);
      await until('it is gone from the newer API', async () => (await inNewer(verzoek)) === 0);
    });

    it('stay in the newer API when that deletes the contactmoment, and are not shown here', async () => {
      const { contactmoment, verzoek, url } = await begin();
      const other = await made('verzoekcontactmomenten', {
        contactmoment: await made('contactmomenten'),
        verzoek,
      });
      expect((await gateway.delete(ours(contactmoment))).status).to.equal(204);
      expect((await gateway.get(url)).status).to.equal(404);
      expect((await items(`verzoekcontactmomenten?verzoek=${verzoek}`)).map((one) => one.url)).to.deep.equal([
        other,
      ]);
      expect(await items(`verzoekcontactmomenten?contactmoment=${contactmoment}`)).to.deep.equal([]);
      expect((await gateway.get(ours(url))).status).to.equal(200);
      expect(await inNewer(verzoek)).to.equal(2);
    });

    it('with a contactmoment of another register are shown as they are stored, and found by no reference', async () => {
      const verzoek = await made('verzoeken');
      const elsewhere = 'https://elders.example/contactmomenten/api/v1/contactmomenten/1';
      await gateway.crm.call('POST', '/relbeheer/koppelingen', {
        KOPPELING: { AANVNR: numberOf(verzoek), ACTURL: elsewhere },
      });
      const [found] = await items(`verzoekcontactmomenten?verzoek=${verzoek}`);
      expect(found).to.include({ contactmoment: elsewhere, verzoek });
      expect(await items(`verzoekcontactmomenten?contactmoment=${elsewhere}`)).to.deep.equal([]);
    });

    it('that could not be removed after a delete are an event', async () => {
      const { contactmoment, verzoek } = await begin();
      await gateway.crm.fault({ soort: 'vol', methode: 'DELETE', pad: '/relbeheer/koppelingen' });
      expect((await gateway.delete(contactmoment)).status).to.equal(204);
      await until('it is told', () => gateway.events.some(({ event }) => event === 'relations-left'));
      expect(await items(`verzoekcontactmomenten?verzoek=${verzoek}`)).to.deep.equal([]);
    });
  });

  describe('verzoekproducten (B5)', () => {
    it('are unique by product and by code, and the product is not fetched', async () => {
      const verzoek = await made('verzoeken');
      const product = 'https://nergens.example/producten/1';
      await made('verzoekproducten', { verzoek, product, productIdentificatie: { code: 'P-1' } });
      expectRefused(await create('verzoekproducten', { verzoek, product }), unique);
      expectRefused(
        await create('verzoekproducten', { verzoek, productIdentificatie: { code: 'P-1' } }),
        unique,
      );
      expect(
        complaints(await create('verzoekproducten', { verzoek: await made('verzoeken'), product })),
      ).to.deep.equal([]);
    });
  });

  it('have no update: 405, with what they do have', async () => {
    const verzoek = await made('verzoeken');
    const url = await made('verzoekproducten', { verzoek, productIdentificatie: { code: 'P-1' } });
    for (const method of ['PUT', 'PATCH']) {
      const answer = await gateway.request(method, url, { body: {} });
      expect(answer.status).to.equal(405);
      expect((answer.headers.get('Allow') ?? '').split(', '))
        .to.include('DELETE')
        .and.not.include(method);
    }
    expect((await list('verzoekproducten')).status).to.equal(200);
  });

  it('show one record under one uuid in both APIs', async () => {
    const answer = await create('verzoekproducten', {
      verzoek: await made('verzoeken'),
      productIdentificatie: { code: 'P-1' },
    });
    const mine = await read(ours(urlIn(answer)));
    expect(mine.verzoek).to.equal(ours(textIn(answer.body.verzoek)));
    expect(mine.productIdentificatie).to.deep.equal({ code: 'P-1' });
  });
});
