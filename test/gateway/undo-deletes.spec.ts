import { zaakUuids } from '../../src/demo/around/seed-zaken.ts';
import { scalarText } from '../../src/json.ts';
import { runningGateway } from '../kit/gateway.ts';
import { storesOf, zakenNotAsked } from './deletes.ts';
import { type Prepared, shortLimits, strikeEachRequest, watchedLocks } from './strike.ts';

const locks = watchedLocks();

describe('the delete of a record with all that goes with it', () => {
  const gateway = runningGateway({
    locks,
    config: {
      ...zakenNotAsked,
      backends: { crm: { limits: shortLimits }, bijregister: { limits: shortLimits } },
      registers: { documenten: { limits: shortLimits } },
    },
  });
  const stores = storesOf(gateway);
  const zaak = (index: number) => `${gateway.around.url}/zaken/api/v1/zaken/${zaakUuids[index] ?? ''}`;

  describe('a contactmoment with a successor, klantcontactmomenten and objectcontactmomenten', () => {
    const prepare = async (): Promise<Prepared> => {
      const { url, number } = await stores.contactmoment({ voorkeurstaal: 'nld' });
      const klant = await stores.klant();
      const next = await stores.addRecord('activiteiten', 'ACTIVITEIT', 'ACTNR', { VORIGNR: number });
      await stores.addRecord('deelnemers', 'DEELNEMER', 'DLNNR', {
        ACTNR: number,
        RELNR: klant.number,
        ROL: 'B',
      });
      for (const index of [0, 1])
        await stores.addRow('objectcontactmomenten', {
          contactmoment: number,
          object: zaak(index),
          objectType: 'zaak',
        });
      return {
        write: () => gateway.delete(url),
        async state() {
          const [successor] = await stores.crmRows('activiteiten', `ACTNR=${next}`);
          const languages = await stores.rows('aanvullingen');
          const objects = await stores.rows('objectcontactmomenten');
          return {
            itself: (await stores.crmRows('activiteiten', `ACTNR=${number}`)).length,
            languages: languages.filter(({ actnr }) => actnr === number).length,
            participants: (await stores.crmRows('deelnemers', `ACTNR=${number}`)).length,
            objects: objects.filter(({ contactmoment }) => contactmoment === number).length,
            isFollowed: scalarText(successor?.VORIGNR) === String(number),
          };
        },
      };
    };
    strikeEachRequest(gateway, locks, ['/relbeheer', '/bijregister'], prepare, { canBeUndone: false });
  });

  describe('a verzoek with every relation, a document and linked verzoeken', () => {
    const prepare = async (): Promise<Prepared> => {
      const { url, number } = await stores.verzoek();
      const klant = await stores.klant();
      await stores.relation('verzoeken', 'verzoekinformatieobjecten', {
        verzoek: url,
        informatieobject: stores.document(),
      });
      const main = { HOOFDREL: klant.number, PRODCD: 'paspoort' };
      await gateway.crm.call('PUT', `/relbeheer/aanvragen/${number}`, { AANVRAAG: main });
      await stores.addRecord('betrokkenen', 'BETROKKENE', 'BTRNR', {
        AANVNR: number,
        RELNR: klant.number,
        ROL: 'B',
      });
      await stores.addRecord('koppelingen', 'KOPPELING', 'KOPNR', { AANVNR: number, ACTNR: 1 });
      await stores.addRow('objectverzoeken', { verzoek: number, object: zaak(0), objectType: 'zaak' });
      await stores.addRow('verzoekproducten', { verzoek: number, product: '', code: 'rijbewijs' });
      const other = { BRON: '123456782', STAT: '10' };
      await stores.addRecord('aanvragen', 'AANVRAAG', 'AANVNR', { ...other, INTRNR: number });
      await stores.addRecord('aanvragen', 'AANVRAAG', 'AANVNR', { ...other, AANVNRVAN: number });
      return {
        write: () => gateway.delete(url),
        async state() {
          const count = async (table: string, query: string) => (await stores.crmRows(table, query)).length;
          const rows = async (table: string) =>
            (await stores.rows(table)).filter(({ verzoek }) => verzoek === number).length;
          return {
            itself: await count('aanvragen', `AANVNR=${number}`),
            involved: await count('betrokkenen', `AANVNR=${number}`),
            contacts: await count('koppelingen', `AANVNR=${number}`),
            objects: await rows('objectverzoeken'),
            products: await rows('verzoekproducten'),
            mirrors: (await stores.mirrors(url)).length,
            withdrawn: await count('aanvragen', `INTRNR=${number}`),
            supplemented: await count('aanvragen', `AANVNRVAN=${number}`),
          };
        },
      };
    };
    strikeEachRequest(gateway, locks, ['/relbeheer', '/bijregister', '/documenten'], prepare, {
      canBeUndone: false,
    });
  });
});
