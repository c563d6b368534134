import { parseUrl } from '../url.ts';

/** Segments that some servers read as a step up, although a URL parser does not. */
const disguisedSteps = /%2f|%5c|\/\.{1,2};/i;

/**
 * Whether a URL belongs to a root: the same origin, and a path that is the root's or goes on after a slash. A URL
 * that might leave the root again in the eyes of its server belongs to none, because a root stands for credentials.
 *
 * @param root an absolute URL without a slash at its end
 */
export function isUnderRoot(url: URL, root: string): boolean {
  const parsed = parseUrl(root);
  if (url.origin !== parsed?.origin || disguisedSteps.test(url.pathname)) return false;
  return isWithin(url.pathname, parsed.pathname);
}

/** Whether a path is another one, or goes on after it. */
export function isWithin(path: string, outer: string): boolean {
  const prefix = outer.replace(/\/$/, '');
  return path === prefix || path.startsWith(`${prefix}/`);
}
