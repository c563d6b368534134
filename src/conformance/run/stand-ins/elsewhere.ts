import { randomUUID } from 'node:crypto';
import { refusal, type StandIn } from './reply.ts';

/** A host of other people: subjects, employees, products, and records of other registers. */
export interface Elsewhere {
  readonly answer: StandIn;
  /** The URL of something that is there. */
  exists(): string;
  /** The URL of nothing. */
  missing(): string;
  /** A URL that leads to something that is there after a redirect. */
  redirects(): string;
  /** A URL that answers with a failure. */
  fails(): string;
}

/** @param root its public URL */
export function elsewhereStandIn(root: string): Elsewhere {
  return {
    answer({ path }) {
      const [, kind, rest = ''] = path.split('/');
      if (kind === 'bestaat') return { status: 200, body: { url: `${root}${path}` } };
      if (kind === 'omleiding') return { status: 302, headers: { Location: `${root}/bestaat/${rest}` } };
      return kind === 'fout' ? refusal(500, 'error') : refusal(404, 'not_found');
    },
    exists: () => `${root}/bestaat/${randomUUID()}`,
    missing: () => `${root}/weg/${randomUUID()}`,
    redirects: () => `${root}/omleiding/${randomUUID()}`,
    fails: () => `${root}/fout/${randomUUID()}`,
  };
}
