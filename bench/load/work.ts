/** Requests to one server, over and over. */
export interface Work {
  readonly origin: string;
  readonly requests: readonly Request[];
  /** How many are under way at a time, at most. */
  readonly concurrency: number;
  /** How many are due in a second; when it is left out, the next is due when there is an answer. */
  readonly perSecond?: number | undefined;
}

/** A GET. Any other status than the expected one stops the benchmark: it would measure errors. */
export interface Request {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** 200 when it is left out. */
  readonly status?: number;
}

/** How long a stretch of load goes on: until either is reached. */
export interface Stretch {
  readonly milliseconds?: number;
  readonly requests?: number;
}

/** What a stretch of load took. */
export interface Measured {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds of each request: from the moment that it was due. */
  readonly times: readonly number[];
}
