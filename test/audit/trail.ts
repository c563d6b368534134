import { isObject, type Json, type JsonObject } from '../../src/json.ts';
import type { Answer, RequestOptions, runningGateway } from '../kit/gateway.ts';

type Gateway = ReturnType<typeof runningGateway>;

/** The objects in a value that should be a list. */
export function rowsIn(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** The audit trails of a gateway: as clients read them, and as the bijregister holds them. */
export function trailsOf(gateway: Gateway) {
  return {
    /** The answer to who asks for the trail of a main object, by its URL. */
    ask: (url: string, given?: RequestOptions): Promise<Answer> => gateway.get(`${url}/audittrail`, given),
    /** The entries that a client reads under a main object. */
    async read(url: string, given?: RequestOptions): Promise<JsonObject[]> {
      const { text } = await gateway.get(`${url}/audittrail`, given);
      return rowsIn(JSON.parse(text) as Json);
    },
    /** The entries of a main object in the store, which has them in its own words: the same. */
    async kept(url: string): Promise<JsonObject[]> {
      const { tabellen } = await gateway.around.arrived();
      const all = rowsIn(isObject(tabellen) ? tabellen.audittrail : undefined);
      return all.filter(({ hoofdObject }) => hoofdObject === url);
    },
  };
}
