import type { Json, JsonObject } from '../../json.ts';
import { personalName } from '../../mapping/check.ts';
import { idCodec, type IdForm } from '../../mapping/ids.ts';
import type { IdGuess } from './facts.ts';
import { comparable } from './field-names.ts';
import { type FieldGuess, isPlainKey } from './guess-fields.ts';

const forms: readonly (readonly [IdForm, Json])[] = [
  ['uuid', '6f1c2b9e-0000-4000-8000-000000000042'],
  ['integer', 100042],
  ['base62', 'A0000042'],
  ['hexadecimal', '5f0000000000000000000042'],
  ['ascii', 'rel-00000042'],
];

/**
 * Guesses where a record has its id: what is called so, and can be packed into a UUID. The number of a person is none,
 * and neither is what a field of the klant is made of that tells who it is.
 */
export function guessId(record: JsonObject, fields: readonly FieldGuess[]): IdGuess {
  const taken = new Set(fields.flatMap(({ keys }) => keys));
  const [best] = idsIn(record).filter(({ field }) => !taken.has(field));
  if (best) return best;
  const field = ['id', 'recordId', 'key'].find((name) => !taken.has(name)) ?? 'id';
  return { field, form: 'integer', madeUp: 100042, invented: true };
}

/** The fields of a record that can be its id, the likeliest first. */
export function idsIn(record: JsonObject): IdGuess[] {
  return Object.entries(record)
    .filter(([key]) => isPlainKey(key) && !personalName.test(key))
    .flatMap(([key, value]) => {
      const rank = idRank(key);
      const form = forms.find(([name]) => idCodec(name, 'klant').toUuid(value) !== undefined);
      return rank === undefined || !form ? [] : [{ key, value, rank, form }];
    })
    .sort((one, other) => one.rank - other.rank)
    .map(({ key, value, form: [form, madeUp] }) => {
      const isText = form === 'integer' && typeof value === 'string';
      return { field: key, form, madeUp: isText ? '100042' : madeUp, invented: false };
    });
}

function idRank(key: string): number | undefined {
  const name = comparable(key);
  if (['id', 'uuid', 'guid'].includes(name)) return 0;
  if (['identifier', 'recordid', 'contactid', 'klantid', 'customerid', 'personid'].includes(name)) return 1;
  if (/^(nr|nummer|number|key|sleutel|code)$/.test(name)) return 2;
  if (/[a-z]nr$|[a-z]key$/.test(name)) return 3;
  return /(?:^|[a-z_])id$/i.test(key) || /Id$|ID$/.test(key) ? 4 : undefined;
}
