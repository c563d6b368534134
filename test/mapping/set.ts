import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadMappingSet } from '../../src/mapping/load.ts';
import { type Mistake, Mistakes } from '../../src/files/mistakes.ts';
import { mappedResources as resources } from '../../src/resources/index.ts';

/** The files of a mapping set by their names. */
export type Files = Readonly<Record<string, string>>;

/** A small set without mistakes. */
export const soundSet = {
  'mapping.yaml': `klantbrug: 1
title: A set for the specs
codes:
  soort: { P: natuurlijk_persoon, O: niet_natuurlijk_persoon }
backends:
  crm: { errors: [{ when: { status: 404 }, means: not-found }] }
resources:
  klant:
    backend: crm
    id: { field: NR, form: integer }
    record: { from: from.jsonata, to: to.jsonata }
    read: { request: read.jsonata }
    list:
      request: list.jsonata
      records: ITEMS
      total: TOTAL
      paging: { by: offset, size: 50 }
      filters: { achternaam: narrows }
    create: [{ request: create.jsonata, id: NR }]
    update: [{ request: update.jsonata }]
    delete: [{ request: delete.jsonata, backend: crm }]
    deviations: { telefoonnummer: blank }
`,
  'from.jsonata': `{
  "bronorganisatie": ORG,
  "websiteUrl": WEB,
  "achternaam": NAME,
  "subjectType": $decode("soort", KIND),
  "subjectIdentificatie": { "inpBsn": PERSONAL }
}`,
  'to.jsonata': '{ "NAME": achternaam, "KIND": $encode("soort", subjectType) }',
  'read.jsonata': '{ "path": ["people", id] }',
  'list.jsonata': '{ "path": ["people"], "query": { "NAME": filters.achternaam } }',
  'create.jsonata': '{ "method": "POST", "path": ["people"], "body": columns }',
  'update.jsonata': '{ "method": "PUT", "path": ["people", id], "body": changes }',
  'delete.jsonata': '{ "method": "DELETE", "path": ["people", id] }',
} as const satisfies Files;

/** Everything that is reported about a set; its files are named without their folder. */
export async function mistakesIn(files: Files): Promise<readonly Mistake[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-set-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
    await loadMappingSet(folder, {
      resources,
      settings: {},
      backends: ['crm', 'zaken'],
      clock: { now: () => 0 },
      random: () => 0,
    });
    return [];
  } catch (error) {
    if (!(error instanceof Mistakes)) throw error;
    return error.mistakes.map((mistake) => ({ ...mistake, file: path.relative(folder, mistake.file) }));
  } finally {
    await rm(folder, { recursive: true });
  }
}
