import { expect } from 'chai';
import type { JsonObject } from '../../../src/json.ts';
import { made } from './made.ts';

const person = {
  type: 'object',
  properties: {
    personId: { type: 'string', format: 'uuid' },
    givenName: { type: 'string' },
    familyName: { type: 'string' },
    emailAddress: { type: 'string', format: 'email' },
    dateOfBirth: { type: 'string', format: 'date' },
    home: { $ref: '#/components/schemas/Address' },
  },
};

/** The document of a CRM with people, and with something else. */
function documentWith(changes: {
  readonly scheme?: JsonObject;
  readonly parameters?: JsonObject[];
}): JsonObject {
  const json = (schema: JsonObject): JsonObject => ({
    200: { description: 'ok', content: { 'application/json': { schema } } },
  });
  const item = { $ref: '#/components/schemas/Person' };
  return {
    openapi: '3.1.0',
    info: { title: 'Ours', version: '1' },
    servers: [{ url: 'https://ours.example/{stage}/', variables: { stage: { default: 'v2' } } }],
    security: [{ ours: [] }],
    paths: {
      '/invoices': { get: { responses: json({ type: 'array', items: { type: 'object' } }) } },
      '/invoices/{id}': { get: { responses: json({ type: 'object' }) } },
      '/persons': {
        get: {
          parameters: changes.parameters ?? [
            { name: 'page', in: 'query', schema: { type: 'integer', default: 0 } },
            { name: 'pageSize', in: 'query', schema: { type: 'integer', maximum: 25 } },
            { name: 'familyName', in: 'query', schema: { type: 'string' } },
            { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
          ],
          responses: json({
            type: 'object',
            properties: { results: { type: 'array', items: item }, totalCount: { type: 'integer' } },
          }),
        },
        post: {
          responses: { 201: { description: 'made', content: { 'application/json': { schema: item } } } },
        },
      },
      '/persons/{personId}': {
        get: { responses: json({ type: 'object', properties: { person: item } }) },
        put: { responses: json(item) },
        delete: { responses: { 204: { description: 'gone' } } },
      },
    },
    components: {
      securitySchemes: { ours: changes.scheme ?? { type: 'apiKey', in: 'header', name: 'X-Ours' } },
      schemas: {
        Person: person,
        Address: { type: 'object', properties: { street: { type: 'string' }, zipCode: { type: 'string' } } },
      },
    },
  };
}

describe('klantbrug init --from-openapi', function () {
  this.timeout(200_000);

  it('finds the people, their pages, searches, writes and credentials', () =>
    made({ openapi: documentWith({}) }, async ({ code, error, config, mapping, fromCrm, files, checked }) => {
      expect(code, error).to.equal(0);
      expect(config).to.contain('baseUrl: "https://ours.example/v2"');
      expect(config).to.contain('header: { name: "X-Ours", value: "${OURS_KEY}" }');
      for (const line of [
        'id: { field: personId, form: uuid }',
        'record: person\n',
        'records: results\n',
        'total: totalCount\n',
        'paging: { by: page, size: 25 }',
        'achternaam: narrows',
        'create: [{ request: klant.create.jsonata, id: personId }]',
        'update: [{ request: klant.update.jsonata }]',
        'delete: [{ request: klant.delete.jsonata }]',
      ]) {
        expect(mapping).to.contain(line);
      }
      expect(fromCrm).to.contain('"straatnaam": home.street').and.contain('"geboortedatum": dateOfBirth');
      const list = files.get('mappings/ours/klant.list.jsonata');
      expect(list).to.contain('"page": page - 1').and.contain('"pageSize": limit');
      expect(list).to.contain('"familyName": filters.achternaam').and.not.contain('X-Trace');
      expect(files.get('mappings/ours/klant.update.jsonata')).to.contain('"PUT"').and.contain('$merge(');
      const { codes, check, test } = await checked();
      expect(codes, check + test).to.deep.equal([0, 0]);
      expect(test).to.match(/^7 examples of The CRM ours: all hold\n$/);
    }));

  it('knows the ways of paging, and the schemes of security that the configuration knows', async () => {
    const parameter = (name: string): JsonObject => ({ name, in: 'query', schema: { type: 'integer' } });
    const cases = [
      {
        scheme: { type: 'http', scheme: 'bearer' },
        parameters: [parameter('skip'), parameter('take')],
        config: 'bearer: { token: "${OURS_TOKEN}" }',
        mapping: 'by: offset, size: 100',
      },
      {
        scheme: { type: 'http', scheme: 'basic' },
        parameters: [parameter('cursor')],
        config: 'basic: { user: "klantbrug", password: "${OURS_PASSWORD}" }',
        mapping: 'by: cursor, size: 100, next: next',
      },
      {
        scheme: { type: 'apiKey', in: 'query', name: 'key' },
        parameters: [],
        config: 'query: { name: "key", value: "${OURS_KEY}" }',
        mapping: 'by: none',
      },
      {
        scheme: {
          type: 'oauth2',
          flows: {
            clientCredentials: { tokenUrl: 'https://login.example/token', scopes: { 'crm.read': '' } },
          },
        },
        parameters: [parameter('pageNumber')],
        config: 'clientSecret: "${OURS_SECRET}", scope: "crm.read"',
        mapping: 'by: page',
      },
    ];
    for (const one of cases) {
      await made({ openapi: documentWith(one) }, async ({ config, mapping, checked }) => {
        expect(config).to.contain(one.config);
        expect(mapping).to.contain(one.mapping);
        const { codes, check, test } = await checked();
        expect(codes, check + test).to.deep.equal([0, 0]);
      });
    }
  });

  it('takes YAML, and lets a sample say what the records really look like', () => {
    const yaml = JSON.stringify(documentWith({}), undefined, 2);
    const sample = { results: [{ personId: 12, achternaam: 'Verzonnen' }], totalCount: 1 };
    return made({ openapi: yaml, sample }, async ({ mapping, fromCrm, config, checked }) => {
      expect(mapping).to.contain('id: { field: personId, form: integer }').and.contain('by: page');
      expect(fromCrm).to.contain('"achternaam": achternaam');
      expect(config).to.contain('https://ours.example/v2');
      expect((await checked()).codes).to.deep.equal([0, 0]);
    });
  });

  it('says so when there are no people in it, or it is no such document, and makes nothing', async () => {
    const nobody = { openapi: '3.0.3', paths: { '/invoices': { get: { responses: {} } } } };
    await made({ openapi: nobody }, ({ code, error, files }) => {
      expect(code).to.equal(1);
      expect(error).to.contain('nothing there looks like a list of people').and.contain('Nothing was made.');
      expect(files.size).to.equal(0);
      return Promise.resolve();
    });
    await made({ openapi: { swagger: '2.0', paths: {} } }, ({ code, error }) => {
      expect(code).to.equal(1);
      expect(error).to.contain('an OpenAPI document of version 3');
      return Promise.resolve();
    });
  });
});
