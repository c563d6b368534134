import { expect } from 'chai';
import { parse } from 'yaml';
import { openApiDocument, openApiYaml, type OpenApiOptions } from '../../src/api/openapi/index.ts';
import { nested } from '../../src/contract/field.ts';
import { crudScopes, defineResource, type Operation, operations } from '../../src/contract/resource.ts';
import { text } from '../../src/contract/text.ts';
import { isObject, type Json, type JsonObject } from '../../src/json.ts';
import { klant } from '../../src/resources/klant.ts';

function documentOf(options: Partial<OpenApiOptions> = {}): JsonObject {
  return openApiDocument({
    title: 'Klanten API',
    description: 'Een API om klanten te benaderen.',
    version: '1.0.0',
    serverUrl: 'https://voorbeeld.test/klanten/api/v1',
    resources: [klant],
    supports: () => true,
    ...options,
  });
}

/** The value at a path of names; fails the test where there is none. */
function at(value: Json, ...names: string[]): Json {
  return names.reduce<Json>((here, name) => {
    const next = isObject(here) ? here[name] : Array.isArray(here) ? here[Number(name)] : undefined;
    if (next === undefined) throw new Error(`nothing at ${names.join(' > ')}: ${name} is missing`);
    return next;
  }, value);
}

/** Every object in a value, itself included. */
function objectsIn(value: Json): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}

function operationsIn(document: JsonObject): JsonObject[] {
  return objectsIn(at(document, 'paths')).filter((value) => 'operationId' in value);
}

function keysAt(value: Json, ...names: string[]): string[] {
  const found = at(value, ...names);
  return isObject(found) ? Object.keys(found) : [];
}

function schema(...names: string[]): Json {
  return at(documentOf(), 'components', 'schemas', ...names);
}

/** A resource with one text in a nested object: just enough to be exposed. */
function smallResource(name: string, limit: number) {
  return defineResource({
    api: 'klanten',
    name,
    plural: `${name}en`,
    schemaName: name,
    description: '',
    operations: ['list', 'read'],
    scopes: crudScopes('klanten'),
    fields: { plek: nested('Plek', { naam: text({ max: limit }) }) },
    filters: {},
    rules: [],
    personalKeys: [],
  });
}

describe('the OpenAPI document', () => {
  describe('as a whole', () => {
    it('says what it is told about the API', () => {
      const document = documentOf();
      expect(document.openapi).to.equal('3.0.0');
      expect(document.info).to.deep.equal({
        title: 'Klanten API',
        description: 'Een API om klanten te benaderen.',
        version: '1.0.0',
      });
      expect(document.servers).to.deep.equal([{ url: 'https://voorbeeld.test/klanten/api/v1' }]);
    });

    it('points only at what is there', () => {
      const document = documentOf();
      const references = objectsIn(document).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
      expect(references).to.include('#/components/schemas/Klant');
      for (const reference of references) {
        const [root, ...names] = reference.split('/');
        expect(root, reference).to.equal('#');
        expect(at(document, ...names)).to.be.an('object');
      }
    });

    it('has no key that could reach a prototype', () => {
      for (const value of objectsIn(documentOf())) {
        expect(Object.keys(value)).not.to.include('__proto__').and.not.include('constructor');
        expect(Object.getPrototypeOf(value)).to.equal(Object.prototype);
      }
    });

    it('is the same document as YAML', () => {
      const document = documentOf();
      const yaml = openApiYaml(document);
      expect(parse(yaml)).to.deep.equal(document);
      expect(yaml).not.to.match(/[:-] [&*]\w/);
    });

    it('leaves the declaration as it was', () => {
      documentOf();
      expect(Object.isFrozen(klant.fields.bronorganisatie?.schema)).to.equal(false);
    });
  });

  describe('operations', () => {
    it('are those of the declaration, at their paths', () => {
      const document = documentOf();
      const ids = Object.fromEntries(
        ['/klanten', '/klanten/{uuid}'].flatMap((path) =>
          keysAt(document, 'paths', path)
            .filter((method) => method !== 'parameters')
            .map((method) => [`${method} ${path}`, at(document, 'paths', path, method, 'operationId')]),
        ),
      );
      expect(ids).to.deep.equal({
        'get /klanten': 'klant_list',
        'post /klanten': 'klant_create',
        'get /klanten/{uuid}': 'klant_read',
        'put /klanten/{uuid}': 'klant_update',
        'patch /klanten/{uuid}': 'klant_partial_update',
        'delete /klanten/{uuid}': 'klant_delete',
      });
    });

    it('each ask for their scope', () => {
      const scopes = Object.fromEntries(
        operationsIn(documentOf()).map((operation) => {
          const id = at(operation, 'operationId') as string;
          return [id, at(operation, 'security', '0', 'JWT-Claims')] as const;
        }),
      );
      expect(scopes).to.deep.equal({
        klant_list: ['klanten.lezen'],
        klant_create: ['klanten.aanmaken'],
        klant_read: ['klanten.lezen'],
        klant_update: ['klanten.bijwerken'],
        klant_partial_update: ['klanten.bijwerken'],
        klant_delete: ['klanten.verwijderen'],
        audittrail_list: ['audittrails.lezen'],
        audittrail_read: ['audittrails.lezen'],
      });
    });

    for (const absent of operations) {
      it(`without ${absent} are the other five`, () => {
        const document = documentOf({
          supports: ({ name }, operation) => name === 'klant' && operation !== absent,
        });
        const ids = operationsIn(document).map(({ operationId }) => operationId);
        expect(ids).to.have.length(5).and.not.include(`klant_${absent}`);
      });
    }

    it('that are all unsupported take their path, tag and schemas along', () => {
      const onlyItems = documentOf({ supports: (_, operation) => !['list', 'create'].includes(operation) });
      expect(keysAt(onlyItems, 'paths')).to.deep.equal(['/klanten/{uuid}']);
      const nothing = documentOf({ supports: () => false });
      expect(nothing.paths).to.deep.equal({});
      expect(nothing.tags).to.deep.equal([]);
      expect(keysAt(nothing, 'components', 'schemas')).to.have.members([
        'Fout',
        'FieldValidationError',
        'ValidatieFout',
      ]);
    });

    it('offer no body to a deployment that only reads', () => {
      const readable: Operation[] = ['list', 'read'];
      const document = documentOf({ supports: (_, operation) => readable.includes(operation) });
      expect(at(document, 'components', 'requestBodies')).to.deep.equal({});
    });
  });

  describe('parameters', () => {
    function parameterNames(path: string, method: string): Json[] {
      return objectsIn(at(documentOf(), 'paths', path, method, 'parameters')).flatMap(
        ({ name, in: place }) => (name === undefined || place === undefined ? [] : [name]),
      );
    }

    it('of a list are its filters in the spelling of the standard, then the page', () => {
      const names = parameterNames('/klanten', 'get');
      expect(names).to.have.length(20);
      expect(names[0]).to.equal('bronorganisatie');
      expect(names).to.include('adres__woonplaatsNaam');
      expect(names).to.include('subjectNatuurlijkPersoon__inpA_nummer');
      expect(names.at(-1)).to.equal('page');
    });

    it('of the others are headers', () => {
      const audit = ['X-NLX-Logrecord-ID', 'X-Audit-Toelichting'];
      expect(parameterNames('/klanten/{uuid}', 'get')).to.deep.equal(['If-None-Match']);
      expect(parameterNames('/klanten/{uuid}', 'patch')).to.deep.equal(['Content-Type', ...audit]);
      expect(parameterNames('/klanten/{uuid}', 'delete')).to.deep.equal(audit);
    });

    it('have a description beside their schema', () => {
      const [first] = objectsIn(at(documentOf(), 'paths', '/klanten', 'get', 'parameters'));
      expect(first).to.deep.equal({
        name: 'bronorganisatie',
        in: 'query',
        description: 'Het RSIN van de organisatie die de klant vastlegde.',
        required: false,
        schema: { type: 'string' },
      });
    });
  });

  describe('responses', () => {
    function statuses(path: string, method: string): string[] {
      return keysAt(documentOf(), 'paths', path, method, 'responses');
    }

    it('tell of the version of the API, faults included', () => {
      const responses = objectsIn(documentOf()).filter(
        (value) => typeof value.description === 'string' && isObject(value.headers),
      );
      expect(responses).to.have.length(25);
      for (const { headers } of responses) expect(headers).to.have.property('API-version');
    });

    it('have the headers that go with them', () => {
      const document = documentOf();
      const answer = (path: string, method: string, status: string) =>
        keysAt(document, 'paths', path, method, 'responses', status, 'headers');
      expect(answer('/klanten', 'post', '201')).to.include('Location');
      expect(answer('/klanten/{uuid}', 'get', '200')).to.include('ETag');
      expect(answer('/klanten/{uuid}', 'get', '304')).to.include('ETag');
      expect(answer('/klanten', 'get', '200')).not.to.include('ETag');
      expect(keysAt(document, 'components', 'responses', '503', 'headers')).to.include('Retry-After');
    });

    it('are those that the operation can give', () => {
      expect(statuses('/klanten', 'get')).to.include('400').and.not.include('404');
      expect(statuses('/klanten', 'post')).to.include.members(['201', '400', '413']).and.not.include('404');
      expect(statuses('/klanten/{uuid}', 'get')).to.include.members(['304', '404']).and.not.include('400');
      expect(statuses('/klanten/{uuid}', 'delete')).to.include('204').and.not.include('413');
    });

    it('tell of the system behind the gateway everywhere', () => {
      for (const { responses } of operationsIn(documentOf())) {
        expect(responses).to.include.keys('501', '502', '503', '504');
      }
    });
  });

  describe('schemas', () => {
    it('require of a klant what the contract requires', () => {
      expect(schema('Klant', 'required')).to.deep.equal(['bronorganisatie', 'websiteUrl']);
    });

    it('have the limits of the contract', () => {
      expect(schema('Klant', 'properties', 'bronorganisatie')).to.include({ minLength: 1, maxLength: 9 });
      expect(schema('Klant', 'properties', 'klantnummer')).to.include({ maxLength: 8 });
      expect(schema('Klant', 'properties', 'url')).to.include({ readOnly: true, format: 'uri' });
      expect(schema('Klant', 'properties', 'emailadres')).to.include({ format: 'email', maxLength: 254 });
      expect(schema('KlantAdres', 'properties', 'huisnummer')).to.include({
        type: 'integer',
        minimum: 0,
        maximum: 99999,
        nullable: true,
      });
      expect(schema('NatuurlijkPersoon', 'properties', 'inpANummer', 'pattern')).to.equal('^[1-9][0-9]{9}$');
      expect(schema('VerblijfsAdres', 'required')).to.deep.equal([
        'aoaIdentificatie',
        'gorOpenbareRuimteNaam',
      ]);
    });

    it('list the words of a choice', () => {
      expect(schema('Klant', 'properties', 'subjectType')).to.deep.include({
        enum: ['natuurlijk_persoon', 'niet_natuurlijk_persoon', 'vestiging'],
        nullable: true,
      });
      expect(schema('NietNatuurlijkPersoon', 'properties', 'innRechtsvorm', 'enum'))
        .to.have.length(19)
        .and.include('stichting');
    });

    it('have nested objects by name', () => {
      expect(schema('Klant', 'properties', 'adres')).to.deep.equal({
        $ref: '#/components/schemas/KlantAdres',
      });
      expect(schema('KlantAdres')).to.include({ type: 'object', nullable: true });
      expect(schema('Vestiging', 'properties', 'verblijfsadres')).to.deep.equal({
        $ref: '#/components/schemas/VerblijfsAdres',
      });
    });

    it('combine each subject type with the klant', () => {
      expect(schema('Klant', 'discriminator')).to.deep.equal({ propertyName: 'subjectType' });
      expect(schema('Klant', 'properties')).not.to.have.property('subjectIdentificatie');
      expect(schema('natuurlijk_persoon', 'allOf')).to.deep.equal([
        { $ref: '#/components/schemas/Klant' },
        { $ref: '#/components/schemas/subject_identificatie_NatuurlijkPersoon' },
      ]);
      expect(schema('subject_identificatie_NatuurlijkPersoon', 'properties')).to.deep.equal({
        subjectIdentificatie: { $ref: '#/components/schemas/NatuurlijkPersoon' },
      });
    });

    it('envelop a list', () => {
      const page = at(documentOf(), 'paths', '/klanten', 'get', 'responses', '200', 'content');
      expect(keysAt(page, 'application/json', 'schema', 'properties')).to.deep.equal([
        'count',
        'next',
        'previous',
        'results',
      ]);
    });

    it('can be shared by resources under one name, but not differ under it', () => {
      const first = smallResource('plaats', 10);
      const shared = documentOf({ resources: [first, smallResource('oord', 10)] });
      expect(keysAt(shared, 'components', 'schemas')).to.include.members(['plaats', 'oord', 'Plek']);
      expect(() => documentOf({ resources: [first, smallResource('oord', 11)] })).to.throw('Plek');
    });
  });
});
