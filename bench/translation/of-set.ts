import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readYaml } from '../../src/files/yaml-file.ts';
import { type Json, valueAt } from '../../src/json.ts';
import type { CodeTables } from '../../src/mapping/helpers/helper.ts';
import { project } from '../project.ts';
import { klantByHand, type Relatie, type Settings } from './by-hand.ts';
import type { Translation } from './measure.ts';

/** A file of a mapping set, and the record that one of its examples has. */
interface OfSet {
  readonly name: string;
  readonly set: string;
  readonly file: string;
  readonly example: string;
  readonly record: string;
  readonly byHand?: (record: Relatie, settings: Settings) => unknown;
}

/** The klant of the demo CRM, which is also written by hand. */
export const tuned = 'demo-crm, klant';

/** One that nobody had in mind who wrote the compiler. */
export const untuned = 'suitecrm, klant: nobody tuned for it';

const ofSets: readonly OfSet[] = [
  {
    name: tuned,
    set: 'demo-crm',
    file: 'klant.from-crm.jsonata',
    example: 'klant.read.natuurlijk-persoon.yaml',
    record: 'RELATIE',
    byHand: klantByHand,
  },
  {
    name: untuned,
    set: 'suitecrm',
    file: 'klant.from.jsonata',
    example: 'klant.read.natuurlijk-persoon.yaml',
    record: 'data',
  },
];

/** The translations of a klant that mapping sets have. */
export function translationsOfSets(): Promise<Translation[]> {
  return Promise.all(ofSets.map(translationOf));
}

async function translationOf({ name, set, file, example, record, byHand }: OfSet): Promise<Translation> {
  const folder = path.join(project, 'mappings', set);
  const { settings = {}, codes = {} } = (await readYaml(path.join(folder, 'mapping.yaml'))).value as SetFile;
  const { value } = await readYaml(path.join(folder, 'examples', example));
  return {
    name,
    file,
    source: await readFile(path.join(folder, file), 'utf8'),
    settings,
    codes,
    record: valueAt(value, `exchanges.0.answer.body.${record}`) as Json,
    ...(byHand && { byHand: (one) => byHand(one as Relatie, settings as unknown as Settings) }),
  };
}

/** What a mapping.yaml has of it. */
interface SetFile {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly codes?: CodeTables;
}
