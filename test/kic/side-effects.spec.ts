import { expect } from 'chai';
import { isObject, type JsonObject } from '../../src/json.ts';
import { trailsOf } from '../audit/trail.ts';
import { personalDataIn } from '../kit/personal-data.ts';
import { runningGateway, urlIn } from '../kit/gateway.ts';
import { until } from '../kit/until.ts';
import { announcementsAt } from '../notifications/announced.ts';
import { createdIn } from '../verzoeken/samples.ts';
import { kicConfig, kicOf, ours, textIn } from './kic.ts';

const zakenNotAsked = { rules: { 'cm-006': 'off', 'vrz-009': 'off' } } as const;

describe('kic B6: what else a write does', () => {
  const gateway = runningGateway({ config: { ...kicConfig, ...zakenNotAsked } });
  const { made, read, create, document, list } = kicOf(gateway);
  const sent = announcementsAt(gateway);
  const trails = trailsOf(gateway);

  const told = async (count: number) =>
    (await sent.arrived(count)).map(({ kanaal, resource, actie, hoofdObject, resourceUrl }) =>
      [kanaal, resource, actie, hoofdObject, resourceUrl].map((value) => textIn(value)).join(' '),
    );
  const marker = async () => {
    await sent.forget();
    await made('klanten');
    await sent.arrived(1);
  };

  it('is told with the URLs of the newer API', async () => {
    await sent.forget();
    const url = await made('klanten', { subjectType: 'vestiging' });
    await gateway.patch(url, { functie: 'inkoper' });
    await gateway.put(url, { functie: 'verkoper' });
    await gateway.delete(url);
    const mine = ours(url);
    expect(await told(4)).to.deep.equal(
      ['create', 'partial_update', 'update', 'destroy'].map(
        (actie) => `klanten klant ${actie} ${mine} ${mine}`,
      ),
    );
  });

  it('of a verzoek with a klant is the verzoek and the klantverzoek', async () => {
    const klant = await made('klanten');
    await marker();
    await sent.forget();
    const url = await made('verzoeken', { klant });
    const { body } = await gateway.list('verzoeken', `klantverzoeken?verzoek=${ours(url)}`);
    const [relation] = Array.isArray(body.results) ? body.results.filter(isObject) : [];
    expect(await told(2)).to.have.members([
      `verzoeken verzoek create ${ours(url)} ${ours(url)}`,
      `verzoeken klantverzoek create ${ours(url)} ${textIn(relation?.url)}`,
    ]);
  });

  it('of each relation is what the newer API tells of it', async () => {
    const [verzoek, contactmoment] = [await made('verzoeken'), await made('contactmomenten')];
    await marker();
    await sent.forget();
    const urls = [
      await made('verzoekinformatieobjecten', { verzoek, informatieobject: document() }),
      await made('verzoekcontactmomenten', { verzoek, contactmoment }),
      await made('verzoekproducten', { verzoek, productIdentificatie: { code: 'P' } }),
    ];
    const names = ['verzoekinformatieobject', 'verzoekcontactmoment', 'verzoekproduct'];
    expect(await told(3)).to.have.members(
      names.map((name, index) => `verzoeken ${name} create ${ours(verzoek)} ${ours(urls[index] ?? '')}`),
    );
  });

  it('is in the audit trail of the newer API, in its words; a header that this API does not have means nothing', async () => {
    const headers = { 'X-Audit-Toelichting': 'omdat het moest' };
    const url = createdIn(await create('klanten', { achternaam: 'Jansen' }, { headers }));
    await gateway.patch(url, { functie: 'inkoper' });
    const entries = await trails.read(ours(url));
    expect(entries.map(({ actie }) => actie)).to.have.members(['create', 'partial_update']);
    const made = entries.find(({ actie }) => actie === 'create');
    expect(made).to.include({ resource: 'klant', resourceUrl: ours(url), toelichting: '' });
    const { nieuw } = isObject(made?.wijzigingen) ? made.wijzigingen : {};
    expect(nieuw).to.deep.include({ url: ours(url), achternaam: 'Jansen', bronorganisatie: '123456782' });
  });

  it('another klant is in the trail of the verzoek, as its relations', async () => {
    const [first, second] = [await made('klanten'), await made('klanten')];
    const url = await made('verzoeken', { klant: first });
    expect((await gateway.patch(url, { klant: second })).status).to.equal(200);
    const entries = await trails.read(ours(url));
    const shown = entries.map(({ resource, actie }) => `${textIn(resource)} ${textIn(actie)}`);
    expect(shown).to.have.members([
      'verzoek create',
      'klantverzoek create',
      'verzoek partial_update',
      'klantverzoek create',
      'klantverzoek destroy',
    ]);
  });

  it('a write over either API is seen over the other at once, also by its ETag', async () => {
    const klant = await made('klanten', { achternaam: 'Jansen' });
    const etags = async () => [
      (await gateway.get(klant)).headers.get('ETag'),
      (await gateway.get(ours(klant))).headers.get('ETag'),
    ];
    const before = await etags();
    await gateway.patch(klant, { functie: 'inkoper' });
    const between = await etags();
    await gateway.patch(ours(klant), { functie: 'verkoper' });
    const after = await etags();
    expect(new Set([...before, ...between, ...after])).to.have.property('size', 6);
    expect((await read(klant)).functie).to.equal('verkoper');
  });

  it('events say nothing about anybody', async () => {
    const start = gateway.events.length;
    const particulars: JsonObject = {
      voornaam: 'Annemarie',
      achternaam: 'Bakkersma',
      telefoonnummer: '0612345678',
      emailadres: 'a.bakkersma@example.org',
      adres: 'Geheimlaan 12, 1234 AB Utrecht',
      subjectType: 'natuurlijk_persoon',
      subjectIdentificatie: { inpBsn: '999990019' },
    };
    const klant = await made('klanten', particulars);
    await gateway.patch(klant, { adres: 'Geheimlaan 13, 1234 AB Utrecht'.padEnd(150, 'x') });
    await made('contactmomenten', { klant, tekst: 'Belde over 999990019.' });
    await list('klanten?achternaam=Bakkersma');
    const events = JSON.stringify(gateway.events.slice(start));
    expect(personalDataIn(events)).to.deep.equal([]);
    for (const value of ['Annemarie', 'Bakkersma', '0612345678', 'Geheimlaan', '999990019'])
      expect(events).not.to.include(value);
  });
});

describe('kic B6: notifications off', () => {
  const gateway = runningGateway({
    config: { apis: { kic: { ...kicConfig.apis.kic, notifications: 'off' } }, ...zakenNotAsked },
  });
  const { made } = kicOf(gateway);
  const sent = announcementsAt(gateway);

  it('nobody hears of a write here, and of one over the newer API as ever', async () => {
    await sent.forget();
    const klant = await made('klanten');
    const verzoek = await made('verzoeken', { klant });
    await gateway.patch(verzoek, { klant: null });
    await gateway.patch(klant, { functie: 'inkoper' });
    await gateway.delete(verzoek);
    const mine = urlIn(
      await gateway.post({ bronorganisatie: '123456782', websiteUrl: 'https://www.gemeente.example' }),
    );
    expect((await sent.arrived(1)).map(({ resourceUrl }) => resourceUrl)).to.deep.equal([mine]);
  });
});

describe('kic: an Idempotency-Key', () => {
  const gateway = runningGateway({ config: kicConfig });
  const { made, create, read } = kicOf(gateway);
  let keys = 0;
  const newKey = () => ({ headers: { 'Idempotency-Key': `kic-${++keys}` } });

  it('repeated: the same answer, and one record with one klant', async () => {
    const klant = await made('klanten');
    for (const plural of ['contactmomenten', 'verzoeken']) {
      const key = newKey();
      const first = await create(plural, { klant }, key);
      const second = await create(plural, { klant }, key);
      expect([first.status, second.status]).to.deep.equal([201, 201]);
      expect(second.text).to.equal(first.text);
    }
    const key = newKey();
    const [one, other] = [await create('klanten', {}, key), await create('klanten', {}, key)];
    expect(other.text).to.equal(one.text);
  });

  it('repeated after a create that went unanswered: the record, in the words of this API', async () => {
    const klant = await made('klanten');
    const cases: [string, JsonObject][] = [
      ['klanten', { achternaam: 'Jansen', adres: 'Dorpsstraat 12, 1234 AB Utrecht' }],
      ['verzoeken', { klant, tekst: 'Nog eens.' }],
    ];
    for (const [plural, body] of cases) {
      const key = newKey();
      await gateway.crm.fault({ soort: 'verbreek', moment: 'na', methode: 'POST', aantal: 1 });
      expect((await create(plural, body, key)).status).to.equal(502);
      const again = await create(plural, body, key);
      expect(again.status, again.text).to.equal(201);
      expect(again.body).to.include(body);
      await until('it reads the same', async () => (await gateway.get(urlIn(again))).text === again.text);
      expect(Object.keys(await read(urlIn(again)))).to.deep.equal(Object.keys(again.body));
    }
  });
});
