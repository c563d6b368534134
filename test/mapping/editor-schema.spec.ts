import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import type { TSchema } from 'typebox';
import { Check, Errors } from 'typebox/value';
import { exampleSchemaJson } from '../../src/examples/editor-schema.ts';
import { readYaml } from '../../src/files/yaml-file.ts';
import type { JsonObject } from '../../src/json.ts';
import { mappingSchemaJson, unexplainedKeys } from '../../src/mapping/editor-schema.ts';
import { mappedResources } from '../../src/resources/index.ts';

const schema = JSON.parse(mappingSchemaJson(mappedResources)) as TSchema;
const exampleSchema = JSON.parse(exampleSchemaJson(mappedResources)) as TSchema;
const folder = path.resolve(import.meta.dirname, '../../mappings/demo-crm');

/** A klant, as far as a mapping.yaml has to say it; with changes. */
function klantWith(list: JsonObject, further: JsonObject = {}): JsonObject {
  return {
    klantbrug: 1,
    title: 'A set',
    resources: {
      klant: {
        backend: 'crm',
        id: { field: 'NR', form: 'integer' },
        record: { from: 'from.jsonata' },
        read: { request: 'read.jsonata' },
        list: { request: 'list.jsonata', records: 'ITEMS', paging: { by: 'none' }, ...list },
        ...further,
      },
    },
  };
}

describe('the JSON Schema of mapping.yaml', () => {
  it('takes the set of the demonstration as it is written', async () => {
    const { value } = await readYaml(path.join(folder, 'mapping.yaml'));
    expect(Errors(schema, value)).to.deep.equal([]);
  });

  it("knows a resource's own filters, fields, derived links and parts, and no others", () => {
    for (const right of [
      klantWith({}),
      klantWith({ filters: { achternaam: 'narrows' } }),
      klantWith({}, { deviations: { 'subjectIdentificatie.inpBsn': 'blank' } }),
    ]) {
      expect(Errors(schema, right), JSON.stringify(right)).to.deep.equal([]);
    }
    for (const wrong of [
      klantWith({ filters: { achternam: 'narrows' } }),
      klantWith({ filters: { achternaam: 'narrow' } }),
      klantWith({ filters: { identificatie: 'narrows' } }),
      klantWith({}, { deviations: { inpBsn: 'blank' } }),
      klantWith({}, { inverse: { volgendContactmoment: { by: 'search' } } }),
      klantWith({}, { creat: [{ request: 'create.jsonata', id: 'NR' }] }),
      klantWith({}, { create: [{ reqest: 'create.jsonata', id: 'NR' }] }),
      { ...klantWith({}), resources: { klantt: klantWith({}) } },
    ]) {
      expect(Check(schema, wrong), JSON.stringify(wrong)).to.equal(false);
    }
    const [klant] = Object.values(klantWith({}).resources as JsonObject);
    const inParts = (name: string) => ({ ...klantWith({}), resources: { [name]: klant ?? null } });
    expect(Check(schema, inParts('klant.persoon'))).to.equal(true);
    expect(Check(schema, inParts('klantt.persoon'))).to.equal(false);
  });

  it('says of every key what it is for', () => {
    expect(unexplainedKeys(), 'say it in src/mapping/key-meanings.ts, or as a `description`').to.deep.equal(
      [],
    );
  });

  it('has a companion that takes every example of the demonstration, and no operation that there is not', async () => {
    const examples = path.join(folder, 'examples');
    for (const name of await readdir(examples)) {
      const { value } = await readYaml(path.join(examples, name));
      expect(Errors(exampleSchema, value), name).to.deep.equal([]);
    }
    const example = { about: 'x', operation: 'klant.list', exchanges: [], result: {} };
    expect(Check(exampleSchema, example)).to.equal(true);
    expect(Check(exampleSchema, { ...example, operation: 'klant.lst' })).to.equal(false);
  });
});
