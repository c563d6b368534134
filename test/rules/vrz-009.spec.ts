import { expect } from 'chai';
import { eventsSince } from '../kit/events-since.ts';
import { runningGateway } from '../kit/gateway.ts';
import { webHost } from '../kit/web-host.ts';
import { createdIn, expectRefused, pathOf, verzoekenOf } from '../verzoeken/samples.ts';

const list = '/zaken/api/v1/zaakverzoeken';

/** Answers of the register that leave open whether it has the relation. */
const silences = {
  traag: [503, 504],
  verbreek: [503, 504],
  fout: [503, 504],
  html: [503, 504],
  omleiding: [503, 504],
  vol: [503, 504],
};

/** Answers with which it refuses the question. */
const refusals = ['verboden', 'weg'];

describe('vrz-009: valideren bestaan relatie tussen OBJECT en VERZOEK in de bron', () => {
  /** A zaak that is there, at a host that is no register of ours. */
  const otherHost = webHost((_, response) => {
    const texts = ['bronorganisatie', 'zaaktype', 'verantwoordelijkeOrganisatie', 'startdatum'];
    response.end(JSON.stringify(Object.fromEntries(texts.map((name) => [name, 'x']))));
  });
  const gateway = runningGateway({
    get config() {
      return {
        urlChecks: { hosts: [{ origin: otherHost.origin, addresses: ['127.0.0.0/8'] }] },
      };
    },
  });
  const { made, zaak, inZaken, relate, related, count, writesNothing } = verzoekenOf(gateway);
  const create = (verzoek: string, object = zaak()) =>
    relate('objectverzoeken', { verzoek, object, objectType: 'zaak' });

  describe('for a create', () => {
    it('holds when the Zaken API has the relation', async () => {
      const verzoek = await made();
      await inZaken(zaak(), verzoek);
      const answer = await create(verzoek);
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body).to.include({ verzoek, object: zaak(), objectType: 'zaak' });
    });

    it('holds when it has it under another of our base URLs', async () => {
      const verzoek = await made();
      await inZaken(zaak(), verzoek.replace('http://klantbrug.test', 'http://intern.test:8080'));
      expect((await create(`http://intern.test:8080${pathOf(verzoek)}`)).status).to.equal(201);
    });

    it('is broken when it has no relation, or others only', async () => {
      const [verzoek, other] = [await made(), await made()];
      await inZaken(zaak(1), verzoek);
      await inZaken(zaak(), other);
      expectRefused(await writesNothing(() => create(verzoek)), 'nonFieldErrors inconsistent-relation');
    });

    it('is broken when it no longer has the relation', async () => {
      const verzoek = await made();
      await (
        await inZaken(zaak(), verzoek)
      )();
      expectRefused(await create(verzoek), 'nonFieldErrors inconsistent-relation');
    });

    for (const soort of refusals) {
      it(`is broken when it refuses to say: ${soort}`, async () => {
        const verzoek = await made();
        await inZaken(zaak(), verzoek);
        await gateway.around.fault({ soort, pad: list });
        expectRefused(await writesNothing(() => create(verzoek)), 'nonFieldErrors relation-validation-error');
      });
    }

    it('is broken by a zaak that is in no Zaken API of ours, where nobody can be asked', async () => {
      expectRefused(
        await create(await made(), `${otherHost.origin}/zaken/1`),
        'nonFieldErrors relation-validation-error',
      );
    });

    for (const [soort, statuses] of Object.entries(silences)) {
      it(`is 503 or 504 when it does not say, and nothing is written: ${soort} (ruling R8)`, async () => {
        const verzoek = await made();
        await inZaken(zaak(), verzoek);
        await gateway.around.fault({ soort, pad: list });
        const answer = await writesNothing(() => create(verzoek));
        expect(answer.status, answer.text).to.be.oneOf(statuses);
        await gateway.around.calm();
        expect(await count(`objectverzoeken?verzoek=${verzoek}`)).to.equal(0);
        expect((await create(verzoek)).status).to.equal(201);
      });
    }
  });

  describe('for a delete', () => {
    const begin = async () => {
      const verzoek = await made();
      const removeThere = await inZaken(zaak(), verzoek);
      return { url: createdIn(await create(verzoek)), removeThere, verzoek };
    };

    it('holds when the Zaken API has dropped the relation', async () => {
      const { url, removeThere } = await begin();
      await removeThere();
      expect((await gateway.delete(url)).status).to.equal(204);
      expect((await gateway.get(url)).status).to.equal(404);
    });

    it('is broken when it still has the relation, and ours stays', async () => {
      const { url } = await begin();
      expectRefused(await writesNothing(() => gateway.delete(url)), 'nonFieldErrors remote-relation-exists');
      expect((await gateway.get(url)).status).to.equal(200);
    });

    for (const soort of refusals) {
      it(`is broken when it refuses to say, and ours stays: ${soort}`, async () => {
        const { url, removeThere } = await begin();
        await removeThere();
        await gateway.around.fault({ soort, pad: list });
        expectRefused(await gateway.delete(url), 'nonFieldErrors relation-lookup-error');
        expect((await gateway.get(url)).status).to.equal(200);
      });
    }

    for (const [soort, statuses] of Object.entries(silences)) {
      it(`is 503 or 504 when it does not say, and ours stays: ${soort} (ruling R8)`, async () => {
        const { url, removeThere } = await begin();
        await removeThere();
        await gateway.around.fault({ soort, pad: list });
        const answer = await writesNothing(() => gateway.delete(url));
        expect(answer.status, answer.text).to.be.oneOf(statuses);
        expect((await gateway.get(url)).status).to.equal(200);
      });
    }

    it('is not asked when the verzoek itself is deleted', async () => {
      const { url, verzoek } = await begin();
      await gateway.around.forget();
      expect((await gateway.delete(verzoek)).status).to.equal(204);
      expect(await gateway.around.counts()).not.to.include.keys(`GET ${list}`);
      expect((await gateway.get(url)).status).to.equal(404);
    });
  });

  it('stands in the way of no read: those go on while the register is down', async () => {
    const verzoek = await made();
    await inZaken(zaak(), verzoek);
    const url = await related('objectverzoeken', { verzoek, object: zaak(), objectType: 'zaak' });
    await gateway.around.fault({ soort: 'verbreek', pad: '/zaken' });
    expect((await gateway.get(url)).status).to.equal(200);
    expect(await count(`objectverzoeken?verzoek=${verzoek}`)).to.equal(1);
  });
});

describe('vrz-009, switched to warn', () => {
  const gateway = runningGateway({
    config: { rules: { 'vrz-009': 'warn' } },
  });
  const { made, zaak, inZaken, relate } = verzoekenOf(gateway);
  const since = eventsSince(gateway.events);
  const create = (verzoek: string) =>
    relate('objectverzoeken', { verzoek, object: zaak(), objectType: 'zaak' });
  const brokenRules = () =>
    since('rule-broken').map(({ rule, resource, code }) => `${rule} ${resource} ${code}`);

  it('carries out a create that breaks it, and the operator hears of it', async () => {
    expect((await create(await made())).status).to.equal(201);
    expect(brokenRules()).to.deep.equal(['vrz-009 objectverzoek inconsistent-relation']);
  });

  it('carries out a delete that breaks it, and the operator hears of it', async () => {
    const verzoek = await made();
    await inZaken(zaak(), verzoek);
    expect((await gateway.delete(createdIn(await create(verzoek)))).status).to.equal(204);
    expect(brokenRules()).to.deep.equal(['vrz-009 objectverzoek remote-relation-exists']);
  });

  it('says nothing of what holds', async () => {
    const verzoek = await made();
    await inZaken(zaak(), verzoek);
    createdIn(await create(verzoek));
    expect(brokenRules()).to.deep.equal([]);
  });

  for (const soort of ['fout', 'traag', 'verbreek']) {
    it(`carries it out when nobody can tell, and the operator hears that as well: ${soort}`, async () => {
      const verzoek = await made();
      await gateway.around.fault({ soort, pad: list });
      expect((await create(verzoek)).status).to.equal(201);
      expect(brokenRules()).to.deep.equal(['vrz-009 objectverzoek not-checked']);
    });
  }
});

describe('vrz-009, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'vrz-009': 'off' } } });
  const { made, zaak, relate } = verzoekenOf(gateway);

  it('asks the Zaken API nothing about relations', async () => {
    const body = { verzoek: await made(), object: zaak(), objectType: 'zaak' };
    await gateway.around.forget();
    const url = createdIn(await relate('objectverzoeken', body));
    expect((await gateway.delete(url)).status).to.equal(204);
    expect(await gateway.around.counts()).not.to.include.keys(`GET ${list}`);
    expect(gateway.events.filter(({ event }) => event === 'rule-broken')).to.deep.equal([]);
  });
});
