import type { Field } from '../contract/field.ts';
import type { DeviationPolicy } from '../contract/render.ts';
import { keyOf, type Origin, type Place, type Places } from './origin.ts';
import type { MappedPart } from './set.ts';
import { leavesOf, type Written } from './sources.ts';

/** A field of the CRM: a path of names in the records of a backend. No names are the record itself. */
export interface CrmField {
  readonly backend: string;
  readonly names: readonly string[];
}

/** How a field of the standard comes out of a record. */
export type Reading =
  /** As the CRM has it. */
  | 'as-is'
  /** Worked out by the mapping: a date, a code, a piece of a text. */
  | 'computed'
  /** Either, whichever the record has. */
  | 'as-is-or-computed'
  /** The same for every record. */
  | 'fixed'
  /** By looking for the records that point at this one. */
  | 'searched'
  /** The file does not tell. */
  | 'not-known'
  /** Always shown as not set. */
  | 'never';

/** What becomes of one field of the standard, in one part of a resource. */
export interface FieldRow {
  /** Its dotted name. */
  readonly field: string;
  readonly reading: Reading;
  /** Where it is read from, the first one first. */
  readonly from: readonly CrmField[];
  /** What a record of several is picked by, and the texts that are looked for there. */
  readonly pickedBy: { readonly from: readonly CrmField[]; readonly texts: readonly string[] };
  /** What else decides which of several values it is. */
  readonly dependsOn: readonly CrmField[];
  readonly tables: readonly string[];
  /** The settings that it can be, and the constants. */
  readonly settings: readonly string[];
  readonly constants: readonly string[];
  /** The writes that store it, and where their requests have it. */
  readonly writtenBy: readonly ('create' | 'update')[];
  readonly writtenTo: readonly CrmField[];
  /** There may be more in the requests than the files show, and this field was not seen in them. */
  readonly mayBeWritten: boolean;
  /** Whether it decides what a write stores, and is not stored itself. */
  readonly onlyDecides: boolean;
  /** Whether the CRM takes it when a record is made, and never again. */
  readonly isFixed: boolean;
  /** The most characters that the CRM can keep. */
  readonly atMost: number | undefined;
  /** What becomes of a value that the standard does not allow, where the set says so. */
  readonly deviation: DeviationPolicy | undefined;
}

/** What becomes of each field of the standard that clients can see and the gateway does not make itself. */
export function fieldRowsOf(part: MappedPart): FieldRow[] {
  return [...leavesOf(part.resource)]
    .filter(([, field]) => !field.readOnly || field.inverseOf !== undefined)
    .map(([name, field]) => rowOf(part, name, field));
}

function rowOf(part: MappedPart, name: string, field: Field): FieldRow {
  const found = name.split('.').reduce(keyOf, part.sources().from);
  const places = [...ofRecord(found.is), ...ofRecord(found.of)];
  const inCrm = (some: readonly Place[]): CrmField[] =>
    withoutDoubles(some.map((place) => crmField(part, place)));
  const picks = withoutDoubles(ofRecord(found.picked).map((place) => crmField(part, place)));
  const known = [...places, ...ofRecord(found.picked)];
  return {
    field: name,
    reading: readingOf(part, name, field, found),
    from: inCrm(places),
    pickedBy: {
      from: picks,
      texts: [...found.pickedWords].map((word) => word.trim()).filter((word) => /\w/.test(word)),
    },
    dependsOn: inCrm(ofRecord(found.by).filter((place) => !known.some((one) => areAlong(place, one)))),
    tables: [...found.tables],
    settings: settingsIn(places.length > 0 ? found.is : new Map([...found.is, ...found.of])),
    constants: [...new Set([...found.texts, ...found.choices])],
    ...writing(part, name),
    isFixed: isFixed(part, name),
    atMost: part.lengths[name],
    deviation: part.policies[name],
  };
}

function isFixed({ fixed }: MappedPart, name: string): boolean {
  return fixed.some((one) => name === one || name.startsWith(`${one}.`));
}

function readingOf(part: MappedPart, name: string, field: Field, found: Origin): Reading {
  if (field.inverseOf !== undefined && part.inverse[name]?.by !== 'field')
    return part.inverse[name] ? 'searched' : 'never';
  const isAsIs = ofRecord(found.is).length > 0;
  const isComputed = ofRecord(found.of).length > 0 || found.keys.size > 0;
  if (isAsIs) return isComputed ? 'as-is-or-computed' : 'as-is';
  if (isComputed) return 'computed';
  if (found.unknown || found.anyKey) return 'not-known';
  const isFixed = found.is.size + found.of.size + found.texts.size > 0 || found.constant;
  return isFixed ? 'fixed' : 'never';
}

function writing(
  part: MappedPart,
  name: string,
): Pick<FieldRow, 'writtenBy' | 'writtenTo' | 'mayBeWritten' | 'onlyDecides'> {
  const { create, update } = part.sources();
  // A view is on the record that it is a part of: that field says which.
  const isHost = part.view && name === part.resource.partOf;
  const has = (written: Written | undefined): boolean =>
    written !== undefined && (isHost || written.fields.has(name));
  const plans = [
    ['create', create],
    ['update', update],
  ] as const;
  const places = plans.flatMap(([, written]) => written?.fields.get(name) ?? []);
  const stored = places.filter(({ isChoice }) => !isChoice);
  return {
    // A change of what is fixed is refused before there is a request.
    writtenBy: plans.flatMap(([plan, written]) =>
      has(written) && !(plan === 'update' && isFixed(part, name)) ? [plan] : [],
    ),
    writtenTo: withoutDoubles(
      (stored.length > 0 ? stored : places).map(({ backend, names }) => ({ backend, names })),
    ),
    onlyDecides: plans.some(([, written]) => written?.deciding.has(name) === true && !has(written)),
    mayBeWritten: plans.some(([, written]) => written?.unknown === true && !has(written)),
  };
}

/** The places that are of the record, and of nothing else that a mapping sees. */
function ofRecord(places: Places): Place[] {
  return [...places.values()].filter(({ root }) => root === '');
}

function settingsIn(places: Places): string[] {
  return [...places.values()].flatMap(({ root, names }) => (root === '$settings' ? [names.join('.')] : []));
}

/** A row of a supplement is in the record under the supplement's name. */
function crmField({ backend, supplements }: MappedPart, { names: [first, ...further] }: Place): CrmField {
  const supplement = supplements.find(({ name }) => name === first);
  if (supplement) return { backend: supplement.backend, names: further };
  return { backend, names: first === undefined ? [] : [first, ...further] };
}

/** Whether one place is inside the other one, or the same. */
function areAlong(one: Place, other: Place): boolean {
  const [short, long] = one.names.length < other.names.length ? [one, other] : [other, one];
  return short.names.every((name, index) => long.names[index] === name);
}

function withoutDoubles(fields: readonly CrmField[]): CrmField[] {
  return [...new Map(fields.map((field) => [[field.backend, ...field.names].join('\n'), field])).values()];
}
