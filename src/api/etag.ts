import { createHash } from 'node:crypto';

/**
 * A strong ETag over exactly the JSON that the client sees, its base URL included (ruling R1). MD5 is what the standard's
 * own implementations use; nobody relies on it for anything but telling contents apart.
 */
export function etagOf(body: string): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

/**
 * Whether If-None-Match holds an ETag: one, several, weak ones (proxies weaken them), or `*`. A blank header says
 * nothing (contract section 6; a real client sends it).
 */
export function matches(ifNoneMatch: string, etag: string): boolean {
  const value = ifNoneMatch.trim();
  if (value === '*') return true;
  return [...value.matchAll(/(?:W\/)?("[^"]*")/g)].some(([, candidate]) => candidate === etag);
}
