import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { RawAnswer } from '../wire.ts';
import { type Encoding, isSuccess, type Reading, UnwritableRequest, type XmlSettings } from './encoding.ts';
import { readXml } from './xml-read.ts';
import { textOfXml } from './xml-text.ts';
import { type Namespaces, writeXml } from './xml-write.ts';

/** The two versions of SOAP: the same envelope in another namespace, and another place for the action. */
const versions = {
  '1.1': {
    envelope: 'http://schemas.xmlsoap.org/soap/envelope/',
    accept: 'text/xml',
    headers: (action: string) => ({
      'Content-Type': 'text/xml; charset=utf-8',
      SOAPAction: quoted(action),
    }),
  },
  '1.2': {
    envelope: 'http://www.w3.org/2003/05/soap-envelope',
    accept: 'application/soap+xml',
    headers: (action: string) => ({
      'Content-Type': `application/soap+xml; charset=utf-8${action === '' ? '' : `; action=${quoted(action)}`}`,
    }),
  },
} as const;

/** Names that credentials put into the header of an envelope. */
const security: Namespaces = {
  wsse: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
  wsu: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
};

/** SOAP with a document in its body. What is in the body of an answer is its value. */
export function soapEncoding({ namespaces = {}, lists = [], soap = '1.1' }: XmlSettings): Encoding {
  const { envelope, accept, headers } = versions[soap];
  return {
    accept,
    isText: true,
    isNumbered: false,
    write({ call, action, body, soapHeader }) {
      if (call !== undefined || action === undefined) {
        throw new UnwritableRequest('a request to a backend with `encoding: soap` has an `action`');
      }
      if (!/^[\x21\x23-\x5b\x5d-\x7e]*$/.test(action)) {
        throw new UnwritableRequest('`action` has a character that a header cannot hold');
      }
      const names = { ...namespaces, soap: envelope, ...(soapHeader === undefined ? {} : security) };
      const head: JsonObject = soapHeader === undefined ? {} : { 'soap:Header': soapHeader };
      const whole = { 'soap:Envelope': { ...head, 'soap:Body': oneElement(body) } };
      return { text: writeXml(whole, names), headers: headers(action) };
    },
    read: (raw) => readEnvelope(raw, envelope, lists),
  };
}

/** A body holds one document, so that it is clear which operation is meant. */
function oneElement(body: Json | undefined): JsonObject {
  if (isObject(body) && Object.keys(body).length === 1) return body;
  throw new UnwritableRequest('the `body` of a SOAP request is an object with one key: its root element');
}

function readEnvelope(raw: RawAnswer, envelope: string, lists: readonly string[]): Reading {
  // What was only taken in has no answer.
  if (raw.body.length === 0 && isSuccess(raw.status)) return { value: undefined, whole: undefined };
  const text = textOfXml(raw);
  const whole =
    text === undefined ? undefined : readXml(text, { lists, within: 'Envelope.Body', namespace: envelope });
  const content = isObject(whole?.Envelope) ? (whole.Envelope.Body ?? null) : null;
  // An empty body reads as an empty text.
  const value = content === '' ? {} : content;
  if (!isObject(value)) return { value: undefined, whole: undefined, unreadable: 'not-xml' };
  return { value, whole: value, ...('Fault' in value ? { says: 'failing' } : {}) };
}

/** As a header has it; `action` was seen to hold no quotes. */
function quoted(action: string): string {
  return `"${action}"`;
}
