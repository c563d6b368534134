import type { FilterValues } from '../contract/filter.ts';
import type { Operation, Resource } from '../contract/resource.ts';
import type { Json } from '../json.ts';
import type { ListPage, Order } from '../register/pages.ts';
import type { Stored } from '../register/record.ts';
import type { Work } from '../register/work.ts';
import type { AuditNote } from './audit-entry.ts';
import type { Undoable } from './undo.ts';
import type { Draft, Writing } from './writing.ts';

/** One request, understood: what is asked of which resource, on whose behalf. Knows no HTTP. */
export interface Call {
  readonly resource: Resource;
  readonly operation: Operation;
  /** The UUID in the path; blank for list and create. */
  readonly uuid: string;
  /** The parsed body of a write. */
  readonly body: Json;
  readonly filters: FilterValues;
  readonly ordering: readonly Order[];
  readonly page: number | 'last';
  /** The client's Idempotency-Key, on a create. */
  readonly idempotencyKey: string | undefined;
  /** What the client adds to the audit trail, on a write. */
  readonly auditNote?: AuditNote | undefined;
  /** Given by an older API that shows the same records in words of its own. */
  readonly dialect?: Dialect;
  /** Locks that whoever makes this call holds already. */
  readonly held?: readonly string[];
  readonly work: Work;
}

/** A write in the words of another API than that of its resource: the records, and the rules about them, are the same. */
export interface Dialect {
  /** The API that was called: other registers are told the URLs that it gives our records. */
  readonly api: string;
  /** Whether subscribers hear of the write. */
  readonly announces: boolean;
  /** Reads the body into what it comes to in the words of the resource itself. Throws a Problem for everything that is wrong with it. */
  readDraft?(writing: Writing, stored: Stored | undefined): Promise<Draft>;
  /** What else the write comes to, once its record is written; undone together with it. */
  complete?(stored: Stored, work: Work, undoable: Undoable): Promise<void>;
}

/** What came of it, still without URLs: those depend on the base URL that the client uses. */
export type Result =
  | { readonly kind: 'page'; readonly page: ListPage }
  /** A whole list at once, for an API that has no pages. */
  | { readonly kind: 'records'; readonly items: readonly Stored[] }
  | { readonly kind: 'record'; readonly stored: Stored }
  | { readonly kind: 'created'; readonly stored: Stored }
  | { readonly kind: 'deleted' };

/** Performs a call. Throws a Problem for everything that the client is to be told. */
export type Perform = (call: Call) => Promise<Result>;

/** Something wrapped around performing a call. */
export type Filter = (next: Perform) => Perform;
