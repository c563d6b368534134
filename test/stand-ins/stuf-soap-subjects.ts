import { type Reply } from '../../src/demo/crm/reply.ts';
import { Refused, type Table } from './kit/index.ts';
import { stufFault } from './stuf-soap-faults.ts';
import { child, element, type Element, isNoValue, noValue, textIn } from './stuf-soap-xml.ts';

/** Somebody: a natural person, another one, or a branch. */
export interface StoredObject {
  /** The key of this CRM, and the key that the other side gave it; "" without one. */
  readonly key: string;
  readonly theirs: string;
  readonly kind: string;
  readonly elements: readonly Element[];
}

/** What each kind is called in messages, and what its keys begin with. */
const kinds: Readonly<Record<string, { readonly message: string; readonly letter: string }>> = {
  NPS: { message: 'nps', letter: 'P' },
  NNP: { message: 'nnp', letter: 'O' },
  VES: { message: 'ves', letter: 'V' },
};

const most = 100;

/** What an answer names, also when there is nothing in it. */
const named = [
  'sub.telefoonnummer',
  'sub.emailadres',
  'sub.url',
  'sub.correspondentieadres',
  'sub.verblijfBuitenland',
];

/** Somebody who was there before anybody else gave keys. */
export function addOrganisation(objects: Table<StoredObject>): void {
  objects.add((id) =>
    objectOf(keyOf('O', id), '', 'NNP', [element('ns2:statutaireNaam', `Stichting ${id}`)]),
  );
}

/** Answers a question: those that are like `gelijk`, oldest first, from after `start`. */
export function vraag(objects: Table<StoredObject>, message: Element): Element {
  const { kind, name } = headed(message, 'Lv01', 'Fo02');
  const [like, start] = [child(message, 'gelijk'), child(message, 'start')];
  const wanted = Number(textIn(message, 'parameters', 'maximumAantal'));
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > most)
    throw refused('Fo02', 'StUF055', `maximumAantal is 1 tot en met ${most}`);
  if (child(child(message, 'scope'), 'object')?.attributes.scope !== 'alles')
    throw refused('Fo02', 'StUF055', 'scope ontbreekt');
  const found = objects.where((one) => one.kind === kind && (!like || isLike(one, like)));
  const last = start?.attributes.sleutelOntvangend;
  const rest = last === undefined ? found : found.filter(({ key }) => key > last);
  const shown = rest.slice(0, wanted);
  const counts = textIn(message, 'parameters', 'indicatorAantal') === 'true';
  return element(`ns2:${name}La01`, [
    element('ns2:stuurgegevens', [element('ns1:berichtcode', 'La01'), element('ns1:entiteittype', kind)]),
    element('ns2:parameters', [
      element('ns1:indicatorVervolgvraag', String(rest.length > shown.length)),
      ...(counts ? [element('ns1:aantalVoorkomens', String(found.length))] : []),
    ]),
    ...(shown.length > 0 ? [element('ns2:antwoord', shown.map(shownAs))] : []),
  ]);
}

function shownAs({ key, theirs, kind, elements }: StoredObject): Element {
  const empty = named.filter((name) => !elements.some((one) => one.name === name));
  return element('ns2:object', [...empty.map((name) => noValue(`ns2:${name}`)), ...elements], {
    'ns1:entiteittype': kind,
    'ns1:sleutelVerzendend': key,
    ...(theirs === '' ? {} : { 'ns1:sleutelOntvangend': theirs }),
  });
}

/** Keys as they are; values without regard to capitals and to blanks around them. */
function isLike({ key, theirs, elements }: StoredObject, { attributes, children }: Element): boolean {
  const { sleutelVerzendend = theirs, sleutelOntvangend = key } = attributes;
  const isKey = sleutelVerzendend === theirs && sleutelOntvangend === key;
  return isKey && children.every((one) => hasLike(elements, one));
}

function hasLike(elements: readonly Element[], wanted: Element): boolean {
  return elements.some(
    (one) =>
      one.name === wanted.name &&
      (wanted.attributes.naam ?? one.attributes.naam) === one.attributes.naam &&
      (wanted.children.length > 0
        ? wanted.children.every((inner) => hasLike(one.children, inner))
        : plain(one.text) === plain(wanted.text)),
  );
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}

/**
 * Takes in a kennisgeving: looks whether it is a good one, and gives what carries it out. What is wrong by then nobody
 * hears of.
 */
export function kennisgeving(
  objects: Table<StoredObject>,
  references: Set<string>,
  message: Element,
): () => void {
  const { kind, letter } = headed(message, 'Lk01', 'Fo03');
  const reference = textIn(message, 'stuurgegevens', 'referentienummer');
  if (references.has(reference)) throw refused('Fo03', 'StUF055', 'referentienummer is al gebruikt');
  references.add(reference);
  const sort = textIn(message, 'parameters', 'mutatiesoort');
  const [old, changed = old] = message.children.filter(({ name }) => name === 'object');
  if (!old || !changed || (sort === 'W') !== (old !== changed))
    throw refused('Fo03', 'StUF055', 'object ontbreekt');
  const { sleutelVerzendend: theirs = '', sleutelOntvangend: own } = old.attributes;
  const find = () =>
    objects.where(
      (one) => one.kind === kind && (own === undefined ? one.theirs === theirs : one.key === own),
    )[0];
  if (sort !== 'T' && own === undefined && !find() && theirs === '')
    throw refused('Fo03', 'StUF064', 'Object niet gevonden');

  if (sort === 'T') {
    if (theirs === '') throw refused('Fo03', 'StUF055', 'sleutelVerzendend ontbreekt');
    const number = extra(old, 'klantnummer');
    const isTaken = objects.where(
      ({ elements, theirs: key }) =>
        key === theirs ||
        (number !== '' &&
          extra({ ...old, children: elements }, 'klantnummer') === number &&
          extra({ ...old, children: elements }, 'bronorganisatie') === extra(old, 'bronorganisatie')),
    );
    if (isTaken.length > 0) throw refused('Fo03', 'StUF067', `Dubbel: ${number}`);
    return () => {
      objects.add((id) => objectOf(keyOf(letter, id), theirs, kind, old.children));
    };
  }
  if (sort === 'V')
    return () => {
      const found = find();
      if (found) objects.remove(idOf(found));
    };
  if (sort !== 'W') throw refused('Fo03', 'StUF055', 'mutatiesoort is T, W of V');
  return () => {
    const found = find();
    if (!found) return;
    const names = new Set(changed.children.map(({ name }) => name));
    const kept = found.elements.filter(({ name }) => !names.has(name));
    objects.put(
      idOf(found),
      objectOf(found.key, theirs || found.theirs, kind, [...kept, ...changed.children]),
    );
  };
}

function objectOf(key: string, theirs: string, kind: string, elements: readonly Element[]): StoredObject {
  return { key, theirs, kind, elements: filled(elements) };
}

function keyOf(letter: string, id: string): string {
  return `${letter}${id.padStart(7, '0')}`;
}

/** Without what says that it has no value. */
function filled(elements: readonly Element[]): readonly Element[] {
  return elements.filter((one) => !isNoValue(one)).map((one) => ({ ...one, children: filled(one.children) }));
}

/** The id of the row is in the key. */
function idOf({ key }: StoredObject): string {
  return String(Number(key.slice(1)));
}

function extra(object: Element, naam: string): string {
  const all = child(object, 'extraElementen')?.children ?? [];
  return all.find((one) => one.attributes.naam === naam)?.text ?? '';
}

/** What every message must have. */
function headed(message: Element, code: 'Lv01' | 'Lk01', fault: 'Fo02' | 'Fo03') {
  const kind = textIn(message, 'stuurgegevens', 'entiteittype');
  const known = kinds[kind];
  const hasAll =
    textIn(message, 'stuurgegevens', 'berichtcode') === code &&
    textIn(message, 'stuurgegevens', 'referentienummer') !== '' &&
    /^\d{17}$/.test(textIn(message, 'stuurgegevens', 'tijdstipBericht')) &&
    textIn(message, 'stuurgegevens', 'zender', 'applicatie') !== '';
  if (!known || message.name !== `${known.message}${code}` || !hasAll)
    throw refused(fault, 'StUF055', 'Berichtbody is niet conform schema in sectormodel');
  return { kind, name: known.message, letter: known.letter };
}

function refused(kind: 'Fo02' | 'Fo03', code: string, text: string): Refused {
  const reply: Reply = stufFault(kind, code, text);
  return new Refused(reply);
}
