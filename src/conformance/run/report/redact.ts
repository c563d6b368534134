/** Hides every number of nine digits or more, such as a BSN, but for its end: made-up ones as well. */
export function redacted(text: string): string {
  return text.replace(/\b\d{9,}\b/g, (digits) => `${'•'.repeat(digits.length - 3)}${digits.slice(-3)}`);
}
