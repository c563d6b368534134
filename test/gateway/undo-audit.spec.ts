import { isObject, type JsonObject, scalarText } from '../../src/json.ts';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { storesOf } from './deletes.ts';
import { type Prepared, shortLimits, strikeEachRequest, watchedLocks } from './strike.ts';

describe('a write and its entry in the audit trail', () => {
  const locks = watchedLocks();
  const gateway = runningGateway({
    locks,
    config: { backends: { crm: { limits: shortLimits }, bijregister: { limits: shortLimits } } },
  });
  const stores = storesOf(gateway);
  let count = 0;

  /** What the store holds about some main object: what was done, and what came of it. */
  const entriesOf = async (isAbout: (entry: JsonObject) => boolean) =>
    (await stores.rows('audittrail')).filter(isAbout).map(({ actie, wijzigingen }) => {
      const { nieuw = null } = isObject(wijzigingen) ? wijzigingen : {};
      return [scalarText(actie) ?? '', isObject(nieuw) ? (scalarText(nieuw.achternaam) ?? '') : 'gone'];
    });

  describe('of a klant', () => {
    const newBody = () => ({ ...leastKlant, klantnummer: `UA${++count}`, achternaam: 'oud' });
    const stateOf = async (klantnummer: string) => ({
      names: (await stores.crmRows('relaties', `ZOEKNR=${klantnummer}`)).map(
        ({ ANAAM }) => scalarText(ANAAM) ?? '',
      ),
      entries: await entriesOf(({ resourceWeergave }) => resourceWeergave === `123456782 - ${klantnummer}`),
    });
    const created = async () => {
      const body = newBody();
      return { url: urlIn(await gateway.post(body)), state: () => stateOf(body.klantnummer) };
    };

    describe('that is created', () => {
      const prepare = (): Promise<Prepared> => {
        const body = newBody();
        return Promise.resolve({
          write: () => gateway.post(body),
          state: () => stateOf(body.klantnummer),
        });
      };
      strikeEachRequest(gateway, locks, ['/relbeheer', '/bijregister'], prepare, { canBeUndone: true });
    });

    describe('that is updated', () => {
      const prepare = async (): Promise<Prepared> => {
        const { url, state } = await created();
        return { write: () => gateway.patch(url, { achternaam: 'nieuw' }), state };
      };
      strikeEachRequest(gateway, locks, ['/relbeheer', '/bijregister'], prepare, { canBeUndone: true });
    });

    describe('that is deleted', () => {
      const prepare = async (): Promise<Prepared> => {
        const { url, state } = await created();
        return { write: () => gateway.delete(url), state };
      };
      strikeEachRequest(gateway, locks, ['/relbeheer', '/bijregister'], prepare, { canBeUndone: true });
    });
  });

  describe('of a verzoekcontactmoment, under its verzoek', () => {
    async function ready() {
      const verzoek = await stores.verzoek();
      const contactmoment = await stores.contactmoment();
      const state = async () => ({
        rows: (await stores.crmRows('koppelingen', `AANVNR=${verzoek.number}`)).length,
        entries: await entriesOf(
          ({ hoofdObject, resource }) => hoofdObject === verzoek.url && resource === 'verzoekcontactmoment',
        ),
      });
      return { body: { verzoek: verzoek.url, contactmoment: contactmoment.url }, state };
    }

    describe('that is created', () => {
      const prepare = async (): Promise<Prepared> => {
        const { body, state } = await ready();
        return { write: () => gateway.create('verzoeken', 'verzoekcontactmomenten', body), state };
      };
      strikeEachRequest(gateway, locks, ['/relbeheer', '/bijregister'], prepare, { canBeUndone: true });
    });

    describe('that is deleted', () => {
      const prepare = async (): Promise<Prepared> => {
        const { body, state } = await ready();
        const url = await stores.relation('verzoeken', 'verzoekcontactmomenten', body);
        return { write: () => gateway.delete(url), state };
      };
      strikeEachRequest(gateway, locks, ['/relbeheer', '/bijregister'], prepare, { canBeUndone: true });
    });
  });
});
