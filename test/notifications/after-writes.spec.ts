import { expect } from 'chai';
import { zaakUuids } from '../../src/demo/around/seed-zaken.ts';
import type { JsonObject } from '../../src/json.ts';
import { storesOf, zakenNotAsked } from '../gateway/deletes.ts';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { announcementsAt } from './announced.ts';

/** A notification without its time, which is checked by itself. */
function undated(notification: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(notification).filter(([name]) => name !== 'aanmaakdatum'));
}

/** Contract section 7.1. */
describe('the notification of a write', () => {
  const gateway = runningGateway({ config: { ...zakenNotAsked } });
  const stores = storesOf(gateway);
  const sent = announcementsAt(gateway);
  const zaak = () => `${gateway.around.url}/zaken/api/v1/zaken/${zaakUuids[0]}`;

  /** What was sent before the marker klant, which comes last: notifications of other objects may overtake, so it waits for `count`. */
  async function only(count: number): Promise<JsonObject[]> {
    const before = await sent.arrived(count);
    await gateway.post(leastKlant);
    const all = await sent.arrived(before.length + 1);
    expect(all, 'the marker is the one that follows').to.have.length(count + 1);
    return all.slice(0, count);
  }

  const mains: Readonly<
    Record<
      string,
      {
        kanaal: string;
        plural: string;
        api: string;
        body: JsonObject;
        kenmerken: JsonObject;
        change: JsonObject;
      }
    >
  > = {
    klant: {
      api: 'klanten',
      plural: 'klanten',
      kanaal: 'klanten',
      body: { ...leastKlant, subjectType: 'natuurlijk_persoon', subjectIdentificatie: { voornamen: 'A' } },
      kenmerken: { subjectType: 'natuurlijk_persoon' },
      change: { functie: 'inkoper' },
    },
    contactmoment: {
      api: 'contactmomenten',
      plural: 'contactmomenten',
      kanaal: 'contactmomenten',
      body: {
        bronorganisatie: '123456782',
        kanaal: 'balie',
        medewerkerIdentificatie: { identificatie: 'm' },
      },
      kenmerken: { bronorganisatie: '123456782', kanaal: 'balie' },
      change: { tekst: 'anders' },
    },
    verzoek: {
      api: 'verzoeken',
      plural: 'verzoeken',
      kanaal: 'verzoeken',
      body: { bronorganisatie: '123456782', status: 'ontvangen' },
      kenmerken: { bronorganisatie: '123456782' },
      change: { tekst: 'anders' },
    },
  };

  for (const [resource, { api, plural, kanaal, body, kenmerken, change }] of Object.entries(mains)) {
    it(`${resource}: create, update, partial_update and destroy, in that order, with canonical URLs`, async () => {
      await sent.forget();
      const headers = { Host: 'intern.test:8080' };
      const created = await gateway.create(api, plural, body, { headers });
      const url = urlIn(created);
      expect((await gateway.put(url, { ...created.body, ...change }, { headers })).status).to.equal(200);
      expect((await gateway.patch(url, change, { headers })).status).to.equal(200);
      expect((await gateway.delete(url, { headers })).status).to.equal(204);
      const own = url.replace(/^http:\/\/[^/]+/, 'http://klantbrug.test');
      const found = await only(4);
      const expected = ['create', 'update', 'partial_update', 'destroy'].map((actie) => ({
        kanaal,
        hoofdObject: own,
        resource,
        resourceUrl: own,
        actie,
        kenmerken,
      }));
      const dates = found.map(({ aanmaakdatum }) => aanmaakdatum);
      expect(found.map(undated)).to.deep.equal(expected);
      for (const date of dates) expect(date).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    });
  }

  it('calls an unset subjectType and an empty kanaal onbekend (R10)', async () => {
    await sent.forget();
    await gateway.post(leastKlant);
    await gateway.create('contactmomenten', 'contactmomenten', { ...mains.contactmoment?.body, kanaal: '' });
    const kenmerken = (await sent.arrived(2)).map((one) => one.kenmerken);
    expect(kenmerken).to.have.deep.members([
      { subjectType: 'onbekend' },
      { bronorganisatie: '123456782', kanaal: 'onbekend' },
    ]);
  });

  for (const [resource, plural, rest] of [
    ['verzoekinformatieobject', 'verzoekinformatieobjecten', () => ({ informatieobject: stores.document() })],
    [
      'verzoekcontactmoment',
      'verzoekcontactmomenten',
      async () => ({ contactmoment: (await stores.contactmoment()).url }),
    ],
    ['verzoekproduct', 'verzoekproducten', () => ({ productIdentificatie: { code: 'paspoort' } })],
    ['klantverzoek', 'klantverzoeken', async () => ({ klant: (await stores.klant()).url })],
  ] as const) {
    it(`${resource}: create and destroy, of the verzoek`, async () => {
      const verzoek = await stores.verzoek();
      const body = { verzoek: verzoek.url, ...(await rest()) };
      await until(gateway, sent);
      await sent.forget();
      const url = await stores.relation('verzoeken', plural, body);
      expect((await gateway.delete(url)).status).to.equal(204);
      const found = (await only(2)).map(undated);
      const one = { kanaal: 'verzoeken', hoofdObject: verzoek.url, resource, resourceUrl: url };
      const kenmerken = { bronorganisatie: '123456782' };
      expect(found).to.deep.equal([
        { ...one, actie: 'create', kenmerken },
        { ...one, actie: 'destroy', kenmerken },
      ]);
    });
  }

  it('is not sent of klantcontactmomenten, objectcontactmomenten and objectverzoeken', async () => {
    const contactmoment = (await stores.contactmoment()).url;
    const verzoek = (await stores.verzoek()).url;
    const klant = (await stores.klant()).url;
    await until(gateway, sent);
    await sent.forget();
    const object = { object: zaak(), objectType: 'zaak' };
    const made = [
      await stores.relation('contactmomenten', 'klantcontactmomenten', {
        contactmoment,
        klant,
        rol: 'belanghebbende',
      }),
      await stores.relation('contactmomenten', 'objectcontactmomenten', { contactmoment, ...object }),
      await stores.relation('verzoeken', 'objectverzoeken', { verzoek, ...object }),
    ];
    for (const url of made) expect((await gateway.delete(url)).status).to.equal(204);
    expect(await only(0)).to.deep.equal([]);
  });

  it('is not sent of a write that failed', async () => {
    const { url } = await stores.contactmoment();
    await until(gateway, sent);
    await sent.forget();
    expect((await gateway.patch(url, { bronorganisatie: '1' })).status).to.equal(400);
    await gateway.crm.fault({ soort: 'sleutel', methode: 'PUT' });
    expect((await gateway.patch(url, { tekst: 'anders' })).status).to.be.within(500, 599);
    expect(await only(0)).to.deep.equal([]);
  });

  it('is sent once of a delete, and not of what goes with it', async () => {
    const { url } = await stores.verzoek();
    await stores.relation('verzoeken', 'klantverzoeken', { verzoek: url, klant: (await stores.klant()).url });
    await stores.relation('verzoeken', 'verzoekinformatieobjecten', {
      verzoek: url,
      informatieobject: stores.document(),
    });
    await until(gateway, sent);
    await sent.forget();
    expect((await gateway.delete(url)).status).to.equal(204);
    expect(sent.shown(await only(1))).to.deep.equal(['verzoeken verzoek destroy']);
  });
});

/** Waits until everything that was published has arrived: a marker of its own is last of those that wait. */
async function until(
  gateway: ReturnType<typeof runningGateway>,
  sent: ReturnType<typeof announcementsAt>,
): Promise<void> {
  await sent.forget();
  const url = urlIn(await gateway.post(leastKlant));
  for (let count = 1; ; count++) {
    const found = await sent.arrived(count);
    if (found.some(({ resourceUrl }) => resourceUrl === url)) return;
  }
}
