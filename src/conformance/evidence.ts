/** What a run of the tests showed: written by the tests, read by who writes docs/CONFORMANCE.md. */
export interface Evidence {
  /** Every test that passed: its spec file, from the root of the project, and its whole title. */
  readonly tests: readonly { readonly file: string; readonly title: string }[];
  readonly answers: readonly Answered[];
}

/** That a gateway answered so at least once, in the tests of one file. */
export interface Answered {
  readonly file: string;
  readonly method: string;
  /** Under the default place of its API, with `{}` for each id: `/klanten/api/v1/klanten/{}`. */
  readonly path: string;
  readonly status: number;
}
