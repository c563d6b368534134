import { type Static, Type } from 'typebox';
import { operations } from '../contract/resource.ts';
import type { Json, JsonObject } from '../json.ts';

/**
 * The format of an example: one operation of the standard on one mapping set, with what goes over the line to the
 * CRM. It is documentation, test and stub at once. mappings/README.md explains it to authors.
 */
const strict = { additionalProperties: false } as const;

const anyJson = Type.Unsafe<Json>({ title: 'anything that JSON can hold' });
const jsonObject = Type.Unsafe<JsonObject>({ type: 'object', title: 'section with names of your choice' });
const status = Type.Integer({ minimum: 100, maximum: 599, description: 'an HTTP status', examples: [200] });
const headers = Type.Record(Type.String(), Type.String(), { description: 'headers by name' });
const idPart = Type.Union([Type.String(), Type.Number()]);
const scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);

const exchange = Type.Object(
  {
    backend: Type.Optional(
      Type.String({
        description: 'the backend that is called, where it is not the only one',
        examples: ['crm'],
      }),
    ),
    request: Type.Object(
      {
        method: Type.Optional(Type.Enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])),
        path: Type.Optional(
          Type.String({
            pattern: '^(/|$)',
            description: "the path under the backend's base URL, as it goes over the line",
            examples: ['/relaties/100001'],
          }),
        ),
        call: Type.Optional(
          Type.String({
            description: 'of json-rpc: the procedure that is called, in the place of `method`',
            examples: ['model.party.party.read'],
          }),
        ),
        params: Type.Optional(anyJson),
        action: Type.Optional(
          Type.String({
            description: 'of soap: the operation that is asked for, in the place of `method`',
            examples: ['http://www.egem.nl/StUF/sector/bg/0310/npsLv01'],
          }),
        ),
        query: Type.Optional(
          Type.Record(Type.String(), Type.Union([scalar, Type.Array(scalar)]), {
            title: 'section with the parameters, not encoded',
          }),
        ),
        headers: Type.Optional(headers),
        body: Type.Optional(anyJson),
      },
      { ...strict, default: {} },
    ),
    answer: Type.Object(
      { status, headers: Type.Optional(headers), body: Type.Optional(anyJson) },
      { ...strict, description: 'what the CRM answers', examples: [{ status: 200, body: {} }] },
    ),
  },
  strict,
);

const problem = Type.Object(
  {
    status,
    code: Type.String({ description: 'the code of the problem', examples: ['not_found'] }),
    invalidParams: Type.Optional(
      Type.Array(
        Type.Object({ name: Type.String(), code: Type.String() }, { ...strict, title: 'a name and a code' }),
      ),
    ),
  },
  strict,
);

/** The schema of an example file. */
export const exampleFormat = Type.Object(
  {
    about: Type.String({ minLength: 1, description: 'what the example shows, in one sentence' }),
    operation: Type.String({
      pattern: `^[a-z]+\\.(${operations.join('|')})$`,
      title: `a resource, a dot and one of ${operations.join(', ')}`,
      examples: ['klant.create'],
    }),
    id: Type.Optional(
      Type.Union([Type.String(), Type.Number(), Type.Tuple([idPart, idPart])], {
        title: "text or number: the CRM's id; of a pair a list of two",
        examples: [100001],
      }),
    ),
    part: Type.Optional(
      Type.String({ description: 'the part of the resource that the id is of, where several have such ids' }),
    ),
    filters: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        title: 'section with filters as the standard names them, each with a text',
      }),
    ),
    page: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1 }), Type.Literal('last')], { title: 'a page from 1, or last' }),
    ),
    input: Type.Optional(jsonObject),
    exchanges: Type.Array(exchange, { title: 'list of exchanges with the CRM', default: [] }),
    result: Type.Optional(jsonObject),
    problem: Type.Optional(problem),
  },
  strict,
);

/** One example, as its file says it. */
export type Example = Static<typeof exampleFormat>;
/** One request to the CRM and its answer. */
export type Exchange = Static<typeof exchange>;
