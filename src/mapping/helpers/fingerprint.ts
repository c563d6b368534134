import { createHash } from 'node:crypto';
import type { Helper } from './helper.ts';

/** Half of an id, where the CRM has none. */
export const fingerprintHelpers = {
  fingerprint: {
    call: '(text)',
    is:
      'a number of 48 bits that stands for a text: half of an id, where the CRM has none. ' +
      'Always the same for the same text',
    isQuoted: true,
    make: () => (text: unknown) => fingerprint(text),
  },
} as const satisfies Readonly<Record<string, Helper>>;

/** Nothing for nothing. */
function fingerprint(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  return createHash('sha256').update(value).digest().readUIntBE(0, 6);
}
