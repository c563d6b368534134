/**
 * Hides every number of nine digits or more, such as a BSN, but for its end: made-up ones as well. The UUID that a URL or a
 * path of a record ends with stays whole, or nobody could find what the run left: its digits are no number.
 */
export function redacted(text: string): string {
  return text.replace(uuidsAndNumbers, (found) =>
    found.includes('-') ? found : `${'•'.repeat(found.length - 3)}${found.slice(-3)}`,
  );
}

const uuidsAndNumbers = /(?<=\/)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b\d{9,}\b/gi;
