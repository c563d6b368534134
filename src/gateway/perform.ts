import type { FilterValues } from '../contract/filter.ts';
import type { Operation, Resource } from '../contract/resource.ts';
import type { Json } from '../json.ts';
import type { ListPage, Order } from '../register/pages.ts';
import type { Stored } from '../register/record.ts';
import type { Work } from '../register/work.ts';

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
  readonly work: Work;
}

/** What came of it, still without URLs: those depend on the base URL that the client uses. */
export type Result =
  | { readonly kind: 'page'; readonly page: ListPage }
  | { readonly kind: 'record'; readonly stored: Stored }
  | { readonly kind: 'created'; readonly stored: Stored }
  | { readonly kind: 'deleted' };

/** Performs a call. Throws a Problem for everything that the client is to be told. */
export type Perform = (call: Call) => Promise<Result>;

/** Something wrapped around performing a call. */
export type Filter = (next: Perform) => Perform;
