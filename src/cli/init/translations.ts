import type { Facts } from './facts.ts';
import type { FieldGuess } from './guess-fields.ts';
import { pathOf, quoted, reading, remark, writing } from './jsonata-text.ts';

/** `klant.from-crm.jsonata`: a record becomes a klant. */
export function fromCrm(facts: Facts): string {
  const { fields, unused } = facts;
  const top = fields.filter(({ field }) => !field.includes('.'));
  const adres = fields.filter(({ field }) => field.startsWith('adres.'));
  const said = new Set(top.map(({ field }) => field));
  const lines = [
    ...(said.has('bronorganisatie')
      ? []
      : [
          '  /* The CRM does not know it: the same for every klant. */',
          '  "bronorganisatie": $settings.bronorganisatie,',
        ]),
    ...(said.has('klantnummer') ? [] : numberLines(facts)),
    ...(said.has('websiteUrl') ? [] : ['  "websiteUrl": $settings.websiteUrl,']),
    ...top.flatMap((guess) => fieldLines(guess, '  ')),
    ...(adres.length === 0
      ? []
      : ['  "adres": {', ...withoutLastComma(adres.flatMap((one) => fieldLines(one, '    '))), '  },']),
    ...subjectLines(fields),
  ];
  return [
    '/*',
    ' * One record of the CRM -> one klant of the standard, without its url.',
    ` * ${origin(facts)} Look at each of them.`,
    ' * What is empty in the CRM may be passed on as it is: mappings/README.md of Klantbrug says what becomes of it.',
    ' */',
    ...(unused.length === 0 ? [] : [remark(`Not used: ${unused.slice(0, 40).join(', ')}.`)]),
    '{',
    ...withoutLastComma(lines),
    '}',
    '',
  ].join('\n');
}

function origin({ sources }: Facts): string {
  if (sources.sample) return 'Fields were recognised by their names and values in the sample.';
  return sources.openapi
    ? 'Fields were recognised by their names in the OpenAPI document.'
    : 'The names are those of a CRM as there are many: put those of yours in their place.';
}

/** A klantnummer has at most eight characters, so a longer id is cut. */
function numberLines({ id }: Facts): string[] {
  const path = pathOf([id.field]);
  const isShort = id.form === 'integer';
  return [
    isShort
      ? '  /* No field was recognised as a klantnummer, so it is the id. */'
      : '  /* No field was recognised as a klantnummer, so it is the end of the id: eight characters at most. */',
    isShort ? `  "klantnummer": $string(${path}),` : `  "klantnummer": $substring($string(${path}), -8),`,
  ];
}

function fieldLines(guess: FieldGuess, indent: string): string[] {
  const name = guess.field.split('.').at(-1) ?? '';
  const doubt = guess.sure ? [] : [`${indent}/* Guessed by the end of its name only. */`];
  return [...doubt, `${indent}${quoted(name)}: ${reading(guess)},`];
}

/** Which kind of klant it is, by the number that is filled in; a person where nothing tells. */
function subjectLines(fields: readonly FieldGuess[]): string[] {
  const inside = fields.filter(({ field }) => field.startsWith('subjectIdentificatie.'));
  const ofOne = (names: readonly string[]) =>
    inside.filter(({ field }) => names.includes(field.split('.').at(-1) ?? ''));
  const shapes = [
    { kind: 'vestiging', fields: ofOne(['vestigingsNummer']) },
    { kind: 'niet_natuurlijk_persoon', fields: ofOne(['innNnpId', 'annIdentificatie']) },
  ].filter((shape) => shape.fields.length > 0);
  const known = shapes.flatMap((shape) => shape.fields);
  const person = inside.filter((guess) => !known.includes(guess));
  const tests = shapes.map((shape) => ({
    ...shape,
    test: shape.fields.map(({ keys }) => `$boolean(${pathOf(keys)})`).join(' or '),
  }));
  if (shapes.length === 0 && person.length === 0) return [];
  const kinds = tests.map(({ kind, test }) => `${test} ? ${quoted(kind)} : `).join('');
  const objects = tests.map(({ fields: own, test }) => `${test} ? {\n${objectOf(own)}\n  } : `).join('');
  return [
    '  /* Guessed: the number that is filled in tells the kind of klant. */',
    `  "subjectType": ${kinds}"natuurlijk_persoon",`,
    `  "subjectIdentificatie": ${objects}{\n${objectOf(person)}\n  },`,
  ];
}

function objectOf(fields: readonly FieldGuess[]): string {
  return withoutLastComma(fields.flatMap((guess) => fieldLines(guess, '    '))).join('\n');
}

function withoutLastComma(lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === lines.length - 1 ? line.replace(/,$/, '') : line));
}

/** The guesses that can be written: what stands in a list of the CRM has to be changed in that list. */
export function writable(fields: readonly FieldGuess[]): FieldGuess[] {
  return fields.filter(({ keys }) => !keys.includes(0));
}

/** `klant.to-crm.jsonata`: a klant becomes columns. */
export function toCrm({ fields }: Facts): string {
  const inLists = fields.filter(({ keys }) => keys.includes(0));
  return [
    '/*',
    ' * A klant -> the columns of the CRM. Each column is there each time, with "" for nothing, so that a field that is',
    ' * cleared empties its column.',
    ' */',
    ...(inLists.length === 0
      ? []
      : [
          remark(
            `Not written, because the CRM has it in a list: ${inLists.map(({ field }) => field).join(', ')}.`,
          ),
        ]),
    columnsOf(writable(fields), 0, ''),
    '',
  ].join('\n');
}

/** The columns under one key, nested as the CRM has them. */
function columnsOf(fields: readonly FieldGuess[], depth: number, indent: string): string {
  const names = [...new Set(fields.map(({ keys }) => String(keys[depth])))];
  const lines = names.map((name) => {
    const below = fields.filter(({ keys }) => keys[depth] === name);
    const [only] = below;
    const value =
      only?.keys.length === depth + 1 ? writing(only) : columnsOf(below, depth + 1, `${indent}  `);
    return `${indent}  ${quoted(name)}: ${value}`;
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
