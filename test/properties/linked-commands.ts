import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../../src/json.ts';
import { type Answer, complaints, type runningGateway, urlIn } from '../kit/gateway.ts';
import {
  claimantOf,
  crossReferences,
  type Kind,
  type Main,
  mainsOf,
  type Model,
  type Plural,
  relations,
  removeMain,
  removeRelation,
} from './linked-model.ts';

/** What the commands act upon: a gateway, and what a relation can be made of besides its main record. */
export interface Real {
  readonly gateway: ReturnType<typeof runningGateway>;
  /** The other fields of a relation; undefined when there is nothing to link to yet. */
  readonly ends: (model: Model, plural: Plural, which: number) => JsonObject | undefined;
}

type Command = fc.AsyncCommand<Model, Real>;

const least: Readonly<Record<Kind, JsonObject>> = {
  contactmomenten: { bronorganisatie: '123456782', medewerkerIdentificatie: { identificatie: 'm1' } },
  verzoeken: { bronorganisatie: '123456782', status: 'ontvangen' },
};

const kinds = ['contactmomenten', 'verzoeken'] as const;
const plurals = Object.keys(relations) as Plural[];

/** Few of each, so that commands meet: two links to one record, a relation made twice. */
const few = fc.nat({ max: 5 });

/** Any write to linked records. Records are numbers, counted round and round among those that are there. */
export const commands: fc.Arbitrary<Command>[] = [
  fc.tuple(fc.constantFrom(...kinds), few, fc.option(few)).map((given) => create(...given)),
  fc.tuple(fc.constantFrom(...kinds), few, fc.option(few)).map((given) => create(...given)),
  fc
    .tuple(fc.constantFrom(...kinds), few, few, fc.option(few, { freq: 4 }), fc.boolean())
    .map((given) => link(...given)),
  fc.tuple(fc.constantFrom(...kinds), few).map((given) => removal(...given)),
  // Relations come in seven kinds: of each there should be some.
  fc.tuple(fc.constantFrom(...plurals), few, few).map((given) => relate(...given)),
  fc.tuple(fc.constantFrom(...plurals), few, few).map((given) => relate(...given)),
  fc.tuple(fc.constantFrom(...plurals), few, few).map((given) => relate(...given)),
  fc.tuple(fc.constantFrom(...plurals), few, few).map((given) => relate(...given)),
  fc.nat({ max: 20 }).map(unrelate),
];

/** A new record, with a link to another one or without. */
function create(kind: Kind, which: number, to: number | null): Command {
  return {
    check: () => true,
    toString: () => `create ${kind} ${which} ${to ?? 'without link'}`,
    async run(model, { gateway }) {
      const forward = forwardOf(kind, which);
      const target = to === null ? undefined : nth(mainsOf(model, kind), to);
      const body = { ...least[kind], ...(target ? { [forward]: target.url } : {}) };
      const answer = await gateway.create(kind, kind, body);
      if (isTaken(model, target, forward)) {
        expectTaken(answer, forward);
        return;
      }
      expect(answer.status, answer.text).to.equal(201);
      const main: Main = { kind, url: urlIn(answer), links: new Map() };
      model.mains.add(main);
      if (target) main.links.set(forward, target);
    },
  };
}

/** Another link, or none: by a PATCH of it alone, or by a PUT of all that was read. */
function link(kind: Kind, at: number, which: number, to: number | null, whole: boolean): Command {
  return {
    check: ({ mains }) => [...mains].some((main) => main.kind === kind),
    toString: () => `${whole ? 'PUT' : 'PATCH'} ${kind} ${at}: link ${which} to ${to ?? 'nothing'}`,
    async run(model, { gateway }) {
      const main = nth(mainsOf(model, kind), at);
      if (!main) return;
      const forward = forwardOf(kind, which);
      const target = to === null ? undefined : nth(mainsOf(model, kind), to);
      const change = { [forward]: target?.url ?? null };
      const answer = whole
        ? await gateway.put(main.url, { ...(await gateway.get(main.url)).body, ...change })
        : await gateway.patch(main.url, change);
      if (isTaken(model, target, forward, main)) {
        expectTaken(answer, forward);
        return;
      }
      expect(answer.status, answer.text).to.equal(200);
      main.links.delete(forward);
      if (target) main.links.set(forward, target);
    },
  };
}

function removal(kind: Kind, at: number): Command {
  return {
    check: (model) => mainsOf(model, kind).length > 0,
    toString: () => `delete ${kind} ${at}`,
    async run(model, { gateway }) {
      const main = nth(mainsOf(model, kind), at);
      if (!main) return;
      const answer = await gateway.delete(main.url);
      expect(answer.status, answer.text).to.equal(204);
      removeMain(model, main);
    },
  };
}

/** A new relation; one that is there already is refused. */
function relate(plural: Plural, at: number, which: number): Command {
  const { kind, partOf } = relations[plural];
  return {
    check: (model) => mainsOf(model, kind).length > 0,
    toString: () => `relate ${plural} of ${at} with ${which}`,
    async run(model, { gateway, ends: endsOf }) {
      const main = nth(mainsOf(model, kind), at);
      const ends = endsOf(model, plural, which);
      if (!main || !ends) return;
      const answer = await gateway.create(kind, plural, { ...ends, [partOf]: main.url });
      if (isThere(model, plural, main, ends)) {
        expect(answer.status, answer.text).to.equal(400);
        expect(complaints(answer)).to.deep.equal(['nonFieldErrors unique']);
        return;
      }
      expect(answer.status, answer.text).to.equal(201);
      const url = urlIn(answer);
      expect(answer.body).to.deep.include({ ...ends, [partOf]: main.url });
      model.relations.add({ plural, main, ends, url, shown: answer.body });
      // A view is known by the columns that it is made of: the same one may come back.
      model.ended.delete(url);
    },
  };
}

function unrelate(at: number): Command {
  return {
    check: (model) => model.relations.size > 0,
    toString: () => `unrelate ${at}`,
    async run(model, { gateway }) {
      const relation = nth([...model.relations], at);
      if (!relation) return;
      const answer = await gateway.delete(relation.url);
      expect(answer.status, answer.text).to.equal(204);
      removeRelation(model, relation);
    },
  };
}

function isTaken(model: Model, target: Main | undefined, forward: string, by?: Main): boolean {
  const claimant = target && claimantOf(model, target, forward);
  return claimant !== undefined && claimant !== by;
}

function expectTaken(answer: Answer, forward: string): void {
  expect(answer.status, answer.text).to.equal(400);
  expect(complaints(answer)).to.deep.equal([`${forward} unique`]);
}

function isThere(model: Model, plural: Plural, main: Main, ends: JsonObject): boolean {
  const text = JSON.stringify(ends);
  return [...model.relations].some(
    (one) => one.plural === plural && one.main === main && JSON.stringify(one.ends) === text,
  );
}

function forwardOf(kind: Kind, which: number): string {
  return nth(crossReferences[kind], which)?.[0] ?? '';
}

function nth<T>(all: readonly T[], index: number): T | undefined {
  return all[index % all.length];
}
