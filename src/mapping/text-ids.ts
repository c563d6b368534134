/**
 * The UUIDs of ids that are texts of any kind, which fit in none: the 118 bits after the kind are a hash of the id. They
 * are as lasting as those of ids.ts, and so are the golden values in the tests.
 */
import { createHash } from 'node:crypto';
import { type IdCodec, layOut } from './ids.ts';

/**
 * Makes the codec for a resource whose ids are texts that fit in no UUID. A UUID follows from its id, in every process
 * the same; which id it was is looked up where that is kept.
 *
 * @param resource name of the resource, so that equal texts of two resources do not share a UUID
 */
export function textCodec(resource: string): IdCodec {
  return {
    toUuid: (id) => (isKeepableText(id) ? textUuid(id, resource) : undefined),
    fromUuid: () => undefined,
    owns: (uuid) => textUuidPattern.test(uuid.toLowerCase()),
    read: (id) => (isKeepableText(id) ? id : undefined),
  };
}

/** The kind of a text: the first digit of its UUID, so that it is never taken for one of the packed forms. */
const textKind = 7n;

const textUuidPattern = /^7[0-9a-f]{7}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The UUID that stands for a text, of one resource. Whoever is told both can see whether they belong together. */
export function textUuid(text: string, resource: string): string {
  const digest = createHash('sha256').update(`1\ntext\n${text}\n${resource}`).digest('hex');
  return layOut((textKind << 118n) | (BigInt(`0x${digest.slice(0, 30)}`) >> 2n));
}

const mostCharacters = 200;

/** A link of a mapping is either an id or a URL, so an id may not look like one. Half a character can be kept nowhere. */
function isKeepableText(id: unknown): id is string {
  if (typeof id !== 'string' || id === '' || id.length > 2 * mostCharacters) return false;
  const isPlain = id.isWellFormed() && !id.includes('\u0000') && !id.includes('://');
  return isPlain && Array.from(id).length <= mostCharacters;
}
