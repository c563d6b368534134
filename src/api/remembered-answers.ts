import type { BaseUrl } from '../gateway/own-urls.ts';
import type { Stored } from '../register/record.ts';
import type { Trace } from '../register/work.ts';
import { type TaggedBody, tagged } from './answer.ts';

/** Writes the answer to a read. */
export type Writing = (stored: Stored, base: BaseUrl, trace: Trace) => TaggedBody;

/**
 * Remembers the answer to a read beside the very record that it shows, for as long as that is remembered. It has the links of
 * one base URL. A record that just came from the CRM is not remembered yet, or never will be.
 */
export function rememberedAnswers(write: (stored: Stored, base: BaseUrl) => string): Writing {
  const remembered = new WeakMap<Stored, { readonly base: BaseUrl; readonly answer: TaggedBody }>();
  return (stored, base, { cache }) => {
    if (cache === 'none' || cache === 'miss') return tagged(write(stored, base));
    const known = remembered.get(stored);
    if (known?.base === base) return known.answer;
    const answer = tagged(write(stored, base));
    remembered.set(stored, { base, answer });
    return answer;
  };
}
