import type { JsonObject } from '../../src/json.ts';

/** The resources that other records are parts of, each in an API of the same name. */
export type Kind = 'contactmomenten' | 'verzoeken';

/** Of each kind: its links to its own kind, and the derived link at the other end. */
export const crossReferences: Readonly<
  Record<Kind, readonly (readonly [forward: string, backward: string])[]>
> = {
  contactmomenten: [['vorigContactmoment', 'volgendContactmoment']],
  verzoeken: [
    ['inTeTrekkenVerzoek', 'intrekkendeVerzoek'],
    ['aangevuldeVerzoek', 'aanvullendeVerzoek'],
  ],
};

/** The relations that go with a contactmoment or a verzoek: which, and the field that says with which one. */
export const relations = {
  klantcontactmomenten: { kind: 'contactmomenten', partOf: 'contactmoment' },
  objectcontactmomenten: { kind: 'contactmomenten', partOf: 'contactmoment' },
  klantverzoeken: { kind: 'verzoeken', partOf: 'verzoek' },
  objectverzoeken: { kind: 'verzoeken', partOf: 'verzoek' },
  verzoekcontactmomenten: { kind: 'verzoeken', partOf: 'verzoek' },
  verzoekinformatieobjecten: { kind: 'verzoeken', partOf: 'verzoek' },
  verzoekproducten: { kind: 'verzoeken', partOf: 'verzoek' },
} as const satisfies Readonly<Record<string, { kind: Kind; partOf: string }>>;

/** The plural of a relation. */
export type Plural = keyof typeof relations;

/** A contactmoment or verzoek that should be there, and the one that each of its links leads to. */
export interface Main {
  readonly kind: Kind;
  readonly url: string;
  readonly links: Map<string, Main>;
}

/** A relation that should be there: what it was made of, and the whole of what a read should give. */
export interface Relation {
  readonly plural: Plural;
  readonly main: Main;
  readonly ends: JsonObject;
  readonly url: string;
  readonly shown: JsonObject;
}

/** What should be there, and where nothing should be any more. */
export interface Model {
  readonly mains: Set<Main>;
  readonly relations: Set<Relation>;
  readonly gone: Set<Main>;
  /** URLs of relations that were removed, or went with their main record. */
  readonly ended: Set<string>;
}

/** Nothing yet. */
export function emptyModel(): Model {
  return { mains: new Set(), relations: new Set(), gone: new Set(), ended: new Set() };
}

/** All of a kind, oldest first. */
export function mainsOf({ mains }: Model, kind: Kind): Main[] {
  return [...mains].filter((main) => main.kind === kind);
}

/** Whoever has this link to a record: at most one may. */
export function claimantOf(model: Model, target: Main, forward: string): Main | undefined {
  return [...model.mains].find(({ links }) => links.get(forward) === target);
}

/** What is left when a record goes: links to it are emptied, its relations go with it (contract section 8.4). */
export function removeMain(model: Model, main: Main): void {
  model.mains.delete(main);
  model.gone.add(main);
  for (const { links } of model.mains) {
    for (const [forward, target] of links) if (target === main) links.delete(forward);
  }
  for (const relation of model.relations) if (relation.main === main) removeRelation(model, relation);
}

/** What is left when a relation goes. */
export function removeRelation(model: Model, relation: Relation): void {
  model.relations.delete(relation);
  model.ended.add(relation.url);
}
