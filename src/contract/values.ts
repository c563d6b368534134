import { type Json } from '../json.ts';
import {
  complain,
  type Field,
  fieldBasis,
  type FieldOptions,
  inside,
  reasons,
  schemaBasis,
} from './field.ts';
import { asText, text, type TextOptions, url } from './text.ts';

/** One of a closed list of words. Blank is the same as not set. */
export function choice<const Word extends string>(
  words: readonly Word[],
  options: FieldOptions = {},
): Field<Word | ''> {
  return {
    ...fieldBasis(options),
    unset: '',
    schema: { ...schemaBasis(options), type: 'string', enum: words },
    read(given, reading) {
      if (given === null) {
        complain(reading, 'null', reasons.null);
        return undefined;
      }
      const word = asText(given);
      if (word === '' && options.required !== true) return '';
      const known = words.find((candidate) => candidate === word);
      if (known === undefined) complain(reading, 'invalid_choice', reasons.choice);
      return known;
    },
  };
}

/** One of a closed list of words, or null. Blank is null. */
export function nullableChoice<const Word extends string>(
  words: readonly Word[],
  options: FieldOptions = {},
): Field<Word | null> {
  const plain = choice(words, options);
  return {
    ...plain,
    unset: null,
    schema: { ...plain.schema, nullable: true },
    read(given, reading) {
      if (given === null) return null;
      const word = plain.read(given, reading);
      return word === '' ? null : word;
    },
  };
}

/** A whole number within limits, or null. Digits in a text are accepted (contract section 2.1, huisnummer). */
export function nullableInteger(
  limits: { readonly minimum: number; readonly maximum: number },
  options: FieldOptions = {},
): Field<number | null> {
  return {
    ...fieldBasis(options),
    unset: null,
    schema: { ...schemaBasis(options), type: 'integer', ...limits, nullable: true },
    read(given, reading) {
      if (given === null) return null;
      const number = asInteger(given);
      if (number === undefined) {
        complain(reading, 'invalid', reasons.integer);
      } else if (number > limits.maximum) {
        complain(reading, 'max_value', `Waarde moet kleiner dan of gelijk zijn aan ${limits.maximum}.`);
      } else if (number < limits.minimum) {
        complain(reading, 'min_value', `Waarde moet groter dan of gelijk zijn aan ${limits.minimum}.`);
      }
      return number;
    },
  };
}

/** A whole number within limits. */
export function integer(
  limits: { readonly minimum: number; readonly maximum: number },
  options: FieldOptions = {},
): Field<number | null> {
  const orNull = nullableInteger(limits, options);
  return {
    ...orNull,
    schema: { ...schemaBasis(options), type: 'integer', ...limits },
    read(given, reading) {
      if (given === null) complain(reading, 'null', reasons.null);
      return orNull.read(given, reading);
    },
  };
}

function asInteger(given: Json): number | undefined {
  // Far past every limit, and still a finite number: too large is another complaint than no number at all.
  if (typeof given === 'string' && !/^\s*[-+]?[0-9]{1,300}(\.0*)?\s*$/.test(given)) return undefined;
  if (typeof given !== 'string' && typeof given !== 'number') return undefined;
  const number = Number(given);
  return Number.isInteger(number) ? number : undefined;
}

/** A list of web addresses: syntax only. */
export function urls(item: TextOptions, options: FieldOptions = {}): Field<string[]> {
  return listOf(url({ blank: false, ...item }), options);
}

/** A list of texts. */
export function texts(item: TextOptions, options: FieldOptions = {}): Field<string[]> {
  return listOf(text(item), options);
}

function listOf(itemField: Field<string>, options: FieldOptions): Field<string[]> {
  return {
    ...fieldBasis(options),
    list: true,
    unset: [],
    schema: { ...schemaBasis(options), type: 'array', items: itemField.schema },
    read(given, reading) {
      if (given === null) {
        complain(reading, 'null', reasons.null);
        return undefined;
      }
      if (!Array.isArray(given)) {
        complain(reading, 'not_a_list', reasons.list);
        return undefined;
      }
      return given.map(
        (value, index) => itemField.read(value, { ...reading, name: inside(reading.name, index) }) ?? '',
      );
    },
  };
}
