import { isObject, type Json, type JsonObject, scalarText } from '../../json.ts';

/** So deep that only schemas that name themselves get there. */
const deepest = 8;

/** What a `$ref` within the document leads to; anything else as it is. */
export function resolved(document: JsonObject, value: Json | undefined, depth = 0): Json | undefined {
  if (!isObject(value) || typeof value.$ref !== 'string' || depth > deepest) return value;
  if (!value.$ref.startsWith('#/')) return undefined;
  const steps = value.$ref.slice(2).split('/').map(decoded);
  const found = steps.reduce<Json | undefined>(
    (here, step) => (isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined),
    document,
  );
  return resolved(document, found, depth + 1);
}

function decoded(step: string): string {
  const plain = step.replaceAll('~1', '/').replaceAll('~0', '~');
  return /^(?:[^%]|%[0-9a-f]{2})*$/i.test(plain) ? safelyDecoded(plain) : plain;
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** More values than any record has that is worth looking at; some documents describe everything with everything. */
const mostValues = 5000;

/** How a sample is made: how deep it is, what is being described around it, and how many values there are so far. */
interface Sampling {
  readonly depth: number;
  /** The schemas that this one is in. One that is in itself is told once. */
  readonly around: readonly Json[];
  readonly made: { values: number };
}

/** A value as a schema describes it: its example where it has one, and null for a text that can be anything. */
export function sampleOf(
  document: JsonObject,
  given: Json,
  { depth, around, made }: Sampling = { depth: 0, around: [], made: { values: 0 } },
): Json {
  const schema = resolved(document, given);
  made.values += 1;
  if (!isObject(schema) || depth > deepest || around.includes(schema) || made.values > mostValues)
    return null;
  const inside: Sampling = { depth: depth + 1, around: [...around, schema], made };
  const [first] = Array.isArray(schema.examples) ? schema.examples : [];
  const known = schema.example ?? first ?? schema.const;
  if (known !== undefined) return known;
  if (Array.isArray(schema.enum)) return schema.enum[0] ?? null;
  if (Array.isArray(schema.allOf)) return merged(document, schema, schema.allOf, inside);
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0 && !isObject(schema.properties)) {
    const [one] = alternatives;
    return one === undefined ? null : sampleOf(document, one, inside);
  }
  return ofType(document, schema, inside);
}

/** What a value may be one of; nothing at all is no alternative. */
function alternativesOf(schema: JsonObject): Json[] {
  const all = [schema.oneOf, schema.anyOf].flatMap((each) => (Array.isArray(each) ? each : []));
  return all.filter((each) => !isObject(each) || each.type !== 'null');
}

function merged(document: JsonObject, own: JsonObject, parts: readonly Json[], inside: Sampling): Json {
  const samples = [ofType(document, own, inside), ...parts.map((part) => sampleOf(document, part, inside))];
  const objects = samples.filter(isObject);
  // Of a text or a number with something said of it, what the parts say.
  if (objects.length === 0) return samples.find((sample) => sample !== null) ?? null;
  return Object.fromEntries(objects.flatMap((sample) => Object.entries(sample)));
}

function ofType(document: JsonObject, schema: JsonObject, inside: Sampling): Json {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const type = types.find((one) => one !== 'null');
  if (type === 'array' || isObject(schema.items)) {
    return schema.items === undefined ? [] : [sampleOf(document, schema.items, inside)];
  }
  if (isObject(schema.properties)) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, inner]) => [name, sampleOf(document, inner, inside)]),
    );
  }
  if (type === 'object') return {};
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'boolean') return true;
  return samplesOfFormats[scalarText(schema.format) ?? ''] ?? null;
}

/**
 * What a schema says that a value in it can be: the `enum` at a place.
 *
 * @param steps keys of objects, and 0 for the items of a list
 * @returns nothing where it does not say
 */
export function choicesAt(
  document: JsonObject,
  given: Json | undefined,
  steps: readonly (string | 0)[],
  depth = 0,
): readonly Json[] {
  const schema = resolved(document, given);
  if (!isObject(schema) || depth > deepest + steps.length) return [];
  const [step, ...rest] = steps;
  if (step === undefined && Array.isArray(schema.enum)) return schema.enum;
  const properties = isObject(schema.properties) ? schema.properties : {};
  const next =
    step === 0 ? schema.items : Object.hasOwn(properties, step ?? '') ? properties[step ?? ''] : undefined;
  const here = step === undefined ? [] : choicesAt(document, next, rest, depth + 1);
  if (here.length > 0) return here;
  const parts = [...(Array.isArray(schema.allOf) ? schema.allOf : []), ...alternativesOf(schema)];
  return (
    parts.map((part) => choicesAt(document, part, steps, depth + 1)).find((found) => found.length > 0) ?? []
  );
}

const samplesOfFormats: Readonly<Record<string, string>> = {
  uuid: '6f1c2b9e-0000-4000-8000-000000000001',
  date: '2024-01-31',
  'date-time': '2024-01-31T12:00:00Z',
  email: 'jan@example.nl',
  uri: 'https://www.example.nl',
};
