/**
 * Compares the OpenAPI documents that we derive with the official ones of the standard, fact by fact.
 *
 *     npx tsx .ci/compare-openapi.ts [folder]
 *
 * The folder has `klanten.openapi.yaml` and so on. The official documents are not part of this repository: without
 * them the comparison is skipped. Wording (titles, descriptions, examples) is ours and not compared. A difference
 * that is not among `openApiDifferences` fails, and so does one of those that no longer occurs in an API that it is
 * for.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { openApiDocument } from '../src/api/openapi/index.ts';
import { openApiDifferences } from '../src/conformance/differences.ts';
import { declaredApis, declaredResources } from '../src/conformance/operations.ts';
import { declaration } from '../src/config/declaration.ts';
import { isObject, type JsonObject, scalarText, valueAt } from '../src/json.ts';
import { kicApi } from '../src/contract/apis.ts';
import { differences, factsOf } from './openapi-facts.ts';

/** What the official document of an API is named after, where that is not the API's own name. */
const officialNames: Readonly<Record<string, string>> = { [kicApi]: 'klantinteracties' };

const configuration = JSON.parse(JSON.stringify(declaration)) as JsonObject;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Reports the comparison of one API; returns how many facts passed and failed. */
function compare(api: string, official: JsonObject): { readonly passed: number; readonly failed: number } {
  const theirs = factsOf(official);
  const ours = factsOf(documentOf(api));
  const facts = new Set([...theirs.keys(), ...ours.keys()]).size;
  const found = differences(theirs, ours);
  const allowed = openApiDifferences.filter(({ apis }) => apis?.includes(api) ?? true);

  const unlisted = found.filter((line) => !allowed.some(({ where }) => where.test(line)));
  const gone = allowed.filter(({ where }) => !found.some((line) => where.test(line)));
  say(
    `${api}: ${facts - found.length} facts are equal, ${found.length - unlisted.length} differ as expected`,
  );
  for (const { where, what, why } of allowed) {
    say(`  ${found.filter((line) => where.test(line)).length} expected: ${what}: ${why}`);
  }
  for (const line of unlisted) say(`  unlisted difference: ${line}`);
  for (const { what } of gone) say(`  no longer a difference, take it off the list: ${what}`);
  return { passed: facts - unlisted.length, failed: unlisted.length + gone.length };
}

/** The whole document of an API, as it is where nothing is configured but a place for it, as in the official one. */
function documentOf(api: string): JsonObject {
  return openApiDocument({
    title: `${api} API`,
    description: '',
    version:
      scalarText(valueAt(configuration, `properties.apis.properties.${api}.properties.version.default`)) ??
      '',
    serverUrl: '/api/v1',
    resources: declaredResources.filter((resource) => resource.api === api),
    supports: () => true,
  });
}

function main(): void {
  const besides = fileURLToPath(new URL('../../shared/standard', import.meta.url));
  const folder = process.argv[2] ?? besides;
  let passed = 0;
  let failed = 0;
  for (const api of declaredApis()) {
    const file = path.join(folder, `${officialNames[api] ?? api}.openapi.yaml`);
    if (!existsSync(file)) {
      say(`${api}: skipped, the official OpenAPI document is not here`);
      continue;
    }
    const official: unknown = parse(readFileSync(file, 'utf8'));
    if (!isObject(official)) throw new Error(`${file} is no OpenAPI document`);
    const result = compare(api, official);
    passed += result.passed;
    failed += result.failed;
  }
  say(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

main();
