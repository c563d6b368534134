import type { CrmField, FieldRow, Reading } from '../mapping/field-rows.ts';
import type { MappedPart } from '../mapping/set.ts';
import { type Doer, doerOf } from '../register/cost.ts';

/** The cells of one field in a table of fields, but for its own name; of parts that have it in the same place. */
export function fieldCells(parts: readonly [MappedPart, ...MappedPart[]], row: FieldRow): string[] {
  const [part] = parts;
  const crmFields = row.from.map((field) => fieldInWords(part, field));
  const filters = each(parts.map((one) => [filtering(one, row.field), one.name]));
  return [crmFields.join(', '), reading(row), writing(part, row), filters, remarks(part, row)];
}

/** `narrows`; or `narrows: a, b; absent: c`, where it is not the same for all. */
function each(words: readonly (readonly [word: string, name: string])[]): string {
  const different = [...new Set(words.map(([word]) => word))];
  if (different.length === 1) return different.join('');
  const namesOf = (word: string): string =>
    words.flatMap(([one, name]) => (one === word ? [name] : [])).join(', ');
  return different.map((word) => `${word}: ${namesOf(word)}`).join('; ');
}

/** A field of the CRM as Markdown: `addresses.street`; of another backend with the name of that. */
function fieldInWords(part: MappedPart, { backend, names }: CrmField): string {
  const path = names.length === 0 ? 'the whole record' : code(names.map(nameInWords).join('.'));
  return backend === part.backend ? path : `${path} (${backend})`;
}

/** Names with a dot or a blank in them are told apart from two names. */
function nameInWords(name: string): string {
  return /^[\w@#:$*-]+$/.test(name) ? name : JSON.stringify(name);
}

const readingWords: Readonly<Record<Reading, string>> = {
  'as-is': 'yes',
  computed: 'computed',
  'as-is-or-computed': 'yes, or computed',
  fixed: 'constant',
  searched: 'searched',
  'not-known': 'not known',
  never: 'no',
};

function reading({ reading: how, tables, settings }: FieldRow): string {
  if (how === 'fixed' && settings.length > 0) return 'setting';
  const words = readingWords[how];
  return tables.length === 0 ? words : words.replace('computed', `code table ${tables.map(code).join(', ')}`);
}

function writing(part: MappedPart, { from, writtenBy, writtenTo, mayBeWritten }: FieldRow): string {
  if (writtenBy.length === 0) return mayBeWritten ? 'not known' : 'no';
  const others = writtenTo.filter((to) => to.names.length > 0 && !from.some((one) => isSame(one, to)));
  const plans = writtenBy.join(', ');
  return others.length === 0
    ? plans
    : `${plans}: ${others.map((field) => fieldInWords(part, field)).join(', ')}`;
}

/** The same field, as far as a name tells: a request and an answer wrap it in different things. */
function isSame(one: CrmField, other: CrmField): boolean {
  const last = ({ names }: CrmField): string => (names.at(-1) ?? '').replace(/^\w+:/, '');
  return one.backend === other.backend && last(one) === last(other);
}

const doerWords: Readonly<Record<Doer, string>> = {
  crm: 'exact',
  'crm-narrows': 'narrows',
  gateway: 'gateway',
  supplement: 'supplement',
  'other-end': 'by the link',
  nobody: 'absent',
};

function filtering(part: MappedPart, field: string): string {
  const { resource, list, sources } = part;
  const filters = Object.keys(resource.filters).filter((filter) => resource.filters[filter]?.on === field);
  if (filters.length === 0) return '';
  if (!list) return '501';
  const word = (filter: string): string => {
    const doer = doerOf(part, list, { filter });
    return sources().lists || doer === 'supplement' ? doerWords[doer] : '501';
  };
  return each(filters.map((filter) => [word(filter), code(filter)]));
}

function remarks(part: MappedPart, row: FieldRow): string {
  const { reading: how, settings, constants, pickedBy, dependsOn, isFixed, atMost, deviation } = row;
  const inWords = (fields: readonly CrmField[]): string =>
    fields.map((field) => fieldInWords(part, field)).join(', ');
  const named = settings.map((name) => `setting ${code(name)}`).join(' or ');
  const texts = pickedBy.texts.length > 0 ? `: ${pickedBy.texts.map(code).join(', ')}` : '';
  return [
    ...(pickedBy.from.length > 0 ? [`picked by ${inWords(pickedBy.from)}${texts}`] : []),
    ...(named === '' ? [] : [how === 'fixed' ? named : `or ${named}`]),
    ...(constants.length > 0
      ? [
          `${how === 'fixed' && constants.length === 1 ? 'always' : 'can be'} ${constants.map((text) => code(shortened(text))).join(', ')}`,
        ]
      : []),
    ...(dependsOn.length > 0 ? [`depends on ${inWords(dependsOn)}`] : []),
    ...(isFixed ? ['cannot be changed'] : []),
    ...(atMost === undefined ? [] : [`at most ${atMost} characters`]),
    ...(deviation === undefined ? [] : [`a wrong value: \`${deviation}\``]),
  ].join('; ');
}

/** So long that it says nothing more to a reader. */
const longest = 40;

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** A text between back quotes, with those that are in it. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}
