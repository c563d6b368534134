import { randomUUID } from 'node:crypto';
import { uuidOf } from '../made.ts';
import { type Arrived, refusal, type Reply, type StandIn } from './reply.ts';

/** The relations of the Zaken API that mirror those of contactmomenten and verzoeken. */
export type ZaakRelation = 'zaakcontactmomenten' | 'zaakverzoeken';

/** The Zaken API of a run: zaken that exist because they were asked for, and relations that checks put there. */
export interface Zaken {
  readonly answer: StandIn;
  /** The URL of a zaak that is there from now on. */
  zaak(): string;
  /** The URL of something else that this API has. */
  noZaak(): string;
  /** How often somebody asked for relations. */
  readonly asked: number;
  relate(relation: ZaakRelation, zaak: string, other: string): void;
  unrelate(relation: ZaakRelation, zaak: string, other: string): void;
  /** Forgets every relation, so that everything can be removed. */
  forget(): void;
}

/** @param root its public URL */
export function zakenStandIn(root: string): Zaken {
  const zaken = new Set<string>();
  const relations = new Set<string>();
  let asked = 0;
  const others = { zaakcontactmomenten: 'contactmoment', zaakverzoeken: 'verzoek' } as const;
  // By their uuids: an implementation may be known under several URLs.
  const keyOf = (relation: string, zaak: string, other: string): string =>
    [relation, uuidOf(zaak), uuidOf(other)].join(' ');

  function list(relation: ZaakRelation, { query }: Arrived): Reply {
    asked += 1;
    const [zaak, other] = [query.get('zaak') ?? '', query.get(others[relation]) ?? ''];
    const url = `${root}/${relation}/${randomUUID()}`;
    const found = relations.has(keyOf(relation, zaak, other))
      ? [{ url, zaak, [others[relation]]: other }]
      : [];
    return { status: 200, body: found };
  }

  function one(path: string): Reply {
    const uuid = uuidOf(path);
    if (path.startsWith('/statussen/'))
      return { status: 200, body: { url: `${root}${path}`, statustoelichting: '' } };
    return path === `/zaken/${uuid}` && zaken.has(uuid)
      ? { status: 200, body: shownZaak(root, uuid) }
      : refusal(404, 'not_found');
  }

  return {
    answer(arrived) {
      if (arrived.method !== 'GET') return refusal(405, 'method_not_allowed');
      if (arrived.path === '/') return { status: 200, body: {} };
      const relation = Object.keys(others).find((name) => arrived.path === `/${name}`) as
        ZaakRelation | undefined;
      return relation ? list(relation, arrived) : one(arrived.path);
    },
    get asked() {
      return asked;
    },
    zaak() {
      const uuid = randomUUID();
      zaken.add(uuid);
      return `${root}/zaken/${uuid}`;
    },
    noZaak: () => `${root}/statussen/${randomUUID()}`,
    relate: (relation, zaak, other) => relations.add(keyOf(relation, zaak, other)),
    unrelate: (relation, zaak, other) => relations.delete(keyOf(relation, zaak, other)),
    forget() {
      relations.clear();
    },
  };
}

/** What is required of a zaak, and what readers of one expect besides. */
function shownZaak(root: string, uuid: string) {
  return {
    url: `${root}/zaken/${uuid}`,
    uuid,
    identificatie: `ZAAK-${uuid.slice(0, 8)}`,
    bronorganisatie: '123456782',
    omschrijving: 'Zaak van een conformiteitstest',
    zaaktype: `${root}/zaaktypen/00000000-0000-4000-8000-000000000000`,
    registratiedatum: '2024-01-01',
    verantwoordelijkeOrganisatie: '123456782',
    startdatum: '2024-01-01',
  };
}
