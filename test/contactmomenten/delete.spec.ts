import { expect } from 'chai';
import { zaakUuids } from '../../src/demo/around/seed-zaken.ts';
import { eventsSince } from '../kit/events-since.ts';
import { complaints, runningGateway, urlIn } from '../kit/gateway.ts';
import { until } from '../kit/until.ts';
import { contactmomentenOf, leastContactmoment } from './contactmomenten.ts';

describe('deleting a contactmoment: contract section 8.4', () => {
  const gateway = runningGateway({
    config: { rules: { 'cm-004': 'off', 'cm-005': 'off', 'cm-006': 'off' } },
  });
  const { add, addKlant, addRelation, list } = contactmomentenOf(gateway);
  const since = eventsSince(gateway.events);

  const linksOf = async (url: string) => {
    const { vorigContactmoment, volgendContactmoment } = (await gateway.get(url)).body;
    return [vorigContactmoment, volgendContactmoment];
  };

  /** Three contactmomenten, of which each follows the one before it. */
  async function chain(): Promise<readonly [string, string, string]> {
    const first = await add();
    const second = await add({ vorigContactmoment: first });
    return [first, second, await add({ vorigContactmoment: second })];
  }

  /** A contactmoment with relations wherever the CRM keeps them. */
  async function related() {
    const contactmoment = await add({ voorkeurstaal: 'nld' });
    const relations = [
      await addRelation('klantcontactmomenten', {
        contactmoment,
        klant: await addKlant(),
        rol: 'gesprekspartner',
      }),
      await addRelation('klantcontactmomenten', {
        contactmoment,
        klant: 'https://klanten.example/1',
        rol: 'belanghebbende',
      }),
      await addRelation('objectcontactmomenten', {
        contactmoment,
        object: 'https://zaken.example/1',
        objectType: 'zaak',
      }),
      await addRelation('objectcontactmomenten', {
        contactmoment,
        object: 'https://zaken.example/2',
        objectType: 'zaak',
      }),
    ];
    return { contactmoment, relations };
  }

  it('is a 204 without a body, and then it is gone', async () => {
    const url = await add();
    const answer = await gateway.delete(url);
    expect([answer.status, answer.text]).to.deep.equal([204, '']);
    for (const gone of [
      await gateway.get(url),
      await gateway.delete(url),
      await gateway.put(url, leastContactmoment),
      await gateway.patch(url, {}),
    ]) {
      expect(gone.status, gone.text).to.equal(404);
    }
  });

  it('clears vorigContactmoment of its successor, and volgendContactmoment of its predecessor', async () => {
    const [first, second, third] = await chain();
    expect((await gateway.delete(second)).status).to.equal(204);
    expect(await linksOf(first)).to.deep.equal([null, null]);
    expect(await linksOf(third)).to.deep.equal([null, null]);
    expect((await gateway.patch(third, { vorigContactmoment: first })).status).to.equal(200);
  });

  it('of the first and of the last leaves the others linked', async () => {
    const [first, second, third] = await chain();
    expect((await gateway.delete(first)).status).to.equal(204);
    expect(await linksOf(second)).to.deep.equal([null, third]);
    expect((await gateway.delete(third)).status).to.equal(204);
    expect(await linksOf(second)).to.deep.equal([null, null]);
  });

  it('of one that follows itself, and of one in a circle, is a 204', async () => {
    const alone = await add();
    await gateway.patch(alone, { vorigContactmoment: alone });
    expect((await gateway.delete(alone)).status).to.equal(204);
    expect((await gateway.get(alone)).status).to.equal(404);
    const one = await add();
    const other = await add({ vorigContactmoment: one });
    await gateway.patch(one, { vorigContactmoment: other });
    expect((await gateway.delete(one)).status).to.equal(204);
    expect(await linksOf(other)).to.deep.equal([null, null]);
  });

  it('takes its relations with it, wherever they are kept, and nobody else’s', async () => {
    const { contactmoment, relations } = await related();
    const others = await related();
    expect((await gateway.delete(contactmoment)).status).to.equal(204);
    for (const url of relations) expect((await gateway.get(url)).status, url).to.equal(404);
    for (const plural of ['klantcontactmomenten', 'objectcontactmomenten']) {
      expect((await list(`${plural}?contactmoment=${contactmoment}`)).body.count).to.equal(0);
      expect((await list(`${plural}?contactmoment=${others.contactmoment}`)).body.count).to.equal(2);
    }
    for (const url of others.relations) expect((await gateway.get(url)).status, url).to.equal(200);
    const { tabellen } = await gateway.around.arrived();
    // The audit trail of what is gone stays (ruling R16).
    const left = Object.entries(tabellen ?? {}).filter(([table]) => table !== 'audittrail');
    expect(JSON.stringify(left), 'what is left in the bijregister').not.to.include(contactmoment);
  });

  it('that the CRM refuses leaves the link of its successor as it was', async () => {
    const [, second, third] = await chain();
    await gateway.crm.fault({ soort: 'sleutel', methode: 'DELETE', pad: '/relbeheer/activiteiten' });
    const answer = await gateway.delete(second);
    expect(answer.status, answer.text).to.be.within(500, 504);
    await gateway.crm.calm();
    await until('the link is there again', async () => (await linksOf(third))[0] === second);
    expect((await gateway.get(second)).status).to.equal(200);
    expect((await gateway.delete(second)).status).to.equal(204);
  });

  it('that goes unanswered and was carried out leaves no link to it', async () => {
    const [first, second, third] = await chain();
    const pad = '/relbeheer/activiteiten';
    await gateway.crm.fault({ soort: 'verbreek', moment: 'na', methode: 'DELETE', pad, aantal: 1 });
    const answer = await gateway.delete(second);
    expect(answer.status, answer.text).to.be.within(500, 504);
    await until('it is settled', () => since('write-settled').length > 0, 20_000);
    expect(since('write-settled').map(({ outcome }) => outcome)).to.deep.equal(['done']);
    expect((await gateway.get(second)).status).to.equal(404);
    expect(await linksOf(first)).to.deep.equal([null, null]);
    expect(await linksOf(third)).to.deep.equal([null, null]);
    expect(since('undo-failed')).to.deep.equal([]);
  });

  it('frees its predecessor for another successor', async () => {
    const first = await add();
    const second = await add({ vorigContactmoment: first });
    const claim = { ...leastContactmoment, vorigContactmoment: first };
    expect(complaints(await gateway.create('contactmomenten', 'contactmomenten', claim))).to.deep.equal([
      'vorigContactmoment unique',
    ]);
    await gateway.delete(second);
    expect((await gateway.create('contactmomenten', 'contactmomenten', claim)).status).to.equal(201);
  });
});

describe('deleting a contactmoment while relations with it are made', () => {
  const gateway = runningGateway({ config: { rules: { 'cm-006': 'off' } } });
  const { add, list, relate } = contactmomentenOf(gateway);

  it('waits for one that is under way, and removes it too', async () => {
    const contactmoment = await add();
    const place = '/bijregister/tabellen/objectcontactmomenten';
    await gateway.around.forget();
    await gateway.around.fault({ soort: 'traag', ms: 1500, methode: 'POST', pad: place, aantal: 1 });
    const relating = relate('objectcontactmomenten', {
      contactmoment,
      object: `${gateway.around.url}/zaken/api/v1/zaken/${zaakUuids[0]}`,
      objectType: 'zaak',
    });
    await until('it is under way', async () => `POST ${place}` in (await gateway.around.counts()));
    const [deleted, made] = await Promise.all([gateway.delete(contactmoment), relating]);
    expect([deleted.status, made.status]).to.deep.equal([204, 201]);
    expect((await gateway.get(urlIn(made))).status).to.equal(404);
    expect((await list(`objectcontactmomenten?contactmoment=${contactmoment}`)).body.count).to.equal(0);
  });

  it('leaves none behind: each is removed too, or refused', async () => {
    const contactmoment = await add();
    const relations = zaakUuids.map((uuid) =>
      relate('objectcontactmomenten', {
        contactmoment,
        object: `${gateway.around.url}/zaken/api/v1/zaken/${uuid}`,
        objectType: 'zaak',
      }),
    );
    const [deleted, ...made] = await Promise.all([gateway.delete(contactmoment), ...relations]);
    expect(deleted.status, deleted.text).to.equal(204);
    for (const answer of made) {
      expect(answer.status, answer.text).to.be.oneOf([201, 400]);
      if (answer.status === 400) expect(complaints(answer)).to.deep.equal(['contactmoment does_not_exist']);
      else expect((await gateway.get(urlIn(answer))).status).to.equal(404);
    }
    expect((await list(`objectcontactmomenten?contactmoment=${contactmoment}`)).body.count).to.equal(0);
  });
});
