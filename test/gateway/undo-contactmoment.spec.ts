import { expect } from 'chai';
import { isObject, type JsonObject, scalarText } from '../../src/json.ts';
import { runningGateway, urlIn } from '../kit/gateway.ts';
import { type Prepared, shortLimits, strikeEachRequest, watchedLocks } from './strike.ts';

describe('a contactmoment, which is in the CRM and the bijregister', () => {
  const locks = watchedLocks();
  const gateway = runningGateway({
    locks,
    config: { backends: { crm: { limits: shortLimits }, bijregister: { limits: shortLimits } } },
  });
  let count = 0;

  /** A kanaal of its own, by which the CRM finds it again, and a language of its own. */
  function newOne() {
    const kanaal = `kanaal-${++count}`;
    const voorkeurstaal = (count + 1296).toString(36).slice(-3);
    const body = {
      bronorganisatie: '123456782',
      kanaal,
      voorkeurstaal,
      tekst: 'oud',
      medewerkerIdentificatie: { identificatie: 'm1' },
    };
    return { kanaal, voorkeurstaal, body };
  }

  const rows = (list: unknown): JsonObject[] => (Array.isArray(list) ? list.filter(isObject) : []);

  /** What both hold: the texts in the CRM, and of each language whether it goes with an activity, and whether it is the first one. */
  async function stateOf({ kanaal, voorkeurstaal }: ReturnType<typeof newOne>) {
    const found = await gateway.crm.call('GET', `/relbeheer/activiteiten?KAN=${kanaal}`);
    const activities = rows(found.ACTIVITEITEN);
    const numbers = activities.map(({ ACTNR }) => scalarText(ACTNR));
    const arrived = await gateway.around.arrived();
    const tables = isObject(arrived.tabellen) ? arrived.tabellen : {};
    const languages = rows(tables.aanvullingen).filter(
      (row) => row.voorkeurstaal === voorkeurstaal || numbers.includes(scalarText(row.actnr)),
    );
    return {
      texts: activities.map(({ TEKST }) => scalarText(TEKST) ?? ''),
      languages: languages.map((row) => [
        numbers.includes(scalarText(row.actnr)) ? 'of this one' : 'of nothing',
        row.voorkeurstaal === voorkeurstaal ? 'the first' : (scalarText(row.voorkeurstaal) ?? ''),
      ]),
    };
  }

  const create = (body: JsonObject) => gateway.create('contactmomenten', 'contactmomenten', body);

  async function created() {
    const one = newOne();
    const answer = await create(one.body);
    expect(answer.status, answer.text).to.equal(201);
    return { ...one, url: urlIn(answer) };
  }

  describe('that is created', () => {
    const prepare = (): Promise<Prepared> => {
      const one = newOne();
      return Promise.resolve({ write: () => create(one.body), state: () => stateOf(one) });
    };
    strikeEachRequest(gateway, locks, ['/relbeheer', '/bijregister'], prepare, { canBeUndone: false });
  });

  describe('that is updated', () => {
    const prepare = async (): Promise<Prepared> => {
      const one = await created();
      return {
        write: () => gateway.patch(one.url, { tekst: 'nieuw', voorkeurstaal: 'zzz' }),
        state: () => stateOf(one),
      };
    };
    strikeEachRequest(gateway, locks, ['/relbeheer', '/bijregister'], prepare, { canBeUndone: true });
  });

  describe('that is deleted', () => {
    const prepare = async (): Promise<Prepared> => {
      const one = await created();
      return { write: () => gateway.delete(one.url), state: () => stateOf(one) };
    };
    strikeEachRequest(gateway, locks, ['/relbeheer', '/bijregister'], prepare, { canBeUndone: true });
  });
});
