import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exampleClock, exampleRandom } from '../../examples/run.ts';
import { namesIn } from '../../dotted-path.ts';
import { patchYaml } from '../../files/yaml-patch.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { loadMappingSet } from '../../mapping/load.ts';
import { mappedResources as resources } from '../../resources/index.ts';
import { type MadeExamples, madeExamples } from './examples.ts';
import type { Facts, Shape } from './facts.ts';
import { callsShown } from './guess-calls.ts';
import { guessFields, unusedKeys } from './guess-fields.ts';
import { mappingYaml, writesOf } from './mapping-text.ts';
import { describedBy } from './openapi.ts';
import { plausible } from './plausible.ts';
import { guessId } from './guess-id.ts';
import { shapeOf } from './read-shape.ts';
import { createRequest, deleteRequest, listRequest, readRequest, updateRequest } from './requests.ts';
import { fromCrm, toCrm } from './translations.ts';

/** What a skeleton is made from, as it was read. */
export interface Given {
  readonly sample: Json | undefined;
  readonly openapi: JsonObject | undefined;
}

/**
 * Finds out what there is to know of a CRM. A sample goes before a description, which says what can be rather than
 * what is; without both it is a CRM as there are many.
 *
 * @returns instead of facts `no-people` when the OpenAPI document has no list of them, and `no-record` when all that
 * there is is a sample with nothing in it
 */
export function factsOf(name: string, { sample, openapi }: Given): Facts | 'no-people' | 'no-record' {
  const described = openapi && describedBy(openapi, environmentName(name));
  if (openapi && !described) return 'no-people';
  const assumed = described ?? plausible;
  const list = shapeOf(assumed.list);
  const one = assumed.one === undefined ? undefined : shapeOf(assumed.one);
  const shown = sample === undefined ? undefined : shapeOf(sample);
  const isList = shown !== undefined && !isOneRecord(sample, shown.record, shown.recordAt);
  const around = shown && (isList || !described) ? shown : list;
  const isAlone = shown !== undefined && !described;
  const records = isAlone && !isList ? recordsLike(shown) : around.records;
  const recordAt = shown && !isList ? shown.recordAt : isAlone ? recordAtLike(shown) : one?.recordAt;
  // An empty list shows nothing of a record.
  const isShown = shown !== undefined && Object.keys(shown.record).length > 0;
  if (shown && !isShown && !described) return 'no-record';
  const record = isShown ? shown.record : { ...list.record, ...one?.record };
  const fields = guessFields(record, (keys) => {
    const inList = [...(list.records === undefined ? [] : namesIn(list.records)), 0, ...keys] as const;
    const inOne = [...(one?.recordAt === undefined ? [] : [one.recordAt]), ...keys];
    const said = assumed.choices?.('list', inList) ?? [];
    return said.length > 0 ? said : (assumed.choices?.('one', inOne) ?? []);
  });
  const id = guessId(record, fields);
  const shape = { record, records, total: around.total, next: around.next, recordAt };
  return {
    name,
    sources: { sample: isShown, openapi: openapi !== undefined, list: !isAlone || isList },
    shape,
    calls: described || sample === undefined ? assumed.calls : callsShown(assumed.calls, sample, shape),
    id,
    fields,
    unused: unusedKeys(record, fields).filter((key) => key !== id.field),
  };
}

/** What an answer may have around one record as well as around a list of them. */
const bothAround = /^(?:data|result|value|payload|response|content)$/;

/** Where a read has the record, of which only a list is shown: what is around all may be around one. */
function recordAtLike({ records }: Shape): string | undefined {
  return records === 'data' ? records : undefined;
}

/** Where a list has its records, of which only one record is shown. */
function recordsLike({ records, recordAt }: Shape): string | undefined {
  return recordAt !== undefined && bothAround.test(recordAt) ? recordAt : records;
}

function isOneRecord(sample: Json | undefined, record: JsonObject, recordAt: string | undefined): boolean {
  return sample === record || (recordAt !== undefined && isObject(sample) && sample[recordAt] === record);
}

/** What the names of environment variables begin with: `MY_CRM` of `my-crm`. */
function environmentName(name: string): string {
  return name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .replace(/^(?=[0-9])/, 'CRM_');
}

/** A mapping set by the paths of its files in its folder; and the examples that it does not have, with the reason. */
export interface Skeleton {
  readonly files: ReadonlyMap<string, string>;
  readonly leftOut: ReadonlyMap<string, string>;
}

/**
 * Makes the files of a mapping set. They were loaded and checked, and their examples played.
 *
 * @throws Mistakes when what was guessed makes no mapping set
 */
export async function skeletonOf(facts: Facts): Promise<Skeleton> {
  const { create, update, delete: remove } = writesOf(facts);
  const files = new Map([
    ['mapping.yaml', mappingYaml(facts)],
    ['klant.from-crm.jsonata', fromCrm(facts)],
    ['klant.list.jsonata', listRequest(facts)],
    ['klant.read.jsonata', readRequest(facts)],
    ...((create ?? update) ? [['klant.to-crm.jsonata', toCrm(facts)] as const] : []),
    ...(create ? [['klant.create.jsonata', createRequest(facts)] as const] : []),
    ...(update ? [['klant.update.jsonata', updateRequest(facts)] as const] : []),
    ...(remove ? [['klant.delete.jsonata', deleteRequest(facts)] as const] : []),
  ]);
  const { examples, leftOut } = await examplesOf(facts, files);
  const head = '# yaml-language-server: $schema=../../example.schema.json\n';
  for (const [name, example] of examples) files.set(`examples/${name}`, head + patchYaml('{}', example));
  return { files, leftOut: new Map([...leftOut].map(([name, why]) => [`examples/${name}`, why])) };
}

/** Loading reads files, so the set is somewhere else for a moment before it is where it belongs. */
async function examplesOf(facts: Facts, files: ReadonlyMap<string, string>): Promise<MadeExamples> {
  const folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-init-'));
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, text] of files) await writeFile(path.join(folder, name), text);
    const set = await loadMappingSet(folder, {
      resources,
      settings: {},
      backends: ['crm'],
      clock: exampleClock,
      random: exampleRandom,
    });
    return await madeExamples(set, facts);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
