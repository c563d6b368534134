import { expect } from 'chai';
import { type Json, type JsonObject, scalarText } from '../../src/json.ts';
import { type Answer, results, type RequestOptions, type runningGateway, urlIn } from '../kit/gateway.ts';

/** A gateway as the specs run it. */
type Gateway = ReturnType<typeof runningGateway>;

/** The least that a contactmoment takes. */
export const leastContactmoment = {
  bronorganisatie: '123456782',
  medewerkerIdentificatie: { identificatie: 'KCC-1' },
} as const;

/** The further base URL of the specs: the same gateway under another name. */
export const intern = 'http://intern.test:8080';

/** A UUID that none of our resources has. */
export const nobody = '00000000-0000-4000-8000-000000000000';

/** What the specs do with the Contactmomenten API of a gateway. */
export function contactmomentenOf(gateway: Gateway) {
  const create = (fields: JsonObject = {}): Promise<Answer> =>
    gateway.create('contactmomenten', 'contactmomenten', { ...leastContactmoment, ...fields });

  async function made(answering: Promise<Answer>): Promise<string> {
    const answer = await answering;
    expect(answer.status, answer.text).to.equal(201);
    return urlIn(answer);
  }

  /** Every record of a list, page by page. */
  async function all(query: string): Promise<JsonObject[]> {
    const found: JsonObject[] = [];
    for (let page = 1; ; page++) {
      const answer = await gateway.list(
        'contactmomenten',
        `${query}${query.includes('?') ? '&' : '?'}page=${page}`,
      );
      expect(answer.status, answer.text).to.equal(200);
      found.push(...results(answer));
      if (answer.body.next === null) return found;
    }
  }

  return {
    /** Creates a contactmoment, of which the fields differ from the least that there can be. */
    create,
    /** The same; gives the URL. */
    add: (fields?: JsonObject) => made(create(fields)),
    /** Creates a klantcontactmoment or an objectcontactmoment. */
    relate: (plural: string, body: JsonObject) => gateway.create('contactmomenten', plural, body),
    /** The same; gives the URL. */
    addRelation: (plural: string, body: JsonObject) => made(gateway.create('contactmomenten', plural, body)),
    /** One page of a list: `klantcontactmomenten?rol=…`. */
    list: (query: string, given?: RequestOptions) => gateway.list('contactmomenten', query, given),
    all,
    /** A klant of ours. */
    addKlant: () =>
      made(gateway.post({ bronorganisatie: '123456782', websiteUrl: 'https://www.gemeente.example' })),
  };
}

/** The same URL of ours, as somebody may write it who knows us by another name. */
export function spellings(url: string): string[] {
  const path = new URL(url).pathname;
  return [
    url,
    `${intern}${path}`,
    url.replace('http:', 'https:'),
    url.replace(/[^/]+$/, (uuid) => uuid.toUpperCase()),
  ];
}

/** A value that is a text, as text; blank when there is none. */
export function textIn(value: Json | undefined): string {
  return scalarText(value) ?? '';
}
