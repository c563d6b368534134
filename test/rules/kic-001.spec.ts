import { expect } from 'chai';
import { runningGateway } from '../kit/gateway.ts';
import { until } from '../kit/until.ts';
import { frontDoor } from '../verzoeken/front-door.ts';
import { createdIn, expectRefused, pathOf, verzoekenOf, plain } from '../verzoeken/samples.ts';

const relation = 'verzoekinformatieobjecten';
const mirrorPath = '/documenten/api/v1/objectinformatieobjecten';
const oursPath = `/verzoeken/api/v1/${relation}`;
const refused = 'nonFieldErrors invalid';
const failures = ['verboden', 'weg', 'fout', 'html', 'verbreek', 'traag', 'omleiding', 'vol'];

describe('kic-001: synchroniseren relaties met informatieobjecten', () => {
  const door = frontDoor(() => gateway.port);
  const gateway = runningGateway({
    get config() {
      return {
        baseUrls: { canonical: door.origin },
        registers: { documenten: { limits: { headersMs: 1500 } } },
      };
    },
  });
  const verzoeken = verzoekenOf(gateway);
  const { made, document, relate, count, row, change, mirrors } = verzoeken;

  afterEach(() => gateway.around.call('DELETE', '/instellingen'));

  const mirrorsOf = async (verzoek: string) =>
    (await mirrors())
      .filter(({ object }) => object === verzoek)
      .map(({ informatieobject }) => informatieobject);

  const create = (verzoek: string, informatieobject = document()) =>
    relate(relation, { verzoek, informatieobject });

  describe('a create', () => {
    it('makes the mirror in Documenten, of the verzoek under its canonical URL', async () => {
      const verzoek = await made();
      createdIn(await create(`http://intern.test:8080${pathOf(verzoek)}`));
      const [mirror] = (await mirrors()).filter(({ object }) => object === verzoek);
      expect(mirror).to.include({ object: verzoek, informatieobject: document(), objectType: 'verzoek' });
    });

    for (const soort of failures) {
      it(`is refused when that fails, and nothing is left: ${soort}`, async () => {
        const verzoek = await made();
        await change(verzoek, { NOTITIE: 'Belt terug.' });
        await gateway.around.fault({ soort, methode: 'POST', pad: mirrorPath });
        const answer = await create(verzoek);
        expectRefused(answer, refused);
        expect(answer.text).to.include('Could not create remote relation');
        expect(await count(`${relation}?verzoek=${verzoek}`)).to.equal(0);
        expect((await row(verzoek)).NOTITIE).to.equal('Belt terug.');
        expect(await mirrorsOf(verzoek)).to.deep.equal([]);
      });
    }

    it('is refused when all of Documenten fails after the document was seen', async () => {
      const verzoek = await made();
      await gateway.around.fault({ soort: 'fout', pad: mirrorPath });
      expectRefused(await create(verzoek), refused);
      expect(await count(`${relation}?verzoek=${verzoek}`)).to.equal(0);
    });

    it('that was refused can be done again', async () => {
      const verzoek = await made();
      await gateway.around.fault({ soort: 'fout', methode: 'POST', pad: mirrorPath });
      expectRefused(await create(verzoek), refused);
      await gateway.around.calm();
      createdIn(await create(verzoek));
      expect(await mirrorsOf(verzoek)).to.deep.equal([document()]);
    });

    it('leaves the other documents of the verzoek when it is refused', async () => {
      const verzoek = await made();
      const url = createdIn(await create(verzoek));
      await gateway.around.fault({ soort: 'fout', methode: 'POST', pad: mirrorPath });
      expectRefused(await create(verzoek, document(1)), refused);
      expect(await verzoeken.urls(`${relation}?verzoek=${verzoek}`)).to.deep.equal([url]);
      expect(await mirrorsOf(verzoek)).to.deep.equal([document()]);
    });

    for (const soort of ['verbreek', 'fout', 'html']) {
      it(`that Documenten carried out without saying so is on both sides, or on neither: ${soort}`, async () => {
        const verzoek = await made();
        await gateway.around.fault({ soort, methode: 'POST', pad: mirrorPath, moment: 'na' });
        const answer = await create(verzoek);
        expect(answer.status).to.be.oneOf([201, 400]);
        const there = answer.status === 201 ? 1 : 0;
        expect(await count(`${relation}?verzoek=${verzoek}`)).to.equal(there);
        expect(await mirrorsOf(verzoek)).to.have.length(there);
      });
    }

    it('does not call Documenten when a rule is broken', async () => {
      const verzoek = await made();
      createdIn(await create(verzoek));
      await gateway.around.forget();
      expectRefused(await create(verzoek), 'nonFieldErrors unique');
      expect(await gateway.around.counts()).not.to.include.keys(`POST ${mirrorPath}`);
    });

    it('that is refused is announced to nobody', async () => {
      const verzoek = await made();
      await gateway.around.fault({ soort: 'fout', methode: 'POST', pad: mirrorPath });
      expectRefused(await create(verzoek), refused);
      await gateway.around.calm();
      // A later one of the same verzoek is: once that is there, the first would have been as well.
      const url = createdIn(await create(verzoek, document(1)));
      const announced = async () => {
        const { notificaties } = await gateway.around.arrived();
        return (Array.isArray(notificaties) ? notificaties : []).filter((one) => {
          const text = JSON.stringify(one);
          return text.includes(verzoek) && text.includes('"resource":"verzoekinformatieobject"');
        });
      };
      await until('the second one is announced', async () => JSON.stringify(await announced()).includes(url));
      expect(await announced()).to.have.length(1);
    });
  });

  describe('a delete', () => {
    const begin = async () => {
      const verzoek = await made();
      const url = createdIn(await create(verzoek));
      return { verzoek, url };
    };

    it('removes the mirror, and then the relation', async () => {
      const { verzoek, url } = await begin();
      expect(await mirrorsOf(verzoek)).to.deep.equal([document()]);
      expect((await gateway.delete(url)).status).to.equal(204);
      expect(await mirrorsOf(verzoek)).to.deep.equal([]);
      expect((await gateway.get(url)).status).to.equal(404);
      expect(await count(`${relation}?verzoek=${verzoek}`)).to.equal(0);
    });

    it('removes no other mirror: not of another document, nor of another verzoek', async () => {
      const { verzoek, url } = await begin();
      const other = await begin();
      createdIn(await create(verzoek, document(1)));
      expect((await gateway.delete(url)).status).to.equal(204);
      expect(await mirrorsOf(verzoek)).to.deep.equal([document(1)]);
      expect(await mirrorsOf(other.verzoek)).to.deep.equal([document()]);
    });

    it('succeeds when the mirror is gone already', async () => {
      const { verzoek, url } = await begin();
      const [mirror] = (await mirrors()).filter(({ object }) => object === verzoek);
      await gateway.around.call('DELETE', pathOf(plain(mirror?.url)));
      expect(await mirrorsOf(verzoek)).to.deep.equal([]);
      expect((await gateway.delete(url)).status).to.equal(204);
      expect((await gateway.get(url)).status).to.equal(404);
    });

    it('removes a mirror that was made under another of our base URLs', async () => {
      const { verzoek, url } = await begin();
      const [mirror] = (await mirrors()).filter(({ object }) => object === verzoek);
      await gateway.around.call('DELETE', pathOf(plain(mirror?.url)));
      const object = `http://intern.test:8080${pathOf(verzoek)}`;
      await gateway.around.call('POST', mirrorPath, {
        object,
        informatieobject: document(),
        objectType: 'verzoek',
      });
      expect(await mirrorsOf(object)).to.have.length(1);
      expect((await gateway.delete(url)).status).to.equal(204);
      expect(await mirrorsOf(object)).to.deep.equal([]);
    });

    for (const methode of ['GET', 'DELETE']) {
      // A mirror that is answered with 404 when it is to be removed is removed already.
      for (const soort of failures.filter((one) => methode === 'GET' || one !== 'weg')) {
        it(`is refused when Documenten fails at ${methode}, and the relation is kept: ${soort}`, async () => {
          const { verzoek, url } = await begin();
          await gateway.around.fault({ soort, methode, pad: mirrorPath });
          const answer = await gateway.delete(url);
          expectRefused(answer, refused);
          expect(answer.text).to.include('Could not delete remote relation');
          expect((await gateway.get(url)).status).to.equal(200);
          expect(await count(`${relation}?verzoek=${verzoek}`)).to.equal(1);
          expect(await mirrorsOf(verzoek)).to.deep.equal([document()]);
        });
      }
    }

    it('that was refused can be done again', async () => {
      const { verzoek, url } = await begin();
      await gateway.around.fault({ soort: 'fout', methode: 'DELETE', pad: mirrorPath });
      expectRefused(await gateway.delete(url), refused);
      await gateway.around.calm();
      expect((await gateway.delete(url)).status).to.equal(204);
      expect(await mirrorsOf(verzoek)).to.deep.equal([]);
    });

    it('that the CRM refuses leaves both sides as they were', async () => {
      const { verzoek, url } = await begin();
      await gateway.crm.fault({ soort: 'vol', methode: 'PUT' });
      expect((await gateway.delete(url)).status).to.equal(503);
      expect((await gateway.get(url)).status).to.equal(200);
      expect(await mirrorsOf(verzoek)).to.deep.equal([document()]);
    });
  });

  describe('Documenten that calls back', () => {
    beforeEach(() => gateway.around.settings({ terugbellen: true }));

    it('sees the relation during a create, and no longer during a delete', async () => {
      const verzoek = await made();
      const url = createdIn(await create(verzoek));
      expect(door.passed()).to.deep.equal([`GET ${oursPath}`]);
      expect(await mirrorsOf(verzoek)).to.deep.equal([document()]);
      expect((await gateway.delete(url)).status).to.equal(204);
      expect(door.passed()).to.deep.equal([`GET ${oursPath}`, `GET ${oursPath}`]);
      expect(await mirrorsOf(verzoek)).to.deep.equal([]);
    });

    it('sees each of several documents of one verzoek', async () => {
      const verzoek = await made();
      const urls = [createdIn(await create(verzoek)), createdIn(await create(verzoek, document(1)))];
      for (const url of urls) expect((await gateway.delete(url)).status).to.equal(204);
      expect(door.passed()).to.have.length(4);
    });

    it('sees a document of which a version was sent as the document itself (ruling R11)', async () => {
      const verzoek = await made();
      const answer = await create(verzoek, `${document(1)}?versie=1`);
      expect(answer.status, answer.text).to.equal(201);
      expect((await gateway.delete(plain(answer.body.url))).status).to.equal(204);
    });

    it('sees no relation either while the verzoek itself is deleted', async () => {
      const verzoek = await made();
      createdIn(await create(verzoek));
      createdIn(await create(verzoek, document(1)));
      expect((await gateway.delete(verzoek)).status).to.equal(204);
      expect(await mirrorsOf(verzoek)).to.deep.equal([]);
    });
  });

  describe('while Documenten takes its time', () => {
    it('over a create, the relation is there already', async () => {
      const verzoek = await made();
      await gateway.around.forget();
      await gateway.around.fault({ soort: 'traag', ms: 400, methode: 'POST', pad: mirrorPath });
      const creating = create(verzoek);
      await until('Documenten is asked', async () => `POST ${mirrorPath}` in (await gateway.around.counts()));
      const [url = ''] = await verzoeken.urls(
        `${relation}?verzoek=${verzoek}&informatieobject=${document()}`,
      );
      expect((await gateway.get(url)).status).to.equal(200);
      await gateway.around.calm();
      await creating;
    });

    it('over a delete, the relation is gone already, and comes back when the delete is refused', async () => {
      const verzoek = await made();
      const url = createdIn(await create(verzoek));
      await gateway.around.forget();
      await gateway.around.fault({ soort: 'traag', methode: 'DELETE', pad: mirrorPath });
      const deleting = gateway.delete(url);
      await until('Documenten is asked', async () =>
        Object.keys(await gateway.around.counts()).some((call) => call.startsWith('DELETE ')),
      );
      expect((await gateway.get(url)).status).to.equal(404);
      expect(await count(`${relation}?verzoek=${verzoek}`)).to.equal(0);
      expect(await count(`${relation}?verzoek=${verzoek}&informatieobject=${document()}`)).to.equal(0);
      expectRefused(await deleting, refused);
      expect((await gateway.get(url)).status).to.equal(200);
      expect(await count(`${relation}?verzoek=${verzoek}`)).to.equal(1);
    });
  });
});

describe('kic-001, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'kic-001': 'off' } } });
  const { made, document, related, mirrors } = verzoekenOf(gateway);

  it('neither makes nor removes mirrors', async () => {
    await gateway.around.forget();
    const body = { verzoek: await made(), informatieobject: document() };
    const url = await related('verzoekinformatieobjecten', body);
    expect(await mirrors()).to.deep.equal([]);
    expect((await gateway.delete(url)).status).to.equal(204);
    const calls = Object.keys(await gateway.around.counts());
    expect(calls.filter((call) => call.includes(mirrorPath))).to.deep.equal([]);
  });
});
