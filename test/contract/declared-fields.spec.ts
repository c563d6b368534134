import { expect } from 'chai';
import { type Field, type Fields, inside, snakeCase, suppliedValue } from '../../src/contract/field.ts';
import type { Schema } from '../../src/contract/schema.ts';
import type { Json } from '../../src/json.ts';
import type { Complaint } from '../../src/problem.ts';
import { klant } from '../../src/resources/klant.ts';
import { identificationLimits, plainLimits } from '../klant/limits.ts';
import { subjectTypes } from '../klant/samples.ts';

/** Whether any text will do. Those with a form of their own are in test/klant/special-fields.spec.ts. */
function isPlain({ format, pattern, maxLength }: Schema): boolean {
  return format === undefined && pattern === undefined && maxLength !== 9;
}

/** Every field with its dotted path, nested ones included. */
function declared(fields: Fields, prefix = ''): [string, Field][] {
  return Object.entries(fields).flatMap(([name, field]): [string, Field][] => {
    const path = inside(prefix, name);
    return [[path, field], ...(field.fields ? declared(field.fields, path) : [])];
  });
}

const all = new Map([...klant.shapes.values()].flatMap((fields) => declared(fields)));

function codesOf(field: Field, value: Json): string[] {
  const complaints: Complaint[] = [];
  field.read(value, { name: 'x', complaints });
  return complaints.map(({ code }) => code);
}

describe('the declared fields of a klant', () => {
  for (const [path, field] of all) {
    const { maxLength } = field.schema;
    if (maxLength === undefined || field.readOnly) continue;
    const plain = isPlain(field.schema);

    it(`${path} takes ${maxLength} characters${plain ? '' : ' of its form'} and no more`, () => {
      expect(codesOf(field, 'x'.repeat(maxLength + 1))).to.include('max_length');
      expect(codesOf(field, 'x'.repeat(maxLength))).not.to.include('max_length');
      if (plain) expect(codesOf(field, '🌷'.repeat(maxLength))).to.deep.equal([]);
    });

    it(`${path} refuses null, booleans, lists and objects`, () => {
      expect(codesOf(field, null)).to.deep.equal(['null']);
      for (const value of [true, false, [], {}]) expect(codesOf(field, value)).to.deep.equal(['invalid']);
    });

    it(`${path} ${field.required ? 'refuses' : 'takes'} a blank`, () => {
      expect(codesOf(field, ' ')).to.deep.equal(field.required ? ['blank'] : []);
    });
  }

  it('have their limits in the tables of the specs, which are typed over from the standard', () => {
    const tabled: Record<string, number> = { ...plainLimits };
    for (const type of subjectTypes)
      for (const [path, limit] of Object.entries(identificationLimits[type]))
        tabled[`subjectIdentificatie.${path}`] = limit;
    const plain = [...all].filter(([, { schema }]) => schema.maxLength !== undefined && isPlain(schema));
    expect(Object.fromEntries(plain.map(([path, { schema }]) => [path, schema.maxLength]))).to.deep.equal(
      tabled,
    );
  });

  it('differ in snake_case as well', () => {
    for (const fields of klant.shapes.values())
      for (const nested of [fields, ...declared(fields).map(([, field]) => field.fields ?? {})]) {
        const names = Object.keys(nested).map(snakeCase);
        expect(new Set(names)).to.have.length(names.length);
      }
  });
});

describe('names in snake_case', () => {
  for (const [name, snake] of [
    ['url', 'url'],
    ['websiteUrl', 'website_url'],
    ['inpANummer', 'inp_a_nummer'],
    ['innNnpId', 'inn_nnp_id'],
    ['subAdresBuitenland1', 'sub_adres_buitenland_1'],
    ['aoaHuisnummertoevoeging', 'aoa_huisnummertoevoeging'],
  ] as const) {
    it(`${name} is ${snake}`, () => {
      expect(snakeCase(name)).to.equal(snake);
      expect(suppliedValue({ [snake]: 1 }, name)).to.equal(1);
    });
  }

  it('give way to the JSON name when both are there', () => {
    expect(suppliedValue({ website_url: 1, websiteUrl: 2 }, 'websiteUrl')).to.equal(2);
    expect(suppliedValue({ website_url: 1, websiteUrl: null }, 'websiteUrl')).to.equal(null);
  });

  it('are no properties that every object has', () => {
    expect(suppliedValue({}, 'constructor')).to.equal(undefined);
    expect(suppliedValue({}, 'toString')).to.equal(undefined);
  });
});
