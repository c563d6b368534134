import { expect } from 'chai';
import { informatieobjectUuids } from '../../src/demo/around/seed-documenten.ts';
import { isObject, type Json, type JsonObject, scalarText } from '../../src/json.ts';
import { results, type runningGateway, urlIn } from '../kit/gateway.ts';

type Gateway = ReturnType<typeof runningGateway>;

/** Without these the relations with zaken can only be made when the Zaken API has them first. */
export const zakenNotAsked = { rules: { 'cm-006': 'off', 'vrz-009': 'off' } } as const;

/** The objects in a value that should be a list. */
function rowsIn(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** What the CRM and the stand-ins hold, and the least that makes a record, for specs of writes of several requests. */
export function storesOf(gateway: Gateway) {
  let count = 0;
  let klant: { url: string; number: number } | undefined;

  const crmRows = async (table: string, query: string) =>
    rowsIn((await gateway.crm.call('GET', `/relbeheer/${table}?${query}`))[table.toUpperCase()]);
  const tables = async () => {
    const { tabellen } = await gateway.around.arrived();
    return isObject(tabellen) ? tabellen : {};
  };

  return {
    crmRows,
    /** The rows of a table of the bijregister. */
    rows: async (table: string) => rowsIn((await tables())[table]),
    mirrors: async (verzoek: string) =>
      rowsIn((await gateway.around.arrived()).objectinformatieobjecten).filter(
        ({ object }) => object === verzoek,
      ),
    document: (index = 0) =>
      `${gateway.around.url}/documenten/api/v1/enkelvoudiginformatieobjecten/${informatieobjectUuids[index] ?? ''}`,
    addRow: (table: string, row: JsonObject) =>
      gateway.around.call('POST', `/bijregister/tabellen/${table}`, row),
    async addRecord(table: string, name: string, key: string, columns: JsonObject) {
      const answer = await gateway.crm.call('POST', `/relbeheer/${table}`, { [name]: columns });
      return Number(answer[key]);
    },
    /** A klant of the CRM. */
    async klant() {
      if (!klant) {
        const url = scalarText(results(await gateway.list('klanten', 'klanten'))[0]?.url) ?? '';
        const number = Number((await crmRows('relaties', 'VANAF=0&AANTAL=1'))[0]?.RELNR);
        klant = { url, number };
      }
      return klant;
    },
    async contactmoment(body: JsonObject = {}) {
      const kanaal = `kanaal-${++count}`;
      const answer = await gateway.create('contactmomenten', 'contactmomenten', {
        bronorganisatie: '123456782',
        kanaal,
        medewerkerIdentificatie: { identificatie: 'm1' },
        ...body,
      });
      expect(answer.status, answer.text).to.equal(201);
      const [row] = await crmRows('activiteiten', `KAN=${kanaal}`);
      return { url: urlIn(answer), number: Number(row?.ACTNR) };
    },
    async verzoek(body: JsonObject = {}) {
      const externeIdentificatie = `extern-${++count}`;
      const answer = await gateway.create('verzoeken', 'verzoeken', {
        bronorganisatie: '123456782',
        status: 'ontvangen',
        externeIdentificatie,
        ...body,
      });
      expect(answer.status, answer.text).to.equal(201);
      const [row] = await crmRows('aanvragen', `EXTKENM=${externeIdentificatie}`);
      return { url: urlIn(answer), number: Number(row?.AANVNR) };
    },
    /** Makes a relation, and fails when it is refused. */
    async relation(api: string, plural: string, body: JsonObject) {
      const answer = await gateway.create(api, plural, body);
      expect(answer.status, answer.text).to.equal(201);
      return urlIn(answer);
    },
  };
}
