import { expect } from 'chai';
import { type JsonObject, scalarText } from '../../src/json.ts';
import { storesOf } from '../gateway/deletes.ts';
import { leastKlant, runningGateway, token, urlIn } from '../kit/gateway.ts';
import { trailsOf } from './trail.ts';

describe('the entries of the audit trail (contract section 7.2)', () => {
  const gateway = runningGateway();
  const trails = trailsOf(gateway);
  const stores = storesOf(gateway);

  const shown = (entries: readonly JsonObject[]) =>
    entries.map(({ resource, actie, resultaat }) => [resource, actie, resultaat].map(scalarText).join(' '));
  const newKlant = async (body: JsonObject = {}) => {
    const answer = await gateway.post({ ...leastKlant, ...body });
    expect(answer.status, answer.text).to.equal(201);
    return answer;
  };
  const representationOf = async (url: string) => (await gateway.get(url)).body;
  const theOnly = async (url: string) => {
    const entries = await trails.read(url);
    expect(entries).to.have.length(1);
    return entries[0] ?? {};
  };

  it('say everything of the create of a klant', async () => {
    const bearer = await token('all', { user_id: 'm.jansen', user_representation: 'Marie Jansen' });
    const created = await newKlant({ klantnummer: 'AUD1', achternaam: 'Jansen' });
    const before = Date.now();
    const second = await gateway.post(
      { ...leastKlant, klantnummer: 'AUD2' },
      {
        headers: {
          Authorization: `Bearer ${bearer}`,
          'X-Audit-Toelichting': 'Gebeld over een verhuizing',
          'X-NLX-Logrecord-ID': 'log-1',
          'X-NLX-Request-Id': 'of another API',
        },
      },
    );
    const url = urlIn(second);
    const { uuid, aanmaakdatum, ...entry } = await theOnly(url);
    expect(entry).to.deep.equal({
      bron: 'kc',
      applicatieId: 'all',
      applicatieWeergave: '',
      gebruikersId: 'm.jansen',
      gebruikersWeergave: 'Marie Jansen',
      actie: 'create',
      actieWeergave: 'Object aangemaakt',
      resultaat: 201,
      hoofdObject: url,
      resource: 'klant',
      resourceUrl: url,
      toelichting: 'Gebeld over een verhuizing',
      resourceWeergave: '123456782 - AUD2',
      wijzigingen: { oud: null, nieuw: second.body },
    });
    expect(uuid).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(Date.parse(scalarText(aanmaakdatum) ?? '')).to.be.within(before, Date.now());
    expect(await theOnly(urlIn(created))).to.include({ gebruikersId: '', toelichting: '' });
    const [kept] = await trails.kept(url);
    expect(kept).to.include({ logrecordId: 'log-1', requestId: '' });
  });

  it('tell of each update what was before it, oldest first', async () => {
    const created = await newKlant({ achternaam: 'Jansen', klantnummer: 'AUD3' });
    const url = urlIn(created);
    const patched = await gateway.patch(url, { achternaam: 'Pietersen' });
    const put = await gateway.put(url, { ...leastKlant, klantnummer: 'AUD3', achternaam: 'Smit' });
    expect([patched.status, put.status]).to.deep.equal([200, 200]);
    const entries = await trails.read(url);
    expect(shown(entries)).to.deep.equal([
      'klant create 201',
      'klant partial_update 200',
      'klant update 200',
    ]);
    expect(entries.map(({ actieWeergave }) => actieWeergave)).to.deep.equal([
      'Object aangemaakt',
      'Object deels bijgewerkt',
      'Object bijgewerkt',
    ]);
    expect(entries.map(({ wijzigingen }) => wijzigingen)).to.deep.equal([
      { oud: null, nieuw: created.body },
      { oud: created.body, nieuw: patched.body },
      { oud: patched.body, nieuw: put.body },
    ]);
  });

  it('name a contactmoment by who had it, when and how', async () => {
    const medewerker = `${gateway.crm.url}/tellers`;
    const answer = await gateway.create('contactmomenten', 'contactmomenten', {
      bronorganisatie: '123456782',
      registratiedatum: '2020-01-01T12:30:00Z',
      kanaal: 'telefoon',
      medewerker,
    });
    expect(answer.status, answer.text).to.equal(201);
    const url = urlIn(answer);
    expect(await theOnly(url)).to.include({
      bron: 'cmc',
      resource: 'contactmoment',
      resourceWeergave: '123456782 tellers at 2020-01-01 12:30:00+00:00 via telefoon',
    });
    await gateway.patch(url, { kanaal: 'balie' });
    const [, patched] = await trails.read(url);
    expect(patched?.resourceWeergave, 'as it was before').to.match(/ via telefoon$/);
  });

  it('are of the Verzoeken API with the headers of that', async () => {
    const answer = await gateway.create(
      'verzoeken',
      'verzoeken',
      { bronorganisatie: '123456782', status: 'ontvangen', identificatie: 'AUD-4' },
      {
        headers: {
          'X-NLX-Request-Id': 'net-4',
          'X-NLX-Request-User-Id': 'p.smit',
          'X-NLX-Request-Application-Id': 'somebody else',
          'X-NLX-Logrecord-ID': 'of another API',
          'X-Audit-Toelichting': 'Vanwege caf\u00c3\u00a9',
        },
      },
    );
    const entry = await theOnly(urlIn(answer));
    expect(Object.keys(entry).slice(0, 4)).to.deep.equal(['uuid', 'bron', 'requestId', 'applicatieId']);
    expect(entry).to.include({
      bron: 'kic',
      requestId: 'net-4',
      applicatieId: 'all',
      gebruikersId: 'p.smit',
      resourceWeergave: '123456782 - AUD-4',
      toelichting: 'Vanwege caf\u00e9',
    });
    expect((await trails.kept(urlIn(answer)))[0]?.logrecordId).to.equal('');
  });

  it('hold no more of a header than is reasonable', async () => {
    const answer = await gateway.post(leastKlant, {
      headers: { 'X-Audit-Toelichting': 'x'.repeat(6000), 'X-NLX-Logrecord-ID': 'y'.repeat(6000) },
    });
    expect((await theOnly(urlIn(answer))).toelichting).to.equal('x'.repeat(2000));
    expect((await trails.kept(urlIn(answer)))[0]?.logrecordId).to.equal('y'.repeat(255));
  });

  it('cut names of a token that are too long', async () => {
    const claims = { user_id: 'u'.repeat(400), user_representation: '\u{1F600}'.repeat(300) };
    const bearer = await token('all', claims);
    const answer = await gateway.post(leastKlant, { headers: { Authorization: `Bearer ${bearer}` } });
    expect(await theOnly(urlIn(answer))).to.include({
      gebruikersId: 'u'.repeat(255),
      gebruikersWeergave: '\u{1F600}'.repeat(255),
    });
  });

  describe('of the relations of a verzoek', () => {
    const relations: Readonly<Record<string, () => Promise<readonly [body: JsonObject, weergave: string]>>> =
      {
        klantverzoeken: async () => {
          const klant = urlIn(await newKlant());
          return [{ klant, rol: 'initiator' }, klant.split('/').at(-1) ?? ''];
        },
        verzoekcontactmomenten: async () => {
          const { url } = await stores.contactmoment();
          return [{ contactmoment: url }, url.split('/').at(-1) ?? ''];
        },
        verzoekproducten: () =>
          Promise.resolve([{ product: '', productIdentificatie: { code: 'paspoort' } }, 'paspoort']),
        verzoekinformatieobjecten: async () => {
          const informatieobject = stores.document();
          const { identificatie } = await gateway.around.call('GET', new URL(informatieobject).pathname);
          expect(identificatie).to.be.a('string');
          return [{ informatieobject }, scalarText(identificatie) ?? ''];
        },
      };
    for (const [plural, make] of Object.entries(relations)) {
      it(`${plural}: their create and destroy, under the verzoek`, async () => {
        const { url: verzoek } = await stores.verzoek();
        const { identificatie } = await representationOf(verzoek);
        const [body, weergave] = await make();
        const answer = await gateway.create('verzoeken', plural, { verzoek, ...body });
        expect(answer.status, answer.text).to.equal(201);
        const url = urlIn(answer);
        const before = await representationOf(url);
        expect((await gateway.delete(url)).status).to.equal(204);
        const [, created, destroyed] = await trails.read(verzoek);
        const resource = plural.replace(/en$/, '');
        const shared = {
          bron: 'kic',
          hoofdObject: verzoek,
          resource,
          resourceUrl: url,
          resourceWeergave: `(123456782 - ${scalarText(identificatie) ?? ''}) - ${weergave}`,
        };
        expect(created).to.deep.include({
          ...shared,
          actie: 'create',
          resultaat: 201,
          wijzigingen: { oud: null, nieuw: answer.body },
        });
        expect(destroyed).to.deep.include({
          ...shared,
          actie: 'destroy',
          actieWeergave: 'Object verwijderd',
          resultaat: 204,
          wijzigingen: { oud: before, nieuw: null },
        });
      });
    }

    it('has a blank in the place of a document that cannot be asked for', async () => {
      const { url: verzoek } = await stores.verzoek();
      const url = await stores.relation('verzoeken', 'verzoekinformatieobjecten', {
        verzoek,
        informatieobject: stores.document(),
      });
      await gateway.around.fault({ pad: '/documenten/api/v1/enkelvoudig', soort: 'fout' });
      expect((await gateway.delete(url)).status).to.equal(204);
      const [, , destroyed] = await trails.read(verzoek);
      expect(destroyed?.resourceWeergave).to.match(/^\(123456782 - .+\) -$/);
    });
  });

  it('are not written for the other relations, nor for what goes along with a delete', async () => {
    const { url: contactmoment } = await stores.contactmoment();
    const klant = urlIn(await newKlant());
    const relation = await stores.relation('contactmomenten', 'klantcontactmomenten', {
      contactmoment,
      klant,
      rol: 'gesprekspartner',
    });
    await gateway.delete(relation);
    expect(shown(await trails.read(contactmoment))).to.deep.equal(['contactmoment create 201']);

    const { url: verzoek } = await stores.verzoek();
    await stores.relation('verzoeken', 'klantverzoeken', { verzoek, klant, rol: 'initiator' });
    await gateway.delete(verzoek);
    expect(shown(await trails.kept(verzoek))).to.deep.equal([
      'verzoek create 201',
      'klantverzoek create 201',
      'verzoek destroy 204',
    ]);
  });

  it('stay in the store when the main object is deleted, where nobody reads them (ruling R16)', async () => {
    const url = urlIn(await newKlant());
    const [entry] = await trails.read(url);
    await gateway.delete(url);
    expect((await trails.ask(url)).status).to.equal(404);
    expect((await gateway.get(`${url}/audittrail/${scalarText(entry?.uuid) ?? ''}`)).status).to.equal(404);
    const kept = await trails.kept(url);
    expect(shown(kept)).to.deep.equal(['klant create 201', 'klant destroy 204']);
    expect(kept[1]?.wijzigingen).to.have.property('nieuw', null);
  });

  it('are not written for a write that is refused', async () => {
    const url = urlIn(await newKlant());
    expect((await gateway.patch(url, { bronorganisatie: '1' })).status).to.equal(400);
    expect((await gateway.patch(url, { telefoonnummer: 'x'.repeat(99) })).status).to.equal(400);
    expect(await trails.kept(url)).to.have.length(1);
  });

  it('are fifty for fifty writes at once, each of what the one before left', async () => {
    const url = urlIn(await newKlant({ achternaam: 'nul' }));
    const names = Array.from({ length: 50 }, (_, index) => `naam-${index}`);
    const answers = await Promise.all(names.map((achternaam) => gateway.patch(url, { achternaam })));
    expect(answers.map(({ status }) => status)).to.deep.equal(names.map(() => 200));
    const entries = await trails.read(url);
    expect(entries).to.have.length(51);
    const pairs = entries.map(({ wijzigingen }) => wijzigingen as JsonObject);
    for (const [index, { oud }] of pairs.entries())
      expect(oud).to.deep.equal(pairs[index - 1]?.nieuw ?? null);
  }).timeout(60_000);
});
