import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Answered, Evidence } from '../../src/conformance/evidence.ts';
import { root } from './process.ts';

/**
 * What a run of the tests proves, for docs/CONFORMANCE.md: which tests passed, and which operations the gateways of
 * which spec file answered. Kept only when the environment names the file to write it to, once the run is over.
 */
const target = process.env.KLANTBRUG_EVIDENCE;

const passed: { readonly file: string; readonly title: string }[] = [];
const answered = new Map<string, Answered>();

/** Remembers the test that just ended, if it passed. Belongs in mocha's root hook after each test. */
export function noteTest(test: Mocha.Test | undefined): void {
  if (target === undefined || test?.state !== 'passed') return;
  passed.push({ file: relative(test.file), title: test.fullTitle() });
}

/**
 * Remembers the answers of one gateway; called where a `describe` begins, because an answer counts for its file.
 *
 * @returns what is told of each answer: the method, the URL that was asked for, and the status
 */
export function answersOfThisFile(): (method: string, url: string, status: number) => void {
  let file = '';
  before(function () {
    file = relative(this.test?.file);
  });
  return (method, url, status) => {
    const place = withoutIds(new URL(url).pathname);
    if (target === undefined || place === undefined) return;
    answered.set([file, method, place, status].join(' '), { file, method, path: place, status });
  };
}

/** Writes what was remembered, in an order that does not depend on which spec ran first. */
export function writeEvidence(): void {
  if (target === undefined) return;
  const inOrder = <Item>(items: Iterable<Item>): Item[] =>
    [...items].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  const evidence: Evidence = { tests: inOrder(passed), answers: inOrder(answered.values()) };
  writeFileSync(target, `${JSON.stringify(evidence, null, 1)}\n`);
}

/** `/klanten/api/v1/klanten/{}`: every second segment after the version is an id. Undefined outside the APIs. */
function withoutIds(pathname: string): string | undefined {
  const [, api, rest] = /^(\/[a-z]+\/api\/v1)\/(.+)$/.exec(pathname) ?? [];
  if (api === undefined || rest === undefined) return undefined;
  const segments = rest.split('/').map((segment, index) => (index % 2 === 0 ? segment : '{}'));
  return [api, ...segments].join('/');
}

function relative(file = ''): string {
  return path.relative(root, file).split(path.sep).join('/');
}
