import { expect } from 'chai';
import { formatMistakes } from '../../src/files/mistakes.ts';
import { type Files, mistakesIn, soundSet } from './set.ts';

type FileName = keyof typeof soundSet;

/** Replaces a piece of one file of the sound set; then where the report has to point, and words of it. */
interface Case {
  readonly what: string;
  readonly file: FileName;
  readonly replace: readonly [piece: string, instead: string];
  /** The text at the line and column that are reported; it stands once in the changed file. */
  readonly at: string;
  readonly path?: string;
  readonly says: string;
}

const yaml = 'mapping.yaml';

/** A supplement of the klant, as lines of mapping.yaml; a blank key is left out. */
function supplement(changed: { name?: string; backend?: string; request?: string; own?: string }): string {
  const { name = 'more', backend = 'zaken', request = 'read.jsonata', own = 'NR' } = changed;
  const key = own === '' ? '' : `, own: ${own}`;
  return `    supplements:\n      ${name}: { backend: ${backend}, request: ${request}, records: ITEMS, theirs: NR${key} }\n`;
}

/** A verzoek that says how one of its two derived links is found. */
const verzoek = `  verzoek:
    backend: crm
    id: { field: KEY, form: integer }
    record: { from: from.jsonata }
    read: { request: read.jsonata }
    list: { request: list.jsonata, records: ITEMS, total: TOTAL, paging: { by: offset, size: 9 } }
    inverse: { aanvullendeVerzoek: { by: search } }`;

/** One of which both are said, one of them wrongly. */
const guessedVerzoek = verzoek.replace('search } }', 'search }, intrekkendeVerzoek: { by: guess } }');

const cases: readonly Case[] = [
  {
    what: 'a key that the format does not have',
    file: yaml,
    replace: ['codes:', 'limit: {}\ncodes:'],
    at: 'limit',
    path: 'limit',
    says: "unknown key 'limit': did you mean 'limits'?",
  },
  {
    what: 'a key of a resource that the format does not have',
    file: yaml,
    replace: ['    update: [', '    updat: ['],
    at: 'updat:',
    path: 'resources.klant.updat',
    says: "unknown key 'updat'",
  },
  {
    what: 'another version of the format',
    file: yaml,
    replace: ['klantbrug: 1', 'klantbrug: 2'],
    at: 'klantbrug',
    path: 'klantbrug',
    says: 'found 2',
  },
  {
    what: 'a form of id that there is not',
    file: yaml,
    replace: ['form: integer', 'form: number'],
    at: 'form',
    path: 'resources.klant.id.form',
    says: 'one of uuid, url, integer, base62',
  },
  {
    what: 'a kind of paging that there is not',
    file: yaml,
    replace: ['by: offset', 'by: cursor'],
    at: 'by: cursor',
    path: 'resources.klant.list.paging.by',
    says: 'found "cursor"',
  },
  {
    what: 'a meaning of an answer that there is not',
    file: yaml,
    replace: ['means: not-found', 'means: gone'],
    at: 'means',
    path: 'backends.crm.errors[0].means',
    says: 'not-found, nothing, too-much, duplicate, busy',
  },
  {
    what: 'a resource that the standard does not have',
    file: yaml,
    replace: ['  klant:', '  klantt:'],
    at: 'klantt',
    path: 'resources.klantt',
    says: "unknown resource 'klantt': did you mean 'klant'?",
  },
  {
    what: 'a filter that the standard does not have',
    file: yaml,
    replace: ['achternaam: narrows', 'achternam: narrows'],
    at: 'achternam:',
    path: 'resources.klant.list.filters.achternam',
    says: "unknown filter 'achternam': did you mean 'achternaam'?",
  },
  {
    what: 'a filter that a supplement finds, and no supplement that searches',
    file: yaml,
    replace: ['achternaam: narrows', 'achternaam: supplement'],
    at: 'achternaam:',
    path: 'resources.klant.list.filters.achternaam',
    says: 'a filter that no supplement searches for',
  },
  {
    what: 'a filter that is a piece of one of the standard',
    file: yaml,
    replace: ['achternaam: narrows', 'achternaam: narrows, email: narrows'],
    at: 'email:',
    path: 'resources.klant.list.filters.email',
    says: "unknown filter 'email': did you mean 'emailadres'?",
  },
  {
    what: 'a filter that the list file says nothing about',
    file: yaml,
    replace: ['achternaam: narrows', 'achternaam: narrows, functie: exact'],
    at: 'functie:',
    path: 'resources.klant.list.filters.functie',
    says: "list.jsonata does nothing with this filter, so the CRM cannot search for it; expected `filters.functie` in that file, or no 'functie: exact'",
  },
  {
    what: 'a filter that a list file misspells',
    file: 'list.jsonata',
    replace: ['filters.achternaam', 'filters.achternam'],
    at: 'achternam',
    says: "unknown filter 'achternam': did you mean 'achternaam'?",
  },
  {
    what: 'a filter that a list file misspells behind a variable',
    file: 'list.jsonata',
    replace: [
      '{ "path": ["people"], "query": { "NAME": filters.achternaam } }',
      '($given := filters; { "path": ["people"], "query": { "NAME": $given.achternaam, "MAIL": $given.email } })',
    ],
    at: 'email',
    says: "unknown filter 'email': did you mean 'emailadres'?",
  },
  {
    what: 'a name that a list file is not given',
    file: 'list.jsonata',
    replace: ['"query"', '"headers": { "X-Skip": offst }, "query"'],
    at: 'offst',
    says: "unknown name 'offst': did you mean 'offset'?",
  },
  {
    what: 'a field that the translation of a write misspells',
    file: 'to.jsonata',
    replace: ['achternaam', 'telefoonnumer'],
    at: 'telefoonnumer',
    says: "unknown name 'telefoonnumer': did you mean 'telefoonnummer'?",
  },
  {
    what: 'a part of an object that the translation of a write misspells',
    file: 'to.jsonata',
    replace: ['achternaam', '($who := subjectIdentificatie; $who.inpBns)'],
    at: 'inpBns',
    says: "unknown name 'inpBns' in subjectIdentificatie: did you mean 'inpBsn'?",
  },
  {
    what: 'a field that is misspelled in what is stored',
    file: 'update.jsonata',
    replace: ['changes', '$stored.achternam ? changes'],
    at: 'achternam',
    says: "unknown name 'achternam' in $stored: did you mean 'achternaam'?",
  },
  {
    what: 'a field that the translation of a record misspells',
    file: 'from.jsonata',
    replace: ['"achternaam"', '"achternam"'],
    at: 'achternam": NAME',
    says: "unknown field 'achternam': did you mean 'achternaam'?",
  },
  {
    what: 'a part of an object that the translation of a record misspells',
    file: 'from.jsonata',
    replace: ['"inpBsn"', '"bsn"'],
    at: 'bsn": PERSONAL',
    says: "unknown field 'bsn' in subjectIdentificatie: did you mean 'inpBsn'?",
  },
  {
    what: 'a field that the standard does not have',
    file: yaml,
    replace: ['telefoonnummer: blank', 'subjectIdentificatie.bsn: blank'],
    at: 'subjectIdentificatie.bsn',
    path: 'resources.klant.deviations.subjectIdentificatie.bsn',
    says: "unknown field 'subjectIdentificatie.bsn'",
  },
  {
    what: 'a part of a resource that the standard does not have',
    file: yaml,
    replace: ['  klant:', '  klantt.anders:'],
    at: 'klantt.anders',
    path: 'resources.klantt.anders',
    says: "unknown resource 'klantt.anders'; expected a resource of the standard: klant, contactmoment",
  },
  {
    what: 'a derived link of a resource that has none',
    file: yaml,
    replace: ['    deviations:', '    inverse: { volgendContactmoment: { by: search } }\n    deviations:'],
    at: 'volgendContactmoment',
    path: 'resources.klant.inverse.volgendContactmoment',
    says: "unknown derived link 'volgendContactmoment'; expected none: a klant has no derived link",
  },
  {
    what: 'a way of finding a derived link that there is not',
    file: yaml,
    replace: ['    deviations:', `    deviations: {}\n${guessedVerzoek}\n#`],
    at: 'by: guess',
    path: 'resources.verzoek.inverse.intrekkendeVerzoek.by',
    says: 'found "guess"',
  },
  {
    what: 'a number of a field that is not generated',
    file: yaml,
    replace: ['    deviations:', '    numbers: { klantnumer: { request: list.jsonata } }\n    deviations:'],
    at: 'klantnumer',
    path: 'resources.klant.numbers.klantnumer',
    says: "unknown generated field 'klantnumer'; expected none: a klant has no generated field",
  },
  {
    what: 'a view on the record of something that is a part of nothing',
    file: yaml,
    replace: ['    record:', '    view: true\n    record:'],
    at: 'view',
    path: 'resources.klant.view',
    says: 'a klant is a part of nothing, so it cannot be a view',
  },
  {
    what: 'a pair of ids with a UUID in its second half',
    file: yaml,
    replace: ['form: integer }', 'form: integer, and: { field: KEY, form: uuid } }'],
    at: 'id: { field',
    path: 'resources.klant.id',
    says: "two forms that fit in one UUID together: not 'uuid', 'url', 'salesforce' or 'text'",
  },
  {
    what: 'a pair of ids with a UUID in its first half',
    file: yaml,
    replace: ['form: integer }', 'form: uuid, and: { field: KEY, form: integer } }'],
    at: 'id: { field',
    path: 'resources.klant.id',
    says: "two forms that fit in one UUID together: not 'uuid', 'url', 'salesforce' or 'text'",
  },
  {
    what: 'a pair of ids of which the second half is a personal key',
    file: yaml,
    replace: ['form: integer }', 'form: integer, and: { field: EMAIL, form: ascii } }'],
    at: 'field: EMAIL',
    path: 'resources.klant.id.and.field',
    says: "'EMAIL' is a personal key (its name says so)",
  },
  {
    what: 'a form of the second half of a pair that there is not',
    file: yaml,
    replace: ['form: integer }', 'form: integer, and: { field: KEY, form: number } }'],
    at: 'form: number',
    path: 'resources.klant.id.and.form',
    says: 'one of uuid, url, integer, base62',
  },
  {
    what: 'a supplement of a backend that is not configured',
    file: yaml,
    replace: ['    deviations:', `${supplement({ backend: 'zakn' })}    deviations:`],
    at: 'backend: zakn',
    path: 'resources.klant.supplements.more.backend',
    says: "unknown backend 'zakn': did you mean 'zaken'?",
  },
  {
    what: 'a supplement whose name cannot be a name in JSONata',
    file: yaml,
    replace: ['    deviations:', `${supplement({ name: 'more-of-it' })}    deviations:`],
    at: 'more-of-it',
    path: 'resources.klant.supplements.more-of-it',
    says: 'more-of-it',
  },
  {
    what: 'a supplement without a place for its key',
    file: yaml,
    replace: ['    deviations:', `${supplement({ own: '' })}    deviations:`],
    at: 'more: {',
    path: 'resources.klant.supplements.more.own',
    says: 'own',
  },
  {
    what: 'a search by a supplement whose key is not the id',
    file: yaml,
    replace: [
      '    deviations:',
      `${supplement({ request: 'read.jsonata, search: read.jsonata', own: 'KEY' })}    deviations:`,
    ],
    at: 'search: read.jsonata',
    path: 'resources.klant.supplements.more.search',
    says: 'an `own` that is `id.field`',
  },
  {
    what: 'a file of a supplement that is not there',
    file: yaml,
    replace: ['    deviations:', `${supplement({ request: 'elsewhere.jsonata' })}    deviations:`],
    at: 'request: elsewhere.jsonata',
    path: 'resources.klant.supplements.more.request',
    says: "there is no file 'elsewhere.jsonata'",
  },
  {
    what: 'more requests at once than a fan-out may make',
    file: yaml,
    replace: ['    create:', '      each: { request: read.jsonata, atOnce: 51 }\n    create:'],
    at: 'atOnce: 51',
    path: 'resources.klant.list.each.atOnce',
    says: 'found 51',
  },
  {
    what: 'a fan-out that does something else when an item fails',
    file: yaml,
    replace: ['    create:', '      each: { request: read.jsonata, failing: ignore }\n    create:'],
    at: 'failing: ignore',
    path: 'resources.klant.list.each.failing',
    says: 'one of refuse, leave-out',
  },
  {
    what: 'a resource of which a derived link cannot be found',
    file: yaml,
    replace: ['    deviations:', `    deviations: {}\n${verzoek}\n#`],
    at: 'verzoek:',
    path: 'resources.verzoek',
    says: "it is not said how intrekkendeVerzoek is found; expected 'intrekkendeVerzoek' under `inverse`",
  },
  {
    what: 'a backend that is not configured',
    file: yaml,
    replace: ['backend: crm\n    id', 'backend: crn\n    id'],
    at: 'backend: crn',
    path: 'resources.klant.backend',
    says: "unknown backend 'crn': did you mean 'crm'?",
  },
  {
    what: 'a backend of one step that is not configured',
    file: yaml,
    replace: ['delete.jsonata, backend: crm', 'delete.jsonata, backend: zaak'],
    at: 'backend: zaak',
    path: 'resources.klant.delete[0].backend',
    says: 'a backend of the configuration: crm, zaken',
  },
  {
    what: 'an error table of a backend that is never called',
    file: yaml,
    replace: ['crm: { errors', 'crmm: { errors'],
    at: 'crmm',
    path: 'backends.crmm',
    says: "no resource calls the backend 'crmm': did you mean 'crm'?",
  },
  {
    what: 'a file that is not there',
    file: yaml,
    replace: ['list.jsonata', 'lijst.jsonata'],
    at: 'request: lijst.jsonata',
    path: 'resources.klant.list.request',
    says: "there is no file 'lijst.jsonata'",
  },
  {
    what: 'a file outside the folder of the set',
    file: yaml,
    replace: ['list.jsonata', '../list.jsonata'],
    at: 'request: ../list.jsonata',
    path: 'resources.klant.list.request',
    says: 'the name of a JSONata file in the folder of the mapping set',
  },
  {
    what: 'a write without a translation that writes',
    file: yaml,
    replace: [', to: to.jsonata', ''],
    at: 'record:',
    path: 'resources.klant.record',
    says: 'a file under `to`',
  },
  {
    what: 'a create that does not tell the id of what it made',
    file: yaml,
    replace: ['create.jsonata, id: NR', 'create.jsonata'],
    at: 'create:',
    path: 'resources.klant.create',
    says: 'one step with `id` or `record`',
  },
  {
    what: 'a delete that would be undone',
    file: yaml,
    replace: ['delete.jsonata, backend: crm', 'delete.jsonata, undo: create.jsonata'],
    at: 'delete:',
    path: 'resources.klant.delete',
    says: 'a delete is never undone',
  },
  {
    what: 'an id that is a personal key by its name',
    file: yaml,
    replace: ['field: NR', 'field: BSN_NR'],
    at: 'field: BSN_NR',
    path: 'resources.klant.id.field',
    says: "'BSN_NR' is a personal key (its name says so)",
  },
  {
    what: 'an id from which the inpBsn of the standard is made',
    file: yaml,
    replace: ['field: NR', 'field: PERSONAL'],
    at: 'field: PERSONAL',
    path: 'resources.klant.id.field',
    says: "the standard's inpBsn is made from it",
  },
  {
    what: 'an id from which the inpBsn of the standard is made with a function',
    file: 'from.jsonata',
    replace: ['"inpBsn": PERSONAL', '"inpBsn": $pad($string(NR), -9, "0")'],
    at: '',
    path: 'resources.klant.id.field',
    says: "'NR' is a personal key (the standard's inpBsn is made from it)",
  },
  {
    what: 'a pattern that looks ahead',
    file: 'from.jsonata',
    replace: ['"achternaam": NAME', '"achternaam": $contains(NAME, /^a(?=b)/) ? NAME'],
    at: '/^a(?=b)/',
    says: '/^a(?=b)/ looks ahead or behind, which takes too long on some texts; expected a pattern that takes in',
  },
  {
    what: 'a pattern that refers back to a group',
    file: 'from.jsonata',
    replace: ['"achternaam": NAME', '"achternaam": $replace(NAME, /(a)\\1/i, "")'],
    at: '/(a)\\1/i',
    says: 'refers back to a group',
  },
  {
    what: 'a pattern that refers back to a named group',
    file: 'from.jsonata',
    replace: ['"achternaam": NAME', '"achternaam": $replace(NAME, /(?<n>a)\\k<n>/, "")'],
    at: '/(?<n>a)\\k<n>/',
    says: 'refers back to a group',
  },
  {
    what: 'a pattern that repeats too often',
    file: 'from.jsonata',
    replace: ['"achternaam": NAME', '"achternaam": $contains(NAME, /a{2000}/) ? NAME'],
    at: '/a{2000}/',
    says: 'is no regular expression here (invalid repeat count: `{2000}`)',
  },
  {
    what: 'a pattern that is not closed',
    file: 'from.jsonata',
    replace: ['"achternaam": NAME', '"achternaam": $contains(NAME, /a[/]{3,1}/) ? NAME'],
    at: '/a[/]{3,1}/',
    says: 'Invalid regular expression',
  },
  {
    what: 'a function that JSONata does not have, but nearly',
    file: 'from.jsonata',
    replace: ['"achternaam": NAME', '"achternaam": $upercase(NAME)'],
    at: 'upercase',
    says: "$upercase is not defined: did you mean '$uppercase'?",
  },
  {
    what: 'a limit that is too large',
    file: yaml,
    replace: ['codes:', 'limits: { text: 100000000 }\ncodes:'],
    at: 'text: 1',
    path: 'limits.text',
    says: 'found 100000000',
  },
  {
    what: 'JSONata that cannot be parsed',
    file: 'to.jsonata',
    replace: ['{ "NAME"', '{\n  "NAME" achternaam }\n{ "NAME"'],
    at: 'm }',
    says: 'expected a JSONata expression',
  },
  {
    what: 'JSONata that ends too early',
    file: 'read.jsonata',
    replace: ['] }', ']'],
    at: ']',
    says: 'Expected "}" before end of expression',
  },
  {
    what: 'a name that nobody defines',
    file: 'from.jsonata',
    replace: ['ORG', '$setings.org'],
    at: 'setings',
    says: "$setings is not defined: did you mean '$settings'?",
  },
  {
    what: 'a function that nobody defines',
    file: 'from.jsonata',
    replace: ['NAME', '$upercase(NAME)'],
    at: 'upercase',
    says: "did you mean '$uppercase'?",
  },
  {
    what: 'a name like no other',
    file: 'from.jsonata',
    replace: ['ORG', '$zzzzzzzz'],
    at: 'zzzzzzzz',
    says: '$zzzzzzzz is not defined; expected a function of JSONata',
  },
  {
    what: '$eval',
    file: 'from.jsonata',
    replace: ['ORG', '$eval(ORG)'],
    at: 'eval',
    says: '$eval may not be used (data of a CRM must never be run as a program)',
  },
  {
    what: '$eval under another name',
    file: 'from.jsonata',
    replace: ['ORG', '($run := $eval; $run(ORG))'],
    at: 'eval',
    says: '$eval may not be used',
  },
  {
    what: 'an unknown code table in $decode',
    file: 'from.jsonata',
    replace: ['"soort"', '"sort"'],
    at: 'sort',
    says: "there is no code table 'sort': did you mean 'soort'?",
  },
  {
    what: 'an unknown code table in $encode',
    file: 'to.jsonata',
    replace: ['"soort"', '"geslacht"'],
    at: 'geslacht',
    says: 'a table under `codes` in mapping.yaml: soort',
  },
  {
    what: 'a path that is joined as text',
    file: 'read.jsonata',
    replace: ['["people", id]', '"people/" & id'],
    at: '&',
    says: 'a path that is put together as text',
  },
  {
    what: 'a path that is joined as text in one branch',
    file: 'read.jsonata',
    replace: ['["people", id]', 'id > 5 ? ["people", id] : "people/" & id'],
    at: '?',
    says: 'a path that is put together as text',
  },
  {
    what: 'a path that is made by a function',
    file: 'read.jsonata',
    replace: ['["people", id]', '$join(["people", id], "/")'],
    at: '(',
    says: 'a path that is put together as text',
  },
];

function changed({ file, replace: [piece, instead] }: Pick<Case, 'file' | 'replace'>, files: Files): Files {
  const text = files[file] ?? '';
  expect(text, 'the sound set').to.include(piece);
  return { ...files, [file]: text.replace(piece, () => instead) };
}

/** The place of the only occurrence of a text, counted from 1. */
function placeOf(text: string, file: string): { line: number; column: number } {
  const offset = file.indexOf(text);
  expect(file.lastIndexOf(text), `one "${text}"`).to.equal(offset).and.to.be.at.least(0);
  const before = file.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

describe('mapping set: what is wrong with it', () => {
  it('is nothing in a sound set', async () => {
    expect(await mistakesIn(soundSet)).to.deep.equal([]);
  });

  for (const one of cases) {
    it(`points at ${one.what}`, async () => {
      const files = changed(one, soundSet);
      const [mistake, ...more] = await mistakesIn(files);
      expect(formatMistakes(more)).to.equal('');
      if (!mistake) throw new Error('The set was accepted.');
      const pointsAt = one.at === '' ? { file: yaml, text: 'field: NR' } : { file: one.file, text: one.at };
      expect(mistake).to.include({ file: pointsAt.file, path: one.path ?? '' });
      const { line, column } = mistake;
      expect({ line, column }).to.deep.equal(placeOf(pointsAt.text, files[pointsAt.file] ?? ''));
      expect(formatMistakes([mistake])).to.include(one.says);
    });
  }

  it('is told all at once, over all files', async () => {
    const together = cases.filter(({ what }) =>
      [
        'a resource that the standard does not have',
        'a backend that is not configured',
        'an error table of a backend that is never called',
        'a file that is not there',
        'JSONata that cannot be parsed',
        'a name that nobody defines',
        '$eval',
        'a path that is joined as text',
      ].includes(what),
    );
    // Two of them replace the same piece.
    const files = changed(
      { file: 'from.jsonata', replace: ['NAME', '$eval(NAME)'] },
      together
        .filter(({ what }) => what !== '$eval')
        .reduce<Files>((set, one) => changed(one, set), soundSet),
    );
    const report = formatMistakes(await mistakesIn(files)).split('\n');
    for (const { what, says } of together) {
      expect(
        report.filter((line) => line.includes(says)),
        what,
      ).to.have.lengthOf(1);
    }
  });

  it('is told of the JSONata files as well when the format of mapping.yaml is wrong', async () => {
    const files = changed(
      { file: 'from.jsonata', replace: ['ORG', '$eval(ORG)'] },
      changed({ file: yaml, replace: ['title:', 'titel:'] }, { ...soundSet, 'to.jsonata': '{ "NAME": }' }),
    );
    expect((await mistakesIn(files)).map(({ file, line }) => `${file}:${line ?? 0}`)).to.have.members([
      'mapping.yaml:2',
      'mapping.yaml:1',
      'from.jsonata:2',
      'to.jsonata:1',
    ]);
  });

  it('is told of the rest of a resource in which a key is wrong', async () => {
    const files = [
      { file: yaml, replace: ['    update: [', '    updat: ['] },
      { file: yaml, replace: ['achternaam: narrows', 'achternaam: narrows, email: narrow'] },
      { file: yaml, replace: ['telefoonnummer: blank', 'telefoon: blank'] },
      { file: yaml, replace: ['codes:', 'zone: Europe/Amstelveen\ncodes:'] },
      { file: 'list.jsonata', replace: ['"query"', '"headers": { "X-To": filters.email }, "query"'] },
      { file: 'to.jsonata', replace: ['achternaam', 'achternam'] },
    ] as const satisfies readonly Pick<Case, 'file' | 'replace'>[];
    const mistakes = await mistakesIn(files.reduce<Files>((set, one) => changed(one, set), soundSet));
    expect(mistakes.map(({ file, path, problem }) => `${file} ${path} ${problem ?? ''}`)).to.have.members([
      "mapping.yaml resources.klant.updat unknown key 'updat': did you mean 'update'?",
      'mapping.yaml resources.klant.list.filters.email ',
      "mapping.yaml resources.klant.deviations.telefoon unknown field 'telefoon': did you mean 'telefoonnummer'?",
      "mapping.yaml zone there is no time zone 'Europe/Amstelveen'",
      "list.jsonata  unknown filter 'email': did you mean 'emailadres'?",
      "to.jsonata  unknown name 'achternam': did you mean 'achternaam'?",
    ]);
  });

  for (const [what, list] of [
    [
      'behind a variable',
      '($given := filters; { "path": ["people"], "query": { "NAME": $given.achternaam } })',
    ],
    ['in a predicate', '{ "path": ["people"], "query": { "NAME": filters[achternaam != ""].achternaam } }'],
    [
      'in a function',
      '($of := function($all) { $all.achternaam }; { "path": ["people"], "query": { "NAME": $of(filters) } })',
    ],
    ['by its name as a text', '{ "path": ["people"], "query": { "NAME": $lookup(filters, "achternaam") } }'],
    ['with all the others', '{ "path": ["people"], "query": $merge([filters, { "limit": limit }]) }'],
    [
      'from outside the path that it is in',
      '{ "path": ["people"], "query": filters.{ "NAME": $$.filters.achternaam } }',
    ],
    [
      'one by one',
      '{ "path": ["people"], "query": { "Q": [$each(filters, function($value, $name) { $value })] } }',
    ],
  ] as const) {
    it(`lets a filter pass that is taken ${what}`, async () => {
      expect(await mistakesIn({ ...soundSet, 'list.jsonata': list })).to.deep.equal([]);
    });
  }

  it('lets properties pass that a set adds, also when an object has more of them', async () => {
    const files = {
      ...soundSet,
      [yaml]: soundSet[yaml].replace('to: to.jsonata', 'to: to.jsonata, adds: [status]'),
      'from.jsonata': '{ "bronorganisatie": ORG, "status": { "code": ST }, "url": LINK }',
    };
    expect(await mistakesIn(files)).to.deep.equal([]);
  });

  it('is told with line and column when mapping.yaml is no YAML', async () => {
    const files = { ...soundSet, [yaml]: 'klantbrug: 1\ntitle: [not closed\nresources: {}\n' };
    const [mistake] = await mistakesIn(files);
    expect(mistake).to.include({ file: yaml });
    expect(mistake?.line).to.be.at.least(2);
  });

  it('is told when there is no mapping.yaml at all', async () => {
    const [mistake] = await mistakesIn({ 'from.jsonata': '1' });
    expect(mistake).to.include({ file: yaml, expected: 'a YAML file that can be read' });
  });

  it('lets names pass that the expression itself defines', async () => {
    const text = `(
      $one := 1;
      $add := function($left, $right) { $left + $right };
      ITEMS@$item#$place.{ "name": $item.NAME, "place": $add($place, $one) };
      { "bronorganisatie": ORG }
    )`;
    expect(await mistakesIn({ ...soundSet, 'from.jsonata': text })).to.deep.equal([]);
  });

  it('lets every name pass that mappings are given', async () => {
    const names = ['settings', 'caller', 'id', 'stored', 'record', 'host', 'change', 'merged', 'extra'].map(
      (name) => `$${name}`,
    );
    const functions =
      '$decode("soort", subjectType), $encode("soort", subjectType, ""), $fingerprint(subjectType), $now(), $millis(), $random(), $shuffle([1])';
    const text = `[${names.join(', ')}, ${functions}]`;
    expect(await mistakesIn({ ...soundSet, 'to.jsonata': text })).to.deep.equal([]);
  });
});
