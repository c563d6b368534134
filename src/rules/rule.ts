import type { Operation } from '../contract/resource.ts';
import type { JsonObject } from '../json.ts';
import type { Complaint } from '../problem.ts';

/** What became of asking for the object behind a URL (ruling R7). */
export type Existence = 'exists' | 'absent';

/** What the register that keeps an object says of its relation with a record of ours. */
export type RelationAnswer = 'present' | 'absent' | 'refused';

/** What a rule may ask. Given by the gateway; a rule does no I/O of its own, and a test may hand it plain functions. */
export interface World {
  /** Whether a URL, ours or another register's, finally answers 200. Never throws: a URL that cannot be asked is absent. */
  existence(url: string): Promise<Existence>;
  /** What a URL of another register holds; undefined when it does not finally answer 200. Never throws. */
  fetch(
    url: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly body: unknown } | undefined>;
  /** A record of ours by its canonical URL. Throws a Problem when the CRM does not answer. */
  record(resource: string, url: string): Promise<Found | undefined>;
  /** The representations of a resource that pass all given filters, with their ids. Throws a Problem when the CRM does not answer. */
  find(resource: string, filters: Readonly<Record<string, string>>): Promise<readonly Found[]>;
  /** The values of a field that begin with `prefix` and fit, the highest among them at least. Throws a Problem when the CRM does not answer. */
  numbers(
    resource: string,
    field: string,
    prefix: string,
    fits: (value: string) => boolean,
  ): Promise<readonly string[]>;
  /** A random text of `length` characters out of `alphabet`. */
  randomText(length: number, alphabet: string): string;
  /** Whether the Zaken API that keeps a zaak knows its relation with a record of ours. Throws a Problem 503 or 504 when it does not answer (ruling R8). */
  zaakRelation(relation: ZaakRelation, zaak: string, record: string): Promise<RelationAnswer>;
  /** Makes, or removes, the mirror of a verzoekinformatieobject in the Documenten API. False when that failed. */
  mirror(action: 'create' | 'remove', verzoek: string, informatieobject: string): Promise<boolean>;
  /** The informatieobjecten that the Documenten APIs have a mirror of with a verzoek, and the roots of those that do not tell. */
  mirrored(
    verzoek: string,
  ): Promise<{ readonly found: readonly string[]; readonly silent: readonly string[] }>;
}

/** The relations of the Zaken API that mirror ours. */
export type ZaakRelation = 'zaakcontactmomenten' | 'zaakverzoeken';

/** One record as rules see it: its id and what clients would see, with links as canonical URLs. */
export interface Found {
  readonly id: string;
  readonly representation: JsonObject;
}

/** A write that is about to happen. Links are canonical URLs. */
export interface Attempt {
  readonly operation: Operation;
  /** The id of what is changed; undefined on a create. */
  readonly id: string | undefined;
  /** Only what the body supplied, read by its fields. */
  readonly change: JsonObject;
  /** What is stored before the change; undefined on a create. */
  readonly stored: JsonObject | undefined;
  /** What would be stored after it; on a delete, what is stored. */
  readonly merged: JsonObject;
}

/** When a rule is asked; all complaints of a phase are reported together, a later phase only runs after a clean one. */
export type Phase = 'fields' | 'record' | 'cross-field';

/** Complaints about an attempt; none when the rule holds. */
export type Check = (attempt: Attempt, world: World) => Promise<readonly Complaint[]>;

/** What a rule can be switched to. `warn`: the check is made, and breaking it is an event. */
export type RuleSwitch = 'on' | 'off' | 'warn';

/**
 * One rule of the standard that OpenAPI cannot say. One file each, named by its id.
 * A rule is switched by `rules: { <id>: on | off }` in the configuration.
 */
export interface Rule {
  readonly id: string;
  /** The standard's own title, Dutch. */
  readonly title: string;
  readonly default: 'on' | 'off';
  /** Whether `warn` is one of its switches. */
  readonly warns?: true;
  readonly on: readonly Operation[];
  /** Keys that no other write may hold from before `complete` to the end of the write. */
  completeLocks?(attempt: Attempt): readonly string[];
  /** Fills in what the gateway has to generate; asked before the checks on the record. Returns fields to set. */
  complete?(attempt: Attempt, world: World): Promise<JsonObject>;
  /** Keys that no other write may hold between this rule's check and the end of the write. */
  locks?(attempt: Attempt): readonly string[];
  /** What it checks, in which phase. */
  readonly checks: Readonly<Partial<Record<Phase, Check>>>;
  /** What must hold in another register as well. */
  readonly mirror?: Mirror;
}

/** A relation that is kept in another register too: made after ours, removed before ours, or neither. */
export interface Mirror {
  /** After our record is there. Complaints take the record away again. */
  made(record: JsonObject, world: World): Promise<readonly Complaint[]>;
  /** Before our record goes. Complaints keep it. */
  removed(record: JsonObject, world: World): Promise<readonly Complaint[]>;
  /** All mirrors of what a record is a part of. */
  found(main: string, world: World): Promise<FoundMirrors>;
  /** What a record and its mirror have in common, and no other of the same main record has. */
  keyOf(record: JsonObject): string;
}

/** The mirrors of the parts of one record, as far as the registers tell. */
export interface FoundMirrors {
  /** Each as the record that it mirrors. */
  readonly records: readonly JsonObject[];
  /** The roots of the registers that do not tell. */
  readonly silent: readonly string[];
  /** Whether a record's mirror would be in a register that tells. */
  readonly tells: (record: JsonObject) => boolean;
}
