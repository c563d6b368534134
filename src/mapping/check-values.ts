import type { Mistake } from '../files/mistakes.ts';
import type { YamlFile } from '../files/yaml-file.ts';
import { meant } from './meant.ts';
import type { MappingFile } from './format.ts';
import { isZone } from './helpers/time-format.ts';

/** What is wrong with the time zone and the code tables of a mapping.yaml, as far as the schema cannot say it. */
export function checkValues(yaml: YamlFile, mapping: MappingFile): Mistake[] {
  return [...checkZone(yaml, mapping), ...checkUnknownCodes(yaml, mapping)];
}

function checkZone(yaml: YamlFile, { zone }: MappingFile): Mistake[] {
  if (zone === undefined || isZone(zone)) return [];
  return [
    {
      file: yaml.file,
      ...yaml.at(['zone']),
      path: 'zone',
      problem: `there is no time zone '${zone}'`,
      expected: 'the IANA name of a time zone',
      example: 'Europe/Amsterdam',
    },
  ];
}

function checkUnknownCodes(yaml: YamlFile, { codes = {}, unknownCodes = {} }: MappingFile): Mistake[] {
  const tables = Object.keys(codes);
  return Object.keys(unknownCodes)
    .filter((name) => !tables.includes(name))
    .map((name) => ({
      file: yaml.file,
      ...yaml.at(['unknownCodes', name]),
      path: `unknownCodes.${name}`,
      problem: `there is no code table '${name}'${meant(name, tables)}`,
      expected: `a table under \`codes\`: ${tables.join(', ') || 'there are none'}`,
    }));
}
