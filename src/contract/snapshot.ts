import { isObject, type Json, type JsonObject } from '../json.ts';
import { complain, type Field, fieldBasis, type FieldOptions, reasons, schemaBasis } from './field.ts';

/**
 * A whole JSON object as it is, or null: what a record was at some moment. A text that holds one will do, because that
 * is what a CRM has a column for.
 */
export function snapshot(options: FieldOptions = {}): Field<JsonObject | null> {
  return {
    ...fieldBasis(options),
    unset: null,
    schema: { ...schemaBasis(options), type: 'object', nullable: true },
    read(given, reading) {
      const value = typeof given === 'string' ? parsed(given) : given;
      if (value === null || isObject(value)) return value;
      complain(reading, 'invalid', reasons.object);
      return undefined;
    },
  };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
