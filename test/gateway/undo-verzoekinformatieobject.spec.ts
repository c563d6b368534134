import { scalarText } from '../../src/json.ts';
import { runningGateway } from '../kit/gateway.ts';
import { storesOf } from './deletes.ts';
import { type Prepared, shortLimits, strikeEachRequest, watchedLocks } from './strike.ts';

const systems = ['/relbeheer', '/documenten', '/bijregister'] as const;

describe('a verzoekinformatieobject, which is in the CRM and in Documenten, and its entry in the audit trail', () => {
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
      const entries = (await stores.rows('audittrail')).filter(
        ({ hoofdObject, resource }) => hoofdObject === verzoek.url && resource === 'verzoekinformatieobject',
      );
      return {
        notes: scalarText(row?.NOTITIE) ?? '',
        mirrors: mirrors.map(({ informatieobject }) => informatieobject ?? ''),
        entries: entries.map(({ actie }) => actie ?? ''),
      };
    };
    return { body, state };
  }

  describe('that is created', () => {
    const prepare = async (): Promise<Prepared> => {
      const { body, state } = await ready();
      return { write: () => gateway.create('verzoeken', 'verzoekinformatieobjecten', body), state };
    };
    strikeEachRequest(gateway, locks, systems, prepare, { canBeUndone: true });
  });

  describe('that is deleted', () => {
    const prepare = async (): Promise<Prepared> => {
      const { body, state } = await ready();
      const url = await stores.relation('verzoeken', 'verzoekinformatieobjecten', body);
      return { write: () => gateway.delete(url), state };
    };
    strikeEachRequest(gateway, locks, systems, prepare, { canBeUndone: true });
  });
});
