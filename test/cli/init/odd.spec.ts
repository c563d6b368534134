import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import type { Json, JsonObject } from '../../../src/json.ts';
import { factsOf, skeletonOf } from '../../../src/cli/init/skeleton.ts';
import { inside } from '../inside.ts';
import { type Made, made } from './made.ts';

/** A document of version 3 with a list of people, whose records are of this schema. */
function documentOf(record: JsonObject, further: JsonObject = {}): JsonObject {
  const ok = (schema: JsonObject): JsonObject => ({ 200: { content: { 'application/json': { schema } } } });
  return {
    openapi: '3.0.3',
    paths: {
      '/people': {
        get: { responses: ok({ type: 'array', items: record }) },
        post: { responses: ok(record) },
      },
      '/people/{id}': { get: { responses: ok(record) }, patch: { responses: ok(record) } },
    },
    ...further,
  };
}

async function holds({ code, error, checked }: Made, count = 6): Promise<void> {
  expect(code, error).to.equal(0);
  const { codes, check, test } = await checked();
  expect(codes, check + test).to.deep.equal([0, 0]);
  expect(test).to.contain(`${count} examples`);
}

describe('klantbrug init, on what is odd', function () {
  this.timeout(200_000);

  it('makes codes of a sex of the enum, through a reference, in 3.0 and in 3.1', async () => {
    const cases = [
      { enum: ['FEMALE', 'MALE', 'NOT_SAID'], line: 'geslacht: { FEMALE: v, MALE: m, NOT_SAID: o }' },
      { enum: ['w', 'm', 'd', null], line: 'geslacht: { w: v, m: m, d: o }' },
      { enum: [0, 1, 2, 9], line: 'geslacht: { "0": o, "1": m, "2": v, "9": o }' },
      { enum: ['blue', 'red'], line: 'geslacht: { M: m, V: v, O: o }' },
    ];
    for (const { line, ...schema } of cases) {
      const person = {
        allOf: [
          { type: 'object', properties: { id: { type: 'integer' } } },
          {
            type: 'object',
            properties: { surname: { type: 'string' }, about: { $ref: '#/components/schemas/About' } },
          },
        ],
      };
      const about = {
        type: 'object',
        properties: { gender: { oneOf: [{ type: 'null' }, schema as JsonObject] } },
      };
      const openapi = { ...documentOf(person), openapi: '3.1.0', components: { schemas: { About: about } } };
      await made({ openapi }, async (one) => {
        expect(one.mapping).to.contain(line);
        expect(one.fromCrm).to.contain('$decode("geslacht", about.gender)');
        await holds(one);
      });
    }
  });

  it('knows other names of a BSN, which is never an id, and of parts of an address', () =>
    made(
      {
        sample: {
          nationalId: 999990019,
          surname: 'Verzonnen',
          address: { street: 'Nergens', number: 7, letter: 'B', suffix: 'zw', zip: '9999ZZ', city: 'Utopia' },
        },
      },
      async (one) => {
        for (const line of [
          '"inpBsn": nationalId',
          '"huisnummer": address.number',
          '"huisletter": address.letter',
          '"huisnummertoevoeging": address.suffix',
        ])
          expect(one.fromCrm).to.contain(line);
        expect(one.mapping).to.contain('No field was recognised as an id');
        await holds(one, 7);
      },
    ));

  it('lives through schemas that are in themselves, and through ones that describe everything with everything', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `Thing${index}`);
    const all = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/schemas/${name}` }]));
    const schemas = Object.fromEntries(names.map((name) => [name, { type: 'object', properties: all }]));
    const properties = { id: { type: 'integer' }, lastName: { type: 'string' }, ...all };
    const self = {
      type: 'object',
      properties: { ...properties, boss: { $ref: '#/components/schemas/Person' } },
    };
    const loop = { $ref: '#/components/schemas/Loop' };
    const components = { schemas: { ...schemas, Loop: loop, Person: self } };
    const openapi = documentOf({ allOf: [{ $ref: '#/components/schemas/Person' }, loop] }, { components });
    await made({ openapi }, async (one) => {
      expect(one.fromCrm).to.contain('"achternaam": lastName');
      await holds(one);
    });
  });

  it('takes a document without components, in YAML, with a byte order mark', () => {
    const properties = {
      id: { type: 'string', format: 'uuid', nullable: true },
      familyName: { type: 'string' },
    };
    const openapi = `\uFEFF${JSON.stringify(documentOf({ type: 'object', properties }), undefined, 2)}`;
    return made({ openapi }, (one) => holds(one));
  });

  it('takes the records from the document when the sample is an empty list', () => {
    const properties = { id: { type: 'integer' }, familyName: { type: 'string' } };
    return made({ openapi: documentOf({ type: 'object', properties }), sample: [] }, (one) => {
      expect(one.fromCrm).to.contain('"achternaam": familyName').and.contain('in the OpenAPI document');
      return holds(one);
    });
  });

  it('has a whole list where the description tells of pages and of no count', async () => {
    for (const [at, line] of [
      ['skip', 'by: offset'],
      ['page', 'by: page'],
      ['cursor', 'by: cursor'],
    ]) {
      const document = documentOf({ type: 'object', properties: { id: { type: 'integer' }, lastName: {} } });
      const parameters = [{ name: at ?? '', in: 'query', schema: { type: 'integer' } }];
      const paths = document.paths as Record<string, { get: JsonObject }>;
      const get = { ...paths['/people']?.get, parameters };
      await made({ openapi: { ...document, paths: { ...paths, '/people': { get } } } }, async (one) => {
        expect(one.mapping).to.contain(line);
        expect(one.files.get('mappings/ours/examples/klant.list.one.yaml')).to.contain('count: 1');
        await holds(one, 5);
      });
    }
  });

  it('says that there is no record in a sample, and makes nothing', async () => {
    for (const sample of [{}, [], [[]], 'text', 7, null, { items: [] }, { data: {} }] as Json[]) {
      await made({ sample }, ({ code, error, files }) => {
        expect({ code, files: files.size }, JSON.stringify(sample)).to.deep.equal({ code: 1, files: 0 });
        expect(error).to.match(
          /given\.sample\.json: there is no record in it; expected a record with fields, or a list/,
        );
        expect(error).to.contain('Nothing was made.');
        return Promise.resolve();
      });
    }
  });

  it('says what is wrong with a file that is too large, is none, or holds something else', () =>
    made({}, async ({ folder }) => {
      const file = (name: string): string => path.join(folder, name);
      await writeFile(file('large.json'), '[');
      await truncate(file('large.json'), 60_000_000);
      await writeFile(file('text.json'), 'Geheim');
      await writeFile(file('wrong.yaml'), 'openapi: 3.0.0\npaths: [');
      const cases = [
        [
          ['--sample', file('large.json')],
          'expected an answer of the CRM, as JSON, of at most 20 MB, found a file of 60 MB',
        ],
        [['--from-openapi', file('large.json')], 'of at most 20 MB, found a file of 60 MB'],
        [['--sample', file('gone.json')], 'found error ENOENT'],
        [['--sample', folder], 'found error EISDIR'],
        [
          ['--from-openapi', file('text.json')],
          'expected an OpenAPI document of version 3, with `openapi` and `paths`, in JSON or YAML, found something else',
        ],
        [['--from-openapi', file('wrong.yaml')], 'wrong.yaml:2:'],
      ] as const;
      for (const [options, said] of cases) {
        const { code, error } = await inside(['init', 'other', '--folder', folder, ...options]);
        expect(code, error).to.equal(1);
        expect(error).to.contain(said).and.contain('Nothing was made.').and.not.contain('Geheim');
      }
    }));

  it('leaves out the examples that its own set fails at, and says which and why', async () => {
    const facts = factsOf('ours', {
      sample: [{ id: 7, surname: 'Verzonnen', birthdate: '1980-01-01T00:00:00Z' }],
      openapi: undefined,
    });
    if (typeof facts === 'string') throw new Error(facts);
    const fields = facts.fields.map((field) =>
      field.notation === 'with-time' ? { ...field, madeUp: 1980 } : field,
    );
    const { files, leftOut } = await skeletonOf({ ...facts, fields });
    expect([...leftOut.keys()]).to.deep.equal([
      'examples/klant.read.one.yaml',
      'examples/klant.list.one.yaml',
      'examples/klant.partial_update.one-field.yaml',
      'examples/klant.delete.done.yaml',
    ]);
    for (const [name, why] of leftOut) {
      expect(why).to.match(
        /^the set itself answers 502 bad_gateway \(klant\.from-crm\.jsonata:\d+:\d+, T0410\)$/,
      );
      expect([...files.keys()]).not.to.include(name);
    }
  });
});
