import { expect } from 'chai';
import { zaakUuids } from '../../src/demo/around/seed-zaken.ts';
import { informatieobjectUuids } from '../../src/demo/around/seed-documenten.ts';
import { isObject, type Json, type JsonObject, scalarText } from '../../src/json.ts';
import { idCodec } from '../../src/mapping/ids.ts';
import { type Answer, complaints, leastKlant, results, type runningGateway, urlIn } from '../kit/gateway.ts';

type Gateway = ReturnType<typeof runningGateway>;

/** The other organisation that keeps verzoeken in this CRM. */
export const otherOrganisation = '950428139';

/** The least that a verzoek has. */
export const leastVerzoek = { bronorganisatie: '123456782', status: 'ontvangen' } as const;

/** A UUID of nobody's. */
export const nobody = '00000000-0000-4000-8000-000000000000';

/** Fifty of something. */
export const fifty: readonly number[] = Array.from({ length: 50 }, (_, index) => index);

/** Milliseconds for fifty writes that wait for one another, on a machine that does more than this. */
export const fiftyMs = 60_000;

/** The resources that are relations of a verzoek. */
export type Relation =
  | 'klantverzoeken'
  | 'objectverzoeken'
  | 'verzoekcontactmomenten'
  | 'verzoekinformatieobjecten'
  | 'verzoekproducten';

const codec = idCodec('integer', 'verzoek');

/** The AANVNR of a verzoek of ours. */
export function requestNumber(url: string): number {
  return Number(codec.fromUuid(url.split('/').at(-1) ?? '') ?? Number.NaN);
}

/** Everything that specs about verzoeken do with a gateway. */
export function verzoekenOf(gateway: Gateway) {
  const create = (change: JsonObject = {}) =>
    gateway.create('verzoeken', 'verzoeken', { ...leastVerzoek, ...change });

  const relate = (relation: Relation, body: JsonObject) => gateway.create('verzoeken', relation, body);

  const list = (query: string) => gateway.list('verzoeken', query);

  return {
    create,
    relate,
    list,
    /** The URL of a new verzoek. */
    made: async (change: JsonObject = {}) => createdIn(await create(change)),
    /** The URL of a new relation. */
    related: async (relation: Relation, body: JsonObject) => createdIn(await relate(relation, body)),
    /** How many there are: `klantverzoeken?verzoek=…`. */
    count: async (query: string): Promise<number> => {
      const answer = await list(query);
      expect(answer.status, answer.text).to.equal(200);
      return Number(answer.body.count);
    },
    /** Demands that nothing is written during some calls: not in the CRM, and nowhere around it. */
    writesNothing: async <T>(calls: () => Promise<T>): Promise<T> => {
      await gateway.crm.forget();
      await gateway.around.forget();
      const result = await calls();
      const written = { ...(await gateway.crm.counts()), ...(await gateway.around.counts()) };
      const writes = Object.keys(written).filter((call) => !call.startsWith('GET '));
      expect(writes.filter((call) => !call.includes('/notificaties/'))).to.deep.equal([]);
      return result;
    },
    /** The URLs of what a list holds on its first page. */
    urls: async (query: string): Promise<string[]> => {
      const answer = await list(query);
      expect(answer.status, answer.text).to.equal(200);
      return results(answer).map(({ url }) => plain(url));
    },
    klant: async (change: JsonObject = {}) => createdIn(await gateway.post({ ...leastKlant, ...change })),
    contactmoment: async () =>
      createdIn(
        await gateway.create('contactmomenten', 'contactmomenten', {
          bronorganisatie: leastVerzoek.bronorganisatie,
          medewerkerIdentificatie: { identificatie: 'M-1' },
        }),
      ),
    /** The URL of a zaak that is there. */
    zaak: (index: 0 | 1 | 2 | 3 | 4 = 0) => `${gateway.around.url}/zaken/api/v1/zaken/${zaakUuids[index]}`,
    /** The URL of a document that is there. */
    document: (index: 0 | 1 | 2 = 0) =>
      `${gateway.around.url}/documenten/api/v1/enkelvoudiginformatieobjecten/${informatieobjectUuids[index]}`,
    /** Makes the relation of a zaak with a verzoek in the Zaken API; gives what removes it. */
    inZaken: async (zaak: string, verzoek: string): Promise<() => Promise<unknown>> => {
      const body = { zaak, verzoek };
      const { uuid } = await gateway.around.call('POST', '/zaken/api/v1/zaakverzoeken', body);
      expect(uuid).to.be.a('string');
      return () => gateway.around.call('DELETE', `/zaken/api/v1/zaakverzoeken/${plain(uuid)}`);
    },
    /** The mirrors that Documenten has, of all verzoeken. */
    mirrors: async (): Promise<JsonObject[]> => {
      const { objectinformatieobjecten: all } = await gateway.around.arrived();
      return Array.isArray(all) ? all.filter(isObject) : [];
    },
    /** A verzoek as the CRM itself holds it. */
    row: async (url: string) =>
      (await gateway.crm.call('GET', `/relbeheer/aanvragen/${requestNumber(url)}`)).AANVRAAG as JsonObject,
    /** Changes columns of a verzoek in the CRM itself. */
    change: (url: string, columns: JsonObject) =>
      gateway.crm.call('PUT', `/relbeheer/aanvragen/${requestNumber(url)}`, { AANVRAAG: columns }),
  };
}

/** The URL of what an answer says was created. */
export function createdIn(answer: Answer): string {
  expect(answer.status, answer.text).to.equal(201);
  return urlIn(answer);
}

/** Demands a 400 with these complaints, each as `name code`. */
export function expectRefused(answer: Answer, ...wanted: string[]): void {
  expect(answer.status, answer.text).to.equal(400);
  expect(complaints(answer)).to.deep.equal(wanted);
}

/** Demands that of many answers one is a 201, and all others are refused for the same reason. */
export function expectOneCreated(answers: readonly Answer[], reason: string): void {
  const created = answers.filter(({ status }) => status === 201);
  const others = answers.filter(({ status }) => status !== 201);
  expect(created, others[0]?.text).to.have.length(1);
  expect(others).not.to.be.empty;
  for (const other of others) expectRefused(other, reason);
}

/** The path that a URL of ours has, without its host. */
export function pathOf(url: string): string {
  return new URL(url).pathname;
}

/** A value of an answer as text; blank when it has none. */
export function plain(value: Json | undefined): string {
  return scalarText(value) ?? '';
}
