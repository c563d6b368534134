import type { Audit } from '../contract/resource.ts';
import type { AuditNote } from '../gateway/audit-entry.ts';

/** Longer than any reason that a person gives; the store has to keep it as often as something changes. */
const longestToelichting = 2000;

/** The standard's own limit on ids in an entry. */
const longestId = 255;

/**
 * What the headers of a write add to its entry in the audit trail (contract section 6). Each API has headers of its own
 * for it; those of another one mean nothing.
 *
 * @param header gives a header by its name in lower case, blank when the client did not send it
 */
export function auditNoteIn({ headers }: Audit, header: (name: string) => string): AuditNote {
  const ofCaller = headers === 'caller';
  const id = (name: string): string => textOf(header(name), longestId);
  return {
    toelichting: textOf(header('x-audit-toelichting'), longestToelichting),
    logrecordId: ofCaller ? '' : id('x-nlx-logrecord-id'),
    requestId: ofCaller ? id('x-nlx-request-id') : '',
    userId: ofCaller ? id('x-nlx-request-user-id') : '',
  };
}

/** Node reads headers as Latin-1; what is UTF-8 as well was meant as that. */
function textOf(header: string, longest: number): string {
  return Array.from(decoded(header)).slice(0, longest).join('').trim();
}

function decoded(header: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(header, 'latin1'));
  } catch {
    return header;
  }
}
