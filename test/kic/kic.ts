import { expect } from 'chai';
import { informatieobjectUuids } from '../../src/demo/around/seed-documenten.ts';
import { zaakUuids } from '../../src/demo/around/seed-zaken.ts';
import { isObject, type Json, type JsonObject, scalarText } from '../../src/json.ts';
import { idCodec } from '../../src/mapping/ids.ts';
import { canonical, leastKlant, type RequestOptions, results, type runningGateway } from '../kit/gateway.ts';
import { createdIn } from '../verzoeken/samples.ts';

type Gateway = ReturnType<typeof runningGateway>;

/** The least that serving the Klantinteracties API takes. */
export const kicConfig = { apis: { kic: { bronorganisatie: '123456782' } } } as const;

/** Where it is. */
export const kicBase = `${canonical}/kic/api/v1`;

/** A UUID that none of our resources has. */
export const nobody = '00000000-0000-4000-8000-000000000000';

/** The least that a contactmoment of it takes. */
export const leastContactmoment = {
  bronorganisatie: '123456782',
  medewerkerIdentificatie: { identificatie: 'KCC-1' },
} as const;

/** The least that a verzoek of it takes. */
export const leastVerzoek = { bronorganisatie: '123456782', status: 'ontvangen' } as const;

/** What has a field `klant` in it, and the relation that this is in the newer APIs. */
export const mains = {
  contactmomenten: { api: 'contactmomenten', relation: 'klantcontactmomenten', main: 'contactmoment' },
  verzoeken: { api: 'verzoeken', relation: 'klantverzoeken', main: 'verzoek' },
} as const;

/** One of the two. */
export type Main = keyof typeof mains;

const least: Readonly<Record<string, JsonObject>> = {
  contactmomenten: leastContactmoment,
  verzoeken: leastVerzoek,
};

/** The resources whose ids are numbers of the CRM, and the newer API that each is of. */
const homes: Readonly<Record<string, readonly [api: string, singular: string]>> = {
  klanten: ['klanten', 'klant'],
  contactmomenten: ['contactmomenten', 'contactmoment'],
  objectcontactmomenten: ['contactmomenten', 'objectcontactmoment'],
  verzoeken: ['verzoeken', 'verzoek'],
  objectverzoeken: ['verzoeken', 'objectverzoek'],
  verzoekcontactmomenten: ['verzoeken', 'verzoekcontactmoment'],
  verzoekinformatieobjecten: ['verzoeken', 'verzoekinformatieobject'],
  verzoekproducten: ['verzoeken', 'verzoekproduct'],
};

function homeOf(url: string): readonly [api: string, singular: string] {
  return homes[url.split('/').at(-2) ?? ''] ?? ['', ''];
}

/** The number that a record has in the CRM. */
export function numberOf(url: string): number {
  return Number(idCodec('integer', homeOf(url)[1]).fromUuid(uuidOf(url)) ?? Number.NaN);
}

/** The UUID of a record that the CRM has under a number: `uuidFor('verzoek', 900001)`. */
export function uuidFor(singular: string, number: number): string {
  return idCodec('integer', singular).toUuid(number) ?? '';
}

/** The UUID at the end of a URL. */
export function uuidOf(url: string): string {
  return url.split('/').at(-1) ?? '';
}

/** The same record in the newer API that it is of. */
export function ours(url: string): string {
  return url.replace('/kic/', `/${homeOf(url)[0]}/`);
}

/** The same record in the Klantinteracties API. */
export function theirs(url: string): string {
  return url.replace(/\/(klanten|contactmomenten|verzoeken)\/api\//, '/kic/api/');
}

/** A value of an answer as text; blank when it has none. */
export function textIn(value: Json | undefined): string {
  return scalarText(value) ?? '';
}

/** An object without some of its keys. */
export function without(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** What specs do with the Klantinteracties API of a gateway. */
export function kicOf(gateway: Gateway) {
  const create = (plural: string, body: JsonObject = {}, given?: RequestOptions) =>
    gateway.create('kic', plural, { ...least[plural], ...body }, given);

  const list = (query: string, given?: RequestOptions) => gateway.list('kic', query, given);

  /** All relations of a record with klanten, as the newer API shows them. */
  const linksOf = async (url: string): Promise<JsonObject[]> => {
    const place = mains[url.includes('/verzoeken/') ? 'verzoeken' : 'contactmomenten'];
    const answer = await gateway.list(place.api, `${place.relation}?${place.main}=${ours(url)}`);
    expect(answer.status, answer.text).to.equal(200);
    return results(answer);
  };

  return {
    /** Creates anything; a contactmoment and a verzoek have the least that they take. */
    create,
    /** The same; gives the URL. */
    made: async (plural: string, body?: JsonObject) => createdIn(await create(plural, body)),
    /** A list, as it is answered. */
    list,
    /** What is in a list. */
    items: async (query: string): Promise<JsonObject[]> => {
      const answer = await list(query);
      expect(answer.status, answer.text).to.equal(200);
      const body: unknown = JSON.parse(answer.text);
      expect(body).to.be.an('array');
      return Array.isArray(body) ? body.filter(isObject) : [];
    },
    read: async (url: string): Promise<JsonObject> => {
      const answer = await gateway.get(url);
      expect(answer.status, answer.text).to.equal(200);
      return answer.body;
    },
    linksOf,
    /** The same, each as `rol klant`, sorted. */
    rollenOf: async (url: string): Promise<string[]> =>
      (await linksOf(url)).map(({ rol, klant }) => `${textIn(rol)} ${textIn(klant)}`).sort(),
    /** Makes a relation with a klant over the newer API. */
    link: async (url: string, klant: string, rol: string, more: JsonObject = {}): Promise<string> => {
      const { api, relation, main } = mains[url.includes('/verzoeken/') ? 'verzoeken' : 'contactmomenten'];
      return createdIn(
        await gateway.create(api, relation, { [main]: ours(url), klant: ours(klant), rol, ...more }),
      );
    },
    /** Makes a klant of another register the main contact, in the CRM itself. */
    linkElsewhere: (url: string, klant: string) => {
      const [table, row] = url.includes('/verzoeken/')
        ? ['aanvragen', 'AANVRAAG']
        : ['activiteiten', 'ACTIVITEIT'];
      return gateway.crm.call('PUT', `/relbeheer/${table}/${numberOf(url)}`, { [row]: { HOOFDURL: klant } });
    },
    /** Removes all but the first few contactmomenten and verzoeken from the CRM: whole lists of the others take long. */
    emptied: async () => {
      const rest = [
        ...Array.from({ length: 290 }, (_, index) => `activiteiten/${500_011 + index}`),
        ...Array.from({ length: 140 }, (_, index) => `aanvragen/${900_011 + index}`),
      ];
      await Promise.all(rest.map((place) => gateway.crm.call('DELETE', `/relbeheer/${place}`)));
    },
    /** A klant of the newer API. */
    ourKlant: async (body: JsonObject = {}) => createdIn(await gateway.post({ ...leastKlant, ...body })),
    /** A klant as the CRM itself holds it. */
    row: (url: string) => gateway.crm.record(numberOf(url)),
    zaak: (index: 0 | 1 | 2 | 3 | 4 = 0) => `${gateway.around.url}/zaken/api/v1/zaken/${zaakUuids[index]}`,
    document: (index: 0 | 1 | 2 = 0) =>
      `${gateway.around.url}/documenten/api/v1/enkelvoudiginformatieobjecten/${informatieobjectUuids[index]}`,
    /** Demands that nothing is written during some calls: not in the CRM, and nowhere around it. */
    writesNothing: async <T>(calls: () => Promise<T>): Promise<T> => {
      await gateway.crm.forget();
      await gateway.around.forget();
      const result = await calls();
      const counted = { ...(await gateway.crm.counts()), ...(await gateway.around.counts()) };
      const writes = Object.keys(counted).filter((call) => !call.startsWith('GET '));
      expect(writes.filter((call) => !call.includes('/notificaties/'))).to.deep.equal([]);
      return result;
    },
  };
}
