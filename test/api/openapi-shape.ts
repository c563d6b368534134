import type { JsonObject } from '../../src/json.ts';

/**
 * The shapes of OpenAPI 3.0, as a JSON Schema: the fields that its specification names, and no others. Of what our
 * documents have no use for (callbacks, links, other kinds of security) there is nothing, so that it is refused.
 */
export const openApiShape: JsonObject = {
  ...closed(['openapi', 'info', 'paths'], {
    openapi: { type: 'string', pattern: '^3\\.0\\.[0-9]+$' },
    info: closed(['title', 'version'], { title: text(), description: text(), version: text() }),
    servers: listOf(closed(['url'], { url: text(), description: text() })),
    security: listOf(shape('security')),
    tags: listOf(closed(['name'], { name: text(), description: text() })),
    paths: mapOf('^/', shape('path')),
    components: closed([], {
      responses: mapOf(componentName(), shape('response')),
      requestBodies: mapOf(componentName(), shape('requestBody')),
      securitySchemes: mapOf(componentName(), shape('securityScheme')),
      schemas: mapOf(componentName(), shape('schema')),
    }),
  }),
  $defs: {
    reference: closed(['$ref'], { $ref: { type: 'string', pattern: '^#/components/[A-Za-z]+/[^/]+$' } }),
    security: mapOf(componentName(), listOf(text())),
    securityScheme: closed(['type', 'scheme'], {
      type: { const: 'http' },
      scheme: text(),
      bearerFormat: text(),
      description: text(),
    }),
    path: closed([], {
      ...Object.fromEntries(
        ['get', 'put', 'post', 'delete', 'head', 'options', 'patch', 'trace'].map((method) => [
          method,
          shape('operation'),
        ]),
      ),
      summary: text(),
      description: text(),
      parameters: listOf(shape('parameter')),
    }),
    operation: closed(['responses'], {
      operationId: text(),
      summary: text(),
      description: text(),
      tags: listOf(text()),
      deprecated: { type: 'boolean' },
      parameters: listOf(shape('parameter')),
      requestBody: orReference('requestBody'),
      responses: { ...mapOf('^[1-5][0-9][0-9]$', orReference('response')), minProperties: 1 },
      security: listOf(shape('security')),
    }),
    parameter: {
      ...closed(['name', 'in', 'schema'], {
        name: text(),
        in: { enum: ['path', 'query', 'header'] },
        description: text(),
        required: { type: 'boolean' },
        schema: orReference('schema'),
        examples: mapOf('.', closed(['value'], { summary: text(), description: text(), value: {} })),
      }),
      if: { properties: { in: { const: 'path' } } },
      then: { required: ['required'], properties: { required: { const: true } } },
    },
    requestBody: closed(['content'], {
      description: text(),
      required: { type: 'boolean' },
      content: mapOf('/', shape('media')),
    }),
    response: closed(['description'], {
      description: text(),
      headers: mapOf('.', shape('header')),
      content: mapOf('/', shape('media')),
    }),
    header: closed(['schema'], { description: text(), schema: orReference('schema') }),
    media: closed(['schema'], { schema: orReference('schema') }),
    schema: {
      ...closed([], {
        title: text(),
        description: text(),
        type: { enum: ['string', 'integer', 'number', 'boolean', 'object', 'array'] },
        format: text(),
        minLength: count(),
        maxLength: count(),
        minimum: { type: 'number' },
        maximum: { type: 'number' },
        pattern: text(),
        enum: { type: 'array', minItems: 1, uniqueItems: true },
        nullable: { type: 'boolean' },
        readOnly: { type: 'boolean' },
        required: { type: 'array', minItems: 1, uniqueItems: true, items: text() },
        properties: mapOf('.', orReference('schema')),
        items: orReference('schema'),
        allOf: { ...listOf(orReference('schema')), minItems: 1 },
        discriminator: closed(['propertyName'], { propertyName: text() }),
      }),
      if: { required: ['type'], properties: { type: { const: 'array' } } },
      then: { required: ['items'] },
    },
  },
};

function closed(required: readonly string[], properties: JsonObject): JsonObject {
  return { type: 'object', required: [...required], properties, additionalProperties: false };
}

function mapOf(names: string, value: JsonObject): JsonObject {
  return { type: 'object', patternProperties: { [names]: value }, additionalProperties: false };
}

function listOf(items: JsonObject): JsonObject {
  return { type: 'array', items };
}

function shape(name: string): JsonObject {
  return { $ref: `#/$defs/${name}` };
}

function orReference(name: string): JsonObject {
  return { anyOf: [shape('reference'), shape(name)] };
}

function componentName(): string {
  return '^[A-Za-z0-9._-]+$';
}

function text(): JsonObject {
  return { type: 'string' };
}

function count(): JsonObject {
  return { type: 'integer', minimum: 0 };
}
