import { newTable, numbers } from './kit/index.ts';
import { child, element, type Element, textIn } from './stuf-soap-xml.ts';

/** What a message is answered with. */
export type Answering = (message: Element) => Element;

interface Contact {
  readonly id: string;
  readonly elements: readonly Element[];
}

const most = 50;

/** The contacts of this CRM: messages of its own, and a result code in each answer, whatever the HTTP status is. */
export function contacten(): Answering {
  const contacts = newTable<Contact>(numbers(70001));
  const operations: Readonly<Record<string, Answering>> = {
    ZoekContact(message) {
      const test = searched(message);
      const start = Number(textIn(message, 'startIndex') || '1');
      const wanted = Number(textIn(message, 'maxAantal') || '10');
      if (!test || !(start >= 1) || !(wanted >= 1)) return result('16', 'Vraag is onjuist');
      const found = contacts.where(test);
      // More is not given, whatever is asked.
      const shown = found.slice(start - 1, start - 1 + Math.min(wanted, most));
      return result('0', 'OK', [element('kcc:aantalGevonden', String(found.length)), ...shown.map(shownAs)]);
    },
    GeefContact(message) {
      const contact = contacts.find(textIn(message, 'contactId'));
      return contact ? result('0', 'OK', [shownAs(contact)]) : notFound;
    },
    RegistreerContact(message) {
      const given = child(message, 'contact');
      if (!given || !isSound(given)) return result('16', 'Contact is onjuist');
      const made = contacts.add((id) => ({ id, elements: filled(given.children) }));
      return result('0', 'OK', [element('kcc:contactId', made.id)]);
    },
    WijzigContact(message) {
      const [contact, given] = [contacts.find(textIn(message, 'contactId')), child(message, 'contact')];
      if (!contact) return notFound;
      if (!given || !isSound(given)) return result('16', 'Contact is onjuist');
      const names = new Set(given.children.map(({ name }) => name));
      const kept = contact.elements.filter(({ name }) => !names.has(name));
      contacts.put(contact.id, { ...contact, elements: [...kept, ...filled(given.children)] });
      return result('0', 'OK');
    },
    VerwijderContact: (message) =>
      contacts.remove(textIn(message, 'contactId')) ? result('0', 'OK') : notFound,
  };
  return (message) => operations[message.name]?.(message) ?? result('16', 'Onbekend bericht');
}

/** Every answer is called the same. */
export function result(code: string, text: string, content: readonly Element[] = []): Element {
  return element('kcc:antwoord', [element('kcc:resultaat', text, { code }), ...content]);
}

const notFound = result('4', 'Contact niet gevonden');

function shownAs({ id, elements }: Contact): Element {
  return element('kcc:contact', [element('kcc:contactId', id), ...elements]);
}

/** An element with nothing in it empties what there was. */
function filled(elements: readonly Element[]): readonly Element[] {
  return elements.filter(({ text, children }) => text !== '' || children.length > 0);
}

/** Dates and times in the only notation that it knows. */
function isSound(contact: Element): boolean {
  const [date, time] = [child(contact, 'datum'), child(contact, 'tijd')];
  return (!date || daysOf(date.text) !== undefined) && (!time || /^\d\d:\d\d:\d\d$/.test(time.text));
}

/** `dd-MM-yyyy` as a text that can be compared. */
function daysOf(text: string): string | undefined {
  const [, day = '', month = '', year = ''] = /^(\d\d)-(\d\d)-(\d{4})$/.exec(text) ?? [];
  return year === '' ? undefined : `${year}-${month}-${day}`;
}

/** All that is asked for must hold; of an element that is there several times, one. Undefined when it cannot be read. */
function searched(message: Element): ((contact: Contact) => boolean) | undefined {
  const wanted = (name: string) =>
    message.children.filter((one) => one.name === name).map(({ text }) => text);
  const days = [...wanted('datumVanaf'), ...wanted('datumTotEnMet')];
  if (days.some((day) => daysOf(day) === undefined)) return undefined;
  const [from = ''] = wanted('datumVanaf').map(daysOf);
  const [until = '9'] = wanted('datumTotEnMet').map(daysOf);
  return ({ id, elements }) => {
    const has = (name: string) => {
      const values = wanted(name);
      const own = name === 'contactId' ? id : (elements.find((one) => one.name === name)?.text ?? '');
      return (
        values.length === 0 || values.some((value) => value.trim().toLowerCase() === own.trim().toLowerCase())
      );
    };
    const day = daysOf(elements.find(({ name }) => name === 'datum')?.text ?? '') ?? '';
    const isLinked = wanted('metKlant').length === 0 || elements.some(({ name }) => name === 'klantId');
    const names = ['contactId', 'klantId', 'kanaal', 'richting', 'vorigContactId'];
    return names.every(has) && day >= from && day <= until && isLinked;
  };
}
