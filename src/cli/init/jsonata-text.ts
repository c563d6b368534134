import type { FieldGuess } from './guess-fields.ts';

const words = ['and', 'or', 'in', 'true', 'false', 'null'];

/** A text as JSONata writes it. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A place in a record as JSONata writes it: ``name.`last-name` ``, `phones[0].number`. */
export function pathOf(keys: readonly (string | 0)[]): string {
  return keys
    .map((key) => {
      if (key === 0) return '[0]';
      return `.${/^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !words.includes(key) ? key : `\`${key}\``}`;
    })
    .join('')
    .slice(1);
}

/** The expression that makes the standard's value of the CRM's. */
export function reading({ keys, notation, field, asText }: FieldGuess): string {
  const value = pathOf(keys);
  if (notation === 'sex') return `$decode("geslacht", ${value})`;
  if (notation === 'with-time') return `${value} ? $substring(${value}, 0, 10)`;
  if (notation === 'day-first')
    return `${value} ? $replace(${value}, /^([0-9]{2})[-\\/.]([0-9]{2})[-\\/.]([0-9]{4})$/, "$3-$2-$1")`;
  // What the standard wants as a URL may be typed without "https://", or be no URL at all.
  if (field === 'websiteUrl' && asText)
    return `${value} and $contains(${value}, /^https?:\\/\\/[^\\s]+$/) ? ${value} : $settings.websiteUrl`;
  return value;
}

/** The expression that makes the CRM's value of the standard's: what is not filled in becomes an empty text. */
export function writing({ field, notation, asText }: FieldGuess): string {
  if (notation === 'sex') return `$encode("geslacht", ${field}, "") ?? ""`;
  if (notation === 'day-first')
    return `${field} ? $replace(${field}, /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/, "$3-$2-$1") : ""`;
  if (notation === 'with-time') return `${field} ? ${field} & "T00:00:00Z" : ""`;
  if (field === 'adres.huisnummer')
    return asText ? `$type(${field}) = "number" ? $string(${field}) : ""` : `${field} ?? null`;
  return `${field} ?? ""`;
}

/** A remark that can stand in any file: nothing in it ends it. */
export function remark(text: string): string {
  return `/* ${text.replaceAll('*/', '* /')} */`;
}
