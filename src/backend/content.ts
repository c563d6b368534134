import type { Json } from '../json.ts';

/** What a request says, as structured data. How it is written is for the encoding of its backend. */
export interface Content {
  readonly body?: Json;
  /** The procedure that is called (json-rpc), and what with: a list, or an object with names. */
  readonly call?: string;
  readonly params?: Json;
  /** The operation that is asked for (soap); blank where the backend does not want to hear it. */
  readonly action?: string;
  /** The number by which the answer is told to be the one to this request (json-rpc). */
  readonly number?: number;
}
