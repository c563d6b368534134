import type { JsonObject } from '../../json.ts';
import { schemaRef } from './schemas.ts';

const faultKeys = ['code', 'title', 'status', 'detail', 'instance'];

function someText(description: string): JsonObject {
  return { type: 'string', minLength: 1, description };
}

const faultProperties: JsonObject = {
  type: { type: 'string', description: 'Het adres van een uitleg van dit soort fout.' },
  code: someText('De vaste code van dit soort fout.'),
  title: someText('Wat voor fout het is.'),
  status: { type: 'integer', description: 'De HTTP-statuscode.' },
  // Always empty on validation errors, so without a least length.
  detail: { type: 'string', description: 'Wat er in dit geval aan de hand is.' },
  instance: someText('De identificatie van dit ene voorkomen, om in een logboek terug te vinden.'),
};

/** The schemas of everything that can go wrong, in the names of the standard. */
export function faultSchemas(): JsonObject {
  return {
    Fout: { type: 'object', required: faultKeys, properties: faultProperties },
    FieldValidationError: {
      type: 'object',
      required: ['name', 'code', 'reason'],
      properties: {
        name: someText('Het pad van het veld.'),
        code: someText('De vaste code van wat er mis is.'),
        reason: someText('Wat er mis is, in woorden.'),
      },
    },
    ValidatieFout: {
      type: 'object',
      required: [...faultKeys, 'invalidParams'],
      properties: {
        ...faultProperties,
        invalidParams: { type: 'array', items: schemaRef('FieldValidationError') },
      },
    },
  };
}
