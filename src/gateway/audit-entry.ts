import type { Audit, Operation } from '../contract/resource.ts';
import type { JsonObject } from '../json.ts';
import type { Clock } from '../mapping/functions.ts';
import type { Work } from '../register/work.ts';
import type { Call } from './perform.ts';
import type { Writing } from './writing.ts';

/** What a client adds to the audit trail in its headers; blank when it does not. */
export interface AuditNote {
  /** Why it is done. */
  readonly toelichting: string;
  /** The request in NLX's log; kept, and shown to nobody. */
  readonly logrecordId: string;
  /** The request in the whole network. */
  readonly requestId: string;
  /** The user, when the token does not say. */
  readonly userId: string;
}

/** An application, as the audit trail names it. */
export interface AuditApplicatie {
  readonly id: string;
  readonly weergave: string;
}

/** What an entry is about. */
export interface Change {
  readonly uuid: string;
  /** The representation before; undefined when the record is new. */
  readonly before: JsonObject | undefined;
  /** The representation after; undefined when the record goes. */
  readonly after: JsonObject | undefined;
}

/** What each operation is called in an entry, and how it is answered (contract section 7.2). */
const acties = {
  create: { actie: 'create', actieWeergave: 'Object aangemaakt', resultaat: 201 },
  update: { actie: 'update', actieWeergave: 'Object bijgewerkt', resultaat: 200 },
  partial_update: { actie: 'partial_update', actieWeergave: 'Object deels bijgewerkt', resultaat: 200 },
  delete: { actie: 'destroy', actieWeergave: 'Object verwijderd', resultaat: 204 },
} as const satisfies Partial<Record<Operation, JsonObject>>;

const noNote: AuditNote = { toelichting: '', logrecordId: '', requestId: '', userId: '' };

/**
 * The entry of a write, with every URL canonical: it says what was so at that moment. It tells who did it only as far
 * as the token proves it, but for a user whom the token leaves out.
 *
 * @throws Problem when what the record is a part of cannot be read
 */
export async function entryOf(
  { call, parts, worldOn }: Writing,
  audit: Audit,
  change: Change,
): Promise<JsonObject> {
  const { resource, work, auditNote = noNote } = call;
  const { before, after } = change;
  const representation = before ?? after ?? {};
  const resourceUrl = parts.ownUrls.canonicalOf(resource.name, change.uuid);
  const applicatie = await parts.audit.applicatieOf(work);
  return {
    bron: audit.bron,
    requestId: atMost(255, auditNote.requestId),
    logrecordId: atMost(255, auditNote.logrecordId),
    applicatieId: atMost(100, applicatie.id),
    applicatieWeergave: atMost(200, applicatie.weergave),
    gebruikersId: atMost(255, work.caller?.userId ?? auditNote.userId),
    gebruikersWeergave: atMost(255, work.caller?.userRepresentation ?? ''),
    ...acties[operationIn(call)],
    hoofdObject: audit.hoofdObject === 'self' ? resourceUrl : (representation[audit.hoofdObject] ?? ''),
    resource: resource.name,
    resourceUrl,
    toelichting: auditNote.toelichting,
    resourceWeergave: atMost(200, await audit.weergave(representation, worldOn(work))),
    aanmaakdatum: exactMoment(parts.clock),
    wijzigingen: wijzigingenOf(resourceUrl, change),
  };
}

/** A record before and after, as clients of the canonical base URL see it. */
export function wijzigingenOf(url: string, { before, after }: Change): JsonObject {
  return { oud: snapshotOf(url, before), nieuw: snapshotOf(url, after) };
}

function snapshotOf(url: string, representation: JsonObject | undefined): JsonObject | null {
  return representation ? { url, ...representation } : null;
}

function operationIn({ operation }: Call): keyof typeof acties {
  if (operation in acties) return operation as keyof typeof acties;
  throw new Error(`A ${operation} is no change.`);
}

/** Several things may be done to one object within a second, so that whole seconds would not tell their order. */
function exactMoment(clock: Clock): string {
  return new Date(clock.now()).toISOString().replace(/\.(\d{3})Z$/, (_, thousandths: string) => {
    return thousandths === '000' ? 'Z' : `.${thousandths}000Z`;
  });
}

/** A name out of a token may be of any length, and hold what no store takes. */
function atMost(limit: number, text: string): string {
  return Array.from(text.toWellFormed().replaceAll('\0', '')).slice(0, limit).join('').trim();
}

/** What keeping an audit trail needs besides a mapping set that has one. */
export interface AuditParts {
  /** Whether a write fails when its entry cannot be kept. */
  readonly required: boolean;
  /** The application on whose behalf something is done. Never throws: the id of the client will do. */
  applicatieOf(work: Work): Promise<AuditApplicatie>;
}
