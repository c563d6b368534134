import type { Facts } from './facts.ts';
import { searchesOf } from './requests.ts';
import { writable } from './translations.ts';

/** What can be written to this CRM, as far as it is described; nothing when no field of it is known. */
export function writesOf({ calls, fields }: Facts) {
  const known = writable(fields).length > 0;
  return {
    create: known ? calls.create : undefined,
    update: known ? calls.update : undefined,
    delete: calls.delete,
  };
}

/** The text of mapping.yaml. */
export function mappingYaml(facts: Facts): string {
  const { name, shape, id, fields, sources } = facts;
  const { create, update, delete: remove } = writesOf(facts);
  const to = (create ?? update) ? ', to: klant.to-crm.jsonata' : '';
  const recordAt = shape.recordAt === undefined ? '' : `\n      record: ${text(shape.recordAt)}`;
  return [
    '# yaml-language-server: $schema=../mapping.schema.json',
    '#',
    '# Made by klantbrug init: a beginning, of which every guess has its reason beside it.',
    '# mappings/README.md of Klantbrug explains every key.',
    'klantbrug: 1',
    `title: ${text(`The CRM ${name}`)}`,
    '',
    '# What every klant of the standard has, and the CRM has no field for. The configuration overrides it.',
    'settings:',
    "  bronorganisatie: '123456782' # the RSIN of your organisation",
    '  websiteUrl: https://www.gemeente.example',
    '',
    ...codeLines(facts),
    'resources:',
    '  klant:',
    '    backend: crm',
    id.invented
      ? '    # No field was recognised as an id. Say which one it is: one that never changes and is no personal number.'
      : `    # Clients see a UUID that is made from it, so it may never change. Its form is that of ${facts.sources.sample ? 'the sample' : 'the description'}.`,
    `    id: { field: ${text(id.field)}, form: ${id.form} }`,
    `    record: { from: klant.from-crm.jsonata${to} }`,
    '',
    ...(sources.sample && !sources.openapi
      ? [
          '    # Guessed: one record is where the list is, under its id, and has around it what the sample has.',
        ]
      : []),
    '    read:',
    `      request: klant.read.jsonata${recordAt}`,
    '',
    ...listLines(facts),
    '',
    ...(sources.openapi || !(create ?? update)
      ? []
      : [
          '    # Guessed: POST where the list is makes a record, PATCH and DELETE where the record is change and remove it. Take',
          '    # out what the CRM cannot do: that is a 501 then.',
        ]),
    ...(create
      ? [
          '    # Where the answer to a create has the new id.',
          `    create: [{ request: klant.create.jsonata, id: ${text([create.record, id.field].filter((part) => part !== undefined).join('.'))} }]`,
        ]
      : []),
    ...(update ? ['    update: [{ request: klant.update.jsonata }]'] : []),
    ...(remove ? ['    delete: [{ request: klant.delete.jsonata }]'] : []),
    ...(create || update || remove
      ? ['']
      : [
          '    # Nothing is known of writing yet. With create, update and delete here, clients can write too.',
          '',
        ]),
    '    # What is shown of a value that the standard does not allow: pass shows it, blank hides it.',
    '    deviations:',
    '      bronorganisatie: pass',
    '      klantnummer: pass',
    '      websiteUrl: pass',
    ...(fields.some(({ field }) => field === 'subjectIdentificatie.inpBsn')
      ? [
          "      # A BSN that fails its check may be somebody else's.",
          '      subjectIdentificatie.inpBsn: blank',
        ]
      : []),
    '',
  ].join('\n');
}

function codeLines({ fields }: Facts): string[] {
  const sex = fields.find(({ notation }) => notation === 'sex');
  if (!sex) return [];
  const entries = Object.entries(sex.codes ?? {}).map(([code, word]) => `${text(code)}: ${word}`);
  return [
    "# The CRM's code, then the standard's word. Look whether all codes are there, each with the right word.",
    'codes:',
    `  geslacht: { ${entries.join(', ')} }`,
    '',
  ];
}

function listLines(facts: Facts): string[] {
  const { shape, calls } = facts;
  const { by, size } = calls.paging;
  const next = by === 'cursor' ? `, next: ${text(shape.next ?? 'next')}` : '';
  const searches = searchesOf(facts);
  return [
    '    list:',
    '      request: klant.list.jsonata',
    ...(shape.records === undefined
      ? ['      # The answer is the list itself, so there is no `records` here.']
      : [
          ...(facts.sources.list ? [] : ['      # Guessed: the sample is one record, and no list.']),
          `      records: ${text(shape.records)}`,
        ]),
    ...(shape.total === undefined
      ? ['      # Without `total` Klantbrug reads the list to its end to count it.']
      : [`      total: ${text(shape.total)}`]),
    ...(by === 'none'
      ? [
          `      # ${calls.paging.why ?? 'Nothing was said about pages: everything comes at once.'}`,
          '      paging: { by: none }',
        ]
      : [
          ...(calls.paging.why === undefined ? [] : [`      # ${calls.paging.why}`]),
          `      paging: { by: ${by}, size: ${size}${next} }`,
        ]),
    ...(searches.length === 0
      ? ['      # No filter is passed on yet, so Klantbrug looks at all records and filters itself.']
      : [
          '      # narrows: the CRM may find too much, never too little; Klantbrug filters again. Take out a filter of',
          '      # which that is not sure.',
          '      filters:',
          ...searches.map(({ filter }) => `        ${filter}: narrows`),
        ]),
  ];
}

/** A text as YAML takes it anywhere: without quotes where it is a plain word. */
function text(value: string): string {
  if (/^[^']*"[^']*$/.test(value)) return `'${value}'`;
  const isPlain = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/.test(value);
  const isWord = /^(true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return isPlain && !isWord ? value : JSON.stringify(value);
}
