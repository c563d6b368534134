import type { TSchema } from 'typebox';
import type { TLocalizedValidationError } from 'typebox/error';
import { Settings } from 'typebox/system';
import { Check, Errors, Pointer } from 'typebox/value';
import type { SchemaNode } from './schema-node.ts';

export type SchemaError = TLocalizedValidationError;

/** All that TypeBox has against a value; of each union that does not fit, only what helps a person. */
export function schemaErrors(schema: TSchema, value: unknown): SchemaError[] {
  // To look for all errors takes much longer than to see that there are none.
  return Check(schema, value) ? [] : withoutAlternatives(schema, allErrors(schema, value));
}

/** The part of a schema that an error's `schemaPath` points at. */
export function nodeAt(schema: TSchema, schemaPath: string): SchemaNode {
  return Pointer.Get(schema, schemaPath.slice(1)) as SchemaNode;
}

/** TypeBox stops after eight errors unless told otherwise, and can only be told globally. */
function allErrors(schema: TSchema, value: unknown): SchemaError[] {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: 10_000 });
  try {
    return Errors(schema, value);
  } finally {
    Settings.Set({ maxErrors });
  }
}

/**
 * Of a value that fits no alternative of a union, TypeBox reports the errors of every alternative. We keep those
 * of the one that was evidently meant, or else only the error that none fits.
 */
function withoutAlternatives(schema: TSchema, errors: readonly SchemaError[]): SchemaError[] {
  const [union] = errors
    .filter(({ keyword }) => keyword === 'anyOf')
    .sort((one, other) => one.schemaPath.length - other.schemaPath.length);
  if (!union) return [...errors];
  const others = errors.filter((error) => error !== union && !isOf(union, error));
  const meant = meantAlternative(
    union,
    errors.filter((error) => isOf(union, error)),
  );
  // Inside a secret, even the name of an unknown key may be the secret itself.
  const told =
    meant && !nodeAt(schema, union.schemaPath).secret ? withoutAlternatives(schema, meant) : [union];
  return [...told, ...withoutAlternatives(schema, others)];
}

function isOf(union: SchemaError, { schemaPath, instancePath }: SchemaError): boolean {
  return (
    schemaPath.startsWith(`${union.schemaPath}/anyOf/`) &&
    `${instancePath}/`.startsWith(`${union.instancePath}/`)
  );
}

/** The errors of the alternative that is of the right kind and only has something wrong inside it. */
function meantAlternative(
  union: SchemaError,
  errors: readonly SchemaError[],
): readonly SchemaError[] | undefined {
  const branch = ({ schemaPath }: SchemaError): string | undefined =>
    schemaPath.slice(`${union.schemaPath}/anyOf/`.length).split('/')[0];
  const alternatives = [...new Set(errors.map(branch))].map((name) =>
    errors.filter((error) => branch(error) === name),
  );
  return alternatives
    .filter((group) => group.every((error) => isInside(union, error)))
    .sort((one, other) => one.length - other.length)[0];
}

function isInside(union: SchemaError, { keyword, instancePath }: SchemaError): boolean {
  return instancePath !== union.instancePath || keyword === 'required' || keyword === 'additionalProperties';
}
