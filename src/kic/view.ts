import type { Resource } from '../contract/resource.ts';
import type { JsonObject } from '../json.ts';
import type { KlantLink } from './klant-link.ts';

/**
 * A resource as the Klantinteracties API shows it: the same records as a resource of ours, under the same UUIDs, in
 * the words of an older contract. Nothing is kept for it, and it has no mapping of its own.
 */
export interface View {
  /** What the older contract says of it. */
  readonly resource: Resource;
  /**
   * Whose records they are, with the rules that protect the register that both contracts share. Rules that only look
   * at a URL of another register are not among them: this contract does not have them.
   */
  readonly of: Resource;
  /** The same, with what its rules ask of single fields only when all of these are right. */
  readonly later?: Resource;
  /** Fields that have another name here: theirs -> ours. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Fields that are written differently here. Sent back as they are shown, they are no change. */
  readonly derived?: readonly string[];
  /** These fields, out of a representation of ours. */
  show?(ours: JsonObject): JsonObject;
  /** What a change of these fields comes to in ours. */
  changed?(change: JsonObject): JsonObject;
  /** What a new record has that this contract does not know. */
  created?(settings: KicSettings, clientId: string): JsonObject;
  /** The same resource for a body that repeats what is stored, where this contract asks more of what is new. */
  lenient?(body: JsonObject, shown: JsonObject): Resource | undefined;
  /** The relation of ours that is a field `klant` here. */
  readonly klantLink?: KlantLink;
  /** A field that leads to a record of ours: a relation whose record is gone is not shown. */
  readonly shownWith?: string;
}

/** How a deployment serves the Klantinteracties API. */
export interface KicSettings {
  /** The RSIN of a klant that this client makes: here a klant has no bronorganisatie. */
  readonly bronorganisatieOf: (clientId: string) => string;
  /** What a klant without a website shows where ours must have one. */
  readonly websiteUrl: string;
  /** The rol of a klant that is given with a contactmoment or a verzoek. */
  readonly rollen: Readonly<Record<'contactmoment' | 'verzoek', string>>;
  /** A list is all of it or nothing: with more records than this it is a 501. */
  readonly maxRecords: number;
  /** Whether subscribers hear of writes that come in here. */
  readonly announces: boolean;
}
