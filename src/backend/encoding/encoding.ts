import type { Json } from '../../json.ts';
import type { FaultReason } from '../../observe/events.ts';
import type { Content } from '../content.ts';
import type { RawAnswer } from '../wire.ts';

/** What the mapping set says of how a backend writes. Everything has a default: JSON. */
export interface EncodingSettings {
  readonly encoding?: 'json' | 'form' | 'xml' | 'soap' | 'json-rpc';
  /** What bodies are called, where that is not the usual name. */
  readonly mediaType?: string;
  readonly xml?: XmlSettings;
  /** The version of JSON-RPC; absent: 2.0. */
  readonly jsonRpc?: '1.0' | '2.0';
}

/** Of `xml` and `soap`. */
export interface XmlSettings {
  /** By the prefixes that the mapping's names use. */
  readonly namespaces?: Readonly<Record<string, string>>;
  /** Elements that may come more than once, as dotted paths of local names from the root. */
  readonly lists?: readonly string[];
  readonly soap?: '1.1' | '1.2';
}

/** The text of a request, and the headers that say what it is. */
export interface Written {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What an answer holds. */
export interface Reading {
  /** What the paths of a mapping look into; undefined for an empty answer. */
  readonly value: Json | undefined;
  /** What the error table looks into: more than the value where there is something around it. */
  readonly whole: Json | undefined;
  /** Why it cannot be read, where that is so. */
  readonly unreadable?: FaultReason;
  /** What it means by itself, when no line of the error table says what it means. */
  readonly says?: 'refused' | 'failing';
  /** It belongs to another request, so nothing in it may be believed. */
  readonly isAnothers?: boolean;
}

/** A request with what credentials add to its content. */
export type WrittenContent = Content & { readonly soapHeader?: Json };

/** One way of writing requests and reading answers. */
export interface Encoding {
  /** What answers may be, for the header Accept. */
  readonly accept: string;
  /** Whether answers are a text by themselves, and not JSON. */
  readonly isText: boolean;
  /** Whether requests need a number of their own. */
  readonly isNumbered: boolean;
  /**
   * Undefined when there is nothing to write.
   *
   * @throws UnwritableRequest
   */
  write(content: WrittenContent): Written | undefined;
  /** @param content that of the request that this is the answer to */
  read(raw: RawAnswer, content: Content): Reading;
}

/** A request that its encoding cannot hold: said in terms of the format, without the values in it. */
export class UnwritableRequest extends Error {
  override readonly name = 'UnwritableRequest';
}

/** Whether a status says that a request was carried out. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
