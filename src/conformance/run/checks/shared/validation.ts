import type { Resource } from '../../../../contract/resource.ts';
import type { Json, JsonObject } from '../../../../json.ts';
import type { Check } from '../../check.ts';
import type { Context } from '../../context.ts';
import { expectRefused, makeComplete } from '../../records.ts';
import { type PlacedField, type Trial, trialsOf } from './fields.ts';
import { namesOf } from './names.ts';

type Wrong = Parameters<typeof trialsOf>[2];

/** The longest text that is sent: a limit beyond this is none. */
const longest = 5000;

/** What each kind of field may not hold. A code of an entry is one among those that the value earns. */
const demands: Readonly<Record<string, { readonly title: string; readonly wrong: Wrong }>> = {
  null: {
    title: 'null is refused where it is no value',
    wrong: ({ path, field }) =>
      path.length > 1 || field.fields || field.schema.nullable === true
        ? undefined
        : { value: null, code: 'null' },
  },
  blank: {
    title: 'a blank text is refused where there has to be one',
    wrong: ({ field }) => (isRequiredText(field) ? { value: '', code: 'blank' } : undefined),
  },
  max_length: {
    title: 'a text of one character too many is refused',
    wrong: ({ field: { schema, link } }) => {
      const { maxLength } = schema;
      if (schema.type !== 'string' || maxLength === undefined || maxLength > longest) return undefined;
      return { value: tooLong(maxLength, schema.format, link !== undefined), code: 'max_length' };
    },
  },
  choice: {
    title: 'a word that is not in the list is refused',
    wrong: ({ field: { schema } }) =>
      schema.enum ? { value: 'geen-bekend-woord', code: 'invalid_choice' } : undefined,
  },
  too_large: {
    title: 'a number above the highest is refused',
    wrong: ({ field: { schema } }) =>
      schema.maximum === undefined ? undefined : { value: schema.maximum + 1, code: 'max_value' },
  },
  too_small: {
    title: 'a number below the lowest is refused',
    wrong: ({ field: { schema } }) =>
      schema.minimum === undefined ? undefined : { value: schema.minimum - 1, code: 'min_value' },
  },
  no_number: {
    title: 'a text is refused where a number belongs',
    wrong: ({ field: { schema } }) =>
      schema.type === 'integer' ? { value: 'geen getal', code: 'invalid' } : undefined,
  },
  format: {
    title: 'a URL, e-mail address or moment that is none is refused',
    wrong: ({ field: { schema, link } }) =>
      schema.format === undefined || link?.reach === 'local'
        ? undefined
        : { value: malformed(schema.format), code: 'invalid' },
  },
  text: {
    title: 'true is refused where a text belongs',
    wrong: ({ field: { schema, link } }) =>
      schema.type === 'string' && !schema.enum && !link ? { value: true, code: 'invalid' } : undefined,
  },
  list: {
    title: 'a text is refused where a list belongs',
    wrong: ({ field: { schema } }) =>
      schema.type === 'array' ? { value: 'geen lijst', code: 'not_a_list' } : undefined,
  },
  object: {
    title: 'a text is refused where an object belongs',
    wrong: ({ field }) =>
      field.fields ? { value: 'geen object', inner: 'nonFieldErrors', code: 'invalid' } : undefined,
  },
  item: {
    title: 'an item that is none is refused, with its place',
    wrong: ({ field: { schema } }) =>
      schema.type === 'array' ? { value: [true], inner: '0', code: 'invalid' } : undefined,
  },
};

/** What a create of each kind may not contain, derived from the declaration. */
export function validationChecks(resource: Resource): Check[] {
  const demanded = Object.entries(demands).filter(
    ([, { wrong }]) => trialsOf(resource, {}, wrong).length > 0,
  );
  const creates = demanded.map(([name, { title, wrong }]): Check => ({
    ...namesOf(resource, 'create', name),
    title,
    run: (context) => tryAll(context, resource, trialsOf(resource, fittingBody(context, resource), wrong)),
  }));
  return [
    ...creates,
    required(resource),
    ...(resource.operations.includes('update') ? changeChecks(resource) : []),
  ];
}

async function tryAll(context: Context, resource: Resource, trials: readonly Trial[]): Promise<void> {
  for (const { body, complaints } of trials)
    expectRefused(context, await context.ask(resource, 'create', { body }), ...complaints);
}

/** The required fields, and those that nested objects require. */
function required(resource: Resource): Check {
  const names = requiredNames(resource);
  return {
    ...namesOf(resource, 'create', 'required'),
    title: 'what is required has to be there',
    async run(context) {
      const answer = await context.ask(resource, 'create', { body: {} });
      if (names.length > 0) expectRefused(context, answer, ...names.map((name) => `${name} required`));
      for (const { body, complaints } of nestedTrials(resource, fittingBody(context, resource)))
        expectRefused(context, await context.ask(resource, 'create', { body }), ...complaints);
    },
  };
}

/** Nested objects in which only something else is filled in than what they require. */
function nestedTrials(resource: Resource, valid: JsonObject): Trial[] {
  const parents = trialsOf(resource, valid, ({ path, field }: PlacedField) => {
    const inner = Object.entries(field.fields ?? {});
    if (path.length < 2 || !inner.some(([, { required }]) => required)) return undefined;
    const optional = inner.find(([, one]) => !one.required && one.schema.type === 'string')?.[0];
    return optional === undefined
      ? undefined
      : {
          value: { [optional]: 'x' },
          code: inner
            .filter(([, one]) => one.required)
            .map(([name]) => name)
            .join(' '),
        };
  });
  return parents.map(({ body, complaints }) => ({
    body,
    complaints: complaints.flatMap((line) => {
      const [parent = '', ...names] = line.split(' ');
      return names.map((name) => `${parent}.${name} required`);
    }),
  }));
}

/** The same demands hold for what an update changes; of those, the ones of which every resource has some. */
function changeChecks(resource: Resource): Check[] {
  const names = requiredNames(resource);
  const required: Check = {
    ...namesOf(resource, 'update', 'required'),
    title: 'what is required has to be there',
    async run(context) {
      const { uuid } = await makeComplete(context, resource.name);
      const answer = await context.ask(resource, 'update', { uuid, body: {} });
      expectRefused(context, answer, ...names.map((name) => `${name} required`));
    },
  };
  return [
    ...(names.length > 0 ? [required] : []),
    {
      ...namesOf(resource, 'partial_update', 'validation'),
      title: 'what is wrong in a create is wrong in a change',
      async run(context) {
        const { uuid } = await makeComplete(context, resource.name);
        for (const { wrong } of Object.values(demands)) {
          const [trial] = trialsOf(resource, {}, wrong).filter(
            ({ body }) =>
              !(resource.variant && resource.variant.by in body && resource.variant.field in body),
          );
          if (!trial) continue;
          const answer = await context.ask(resource, 'partial_update', { uuid, body: trial.body });
          expectRefused(context, answer, ...trial.complaints);
        }
      },
    },
  ];
}

function requiredNames({ fields }: Resource): string[] {
  return Object.keys(fields).filter((name) => fields[name]?.required);
}

/** Fields that have to be right before those of a variant are looked at. */
function fittingBody({ run }: Context, resource: Resource): JsonObject {
  const values: Readonly<Record<string, Json>> = {
    bronorganisatie: run.bronorganisatie,
    websiteUrl: 'https://www.example.org/',
    status: 'ontvangen',
  };
  const known = Object.entries(values).filter(([name]) => name in resource.fields);
  return Object.fromEntries(known);
}

function isRequiredText({ required, schema, link }: PlacedField['field']): boolean {
  return required && schema.type === 'string' && !schema.enum && link?.reach !== 'local';
}

/** One character more than fits, in the form that the field has. */
function tooLong(maximum: number, format: string | undefined, isLink: boolean): string {
  if (format === 'uri' || isLink) return 'https://www.example.org/'.padEnd(maximum + 1, 'x');
  return format === 'email' ? '@example.org'.padStart(maximum + 1, 'x') : '1'.repeat(maximum + 1);
}

function malformed(format: string): string {
  return format === 'date-time' ? '2020-01-01' : 'geen geldige waarde';
}
