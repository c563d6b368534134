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

/** A value as a schema describes it: its example where it has one, and null for a text that can be anything. */
export function sampleOf(document: JsonObject, given: Json, depth = 0): Json {
  const schema = resolved(document, given);
  if (!isObject(schema) || depth > deepest) return null;
  const [first] = Array.isArray(schema.examples) ? schema.examples : [];
  const known = schema.example ?? first ?? schema.const;
  if (known !== undefined) return known;
  if (Array.isArray(schema.enum)) return schema.enum[0] ?? null;
  const alternatives = [schema.oneOf, schema.anyOf].flatMap((each) => (Array.isArray(each) ? each : []));
  if (Array.isArray(schema.allOf)) return merged(document, [schema, ...schema.allOf], depth);
  if (alternatives.length > 0 && !isObject(schema.properties)) {
    const [one] = alternatives.filter((each) => !isObject(each) || each.type !== 'null');
    return one === undefined ? null : sampleOf(document, one, depth + 1);
  }
  return ofType(document, schema, depth);
}

function merged(document: JsonObject, parts: readonly Json[], depth: number): Json {
  const samples = parts.map((part) =>
    isObject(part) && part.allOf !== undefined
      ? ofType(document, part, depth)
      : sampleOf(document, part, depth + 1),
  );
  return Object.fromEntries(samples.flatMap((sample) => (isObject(sample) ? Object.entries(sample) : [])));
}

function ofType(document: JsonObject, schema: JsonObject, depth: number): Json {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const type = types.find((one) => one !== 'null');
  if (type === 'array' || isObject(schema.items)) {
    return schema.items === undefined ? [] : [sampleOf(document, schema.items, depth + 1)];
  }
  if (isObject(schema.properties)) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, inner]) => [name, sampleOf(document, inner, depth + 1)]),
    );
  }
  if (type === 'object') return {};
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'boolean') return true;
  return samplesOfFormats[scalarText(schema.format) ?? ''] ?? null;
}

const samplesOfFormats: Readonly<Record<string, string>> = {
  uuid: '6f1c2b9e-0000-4000-8000-000000000001',
  date: '2024-01-31',
  'date-time': '2024-01-31T12:00:00Z',
  email: 'jan@example.nl',
  uri: 'https://www.example.nl',
};
