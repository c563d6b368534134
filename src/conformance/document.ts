import { markdownTable } from '../files/markdown.ts';
import type { Rule } from '../rules/rule.ts';
import { behaviourDifferences, openApiDifferences } from './differences.ts';
import type { Evidence } from './evidence.ts';
import { type ApiOperation, declaredApis, declaredResources, operationsOf } from './operations.ts';
import { rulings } from './rulings.ts';

/** docs/CONFORMANCE.md, and what it could not prove. */
export interface ConformanceDocument {
  /** Markdown, the same for the same evidence, to the byte. */
  readonly text: string;
  /** The rules that no test names, and the operations that no test saw carried out: `klanten klant_list`. */
  readonly unproven: readonly string[];
}

/**
 * What is promised, and which tests prove it.
 *
 * A test proves a rule or a ruling when its file is called after it, or its title names it; its file proves the
 * operations that a gateway carried out in it.
 */
export function conformanceDocument(evidence: Evidence): ConformanceDocument {
  const rules = declaredRules().map((rule) => ({ rule, files: filesAbout(rule.id, evidence) }));
  const operations = declaredApis()
    .flatMap((api) => operationsOf(api))
    .map((operation) => ({ operation, ...answersOf(operation, evidence) }));
  const text = [
    introduction,
    '## Rules',
    'Each has a switch: the key `rules` of the configuration.',
    table(
      ['Rule', 'What it asks', 'Switch', 'Tests', 'Proved by'],
      rules.map(({ rule, files }) => [rule.id, rule.title, switchText(rule), ...proofCells(files)]),
    ),
    '## Operations',
    'The answers are those that tests saw, apart from 5xx: any operation gets one when a system behind fails. The tests are those in which it was carried out.',
    ...declaredApis().flatMap((api) => [
      `### ${api}`,
      table(
        ['Operation', 'Request', 'Answers', 'Proved by'],
        operations
          .filter(({ operation }) => operation.api === api)
          .map(({ operation: { id, method, path }, classes, files }) => [
            `\`${id}\``,
            `${method} ${path}`,
            classes.join(', '),
            filesOrFolders(files),
          ]),
      ),
    ]),
    '## Rulings',
    'What the standard leaves open, or says in two ways.',
    table(
      ['Ruling', 'About', 'Decision', 'Because', 'Switch', 'Tests', 'Proved by'],
      rulings.map(({ id, topic, decision, why, switches }) => [
        id,
        topic,
        decision,
        why,
        keys(switches),
        ...proofCells(filesAbout(id, evidence)),
      ]),
    ),
    '## Differences from the official OpenAPI documents',
    'Each of our documents is compared with the official one, fact by fact; any other difference fails.',
    table(
      ['What', 'Because', 'In'],
      openApiDifferences.map(({ what, why, apis }) => [what, why, apis?.join(', ') ?? 'every API']),
    ),
    '## Differences from the reference implementations',
    table(
      ['About', 'They', 'Klantbrug', 'Because', 'Switch'],
      behaviourDifferences.map(({ topic, theirs, ours, why, switches }) => [
        topic,
        theirs,
        ours,
        why,
        keys(switches),
      ]),
    ),
  ].join('\n\n');
  return {
    text: `${text}\n`,
    unproven: [
      ...rules.filter(({ files }) => files.size === 0).map(({ rule }) => rule.id),
      ...operations
        .filter(({ files }) => files.length === 0)
        .map(({ operation: { api, id } }) => `${api} ${id}`),
    ],
  };
}

const introduction = `# Conformance

What Klantbrug promises of the standard, and which tests prove it. Written by \`npm run docs:conformance\` out of a run
of all tests; do not edit it. What one deployment keeps of it, with its own configuration and mapping set, says
\`klantbrug conformance --config FILE\`.`;

/** What random sequences happen to do differs from run to run, so what they saw proves no operation. */
const randomSpecs = 'test/properties/';

function declaredRules(): Rule[] {
  const rules = new Map(
    declaredResources.flatMap((resource) => resource.rules.map((rule) => [rule.id, rule])),
  );
  return [...rules.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** The spec files about a rule or a ruling, each with how many of its tests are. */
function filesAbout(id: string, { tests }: Evidence): ReadonlyMap<string, number> {
  const named = new RegExp(`(?<![\\w-])${id}(?![\\w-])`);
  const about = tests.filter(({ file, title }) => file.endsWith(`/${id}.spec.ts`) || named.test(title));
  const counts = new Map<string, number>();
  for (const { file } of about) counts.set(file, (counts.get(file) ?? 0) + 1);
  return new Map([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** How an operation was answered, and the spec files in which it was carried out. */
function answersOf({ api, method, path }: ApiOperation, { answers }: Evidence) {
  const place = `/${api}/api/v1${path.replaceAll(/\{[^}]+\}/g, '{}')}`;
  const here = answers.filter(
    (answer) => answer.method === method && answer.path === place && !answer.file.startsWith(randomSpecs),
  );
  const classOf = (status: number): string => `${Math.floor(status / 100)}xx`;
  const carriedOut = here.filter(({ status }) => status >= 200 && status < 300);
  return {
    // What a busy machine makes a test see once must not change the document.
    classes: [
      ...new Set(here.filter(({ status }) => status < 500).map(({ status }) => classOf(status))),
    ].sort(),
    files: [...new Set(carriedOut.map(({ file }) => file))].sort(),
  };
}

function proofCells(files: ReadonlyMap<string, number>): string[] {
  const count = [...files.values()].reduce((sum, tests) => sum + tests, 0);
  return [String(count), [...files.keys()].map(link).join(', ')];
}

/** With more files than this, only their folders are named. */
const fewFiles = 4;

function filesOrFolders(files: readonly string[]): string {
  if (files.length <= fewFiles) return files.map(link).join(', ');
  const folders = new Map<string, number>();
  for (const file of files) {
    const folder = file.slice(0, file.lastIndexOf('/'));
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  const named = [...folders].map(([folder, count]) => `${link(folder)} (${count})`);
  return `${files.length} files: ${named.join(', ')}`;
}

function link(file: string): string {
  return `[${file.replace(/^test\//, '').replace(/\.spec\.ts$/, '')}](../${file})`;
}

function switchText({ default: initially, warns }: Rule): string {
  const others = ['on', 'off', ...(warns ? ['warn'] : [])].filter((state) => state !== initially);
  return `**${initially}**, ${others.join(', ')}`;
}

function keys(switches: readonly string[] = []): string {
  return switches.map((key) => `\`${key}\``).join(', ');
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  // Prettier would pad every cell to the widest one.
  return `<!-- prettier-ignore-start -->\n${markdownTable(header, rows)}\n<!-- prettier-ignore-end -->`;
}
