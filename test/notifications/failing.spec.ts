import { expect } from 'chai';
import { eventsSince } from '../kit/events-since.ts';
import { leastKlant, results, runningGateway, urlIn } from '../kit/gateway.ts';
import { storesOf } from '../gateway/deletes.ts';
import { until } from '../kit/until.ts';

const pad = '/notificaties';

describe('a Notificaties API that fails', () => {
  const gateway = runningGateway();
  const since = eventsSince(gateway.events);

  for (const soort of ['fout', 'verbreek', 'html', 'verboden', 'omleiding']) {
    it(`(${soort}) fails no write`, async () => {
      await gateway.around.fault({ soort, pad });
      const created = await gateway.post(leastKlant);
      expect(created.status, created.text).to.equal(201);
      expect((await gateway.patch(urlIn(created), { functie: 'inkoper' })).status).to.equal(200);
      expect((await gateway.delete(urlIn(created))).status).to.equal(204);
    });
  }

  it('and refuses messages, is one event for each of them', async () => {
    await gateway.around.fault({ soort: 'verboden', pad, methode: 'POST' });
    await gateway.around.forget();
    const url = urlIn(await gateway.post(leastKlant));
    await gateway.delete(url);
    const lost = () => since('notification-lost').filter(({ reason }) => reason === 'refused');
    await until('both are lost', () => lost().length >= 2);
    expect(lost().map(({ kanaal, resource, actie }) => `${kanaal} ${resource} ${actie}`)).to.include.members([
      'klanten klant create',
      'klanten klant destroy',
    ]);
  });
});

describe('notifications at the end of the gateway', () => {
  const gateway = runningGateway();

  it('are still delivered', async () => {
    await gateway.around.fault({ soort: 'fout', pad, aantal: 1 });
    const url = urlIn(await gateway.post(leastKlant));
    await gateway.stop();
    const { notificaties } = await gateway.around.arrived();
    expect(JSON.stringify(notificaties)).to.include(url);
    expect(gateway.events.filter(({ event }) => event === 'notification-lost')).to.deep.equal([]);
  });
});

describe('notifications that cannot be delivered before the end', () => {
  const gateway = runningGateway({ config: { limits: { drainMs: 1000 } } });

  it('are one event each', async () => {
    await gateway.around.fault({ soort: 'fout', pad });
    for (let count = 0; count < 3; count++) await gateway.post(leastKlant);
    await gateway.stop();
    const lost = gateway.events.filter((event) => event.event === 'notification-lost');
    expect(lost).to.deep.equal(
      Array(3).fill({
        event: 'notification-lost',
        kanaal: 'klanten',
        resource: 'klant',
        actie: 'create',
        reason: 'stopped',
      }),
    );
  });
});

describe('notifications: strict', () => {
  const gateway = runningGateway({ config: { notifications: { strict: true } } });
  const since = eventsSince(gateway.events);
  const stores = storesOf(gateway);

  for (const soort of ['fout', 'verbreek', 'verboden']) {
    describe(`(${soort})`, () => {
      it('a create is 503 and leaves nothing', async () => {
        const klantnummer = `S${soort}`.slice(0, 8);
        await gateway.around.fault({ soort, pad });
        const { status } = await gateway.post({ ...leastKlant, klantnummer });
        expect(status).to.equal(503);
        expect(results(await gateway.get(`/klanten?klantnummer=${klantnummer}`))).to.deep.equal([]);
        expect(since('undo-failed')).to.deep.equal([]);
      });

      it('a create in two systems leaves nothing in either', async () => {
        await gateway.around.fault({ soort, pad });
        const before = (await stores.rows('aanvullingen')).length;
        const { status } = await gateway.create('contactmomenten', 'contactmomenten', {
          bronorganisatie: '123456782',
          kanaal: `strikt-${soort}`,
          voorkeurstaal: 'nld',
          medewerkerIdentificatie: { identificatie: 'm1' },
        });
        expect(status).to.equal(503);
        expect(await stores.crmRows('activiteiten', `KAN=strikt-${soort}`)).to.deep.equal([]);
        expect(await stores.rows('aanvullingen')).to.have.length(before);
      });

      it('a relation that is mirrored is gone in both', async () => {
        const verzoek = await stores.verzoek();
        await gateway.around.fault({ soort, pad });
        const body = { verzoek: verzoek.url, informatieobject: stores.document() };
        expect((await gateway.create('verzoeken', 'verzoekinformatieobjecten', body)).status).to.equal(503);
        expect(await stores.mirrors(verzoek.url)).to.deep.equal([]);
        const left = await gateway.list('verzoeken', `verzoekinformatieobjecten?verzoek=${verzoek.url}`);
        expect(results(left)).to.deep.equal([]);
      });

      it('an update is 503 and puts the old values back', async () => {
        const { url } = await stores.contactmoment({ tekst: 'oud', voorkeurstaal: 'nld' });
        const { body } = await gateway.get(url);
        await gateway.around.fault({ soort, pad });
        const answers = [
          await gateway.patch(url, { tekst: 'nieuw', voorkeurstaal: 'eng' }),
          await gateway.put(url, { ...body, tekst: 'nieuw', voorkeurstaal: '' }),
        ];
        expect(answers.map(({ status }) => status)).to.deep.equal([503, 503]);
        expect((await gateway.get(url)).body).to.deep.equal(body);
      });

      it('a delete is done', async () => {
        const { url } = await stores.contactmoment();
        await gateway.around.fault({ soort, pad });
        expect((await gateway.delete(url)).status).to.equal(204);
        expect((await gateway.get(url)).status).to.equal(404);
      });
    });
  }
});
