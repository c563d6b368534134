import type { Resource } from '../contract/resource.ts';
import type { Policies } from '../contract/render.ts';
import type { Expression } from './expression.ts';
import type { ErrorRule, FilterSupport } from './format.ts';
import type { IdCodec } from './ids.ts';

/** A mapping set, checked and compiled: what the gateway knows of one CRM. Immutable. */
export interface MappingSet {
  readonly title: string;
  readonly folder: string;
  readonly resources: ReadonlyMap<string, MappedResource>;
  /** What the answers of each backend mean, by the backend's name. */
  readonly errors: Readonly<Record<string, readonly ErrorRule[]>>;
}

/** One resource of the standard on one CRM. */
export interface MappedResource {
  readonly resource: Resource;
  readonly backend: string;
  readonly id: { readonly field: string; readonly codec: IdCodec };
  /** One record of the CRM -> one representation, without its URL. */
  readonly from: Expression;
  /** One representation -> the columns of a record; absent where nothing can be written. */
  readonly to: Expression | undefined;
  readonly read: MappedRead;
  readonly list: MappedList | undefined;
  readonly plans: Readonly<Record<'create' | 'update' | 'delete', readonly MappedStep[] | undefined>>;
  readonly policies: Policies;
  /** Whether any translation looks at the caller: answers may then not be shared between callers. */
  readonly usesCaller: boolean;
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
  readonly records: string;
  readonly total: string;
  readonly pageSize: number;
  readonly filters: Readonly<Record<string, FilterSupport>>;
  readonly atMost: number;
}

/** One step of a write. */
export interface MappedStep {
  readonly backend: string;
  readonly request: Expression;
  readonly undo: Expression | undefined;
  readonly readBack: Expression | undefined;
  /** Where the answer holds the id of what was created. */
  readonly id: string | undefined;
  /** Where the answer holds the record as it is now; without it the record is read again. */
  readonly record: string | undefined;
}
