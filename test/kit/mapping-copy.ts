import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const original = path.resolve(import.meta.dirname, '../../mappings/demo-crm');

/** What to change in one file: its new text, or a piece of it and what comes in its place. */
export type Edit = string | readonly (readonly [piece: string, instead: string])[];

/**
 * Copies the demonstration's mapping set for the specs of the surrounding `describe`, with changes.
 *
 * Call it before `runningGateway`, and give that a configuration that looks for `folder` late: with a getter.
 */
export function mappingCopy(edits: Readonly<Record<string, Edit>>): { readonly folder: string } {
  let folder = '';

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-mapping-'));
    await cp(original, folder, { recursive: true });
    for (const [file, edit] of Object.entries(edits)) {
      const place = path.join(folder, file);
      await writeFile(place, typeof edit === 'string' ? edit : edited(await readFile(place, 'utf8'), edit));
    }
  });

  after(() => rm(folder, { recursive: true, force: true }));

  return {
    get folder() {
      return folder;
    },
  };
}

function edited(text: string, edit: Exclude<Edit, string>): string {
  return edit.reduce((result, [piece, instead]) => {
    if (!result.includes(piece)) throw new Error(`The mapping set no longer holds: ${piece}`);
    return result.replace(piece, () => instead);
  }, text);
}
