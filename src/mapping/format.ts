import { type Static, Type } from 'typebox';
import { deviationPolicies } from '../contract/render.ts';
import { pathPattern } from '../dotted-path.ts';
import { encodingKeys } from './encoding-format.ts';
import { idForms, lookedUpForm } from './ids.ts';
import { defaultLimits } from './limits.ts';

/**
 * The format of `mapping.yaml`, version 1: everything about a mapping set that is no translation. The translations
 * themselves are JSONata files beside it, named here. mappings/README.md explains each key to authors.
 */
const strict = { additionalProperties: false } as const;

const file = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*\\.jsonata$',
  description: 'the name of a JSONata file in the folder of the mapping set',
  examples: ['klant.read.jsonata'],
});

const dottedPath = Type.String({
  pattern: pathPattern,
  description: 'a dotted path of names into an answer; a name with a dot in it is in double quotes',
  examples: ['FOUT.CODE'],
});

const backendName = Type.String({
  minLength: 1,
  description: "the name of a backend under `backends` in the gateway's configuration",
  examples: ['crm'],
});

const scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);

/** What an answer of a backend can mean, beyond success. */
const answerMeanings = [
  'not-found',
  'nothing',
  'too-much',
  'duplicate',
  'busy',
  'failing',
  'credentials',
  'refused',
] as const;

const errorRule = Type.Object(
  {
    when: Type.Object(
      {
        status: Type.Optional(Type.Integer({ description: 'the HTTP status', minimum: 100, maximum: 599 })),
        header: Type.Optional(
          Type.String({
            pattern: '^[A-Za-z0-9-]+$',
            description: 'the name of a header of the answer',
            examples: ['X-Error'],
          }),
        ),
        field: Type.Optional(dottedPath),
        is: Type.Optional(scalar),
        isNot: Type.Optional(scalar),
        contains: Type.Optional(
          Type.String({ minLength: 1, description: 'a piece of the text there', examples: ['bestaat niet'] }),
        ),
      },
      {
        ...strict,
        minProperties: 1,
        description: 'the conditions, which must all hold',
        examples: ['{ field: FOUT.CODE, is: REL404 }'],
      },
    ),
    means: Type.Enum([...answerMeanings], {
      description: `what such an answer means: ${answerMeanings.join(', ')}`,
      examples: ['not-found'],
    }),
  },
  strict,
);

const step = Type.Object(
  {
    request: file,
    backend: Type.Optional(backendName),
    undo: Type.Optional(file),
    reads: Type.Optional(
      Type.Boolean({
        description: 'true: this step only reads; without it, a step does when its request is a GET',
        examples: [true],
      }),
    ),
    readBack: Type.Optional(file),
    id: Type.Optional(dottedPath),
    record: Type.Optional(dottedPath),
  },
  strict,
);

const plan = Type.Array(step, {
  minItems: 1,
  description: 'the steps of a write, in order; a delete is the last one',
  examples: ['[{ request: klant.create.jsonata, id: RELNR }]'],
});

const writesShow = Type.Object(
  {
    withinMs: Type.Integer({
      minimum: 1,
      maximum: 60_000,
      description: 'the milliseconds within which a write shows when the record is read',
      examples: [5000],
    }),
  },
  {
    ...strict,
    description:
      'for a CRM that carries out writes later than it answers: the record is read until they show',
    examples: ['{ withinMs: 5000 }'],
  },
);

const revalidate = Type.Union(
  [
    Type.Object({ by: Type.Literal('etag') }, strict),
    Type.Object({ by: Type.Literal('stamp'), request: file, field: dottedPath }, strict),
  ],
  { description: 'how a cached record is checked cheaply', examples: ['{ by: etag }'] },
);

/** How the CRM helps with one filter of a list. */
export const filterSupport = ['narrows', 'exact', 'absent', 'supplement'] as const;

const each = Type.Object(
  {
    request: file,
    record: Type.Optional(dottedPath),
    atOnce: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 50,
        default: 4,
        description: 'how many are asked for at the same time',
      }),
    ),
    failing: Type.Optional(
      Type.Enum(['refuse', 'leave-out'], {
        default: 'refuse',
        description: 'what becomes of the list when one of its items cannot be had: refuse or leave-out',
        examples: ['refuse'],
      }),
    ),
  },
  {
    ...strict,
    description: 'one more request for each item of a list',
    examples: ['{ request: klant.detail.jsonata }'],
  },
);

/** How the record at the other end of a link is found. */
const inverse = Type.Union(
  [
    Type.Object({ by: Type.Literal('field') }, strict),
    Type.Object({ by: Type.Literal('search') }, strict),
    Type.Object({ by: Type.Literal('searchMany'), request: file }, strict),
  ],
  {
    description: 'how the record that points at this one is found: field, search or searchMany',
    examples: ['{ by: search }'],
  },
);

const supplement = Type.Object(
  {
    backend: backendName,
    request: file,
    records: dottedPath,
    own: dottedPath,
    theirs: dottedPath,
    search: Type.Optional(file),
    atOnce: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        default: 50,
        description: 'how many keys one request asks for',
      }),
    ),
  },
  { ...strict, description: 'columns of the record that another backend keeps' },
);

const total = Type.Union(
  [dottedPath, Type.Object({ request: file, at: Type.Optional(dottedPath) }, strict)],
  {
    description:
      'where the CRM says how many records there are: a path in the answer, or a request of its own',
    examples: ['TOTAAL'],
  },
);

const pageSize = Type.Integer({
  minimum: 1,
  maximum: 10_000,
  description: 'the most records that a page of the CRM holds',
  examples: [50],
});

const paging = Type.Union(
  [
    Type.Object({ by: Type.Enum(['offset', 'page']), size: pageSize }, strict),
    Type.Object({ by: Type.Literal('cursor'), size: pageSize, next: dottedPath }, strict),
    Type.Object({ by: Type.Literal('none') }, strict),
  ],
  {
    description: 'how the CRM makes pages: by offset, page, cursor (with next) or none',
    examples: ['{ by: offset, size: 50 }'],
  },
);

const list = Type.Object(
  {
    request: file,
    each: Type.Optional(each),
    records: Type.Optional(dottedPath),
    total: Type.Optional(total),
    paging,
    filters: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Enum([...filterSupport], {
          description:
            'narrows: the CRM may return too much, never too little; exact: exactly what the standard wants; absent: the CRM has no such field; supplement: only the search of a supplement finds it',
          examples: ['narrows'],
        }),
      ),
    ),
    orderings: Type.Optional(
      Type.Array(Type.String(), {
        description: 'the fields that the CRM can order a list by',
        examples: ['[registratiedatum]'],
      }),
    ),
    maxRecords: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100_000,
        default: 2000,
        description: 'how many records a list may look at; past it the answer is 501',
      }),
    ),
  },
  strict,
);

const idPart = {
  field: dottedPath,
  form: Type.Enum([...idForms, lookedUpForm], {
    description: `the form of the CRM's id: ${idForms.join(', ')}, ${lookedUpForm}`,
    examples: ['integer'],
  }),
};

const resource = Type.Object(
  {
    backend: backendName,
    id: Type.Object(
      {
        ...idPart,
        and: Type.Optional(Type.Object(idPart, { ...strict, description: 'the second half of the id' })),
        given: Type.Optional(
          Type.Boolean({
            description:
              'true: a new record gets a UUID of the gateway ($newId), which the CRM keeps in this field',
            examples: [true],
          }),
        ),
        assign: Type.Optional(
          Type.Object(
            { of: dottedPath, request: file, backend: Type.Optional(backendName) },
            { ...strict, description: 'how a record that has no UUID in this field yet gets one' },
          ),
        ),
      },
      strict,
    ),
    view: Type.Optional(
      Type.Boolean({
        description: 'true: the record is a view on columns of the record that this one is a part of',
        examples: [true],
      }),
    ),
    rows: Type.Optional(file),
    accepts: Type.Optional(file),
    record: Type.Object(
      {
        from: file,
        to: Type.Optional(file),
        adds: Type.Optional(
          Type.Array(Type.String({ minLength: 1 }), {
            description:
              'properties that `from` yields beside those of the standard; shown where the configuration has extraFields: on',
            examples: ['[antwoord, status]'],
          }),
        ),
      },
      strict,
    ),
    supplements: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }), supplement, strict),
    ),
    inverse: Type.Optional(Type.Record(Type.String(), inverse)),
    numbers: Type.Optional(
      Type.Record(Type.String(), Type.Object({ request: file }, strict), {
        description:
          'for a generated number: a request that finds what begins with a prefix, the highest first',
        examples: ['{ identificatie: { request: verzoek.numbers.jsonata } }'],
      }),
    ),
    read: Type.Object(
      { request: file, record: Type.Optional(dottedPath), revalidate: Type.Optional(revalidate) },
      strict,
    ),
    list: Type.Optional(list),
    create: Type.Optional(plan),
    update: Type.Optional(plan),
    delete: Type.Optional(plan),
    writesShow: Type.Optional(writesShow),
    fixed: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        description:
          'the fields that the CRM takes when a record is made, and never again: a change of one is a 501',
        examples: ['[kanaal, registratiedatum]'],
      }),
    ),
    lengths: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Integer({
          minimum: 1,
          description: 'the most characters that the CRM can keep of this field; a longer text is a 400',
          examples: [200],
        }),
        {
          description: 'the fields of which the CRM can keep less than the standard',
          examples: ['{ onderwerp: 200 }'],
        },
      ),
    ),
    deviations: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Enum([...deviationPolicies], {
          description: 'what to do with a value beyond the contract: pass, blank or refuse',
          examples: ['pass'],
        }),
      ),
    ),
  },
  strict,
);

const keptIds = Type.Object(
  {
    backend: backendName,
    find: file,
    records: Type.Optional(dottedPath),
    resource: dottedPath,
    uuid: dottedPath,
    key: dottedPath,
    keep: file,
    atOnce: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 500,
        default: 50,
        description: 'how many UUIDs one request looks up',
      }),
    ),
  },
  {
    ...strict,
    description: 'where ids of the form text are kept, of this set and of those that it is used with',
  },
);

const limit = (minimum: number, maximum: number, normal: number, description: string) =>
  Type.Optional(Type.Integer({ minimum, maximum, default: normal, description }));

/** The schema of `mapping.yaml`. */
export const mappingFormat = Type.Object(
  {
    klantbrug: Type.Literal(1, { description: 'the version of the format: 1', examples: [1] }),
    title: Type.String({
      minLength: 1,
      description: 'what this set is for',
      examples: ['The CRM of Voorbeeldstad'],
    }),
    examplesOn: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'of a set that only adds to others: the folder of one that its examples are played on, relative to this one',
        examples: ['../demo-crm'],
      }),
    ),
    settings: Type.Optional(
      Type.Record(Type.String(), scalar, {
        description: 'constants for the JSONata files (`$settings`), which the configuration may override',
        examples: ["{ bronorganisatie: '123456782' }"],
      }),
    ),
    codes: Type.Optional(
      Type.Record(Type.String(), Type.Record(Type.String(), Type.String()), {
        description: "code tables: the CRM's code -> the standard's word",
        examples: ['{ geslacht: { "1": m, "2": v } }'],
      }),
    ),
    unknownCodes: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Enum(['pass', 'refuse'], {
          description:
            'what becomes of a code or a word that this table does not have, reading and writing: pass or refuse',
          examples: ['refuse'],
        }),
        {
          description: 'per code table, what becomes of a code or a word that it does not have',
          examples: ['{ geslacht: refuse }'],
        },
      ),
    ),
    zone: Type.Optional(
      Type.String({
        minLength: 1,
        default: 'Europe/Amsterdam',
        description: 'the time zone of the times that the CRM writes, for $moment and $formatMoment',
        examples: ['Europe/Amsterdam'],
      }),
    ),
    limits: Type.Optional(
      Type.Object(
        {
          timeMs: limit(1, 60_000, defaultLimits.timeMs, 'how long one evaluation may take, in milliseconds'),
          depth: limit(
            10,
            5_000,
            defaultLimits.depth,
            'how deep an evaluation may nest; a record of many columns counts as deep too',
          ),
          items: limit(10, 1_000_000, defaultLimits.items, 'how many items a list in an evaluation may have'),
          text: limit(
            100,
            50_000_000,
            defaultLimits.text,
            'how many characters a text may have that an evaluation makes',
          ),
        },
        strict,
      ),
    ),
    backends: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object({ errors: Type.Optional(Type.Array(errorRule)), ...encodingKeys }, strict),
      ),
    ),
    keptIds: Type.Optional(keptIds),
    resources: Type.Record(Type.String(), resource),
  },
  strict,
);

export type MappingFile = Static<typeof mappingFormat>;
export type ResourceMapping = Static<typeof resource>;
export type KeptIdsMapping = Static<typeof keptIds>;
export type EncodingRule = Omit<NonNullable<MappingFile['backends']>[string], 'errors'>;
export type ErrorRule = Static<typeof errorRule>;
export type FilterSupport = (typeof filterSupport)[number];
