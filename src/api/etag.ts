import { hash } from 'node:crypto';

/** As many hexadecimal digits as 128 bits have: two representations never share them by accident. */
const digits = 32;

/**
 * A strong ETag over exactly the JSON that the client sees, its base URL included (ruling R1): the same wherever and
 * whenever it is made. SHA-256 takes half the time of MD5 on the processors of today, and is there on every machine.
 */
export function etagOf(body: string): string {
  return `"${hash('sha256', body, 'hex').slice(0, digits)}"`;
}

/**
 * Whether If-None-Match holds an ETag: one, several, weak ones (proxies weaken them), or `*`. A blank header says
 * nothing (contract section 6; a real client sends it).
 */
export function matches(ifNoneMatch: string, etag: string): boolean {
  const value = ifNoneMatch.trim();
  if (value === etag || value === '*') return true;
  if (value === '') return false;
  return [...value.matchAll(/(?:W\/)?("[^"]*")/g)].some(([, candidate]) => candidate === etag);
}
