import { complain, type Field, fieldBasis, type FieldOptions, reasons, schemaBasis } from './field.ts';
import { asText, text, type TextOptions, urlSyntax } from './text.ts';
import type { Schema } from './schema.ts';

/**
 * Links between resources. Inside Klantbrug a link to a resource of ours is always its canonical URL, whichever of
 * our base URLs a client used (ruling R1); mappings see the CRM's own id in its place.
 */
export interface Link {
  /** The name of the resource that it leads to: `contactmoment`. */
  readonly to: string;
  /**
   * `local`: it must be a resource of this API, and only the path of the URL counts (contract section 3.2).
   * `anywhere`: it may be ours, or of another register of the same standard.
   */
  readonly reach: 'local' | 'anywhere';
}

/** The longest URL that a link may be given as, unless its declaration says otherwise. */
const longest = 1000;

/** What a link to a resource of the same API may be told. */
export interface ReferenceOptions extends Pick<FieldOptions, 'required' | 'description'> {
  /** The longest URL that it may be given as; default 1000, and Infinity for an API that says nothing of it. */
  readonly max?: number;
}

/** A link to a resource of the same API. Not required: null or blank is no link. */
export function reference(to: string, options: ReferenceOptions = {}): Field<string | null> {
  const required = options.required ?? false;
  const max = options.max ?? longest;
  return {
    ...fieldBasis(options),
    link: { to, reach: 'local' },
    unset: null,
    schema: { ...uriSchema(options, max), ...(required ? {} : { nullable: true }) },
    read(given, reading) {
      const value = given === null ? '' : asText(given);
      if (value === undefined) complain(reading, 'invalid', reasons.text);
      if (value === '' && required) complain(reading, 'null', reasons.null);
      if (value !== undefined && Array.from(value).length > max) {
        complain(reading, 'max_length', `Zorg ervoor dat dit veld niet meer dan ${max} karakters bevat.`);
        // The standard says no more of it than that: where it leads to does not matter any more.
        return undefined;
      }
      return value === '' ? null : value;
    },
  };
}

/** Where a record itself is: made for whoever asks, and ignored in a body. */
export function ownUrl(description: string): Field<string> {
  return text({ format: 'uri', max: longest, blank: false, readOnly: true, description });
}

/** A web address that may lead to a resource of ours. */
export function linkedUrl(to: string, options: TextOptions = {}): Field<string> {
  const field = text({ format: 'uri', max: longest, ...options, checks: [urlSyntax] });
  return { ...field, link: { to, reach: 'anywhere' } };
}

/**
 * The other end of a reference: which record of `resource` points at this one with its field `by`. Set by nobody,
 * and shown by whoever is pointed at (cm-002, vrz-002, vrz-003).
 */
export function inverse(
  resource: string,
  by: string,
  options: Pick<FieldOptions, 'description'> = {},
): Field<string | null> {
  return {
    ...fieldBasis({ readOnly: true }),
    link: { to: resource, reach: 'local' },
    inverseOf: by,
    unset: null,
    schema: { ...uriSchema(options, longest), readOnly: true, nullable: true },
    read: (given) => (given === null ? null : asText(given)),
  };
}

function uriSchema(options: FieldOptions, max: number): Schema {
  return {
    ...schemaBasis(options),
    type: 'string',
    format: 'uri',
    ...(Number.isFinite(max) ? { maxLength: max, minLength: 1 } : {}),
  };
}
