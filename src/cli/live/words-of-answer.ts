import { isObject, type Json } from '../../json.ts';

/** How many keys of an answer are named. */
const namedKeys = 8;

/** What there is in an answer, by the names of its keys; never a value. */
export function holds(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing at all';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (!isObject(value)) return 'one value';
  const keys = Object.keys(value);
  if (keys.length === 0) return 'no key';
  const named = keys.slice(0, namedKeys).map((key) => code(key));
  return keys.length > namedKeys
    ? `${named.join(', ')} and ${keys.length - namedKeys} more`
    : named.join(', ');
}

/** A name or a path, as it is told apart from other words. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** The first place, at most two keys deep, of which this holds; as a dotted path. */
export function placeIn(
  value: Json | undefined,
  fits: (name: string, inner: Json) => boolean,
): string | undefined {
  const all = placesIn(value);
  const deeper = all.flatMap(([name, inner]) =>
    placesIn(inner).map(([inside, innermost]): [string, string, Json] => [
      `${name}.${inside}`,
      inside,
      innermost,
    ]),
  );
  const near = all.map(([name, inner]): [string, string, Json] => [name, name, inner]);
  return [...near, ...deeper].find(([, name, inner]) => fits(name, inner))?.[0];
}

/** The keys of an object, or of the first item of a list, with what they hold. */
function placesIn(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

const errorNames =
  /^(errors?|fault|fout(en|melding|code)?|exception|error_?(code|message|description)|faultcode)$/i;
const codeNames = /code|nummer|number|type|^id$|message|melding/i;

/** Asks for a line of the error table, when an answer has what looks like an error. Blank otherwise. */
export function errorHint(whole: Json | undefined): string {
  const place = placeIn(whole, (name, inner) => errorNames.test(name) && isSomething(inner));
  if (place === undefined || !isObject(whole)) return '';
  const error = place
    .split('.')
    .reduce<Json | undefined>((at, name) => (isObject(at) ? at[name] : undefined), whole);
  const [first, inside] = Array.isArray(error) ? [error[0], `${place}.0`] : [error, place];
  const key = isObject(first) ? Object.keys(first).find((name) => codeNames.test(name)) : undefined;
  return ` It has ${code(key === undefined ? inside : `${inside}.${key}`)}: does that need a line in the error table (\`backends.…errors\`)?`;
}

function isSomething(value: Json): boolean {
  return (
    value !== null &&
    value !== '' &&
    value !== false &&
    value !== 0 &&
    !(Array.isArray(value) && value.length === 0)
  );
}
