/**
 * Compares the OpenAPI documents that we derive with the official ones of the standard, fact by fact.
 *
 *     npx tsx .ci/compare-openapi.ts [folder]
 *
 * The folder has `klanten.openapi.yaml` and so on. The official documents are not part of this repository: without
 * them the comparison is skipped. Wording (titles, descriptions, examples) is ours and not compared. A difference
 * that is not in `expected` fails, and so does an entry of `expected` that no longer occurs in an API that it is for.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { openApiDocument } from '../src/api/openapi/index.ts';
import { declaration } from '../src/config/declaration.ts';
import { isObject, type JsonObject, scalarText, valueAt } from '../src/json.ts';
import { resources } from '../src/resources/index.ts';
import { differences, factsOf } from './openapi-facts.ts';

/** A difference that is meant to be. */
interface Expected {
  /** The APIs in which it occurs; default: every one. */
  readonly apis?: readonly string[];
  /** Tested on the line of a difference: `- only theirs`, `+ only ours`, `~ changed`. */
  readonly where: RegExp;
  readonly reason: string;
}

const expected: readonly Expected[] = [
  {
    where: /^- paths > \/[a-z]+\/\{[a-z]+_uuid\}\/audittrail/,
    reason: 'the audit trail is not yet exposed: its operations',
  },
  {
    where: /^- components > schemas > (AuditTrail|Wijzigingen) > /,
    reason: 'the audit trail is not yet exposed: its schemas',
  },
  {
    apis: ['klanten'],
    where: /^- components > schemas > Klant > (required > klantnummer|properties > klantnummer > minLength) /,
    reason: 'rule kla-001: a klantnummer that is absent or empty is generated',
  },
  {
    where: /^- components > schemas > (Fout|ValidatieFout) > properties > detail > minLength /,
    reason: 'the detail of a validation error is always empty',
  },
  {
    where: /^\+ paths > \/[a-z]+\/\{uuid\} > get > responses > 304 > /,
    reason: 'the standard demands conditional reads, its document leaves the answer out',
  },
  {
    where: /^\+ paths > \S+ > (post|put|patch) > responses > 413 > /,
    reason: 'a body has a limit',
  },
  {
    where: /^\+ paths > \S+ > [a-z]+ > responses > 50[1-4] > /,
    reason: 'a gateway tells that the system behind it fails',
  },
];

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
  const allowed = expected.filter(({ apis }) => apis?.includes(api) ?? true);

  const unlisted = found.filter((line) => !allowed.some(({ where }) => where.test(line)));
  const gone = allowed.filter(({ where }) => !found.some((line) => where.test(line)));
  say(
    `${api}: ${facts - found.length} facts are equal, ${found.length - unlisted.length} differ as expected`,
  );
  for (const { where, reason } of allowed) {
    say(`  ${found.filter((line) => where.test(line)).length} expected: ${reason}`);
  }
  for (const line of unlisted) say(`  unlisted difference: ${line}`);
  for (const { reason } of gone) say(`  no longer a difference, take it off the list: ${reason}`);
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
    resources: resources.filter((resource) => resource.api === api),
    supports: () => true,
  });
}

function main(): void {
  const besides = fileURLToPath(new URL('../../shared/standard', import.meta.url));
  const folder = process.argv[2] ?? besides;
  let passed = 0;
  let failed = 0;
  for (const api of new Set(resources.map((resource) => resource.api))) {
    const file = path.join(folder, `${api}.openapi.yaml`);
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
