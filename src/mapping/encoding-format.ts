import { Type } from 'typebox';

/** How a backend writes its requests and answers: the keys under `backends.<name>`, beside `errors`. */
const strict = { additionalProperties: false } as const;

/** The ways in which a backend can write. */
const encodingNames = ['json', 'form', 'xml', 'soap', 'json-rpc'] as const;

/** The name of an element, which is in quotes when it has dots in it. */
const element = '(?:[^."\\\\:@#\\s]+|"[^"\\\\:@#\\s]+")';

const elementPath = Type.String({
  pattern: `^${element}(?:\\.${element})*$`,
  description:
    'a dotted path of names without prefixes, from the root element, or from what is in the SOAP body',
  examples: ['antwoord.object'],
});

const xml = Type.Object(
  {
    namespaces: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.-]*$' }),
        Type.String({ pattern: '^\\S+$', description: 'the URI of a namespace' }),
        {
          ...strict,
          description: 'the prefixes that names in the JSONata files have, with their namespaces',
          examples: ["{ bg: 'http://www.egem.nl/StUF/sector/bg/0310' }"],
        },
      ),
    ),
    lists: Type.Optional(
      Type.Array(elementPath, {
        description: 'the elements of answers that may come more than once: these are always lists',
        examples: ['[antwoord.object]'],
      }),
    ),
    soap: Type.Optional(
      Type.Enum(['1.1', '1.2'], {
        default: '1.1',
        description: 'the version of SOAP, in quotes: 1.1 or 1.2',
        examples: ["'1.1'"],
      }),
    ),
  },
  {
    ...strict,
    description: 'names in XML; of the encodings xml and soap',
    examples: ["{ namespaces: { bg: 'http://www.egem.nl/StUF/sector/bg/0310' } }"],
  },
);

/** The keys themselves, to be spread among those of a backend. */
export const encodingKeys = {
  encoding: Type.Optional(
    Type.Enum([...encodingNames], {
      default: 'json',
      description: `how requests are written, and answers read: ${encodingNames.join(', ')}`,
      examples: ['json'],
    }),
  ),
  mediaType: Type.Optional(
    Type.String({
      pattern: '^[a-z0-9.+-]+/[a-z0-9.+-]+(; ?[a-z0-9.-]+=[A-Za-z0-9."/:+-]+)*$',
      description: 'what bodies are called, where that is not the usual name; of json, form and xml',
      examples: ['application/vnd.api+json'],
    }),
  ),
  xml: Type.Optional(xml),
  jsonRpc: Type.Optional(
    Type.Enum(['1.0', '2.0'], {
      default: '2.0',
      description: 'the version of JSON-RPC, in quotes; calls of 1.0 do not name it; of json-rpc',
      examples: ["'1.0'"],
    }),
  ),
};
