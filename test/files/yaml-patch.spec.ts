import { expect } from 'chai';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { patchYaml } from '../../src/files/yaml-patch.ts';
import { isObject, type Json, type JsonObject } from '../../src/json.ts';

const example = `# Why this file is here
about: A search that finds nobody.   # in one sentence
filters: { emailadres: niemand@example.nl, page: 1 }

exchanges:
  # The first one
  - request: { method: GET, path: /relaties, query: { VANAF: 0, AANTAL: 50, EMAIL: niemand@example.nl } } # long
    answer: { status: 200 }
  # The second one
  - request:
      method: POST
      path: /relaties # where
      body:
        TEL: '0612345678'
        # about the name
        ANAAM: "O'Brien"
    answer: { status: 201 }
result:
  # what is set
  achternaam: Jansen
  adres: { huisnummer: 7 }
`;

describe('changing a YAML file', () => {
  function patched(change: (value: JsonObject) => void): string {
    const value = parse(example) as JsonObject;
    change(value);
    const text = patchYaml(example, value);
    expect(parse(text)).to.deep.equal(value);
    return text;
  }
  const section = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
  const exchanges = (value: JsonObject) => value.exchanges as JsonObject[];

  it('leaves a file that says so already as it is', () => {
    expect(patched(() => undefined)).to.equal(example);
  });

  for (const [what, change, piece, instead] of [
    [
      'a value inside brackets',
      (value: JsonObject) => (section(section(section(exchanges(value)[0]).request).query).EMAIL = 'a, b'),
      'EMAIL: niemand@example.nl',
      "EMAIL: 'a, b'",
    ],
    [
      'a key that goes, and the comment behind it',
      (value: JsonObject) => delete section(section(exchanges(value)[1]).request).path,
      '      path: /relaties # where\n',
      '',
    ],
    [
      'a key that comes',
      (value: JsonObject) => (section(section(section(exchanges(value)[1]).request).body).VNAAM = 'Jan'),
      `ANAAM: "O'Brien"\n`,
      `ANAAM: "O'Brien"\n        VNAAM: Jan\n`,
    ],
    [
      'an item that goes, while the next one keeps its comments',
      (value: JsonObject) => (value.exchanges = exchanges(value).slice(1)),
      example.slice(example.indexOf('  - request: { method'), example.indexOf('  # The second')),
      '',
    ],
    [
      'a section that becomes another, on one line where it fits',
      (value: JsonObject) => (value.result = { naam: 'x' }),
      /result:[^]*$/.exec(example)?.[0] ?? '',
      'result: { naam: x }\n',
    ],
  ] as const) {
    it(`writes only ${what}`, () => {
      expect(example).to.include(piece);
      expect(patched(change)).to.equal(example.replace(piece, () => instead));
    });
  }

  it('makes any value of any other, in every layout', () => {
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.oneof(
          fc.constantFrom<Json>(
            null,
            true,
            0,
            12,
            '',
            'a',
            '012',
            'x: y',
            '- z',
            "O'Brien",
            '# no',
            'é\n b\n',
            '~',
            'null',
            'a, b]',
          ),
          fc.string(),
          fc.integer(),
        ),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd e', 'x:', '1', '-'), tie('value'), { maxKeys: 4 }),
      ),
    }));
    const top = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), value, { minKeys: 1, maxKeys: 4 });
    const layout = fc.record({
      collectionStyle: fc.constantFrom('any', 'block', 'flow'),
      lineWidth: fc.constantFrom(0, 20, 80),
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
    });
    fc.assert(
      fc.property(top, top, layout, (before, after, options) => {
        const text = stringify(before, options);
        const result = parse(patchYaml(text, plain(after))) as unknown;
        expect(result).to.deep.equal(plain(after));
      }),
      { numRuns: 1500 },
    );
  });
});

/** Without what JSON has no word for: a zero below zero. */
function plain(value: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
