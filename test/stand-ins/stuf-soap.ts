import { createHash } from 'node:crypto';
import {
  type Handler,
  newTable,
  numbers,
  Refused,
  type StandIn,
  type StandInCall,
  textBody,
} from './kit/index.ts';
import { type Answering, contacten } from './stuf-soap-contacts.ts';
import { fault, xmlHeaders } from './stuf-soap-faults.ts';
import { addOrganisation, kennisgeving, type StoredObject, vraag } from './stuf-soap-subjects.ts';
import { child, element, type Element, envelope, namespaces, readElements, textIn } from './stuf-soap-xml.ts';

/** What this CRM can be told to do otherwise, at any moment. */
export interface StufSoapMoods {
  /** After how many questions a kennisgeving shows; 0 is at once. */
  questionsBehind: number;
}

/**
 * A SOAP CRM in StUF style. Persons and organisations by StUF-BG 03.10: questions (Lv01) are answered at once, while a
 * kennisgeving (Lk01) is only taken in (Bv03), and carried out later. Contacts by messages of its own. All with a user
 * name token.
 *
 * @param organisations how many there are from the start, without a key of the other side
 */
export function stufSoap({
  user = 'klantbrug',
  password = 'stuf-wachtwoord',
  moods = { questionsBehind: 2 },
  organisations = 0,
}: { user?: string; password?: string; moods?: StufSoapMoods; organisations?: number } = {}): StandIn {
  return {
    title: 'SOAP CRM in StUF style',
    base: '/soap',
    port: 9107,
    open() {
      const isKnown = tokenChecker(user, password);
      const objects = newTable<StoredObject>(numbers());
      for (let made = 0; made < organisations; made++) addOrganisation(objects);
      const waiting: { questions: number; carryOut: () => void }[] = [];
      const references = new Set<string>();
      const contacts = contacten();

      const asked: Answering = (message) => {
        const answer = vraag(objects, message);
        for (const one of waiting) one.questions -= 1;
        while (waiting[0] && waiting[0].questions <= 0) waiting.shift()?.carryOut();
        return answer;
      };
      const taken: Answering = (message) => {
        const carryOut = kennisgeving(objects, references, message);
        if (moods.questionsBehind === 0) carryOut();
        else waiting.push({ questions: moods.questionsBehind, carryOut });
        return bevestiging(message);
      };
      const services: Readonly<Record<string, Answering>> = {
        '/BeantwoordVraag': asked,
        '/OntvangAsynchroon': taken,
        '/Contacten': contacts,
      };

      return soapHandler((call, message, header) => {
        if (!isKnown(header))
          throw new Refused(fault('wsse:FailedAuthentication', 'Gebruiker of wachtwoord onjuist'));
        const service = services[call.path];
        if (!service) throw new Refused(fault('env:Client', 'Onbekende service'));
        return service(message);
      });
    },
  };
}

/** Reads envelopes, and writes them. */
function soapHandler(
  answer: (call: StandInCall, message: Element, header: Element | undefined) => Element,
): Handler {
  return (call) => {
    if (call.method !== 'POST') return { status: 405, headers: { Allow: 'POST' } };
    if (!/^text\/xml\b/.test(call.headers['content-type'] ?? '')) return { status: 415 };
    const read = envelopeIn(call);
    const [message, ...others] = child(read, 'Body')?.children ?? [];
    if (!message || others.length > 0) return fault('env:Client', 'Geen bericht');
    if (call.headers.soapaction !== `"${namespaces[message.prefix]}/${message.name}"`)
      return fault('env:Client', 'SOAPAction hoort niet bij het bericht');
    return { status: 200, headers: xmlHeaders, body: envelope(answer(call, message, child(read, 'Header'))) };
  };
}

function envelopeIn(call: StandInCall): Element {
  try {
    const read = readElements(textBody(call));
    if (read.prefix === 'env' && read.name === 'Envelope') return read;
    throw new Error('no envelope');
  } catch {
    throw new Refused(fault('env:Client', 'Bericht niet leesbaar'));
  }
}

const fiveMinutes = 300_000;

/** Password or digest; a digest is good for once, and for five minutes. */
function tokenChecker(user: string, password: string): (header: Element | undefined) => boolean {
  const seen = new Set<string>();
  return (header) => {
    const token = child(child(header, 'Security'), 'UsernameToken');
    const given = child(token, 'Password');
    if (!token || !given || textIn(token, 'Username') !== user) return false;
    if (!given.attributes.Type?.endsWith('#PasswordDigest')) return given.text === password;
    const [nonce, created] = [textIn(token, 'Nonce'), textIn(token, 'Created')];
    const digest = createHash('sha1')
      .update(Buffer.concat([Buffer.from(nonce, 'base64'), Buffer.from(created + password)]))
      .digest('base64');
    const isFresh = !seen.has(nonce) && Math.abs(Date.parse(created) - Date.now()) < fiveMinutes;
    seen.add(nonce);
    return isFresh && given.text === digest;
  };
}

/** The message was taken in; what became of it nobody tells. */
function bevestiging(message: Element): Element {
  const reference = textIn(message, 'stuurgegevens', 'referentienummer');
  return element('ns1:Bv03Bericht', [
    element('ns1:stuurgegevens', [
      element('ns1:berichtcode', 'Bv03'),
      element('ns1:crossRefnummer', reference),
    ]),
  ]);
}
