import type { Json, JsonObject } from '../../json.ts';
import type { IdForm } from '../../mapping/ids.ts';
import type { FieldGuess } from './guess-fields.ts';

/** What is known or guessed of the answers of a CRM. */
export interface Shape {
  /** One record: of a sample, or made of a description. Never written anywhere. */
  readonly record: JsonObject;
  /** Where a list has its records; undefined when it is the list itself. */
  readonly records: string | undefined;
  readonly total: string | undefined;
  /** Where a list names its next page. */
  readonly next: string | undefined;
  /** Where the answer to a read has the record; undefined when it is the record. */
  readonly recordAt: string | undefined;
}

/** How a CRM makes pages, and what it calls that in a query. */
export interface Paging {
  readonly by: 'offset' | 'page' | 'cursor' | 'none';
  readonly size: number;
  /** The parameter for the offset, the page or the cursor. */
  readonly at: string;
  /** What names the next page is a link, of which the query is asked for; then there is no such parameter. */
  readonly isLink?: true;
  readonly limit: string | undefined;
  /** The number of the first page. */
  readonly first: 0 | 1;
  /** What it was guessed from, as a sentence; absent where a description says it. */
  readonly why?: string;
}

/** How the CRM is called. */
export interface Calls {
  /** Who says where the CRM is: a description, a link in the sample, or nobody. */
  readonly placed: 'described' | 'shown' | 'made-up';
  readonly baseUrl: string;
  readonly collection: readonly string[];
  /** What comes after the collection's own path to one record: undefined stands for the id. */
  readonly item: readonly (string | undefined)[];
  readonly paging: Paging;
  /** The names of parameters that search. */
  readonly search: readonly string[];
  readonly create: { readonly method: 'POST'; readonly record: string | undefined } | undefined;
  readonly update: 'PUT' | 'PATCH' | undefined;
  readonly delete: boolean;
  /** As in the configuration; secrets are references to environment variables. */
  readonly credentials: JsonObject | undefined;
}

/** Where a record has its id. */
export interface IdGuess {
  readonly field: string;
  readonly form: IdForm;
  /** An id in that form that is nobody's. */
  readonly madeUp: Json;
  /** Nothing in the record can be an id; `id` is only what it mostly is called. */
  readonly invented: boolean;
}

/** Where the facts come from, which the comments tell. */
export interface Sources {
  readonly sample: boolean;
  readonly openapi: boolean;
  /** Whether a list was seen; otherwise what is around it is a guess. */
  readonly list: boolean;
}

/** Everything that a skeleton is made of. */
export interface Facts {
  readonly name: string;
  readonly sources: Sources;
  readonly shape: Shape;
  readonly calls: Calls;
  readonly id: IdGuess;
  readonly fields: readonly FieldGuess[];
  /** Keys of a record for which nothing of a klant was found. */
  readonly unused: readonly string[];
}
