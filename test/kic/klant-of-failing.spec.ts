import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import { isObject, type Json, type JsonObject, scalarText } from '../../src/json.ts';
import { runningGateway, urlIn } from '../kit/gateway.ts';
import { type Prepared, watchedLocks } from '../gateway/strike.ts';
import { until } from '../kit/until.ts';
import { kicConfig, kicOf, leastContactmoment, leastVerzoek, ours } from './kic.ts';

/** How a write to a system fails, and whether it is then certain that it was not done. */
const strikes = {
  'refused once': { fault: { soort: 'vol', aantal: 1 }, isCertain: true },
  'carried out once without an answer': {
    fault: { soort: 'verbreek', moment: 'na', aantal: 1 },
    isCertain: false,
  },
  'unanswered from there on': { fault: { soort: 'verbreek' }, isCertain: false },
} as const;

/** Under these it is soon certain that a write was not carried out; far from what a healthy CRM needs on a busy machine. */
const limits = { connectMs: 600, headersMs: 1500, bodyMs: 400 };

/** What says that something is left to repair, or that nobody can tell. */
const loud: readonly string[] = ['undo-failed', 'write-outcome-unknown'];

/** How long repairing after the answer may take, where it is done. */
const patience = 8000;

/** Whatever fails between two requests of one write: nothing of it is left, or all of it, or an event says what. */
describe('kic B3: a klant that cannot be made the one of a record', () => {
  const locks = watchedLocks();
  const gateway = runningGateway({
    locks,
    config: {
      ...kicConfig,
      backends: { crm: { limits }, bijregister: { limits } },
    },
  });
  const { create, made, linksOf, link, read, emptied } = kicOf(gateway);
  let [first, second] = ['', ''];
  let count = 0;

  before(async () => {
    await emptied();
    [first, second] = [await made('klanten'), await made('klanten')];
  });

  const rows = (list: unknown): JsonObject[] => (Array.isArray(list) ? list.filter(isObject) : []);
  const tekstOf = () => `tekst ${++count}`;

  /** What the CRM itself holds of records with a text: the text, and who belongs to them in which place. */
  async function rowsWith(tekst: string): Promise<Json> {
    const [activities, requests, participants, involved] = await Promise.all(
      ['activiteiten', 'aanvragen', 'deelnemers', 'betrokkenen'].map(async (table) =>
        rows((await gateway.crm.call('GET', `/relbeheer/${table}?AANTAL=1000`))[table.toUpperCase()]),
      ),
    );
    const mains = [...(activities ?? []), ...(requests ?? [])].filter(({ TEKST }) => TEKST === tekst);
    return mains.map(({ ACTNR, AANVNR, HOOFDREL }) => ({
      hoofdrel: scalarText(HOOFDREL) ?? '',
      others: [...(participants ?? []), ...(involved ?? [])]
        .filter((row) => (ACTNR === undefined ? row.AANVNR === AANVNR : row.ACTNR === ACTNR))
        .map(({ RELNR, ROL }) => `${scalarText(ROL) ?? ''} ${scalarText(RELNR) ?? ''}`)
        .sort(),
    }));
  }

  for (const [plural, least] of Object.entries({
    contactmomenten: leastContactmoment,
    verzoeken: leastVerzoek,
  })) {
    strikeEachWrite(`${plural}: a create`, () => {
      const tekst = tekstOf();
      return Promise.resolve({
        write: () => create(plural, { ...least, tekst, klant: first }),
        state: () => rowsWith(tekst),
      });
    });

    strikeEachWrite(`${plural}: another klant, under two rollen`, async () => {
      const tekst = tekstOf();
      const url = await made(plural, { ...least, tekst, klant: first });
      await link(url, first, 'belanghebbende');
      return { write: () => gateway.patch(url, { klant: second }), state: () => rowsWith(tekst) };
    });
  }

  /** Each of the writes to the CRM and to the bijregister fails in turn. */
  function strikeEachWrite(what: string, prepare: () => Promise<Prepared>): void {
    describe(what, () => {
      let whole: Json = null;
      let places: JsonObject[] = [];

      before(async () => {
        const healthy = await prepare();
        await Promise.all([gateway.crm.forget(), gateway.around.forget()]);
        expect((await healthy.write()).status).to.be.within(200, 299);
        const counted = { ...(await gateway.crm.counts()), ...(await gateway.around.counts()) };
        whole = await healthy.state();
        const perPlace = new Map<string, number>();
        for (const [call, count] of Object.entries(counted)) {
          const place = `${call.split(' ')[0] ?? ''} ${call.includes('/relbeheer') ? '/relbeheer' : '/bijregister'}`;
          if (!/ \/(relbeheer|bijregister)/.test(call) || place.startsWith('GET')) continue;
          perPlace.set(place, (perPlace.get(place) ?? 0) + count);
        }
        places = [...perPlace].flatMap(([place, count]) => {
          const [methode = '', pad = ''] = place.split(' ');
          return Array.from({ length: count }, (_, index) => ({ methode, pad, vanaf: index + 1 }));
        });
      });

      for (const [how, { fault, isCertain }] of Object.entries(strikes)) {
        it(how, async () => {
          expect(places).to.have.length.greaterThan(1);
          const wrong: Json[] = [];
          for (const place of places) {
            // Everything is healthy here; on a machine that stands still for a moment it may take a second try.
            const prepared = await prepare().catch(prepare);
            const nothing = await prepared.state();
            const start = gateway.events.length;
            locks.forget();
            const at = place.pad === '/relbeheer' ? gateway.crm : gateway.around;
            await at.fault({ ...place, ...fault });
            const { status } = await prepared.write();
            await Promise.all([gateway.crm.calm(), gateway.around.calm()]);
            const heard = () => gateway.events.slice(start).filter(({ event }) => loud.includes(event));
            await locks.quiet(() => heard().length > 0);
            let left = await prepared.state();
            const is = (wanted: Json) => isDeepStrictEqual(left, wanted);
            // What turns out after the answer is repaired after it.
            const isAtRest = async () => {
              left = await prepared.state();
              return is(nothing) || is(whole) || heard().length > 0;
            };
            await until('nothing or everything is left', isAtRest, patience).catch(() => undefined);
            const [isNothing, isWhole] = [is(nothing), is(whole)];
            const isRight =
              status < 300 ? isWhole : isCertain ? isNothing && heard().length === 0 : isNothing || isWhole;
            if (!isRight && (isCertain || status < 300 || heard().length === 0))
              wrong.push({ ...place, status, left, nothing });
          }
          expect(wrong).to.deep.equal([]);
        }).timeout(120_000);
      }
    });
  }

  describe('the relation goes unanswered', () => {
    const url = async (tekst: string): Promise<string[]> => {
      const found = await gateway.crm.call('GET', '/relbeheer/activiteiten?AANTAL=1000');
      return rows(found.ACTIVITEITEN)
        .filter(({ TEKST }) => TEKST === tekst)
        .map(({ ACTNR }) => scalarText(ACTNR) ?? '');
    };

    it('a create with an Idempotency-Key is not answered with the relation, when it is repeated', async () => {
      const tekst = tekstOf();
      const headers = { 'Idempotency-Key': `relatie-${tekst}` };
      const body = { tekst, klant: first };
      await gateway.crm.fault({ soort: 'verbreek', moment: 'na', methode: 'PUT', aantal: 1 });
      expect((await create('contactmomenten', body, { headers })).status).to.equal(502);
      const again = await create('contactmomenten', body, { headers });
      expect(again.status, again.text).to.equal(201);
      expect(again.body).to.include(body);
      expect(await read(urlIn(again))).to.deep.equal(again.body);
      expect(await url(tekst)).to.have.length(1);
      const [relation, ...more] = await linksOf(urlIn(again));
      expect(more).to.deep.equal([]);
      expect(relation?.klant).to.equal(ours(first));
    });
  });
});
