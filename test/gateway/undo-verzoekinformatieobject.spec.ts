import { scalarText } from '../../src/json.ts';
import { runningGateway } from '../kit/gateway.ts';
import { storesOf } from './deletes.ts';
import { type Prepared, shortLimits, strikeEachRequest, watchedLocks } from './strike.ts';

describe('a verzoekinformatieobject, which is in the CRM and in Documenten', () => {
  const locks = watchedLocks();
  const gateway = runningGateway({
    locks,
    config: {
      backends: { crm: { limits: shortLimits }, bijregister: { limits: shortLimits } },
      registers: { documenten: { limits: shortLimits } },
    },
  });
  const stores = storesOf(gateway);

  async function ready() {
    const verzoek = await stores.verzoek();
    const notes = (text: string) =>
      gateway.crm.call('PUT', `/relbeheer/aanvragen/${verzoek.number}`, { AANVRAAG: { NOTITIE: text } });
    await notes('eerst bellen');
    const body = { verzoek: verzoek.url, informatieobject: stores.document() };
    const state = async () => {
      const [row] = await stores.crmRows('aanvragen', `AANVNR=${verzoek.number}`);
      const mirrors = await stores.mirrors(verzoek.url);
      return {
        notes: scalarText(row?.NOTITIE) ?? '',
        mirrors: mirrors.map(({ informatieobject }) => informatieobject ?? ''),
      };
    };
    return { body, state };
  }

  describe('that is created', () => {
    const prepare = async (): Promise<Prepared> => {
      const { body, state } = await ready();
      return { write: () => gateway.create('verzoeken', 'verzoekinformatieobjecten', body), state };
    };
    strikeEachRequest(gateway, locks, ['/relbeheer', '/documenten'], prepare, { canBeUndone: true });
  });

  describe('that is deleted', () => {
    const prepare = async (): Promise<Prepared> => {
      const { body, state } = await ready();
      const url = await stores.relation('verzoeken', 'verzoekinformatieobjecten', body);
      return { write: () => gateway.delete(url), state };
    };
    strikeEachRequest(gateway, locks, ['/relbeheer', '/documenten'], prepare, { canBeUndone: true });
  });
});
