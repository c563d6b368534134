import type { Resource } from '../contract/resource.ts';
import type { Policies } from '../contract/render.ts';
import type { YamlFile } from '../files/yaml-file.ts';
import type { Expression } from './expression.ts';
import type { EncodingRule, ErrorRule, FilterSupport } from './format.ts';
import type { IdCodec } from './ids.ts';
import type { PartSources } from './sources.ts';

/** A mapping set, checked and compiled: what the gateway knows of one CRM. Immutable. */
export interface MappingSet {
  readonly title: string;
  readonly folder: string;
  /** Its mapping.yaml, and those of the sets that add to it: where a mistake stands. */
  readonly files: readonly [YamlFile, ...YamlFile[]];
  /** What the set is told by whoever uses it, over what it says itself. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly resources: ReadonlyMap<string, MappedResource>;
  /** What the answers of each backend mean, by the backend's name. */
  readonly errors: Readonly<Record<string, readonly ErrorRule[]>>;
  /** How each backend writes, by its name; one that is not there writes JSON. */
  readonly encodings: Readonly<Record<string, EncodingRule>>;
  /** The files that are not compiled, and so cost many times as much: worked out for whoever asks. */
  readonly interpreted: () => readonly Interpreted[];
  /** Where ids are kept that fit in no UUID; absent where there is no such place. */
  readonly keptIds?: MappedKeptIds | undefined;
}

/** A file that JSONata's interpreter evaluates, because of a construct that is not compiled. */
export interface Interpreted {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly construct: string;
  /** What to write in its place. */
  readonly instead: string;
}

/** How it is kept which id of a CRM a UUID stands for, and looked up again. */
export interface MappedKeptIds {
  readonly backend: string;
  /** `{ resource, uuids }` -> a request for the rows of these. */
  readonly find: Expression;
  /** Where the answer has the rows; undefined when the whole answer is the list. */
  readonly records: string | undefined;
  /** Where a row has the resource that the id is of, the UUID and the id. */
  readonly resource: string;
  readonly uuid: string;
  readonly key: string;
  /** `{ resource, uuid, key }` -> a request that keeps these. */
  readonly keep: Expression;
  /** How many UUIDs one request looks up. */
  readonly atOnce: number;
}

/** One resource of the standard on one CRM: kept in one way, or in several whose union it is. */
export interface MappedResource {
  readonly resource: Resource;
  readonly parts: readonly MappedPart[];
}

/** One way in which a resource is kept: a table of its own, or a view on columns of another record. */
export interface MappedPart {
  readonly resource: Resource;
  /** What tells it from the other parts; blank when it is the only one. */
  readonly name: string;
  readonly backend: string;
  readonly id: MappedId;
  /** A view on columns of the record that this resource is a part of. */
  readonly view: boolean;
  /** One record of the CRM -> the rows in it that this resource shows; absent where the record is the row. */
  readonly rows: Expression | undefined;
  /** Whether a new record belongs in this part; absent: always. */
  readonly accepts: Expression | undefined;
  /** One record of the CRM -> one representation, without its URL. */
  readonly from: Expression;
  /** What `from` yields beside the fields of the standard, and clients are shown. */
  readonly adds: readonly string[];
  /** Where the CRM has each field, as far as the files tell: worked out for whoever asks. */
  readonly sources: () => PartSources;
  /** One representation -> the columns of a record; absent where nothing can be written. */
  readonly to: Expression | undefined;
  readonly supplements: readonly MappedSupplement[];
  /** How derived links are found, by field. */
  readonly inverse: Readonly<Record<string, MappedInverse>>;
  /** How the highest number with a prefix is found, by field. */
  readonly numbers: Readonly<Record<string, Expression>>;
  readonly read: MappedRead;
  readonly list: MappedList | undefined;
  readonly plans: Readonly<Record<'create' | 'update' | 'delete', readonly MappedStep[] | undefined>>;
  /** For a CRM that carries out writes later than it answers: how many milliseconds it may take. */
  readonly writesShow: { readonly withinMs: number } | undefined;
  readonly policies: Policies;
  /** The fields that can be given when a record is made and not changed later, by their dotted names. */
  readonly fixed: readonly string[];
  /** The most characters that the CRM can keep of a field, by its dotted name. */
  readonly lengths: Readonly<Record<string, number>>;
  /** Whether any translation looks at the caller: answers may then not be shared between callers. */
  readonly usesCaller: boolean;
  /** Whether a record comes to the same each time: neither `from` nor `rows` looks at a clock or at chance. */
  readonly isSteady: boolean;
}

/** Where a record holds its id, and how that id becomes a UUID. */
export interface MappedId {
  /** One path, or the two of a pair. */
  readonly fields: readonly string[];
  readonly codec: IdCodec;
  /** Whether a new record gets a UUID of our making, which the mapping puts in its field. */
  readonly given: boolean;
  /** How a record without a UUID in its field gets one. */
  readonly assign: MappedAssign | undefined;
  /** The name under which ids are kept that are looked up; undefined where a UUID tells its id. */
  readonly keptAs: string | undefined;
}

/** Storing a UUID that follows from the CRM's own key. */
export interface MappedAssign {
  /** Where a record has that key. */
  readonly of: string;
  readonly backend: string;
  readonly request: Expression;
}

/** Columns that another backend keeps: joined to the record under `name`. */
export interface MappedSupplement {
  readonly name: string;
  readonly backend: string;
  readonly request: Expression;
  readonly records: string;
  /** Where the record has the key, and where a row of the supplement has it. */
  readonly own: string;
  readonly theirs: string;
  /** Asks for the rows that filters are about; their records are found beside those that the CRM finds. */
  readonly search: Expression | undefined;
  readonly atOnce: number;
}

/** How the record that points at another one is found. */
export type MappedInverse =
  { readonly by: 'field' | 'search' } | { readonly by: 'searchMany'; readonly request: Expression };

/** One more request for each item of a list. */
export interface MappedEach {
  readonly request: Expression;
  readonly record: string | undefined;
  readonly atOnce: number;
  readonly failing: 'refuse' | 'leave-out';
  /** Whether the request may be none, which leaves the item out. */
  readonly mayPassOver: boolean;
}

/** How one record is asked for. */
export interface MappedRead {
  readonly request: Expression;
  /** Where the answer holds the record; undefined when the whole answer is the record. */
  readonly record: string | undefined;
  readonly revalidate:
    | { readonly by: 'etag' }
    | { readonly by: 'stamp'; readonly request: Expression; readonly field: string }
    | undefined;
}

/** How records are searched. */
export interface MappedList {
  readonly request: Expression;
  readonly each: MappedEach | undefined;
  /** Where the answer holds the records; undefined when the whole answer is the list. */
  readonly records: string | undefined;
  /** Where the CRM says how many there are: in the answer, or in that to a request of its own; undefined: nowhere. */
  readonly total: MappedTotal | undefined;
  readonly paging: MappedPaging;
  readonly filters: Readonly<Record<string, FilterSupport>>;
  /** The fields that the CRM orders by just as the standard wants it. */
  readonly orderings: readonly string[];
  readonly maxRecords: number;
}

/** Where a CRM counts. Without `at` the whole answer is the number. */
export type MappedTotal =
  | { readonly by: 'answer'; readonly at: string }
  | { readonly by: 'request'; readonly request: Expression; readonly at: string | undefined };

/** How a CRM makes pages, and the most records that one of them holds. */
export type MappedPaging =
  | { readonly by: 'offset' | 'page' | 'none'; readonly size: number }
  | { readonly by: 'cursor'; readonly size: number; readonly next: string };

/** One step of a write. */
export interface MappedStep {
  readonly backend: string;
  readonly request: Expression;
  readonly undo: Expression | undefined;
  /** Whether it changes nothing; undefined: when its request is a GET. */
  readonly reads: boolean | undefined;
  readonly readBack: Expression | undefined;
  /** Where the answer holds the id of what was created. */
  readonly id: string | undefined;
  /** Where the answer holds the record as it is now; without it the record is read again. */
  readonly record: string | undefined;
}
