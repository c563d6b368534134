import type { Json } from '../../../json.ts';

/** What arrived at a stand-in. */
export interface Arrived {
  readonly method: string;
  /** Under the root of the stand-in: `/zaken/…`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The parsed body; null when there is none. */
  readonly body: Json;
}

/** What a stand-in answers. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

/** One stand-in: everything under its root. May take its time. */
export type StandIn = (arrived: Arrived) => Reply | Promise<Reply>;

/** An answer in the manner of the standard. */
export function refusal(status: number, code: string): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
    body: {
      type: 'about:blank',
      code,
      title: code,
      status,
      detail: '',
      instance: 'urn:uuid:00000000-0000-4000-8000-000000000000',
    },
  };
}
