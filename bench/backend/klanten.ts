import path from 'node:path';
import { readYaml } from '../../src/files/yaml-file.ts';
import { type JsonObject, valueAt } from '../../src/json.ts';
import { project } from '../project.ts';

/** The record of a person with everything filled in: 0.8 KB, of which some 40 fields are shown. */
export async function recordOfPerson(): Promise<JsonObject> {
  const file = path.join(project, 'mappings/demo-crm/examples/klant.read.natuurlijk-persoon.yaml');
  return valueAt((await readYaml(file)).value, 'exchanges.0.answer.body.RELATIE') as JsonObject;
}

/** The number of the first of the klanten; each next one is one higher. */
export const firstKlant = 100_000;

/** What the CRM has to say about its klanten, whatever their number, out of one record. */
export interface Klanten {
  /** One record. Its number is the one that was asked for. */
  one(number: string): string;
  /** The number of its last change only. */
  stamp(number: string): string;
  list(size: number): string;
}

/** Makes answers out of a record: all are alike but for their number. */
export function klantenLike(record: JsonObject): Klanten {
  const numbered = (number: number): JsonObject => ({ ...record, RELNR: number });
  const one = JSON.stringify({ STATUS: 'OK', RELATIE: numbered(firstKlant) });
  const [before = '', after = ''] = one.split(new RegExp(`(?<="RELNR":)${firstKlant}\\b`));
  return {
    one: (number) => `${before}${number}${after}`,
    stamp: (number) =>
      `{"STATUS":"OK","RELATIE":{"RELNR":${number},"MUTNR":${JSON.stringify(record.MUTNR)}}}`,
    list(size) {
      const records = Array.from({ length: size }, (_, place) => numbered(firstKlant + place));
      return JSON.stringify({ STATUS: 'OK', TOTAAL: size, RELATIES: records });
    },
  };
}
