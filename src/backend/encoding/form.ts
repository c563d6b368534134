import { isObject, type Json, scalarText } from '../../json.ts';
import { type Encoding, UnwritableRequest } from './encoding.ts';
import { readJson, refuseCalls } from './json.ts';

/**
 * Bodies as a web form, answers in JSON.
 *
 * @param mediaType what bodies are called
 */
export function formEncoding(mediaType = 'application/x-www-form-urlencoded'): Encoding {
  return {
    accept: 'application/json',
    isText: false,
    isNumbered: false,
    write(content) {
      refuseCalls(content);
      if (content.body === undefined) return undefined;
      return { text: formOf(content.body), headers: { 'Content-Type': mediaType } };
    },
    read: readJson,
  };
}

function formOf(body: Json): string {
  if (!isObject(body)) throw new UnwritableRequest('the body of a form is an object');
  const pairs = Object.entries(body).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((item) => item !== null)
      .map((item): [string, string] => [wellFormed(name), wellFormed(item)]),
  );
  return new URLSearchParams(pairs).toString();
}

function wellFormed(value: Json): string {
  const text = scalarText(value);
  if (text?.isWellFormed() !== true) {
    throw new UnwritableRequest('a field of a form is a text, a number, a boolean, or a list of them');
  }
  return text;
}
