import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../../src/json.ts';
import { idCodec } from '../../src/mapping/ids.ts';
import { complaints, results, runningGateway, token } from '../kit/gateway.ts';
import { send } from '../kit/wire.ts';
import { contactmomentenOf, nobody, spellings, textIn } from './contactmomenten.ts';

const codec = idCodec('integer', 'contactmoment');

describe('klantcontactmomenten, of which the CRM keeps some in a column and others in a table', function () {
  this.timeout(60_000);
  const gateway = runningGateway({ config: { rules: { 'cm-004': 'off' } } });
  const { add, addKlant, addRelation, all, list } = contactmomentenOf(gateway);
  let everything: JsonObject[] = [];

  before(async () => {
    everything = await all('klantcontactmomenten');
  });

  /** The path of a contactmoment in the CRM. */
  const activity = (url: string) =>
    `/relbeheer/activiteiten/${String(codec.fromUuid(url.replace(/^.*\//, '')))}`;

  async function expectMatches(query: string, matches: readonly JsonObject[]): Promise<void> {
    const answer = await list(`klantcontactmomenten?${query}`);
    expect(answer.status, answer.text).to.equal(200);
    expect(answer.body.count, query).to.equal(matches.length);
    expect(results(answer)).to.deep.equal(matches.slice(0, 100));
  }

  /** A new contactmoment with a klant in each of the three places; gives their URLs. */
  async function threePlaces() {
    const contactmoment = await add();
    const relate = (klant: string, rol: string) =>
      addRelation('klantcontactmomenten', { contactmoment, klant, rol });
    const participant = await relate('https://klanten.elders.example/1', 'belanghebbende');
    const main = await relate(await addKlant(), 'gesprekspartner');
    const other = await add();
    await gateway.crm.call('PUT', activity(other), {
      ACTIVITEIT: { HOOFDURL: 'https://klanten.elders.example/2' },
    });
    const [elsewhere] = results(await list(`klantcontactmomenten?contactmoment=${other}`));
    return { contactmoment, other, participant, main, elsewhere: textIn(elsewhere?.url) };
  }

  it('are one list, without gaps or repetition, page by page', async () => {
    const urls = everything.map(({ url }) => url);
    expect(new Set(urls).size).to.equal(urls.length);
    const totals = await Promise.all(
      [
        '/relbeheer/activiteiten?HOOFDREL=*',
        '/relbeheer/activiteiten?HOOFDURL=*',
        '/relbeheer/deelnemers',
      ].map(async (path) => Number((await gateway.crm.call('GET', path)).TOTAAL)),
    );
    expect(totals.every((total) => total > 0)).to.equal(true);
    expect(urls).to.have.length(totals.reduce((sum, total) => sum + total, 0));
    const last = await list('klantcontactmomenten?page=last');
    expect(results(last)).to.deep.equal(everything.slice(Math.floor((urls.length - 1) / 100) * 100));
    expect((await list(`klantcontactmomenten?page=${Math.ceil(urls.length / 100) + 1}`)).status).to.equal(
      404,
    );
  });

  it('have the four fields of the standard', () => {
    for (const one of everything) {
      expect(Object.keys(one)).to.deep.equal(['url', 'contactmoment', 'klant', 'rol']);
      expect(one.rol).to.be.oneOf(['belanghebbende', 'gesprekspartner']);
    }
  });

  it('can each be read by the URL that the list gives', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(everything.length - 1), async (index) => {
        const wanted = everything[index] ?? {};
        const answer = await gateway.get(textIn(wanted.url));
        expect(answer.status, answer.text).to.equal(200);
        expect(answer.body).to.deep.equal(wanted);
        const head = await gateway.head(textIn(wanted.url));
        expect(head.headers.get('ETag'))
          .to.equal(answer.headers.get('ETag'))
          .and.to.match(/^".+"$/);
      }),
      { numRuns: 15 },
    ));

  it('are found by any of the three filters, and by several at once', () =>
    fc.assert(
      fc.asyncProperty(
        fc.nat(everything.length - 1),
        fc.subarray(['contactmoment', 'klant', 'rol'], { minLength: 1 }),
        async (index, names) => {
          const example = everything[index] ?? {};
          const query = new URLSearchParams(
            names.map((name): [string, string] => [name, textIn(example[name])]),
          );
          const matches = everything.filter((one) => names.every((name) => one[name] === example[name]));
          await expectMatches(query.toString(), matches);
        },
      ),
      { numRuns: 25 },
    ));

  it('are found by a klant of ours under every base URL, and by one elsewhere only as it is written', async () => {
    const ours = everything.find(({ klant }) => textIn(klant).startsWith('http://klantbrug.test/')) ?? {};
    const matches = everything.filter(({ klant }) => klant === ours.klant);
    for (const klant of spellings(textIn(ours.klant)).slice(0, 3)) {
      await expectMatches(`klant=${encodeURIComponent(klant)}`, matches);
    }
    const elders = textIn(everything.find(({ klant }) => textIn(klant).includes('elders'))?.klant);
    await expectMatches(
      `klant=${elders}`,
      everything.filter(({ klant }) => klant === elders),
    );
    await expectMatches(`klant=${elders.toUpperCase().replace('HTTPS', 'https')}`, []);
    await expectMatches(`klant=${textIn(ours.klant).replace(/[^/]+$/, nobody)}`, []);
  });

  it('filters on klant and rol without a value are ignored, and wrong values refused', async () => {
    expect((await list('klantcontactmomenten?klant=&rol=')).body.count).to.equal(everything.length);
    const answer = await list('klantcontactmomenten?klant=/klanten/1&rol=Gesprekspartner');
    expect(complaints(answer)).to.have.members(['klant invalid', 'rol invalid_choice']);
  });

  it('can be deleted from each of the three places, which leaves the others and the contactmoment', async () => {
    const { contactmoment, other, ...urls } = await threePlaces();
    for (const url of [urls.main, urls.elsewhere, urls.participant]) {
      const deleted = await gateway.delete(url);
      expect([deleted.status, deleted.text]).to.deep.equal([204, '']);
      expect((await gateway.get(url)).status).to.equal(404);
      expect((await gateway.delete(url)).status).to.equal(404);
    }
    for (const url of [contactmoment, other]) {
      expect((await gateway.get(url)).status).to.equal(200);
      await expectMatches(`contactmoment=${url}`, []);
    }
    expect(await all('klantcontactmomenten')).to.deep.equal(everything);
  });

  it('deleting one of the same contactmoment leaves the other', async () => {
    const { contactmoment, main, participant } = await threePlaces();
    expect((await gateway.delete(main)).status).to.equal(204);
    const left = results(await list(`klantcontactmomenten?contactmoment=${contactmoment}`));
    expect(left.map(({ url }) => url)).to.deep.equal([participant]);
  });

  it('of a main contact who was replaced in the CRM, the old URL leads nowhere', async () => {
    const { contactmoment, main } = await threePlaces();
    await gateway.crm.call('PUT', activity(contactmoment), { ACTIVITEIT: { HOOFDREL: 100_001 } });
    expect((await gateway.get(main)).status).to.equal(404);
    expect((await gateway.delete(main)).status).to.equal(404);
    const left = results(
      await list(`klantcontactmomenten?contactmoment=${contactmoment}&rol=gesprekspartner`),
    );
    expect(left).to.have.length(1);
  });

  it('cannot be read by an identification that is none of theirs', async () => {
    const [one] = everything;
    const path = textIn(one?.url).replace(/[^/]+$/, '');
    const foreign = textIn(one?.contactmoment).replace(/^.*\//, '');
    for (const id of [nobody, '123', foreign]) {
      expect((await gateway.get(`${path}${id}`)).status, id).to.equal(404);
      expect((await gateway.delete(`${path}${id}`)).status, id).to.equal(404);
    }
  });

  it('show all their URLs under the base URL that a client uses', async () => {
    const { main } = await threePlaces();
    const answer = await send(gateway.port, {
      target: new URL(main).pathname,
      headers: { Host: 'intern.test:8080', Authorization: `Bearer ${await token('all')}` },
    });
    expect(answer.status, answer.text).to.equal(200);
    for (const name of ['url', 'contactmoment', 'klant']) {
      expect(answer.body[name], name).to.match(/^http:\/\/intern\.test:8080\//);
    }
  });
});
