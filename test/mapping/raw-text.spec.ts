import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { parseExpression } from '../../src/mapping/expression.ts';
import { rawTextsIn } from '../../src/mapping/raw-text.ts';
import { mistakesIn, soundSet } from './set.ts';

/** What the check points at in a request: the text from there to the end of the word. */
function rawIn(source: string, openTables: readonly string[] = []): string[] {
  const expression = parseExpression('list.jsonata', source);
  return rawTextsIn(expression, openTables).map((offset) => /^[$\w]*/.exec(source.slice(offset))?.[0] ?? '');
}

const request = (value: string, before = ''): string =>
  `(${before} { "path": ["people"], "query": { "$filter": ${value} } })`;

const flagged: Readonly<Record<string, readonly [source: string, at: string]>> = {
  'between quotes': [request(`"name eq '" & filters.name & "'"`), 'name'],
  'without quotes': [request('"age gt " & filters.age'), 'age'],
  'after a sign': [request('"name=" & filters.name'), 'name'],
  'quoted by hand': [request(`"name eq '" & $replace(filters.name, "'", "''") & "'"`), 'name'],
  'in a condition': [request('a ? (b ? "name eq " & (c ? $odata(x) : filters.name))'), 'name'],
  'after ?:': [request('"name eq " & (filters.code ?: $odata(x))'), 'code'],
  'through a variable': [request('$q', '$n := filters.name; $q := "name eq " & $n;'), 'name'],
  'with the literal in a variable': [request('$begin & filters.name', '$begin := "name eq ";'), 'name'],
  'that is joined': [request('$join(["name eq ", filters.name])'), 'name'],
  'between which is joined': [request('$join(names, " or ")'), 'names'],
  'of a list': [request(`names.("name eq '" & $ & "'")`), '$'],
  'of a function': [request('$eq(filters.name)', '$eq := function($v) { "name eq " & $v };'), 'name'],
  'of a function for each': [request('$map(names, function($v) { "name eq " & $v })'), 'v'],
  'of a function that is handed over': [
    request('$map(names, $eq)', '$eq := function($v) { "name eq " & $v };'),
    'v',
  ],
  'of a function that is handed over, and called as well': [
    request('[$eq(1)][0] & $join($map(names, $eq))', '$eq := function($v) { "name eq " & $v };'),
    'v',
  ],
  'put in the place of a mark': [request(`$replace("name eq '{}'", "{}", filters.name)`), 'name'],
  'that was quoted, and cut': [request('"name eq " & $substring($odata(filters.name), 1)'), ''],
  'that was quoted, and had its quotes taken out': [
    request(`"name eq " & $replace($odata(filters.name), "'", "")`),
    '',
  ],
  'of a code that may be in no table': [request('"kind eq " & $decode("kinds", filters.kind)'), ''],
  'in a body': [
    '{ "method": "POST", "path": ["rpc"], "body": { "xml": "<name>" & name & "</name>" } }',
    'name',
  ],
  'in a segment of a path': ['{ "path": ["contacts(" & id & ")"] }', 'id'],
  'in a header': ['{ "path": ["people"], "headers": { "X-Query": "name=" & name } }', 'name'],
};

const sound: Readonly<Record<string, string>> = {
  'a quoted text': request('"name eq " & $odata(filters.name)'),
  'a quoted text with ~>': request('"name eq " & (filters.name ~> $odata)'),
  'a form with ~>': request('"id eq " & (filters.id ~> $odata("guid"))'),
  'quoted texts in a list': request('$join(names.("name eq " & $odata($)), " or ")'),
  'quoted texts by $map': request('"name in (" & $join($map(names, $odata), ",") & ")"'),
  'a quoted text in a variable': request(
    '$a ? "name eq " & $n',
    '$a := filters.name; $n := $a ? $odata($a);',
  ),
  'a function that quotes': request(
    '$eq("name", filters.name) & " and " & $eq("town", filters.town)',
    '$eq := function($field, $value) { $field & " eq " & $odata($value) };',
  ),
  'a code of a table': request('"kind eq " & $encode("kinds", filters.kind)'),
  'a code with a default': request('"kind eq " & $decode("kinds", filters.kind, "0")'),
  'numbers of a page': request('"SELECT Id FROM X WHERE a = 1 LIMIT " & limit & " OFFSET " & offset'),
  'a number': request('"n gt " & $number(x) & " and m lt " & (1 + y) & " or " & $string(12)'),
  'a setting': request('"owner eq " & $settings.owner'),
  'a moment in a literal format': request('"at >= " & $formatMoment(subject, "yyyyMMdd")'),
  wildcards: request('"*" & filters.name & "%"'),
  'a text for people': '{ "path": ["notes"], "body": { "TEXT": "Onderwerp: " & subject & "\\n" & text } }',
  'a text in quotes that is no request': `{ "NAME": "'" & name & "'" }`,
  'a comparison with a text': '{ "path": ["people"], "query": { "A": list[$ = "DOC " & x] ? "b" } }',
  'something that stands in itself': request(
    '"a" & $again(2)',
    '$again := function($n) { $n = 0 ? "" : "b" & $again($n - 1) };',
  ),
};

describe('check, of a value that is put into a query as it is', () => {
  for (const [what, [source, at]] of Object.entries(flagged)) {
    it(`finds one ${what}`, () => {
      const found = rawIn(source);
      expect(found).to.have.length(1);
      expect(found[0]).to.include(at);
    });
  }

  for (const [what, source] of Object.entries(sound)) {
    it(`has nothing against ${what}`, () => {
      expect(rawIn(source)).to.deep.equal([]);
    });
  }

  it('does not trust a code table that passes on what it does not have', () => {
    const source = request('"kind eq " & $encode("kinds", filters.kind)');
    expect(rawIn(source, ['kinds'])).to.have.length(1);
    expect(rawIn(source, ['others'])).to.deep.equal([]);
  });

  it('says nothing of any file of the demonstration', async () => {
    const folder = path.resolve(import.meta.dirname, '../../mappings/demo-crm');
    const files = (await readdir(folder)).filter((file) => file.endsWith('.jsonata'));
    expect(files).to.not.have.length(0);
    for (const file of files) {
      expect(
        rawTextsIn(parseExpression(file, await readFile(path.join(folder, file), 'utf8'))),
        file,
      ).to.deep.equal([]);
    }
  });

  it('tells the place, and what to write instead', async () => {
    const list = `{\n  "path": ["people"],\n  "query": { "$filter": "name eq '" & filters.achternaam & "'" }\n}`;
    const [mistake, ...others] = await mistakesIn({ ...soundSet, 'list.jsonata': list });
    expect(others).to.deep.equal([]);
    const line = list.split('\n')[2] ?? '';
    expect(mistake).to.include({ file: 'list.jsonata', line: 3, column: line.indexOf('.achternaam') + 2 });
    expect(mistake?.problem).to.include('put into a query as it is');
    expect(mistake?.expected).to.include('$odata');
  });
});

describe('check, of the format of a date or a time', () => {
  for (const [call, problem] of [
    ['$moment(subject, "HH:mm")', 'a format without a whole date'],
    ['$date(subject, "DD-MM-YYYY")', "a format with 'DD' in it"],
    ['$formatMoment(subject, "yyyy-MM-ddTHH:mm")', "a format with 'T' in it"],
    ['$formatDate(subject, "yyyy \'jaar")', 'a quote that is not closed'],
    ['$moment(subject, "yyyy-MM-dd", "Europe/Utrecht")', "there is no time zone 'Europe/Utrecht'"],
  ] as const) {
    it(`finds ${problem} in ${call}`, async () => {
      const [mistake, ...others] = await mistakesIn({ ...soundSet, 'to.jsonata': `{ "A": ${call} }` });
      expect(others).to.deep.equal([]);
      expect(mistake).to.include({ file: 'to.jsonata', line: 1, problem });
    });
  }

  it('has nothing against a sound one, nor against one that cannot be seen', async () => {
    const to =
      '{ "A": $date(subject, "dd-MM-yyyy"), "B": $moment(subject, $settings.format), "C": $formatDate(subject, "yy") }';
    expect(await mistakesIn({ ...soundSet, 'to.jsonata': to })).to.deep.equal([]);
  });
});

describe('check, of the zone and the unknown codes of a set', () => {
  it('finds a zone that there is not', async () => {
    const yaml = soundSet['mapping.yaml'].replace('codes:', 'zone: Europe/Utrecht\ncodes:');
    const [mistake, ...others] = await mistakesIn({ ...soundSet, 'mapping.yaml': yaml });
    expect(others).to.deep.equal([]);
    expect(mistake).to.include({ line: 3, path: 'zone', problem: "there is no time zone 'Europe/Utrecht'" });
  });

  it('finds a table that there is not, and what it should be', async () => {
    const yaml = soundSet['mapping.yaml'].replace('backends:', 'unknownCodes: { soorrt: refuse }\nbackends:');
    const [mistake, ...others] = await mistakesIn({ ...soundSet, 'mapping.yaml': yaml });
    expect(others).to.deep.equal([]);
    expect(mistake?.path).to.equal('unknownCodes.soorrt');
    expect(mistake?.problem).to.include("did you mean 'soort'?");
  });
});
