import { expect } from 'chai';
import type { Json } from '../../src/json.ts';
import { runningGateway } from '../kit/gateway.ts';
import { expectRefused } from '../verzoeken/samples.ts';
import {
  kicBase,
  kicConfig,
  kicOf,
  type Main,
  mains,
  nobody,
  numberOf,
  ours,
  textIn,
  theirs,
  without,
} from './kic.ts';

/** What each of the two says otherwise: its rollen, the best first. */
const rollen = {
  contactmomenten: ['gesprekspartner', 'belanghebbende'],
  verzoeken: ['initiator', '', 'mede_initiator', 'belanghebbende'],
} as const;

const elsewhere = 'https://klanten.elders.example/klanten/api/v1/klanten/1';

describe('kic B3: the klant of a contactmoment and of a verzoek', () => {
  const gateway = runningGateway({
    config: { ...kicConfig, trustedProxies: ['127.0.0.0/8'] },
  });
  const { create, made, read, rollenOf, linksOf, link, linkElsewhere, items, emptied, writesNothing } =
    kicOf(gateway);
  let [first, second, third] = ['', '', ''];

  before(async () => {
    await emptied();
    [first, second, third] = [await made('klanten'), await made('klanten'), await made('klanten')];
  });

  const klantOf = async (url: string) => (await read(url)).klant;
  const patch = (url: string, klant: Json) => gateway.patch(url, { klant });

  for (const plural of Object.keys(rollen) as Main[]) {
    const [best = '', ...others] = rollen[plural];
    const worst = others.at(-1) ?? '';
    const none = () => made(plural);
    const of = (klant: string) => made(plural, { klant });

    describe(`${plural}: which relation is the klant`, () => {
      it('none of them: null', async () => {
        expect(await klantOf(await none())).to.equal(null);
      });

      it('one klant, in whatever rol', async () => {
        for (const rol of rollen[plural]) {
          const url = await none();
          await link(url, first, rol);
          expect(await klantOf(url), rol).to.equal(first);
        }
      });

      it('of several, the one in the best rol, whichever came first', async () => {
        for (const [index, rol] of rollen[plural].slice(1).entries()) {
          const url = await none();
          await link(url, first, rol);
          await link(url, second, rollen[plural][index] ?? '');
          expect(await klantOf(url), rol).to.equal(second);
        }
      });

      it('of several in one rol, the oldest', async () => {
        const url = await none();
        await link(url, second, worst);
        await link(url, first, worst);
        await link(url, third, worst);
        expect(await klantOf(url)).to.equal(second);
      });

      it('one that is gone is nobody: the next, or null', async () => {
        const gone = await made('klanten');
        const url = await of(gone);
        await link(url, second, worst);
        expect(await klantOf(url)).to.equal(gone);
        expect((await gateway.delete(gone)).status).to.equal(204);
        expect(await klantOf(url)).to.equal(second);
        const alone = await made('klanten');
        const other = await of(alone);
        await gateway.crm.remove(numberOf(alone));
        expect(await klantOf(other)).to.equal(null);
      });

      it('one of another register is shown as it is stored', async () => {
        const url = await none();
        await linkElsewhere(url, elsewhere);
        expect(await klantOf(url)).to.equal(elsewhere);
      });

      it('is the same in a list', async () => {
        const url = await of(first);
        await link(url, second, worst);
        const found = (await items(plural)).filter((item) => item.url === url);
        expect(found).to.deep.equal([await read(url)]);
      });
    });

    describe(`${plural}: a create with a klant`, () => {
      it('makes one relation, of the best rol, with the URLs of the newer API', async () => {
        const url = await of(first);
        const [relation, ...more] = await linksOf(url);
        expect(more).to.deep.equal([]);
        expect(relation).to.include({
          klant: ours(first),
          [mains[plural].main]: ours(url),
          rol: best,
          ...(plural === 'verzoeken' ? { indicatieMachtiging: '' } : {}),
        });
      });

      it('stays its klant, whoever joins in over the newer API', async () => {
        const url = await of(first);
        await link(url, second, best);
        expect(await klantOf(url)).to.equal(first);
      });

      it('takes every spelling of the URL: only the path says which klant', async () => {
        const path = new URL(first).pathname;
        const spellings = [
          ours(first),
          path,
          `http://intern.test:8080${path}`,
          `https://vreemd.example${path}`,
        ];
        for (const klant of spellings) {
          const answer = await create(plural, { klant });
          expect(answer.status, answer.text).to.equal(201);
          expect(answer.body.klant, klant).to.equal(first);
        }
      });

      it('shows the klant under the base URL of the client', async () => {
        const headers = { 'X-Forwarded-Host': 'intern.test:8080' };
        const answer = await gateway.get(await of(first), { headers });
        expect(answer.body.klant).to.equal(first.replace('klantbrug.test', 'intern.test:8080'));
      });

      it('without one, or with null or blank, makes no relation', async () => {
        for (const body of [{}, { klant: null }, { klant: '' }]) {
          const answer = await create(plural, body);
          expect(answer.status, answer.text).to.equal(201);
          expect(answer.body.klant).to.equal(null);
          expect(await linksOf(textIn(answer.body.url))).to.deep.equal([]);
        }
      });

      it('refuses what is no klant of ours, and writes nothing', async () => {
        const wrong: [Json, string][] = [
          ['https://elders.example/klanten/1', 'no_match'],
          [`${kicBase}/contactmomenten/${nobody}`, 'incorrect_match'],
          [`${kicBase}/klanten/geen-uuid`, 'invalid'],
          [`${kicBase}/klanten/${nobody}`, 'does_not_exist'],
          [{}, 'invalid'],
        ];
        for (const [klant, code] of wrong)
          expectRefused(await writesNothing(() => create(plural, { klant })), `klant ${code}`);
      });

      it('has no limit to the length of the URL', async () => {
        const klant = `https://vreemd.example/${'x'.repeat(1000)}${new URL(first).pathname}`;
        expectRefused(await create(plural, { klant }), 'klant no_match');
        expect((await create(plural, { klant: `${first}?${'x'.repeat(2000)}` })).status).to.equal(201);
      });
    });

    describe(`${plural}: an update of the klant`, () => {
      it('that does not say it, or says what is shown in any spelling, writes no relation', async () => {
        const url = await of(first);
        await link(url, second, worst);
        const before = await linksOf(url);
        const path = new URL(first).pathname;
        for (const klant of [first, ours(first), path, `http://intern.test:8080${path}`]) {
          const answer = await patch(url, klant);
          expect(answer.status, answer.text).to.equal(200);
          expect(answer.body.klant).to.equal(first);
        }
        expect((await gateway.patch(url, { tekst: 'Gebeld.' })).body.klant).to.equal(first);
        const rest = without(await read(url), 'klant');
        expect((await gateway.put(url, rest)).body.klant).to.equal(first);
        expect(await linksOf(url)).to.deep.equal(before);
      });

      it('of none to none writes no relation', async () => {
        const url = await none();
        for (const klant of [null, '']) expect((await patch(url, klant)).body.klant).to.equal(null);
        expect(await linksOf(url)).to.deep.equal([]);
      });

      it('of none to one adds a relation, of the best rol', async () => {
        const url = await none();
        expect((await patch(url, first)).body.klant).to.equal(first);
        expect(await rollenOf(url)).to.deep.equal([`${best} ${ours(first)}`]);
        expect(await klantOf(url)).to.equal(first);
      });

      it('of one to another replaces it under every rol', async () => {
        const url = await of(first);
        await link(url, first, worst);
        const answer = await patch(url, second);
        expect(answer.status, answer.text).to.equal(200);
        expect(answer.body.klant).to.equal(second);
        expect(await rollenOf(url)).to.deep.equal(
          [`${best} ${ours(second)}`, `${worst} ${ours(second)}`].sort(),
        );
        expect(await klantOf(url)).to.equal(second);
      });

      it('keeps the rol that the klant had', async () => {
        const url = await none();
        await link(url, first, worst);
        await patch(url, second);
        expect(await rollenOf(url)).to.deep.equal([`${worst} ${ours(second)}`]);
      });

      it('of one of another register works as well, also when that is sent back', async () => {
        const url = await none();
        await linkElsewhere(url, elsewhere);
        const before = await linksOf(url);
        expect((await gateway.put(url, await read(url))).body.klant).to.equal(elsewhere);
        expect(await linksOf(url)).to.deep.equal(before);
        expect((await patch(url, first)).status).to.equal(200);
        expect(await rollenOf(url)).to.deep.equal([`${best} ${ours(first)}`]);
      });

      it('to null or blank removes all its relations', async () => {
        for (const klant of [null, '']) {
          const url = await of(first);
          await link(url, first, worst);
          expect((await patch(url, klant)).body.klant).to.equal(null);
          expect(await linksOf(url)).to.deep.equal([]);
        }
      });

      it('of several klanten is a 409, and changes nothing at all', async () => {
        const url = await of(first);
        await link(url, second, worst);
        const before = [await linksOf(url), await read(url)];
        for (const klant of [second, third, null, '']) {
          const answer = await writesNothing(() => gateway.patch(url, { klant, tekst: 'anders' }));
          expect(answer.status, answer.text).to.equal(409);
          expect(answer.body.code).to.equal('conflict');
        }
        expect([await linksOf(url), await read(url)]).to.deep.equal(before);
      });

      it('to what is no klant is refused, and changes nothing', async () => {
        const url = await of(first);
        for (const [klant, code] of [
          [`${kicBase}/klanten/${nobody}`, 'does_not_exist'],
          ['https://elders.example/1', 'no_match'],
        ])
          expectRefused(await patch(url, klant ?? ''), `klant ${code}`);
        expect(await rollenOf(url)).to.deep.equal([`${best} ${ours(first)}`]);
      });

      it('over the newer API changes the ETag here', async () => {
        const url = await of(first);
        const etag = async () => (await gateway.get(url)).headers.get('ETag') ?? '';
        const before = await etag();
        const same = await gateway.get(url, { headers: { 'If-None-Match': before } });
        expect([same.status, same.text]).to.deep.equal([304, '']);
        const [relation] = await linksOf(url);
        await gateway.delete(textIn(relation?.url));
        expect(await etag()).not.to.equal(before);
        await link(url, second, best);
        const answer = await gateway.get(url, { headers: { 'If-None-Match': before } });
        expect([answer.status, answer.body.klant]).to.deep.equal([200, second]);
      });

      it('of ten at the same time leaves one klant', async () => {
        const url = await of(first);
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, index) => patch(url, index % 2 === 0 ? second : third)),
        );
        for (const { status, text } of answers) expect(status, text).to.equal(200);
        const left = await linksOf(url);
        expect(left).to.have.length(1);
        expect(theirs(textIn(left[0]?.klant))).to.equal(await klantOf(url));
      });
    });
  }

  it('a mandate does not move to another klant: 409', async () => {
    for (const indicatieMachtiging of ['gemachtigde', 'machtiginggever']) {
      const url = await made('verzoeken');
      await link(url, first, 'initiator', { indicatieMachtiging });
      for (const klant of [second, null]) expect((await patch(url, klant)).status).to.equal(409);
      expect((await gateway.patch(url, { klant: first, tekst: 'x' })).status).to.equal(200);
      expect((await linksOf(url)).map((one) => one.indicatieMachtiging)).to.deep.equal([indicatieMachtiging]);
    }
  });

  it('a klant that is deleted takes no contactmoment and no verzoek along', async () => {
    const klant = await made('klanten');
    const urls = [await made('contactmomenten', { klant }), await made('verzoeken', { klant })];
    expect((await gateway.delete(klant)).status).to.equal(204);
    for (const url of urls) {
      expect(await klantOf(url)).to.equal(null);
      expect((await gateway.get(ours(url))).status).to.equal(200);
    }
  });
});

describe('kic B3: the rol of the configuration', () => {
  const gateway = runningGateway({
    config: {
      apis: {
        kic: {
          ...kicConfig.apis.kic,
          rollen: { contactmoment: 'belanghebbende', verzoek: 'mede_initiator' },
        },
      },
    },
  });
  const { made, rollenOf } = kicOf(gateway);

  it('is that of a klant that is given with a create, or that is added', async () => {
    const klant = await made('klanten');
    const wanted = { contactmomenten: 'belanghebbende', verzoeken: 'mede_initiator' };
    for (const [plural, rol] of Object.entries(wanted)) {
      expect(await rollenOf(await made(plural, { klant }))).to.deep.equal([`${rol} ${ours(klant)}`]);
      const url = await made(plural);
      await gateway.patch(url, { klant });
      expect(await rollenOf(url)).to.deep.equal([`${rol} ${ours(klant)}`]);
    }
  });
});
