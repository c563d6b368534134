/**
 * Writes docs/CONFORMANCE.md: `npm run docs:conformance`.
 *
 *     npx tsx .ci/write-conformance.ts [--evidence FILE] [--check]
 *
 * It runs all tests for it, unless it is given what another run left (`KLANTBRUG_EVIDENCE=FILE npm test`). With
 * `--check` it writes nothing, and fails when the document is not up to date. A rule or an operation that no test
 * proves always fails.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { conformanceDocument } from '../src/conformance/document.ts';
import type { Evidence } from '../src/conformance/evidence.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const target = path.join(root, 'docs/CONFORMANCE.md');

const { values } = parseArgs({
  options: { evidence: { type: 'string' }, check: { type: 'boolean', default: false } },
});

const { text, unproven } = conformanceDocument(
  values.evidence === undefined ? evidenceOfRun() : read(values.evidence),
);
if (unproven.length > 0) throw new Error(`No test proves ${unproven.join(', ')}.`);
if (!values.check) writeFileSync(target, text);
else if (text !== present()) {
  throw new Error('docs/CONFORMANCE.md is not up to date: run npm run docs:conformance');
}

function present(): string {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return '';
  }
}

function evidenceOfRun(): Evidence {
  const folder = mkdtempSync(path.join(tmpdir(), 'klantbrug-evidence-'));
  const file = path.join(folder, 'evidence.json');
  try {
    const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules/mocha/bin/mocha.js')], {
      cwd: root,
      env: { ...process.env, KLANTBRUG_EVIDENCE: file },
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error('The tests fail, so they prove nothing.');
    return read(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(file: string): Evidence {
  return JSON.parse(readFileSync(file, 'utf8')) as Evidence;
}
