import type { JsonObject } from '../json.ts';
import type { Complaint } from '../problem.ts';
import { normalised, withoutQuery } from '../url.ts';
import { textOf } from './checks.ts';
import type { Rule, World } from './rule.ts';

/**
 * The relation of a verzoek with an informatieobject is kept in the Documenten API as well (contract section 8.1):
 * made there after ours, which that API may look at, and removed there before ours.
 */
export const kic001: Rule = {
  id: 'kic-001',
  title: 'Synchroniseren relaties met informatieobjecten',
  default: 'on',
  on: ['create', 'delete'],
  checks: {},
  mirror: {
    made: (record, world) => mirrored('create', record, world, 'Could not create remote relation'),
    removed: (record, world) => mirrored('remove', record, world, 'Could not delete remote relation'),
    async found(verzoek, world) {
      const { found, silent } = await world.mirrored(verzoek);
      return {
        records: found.map((informatieobject) => ({ verzoek, informatieobject })),
        silent,
        tells: (record) => !silent.some((root) => keyOf(record).startsWith(`${root}/`)),
      };
    },
    keyOf,
  },
};

/** Ruling R11: which version of a document is meant is no part of its identity. */
function keyOf(record: JsonObject): string {
  return withoutQuery(normalised(textOf(record, 'informatieobject')));
}

async function mirrored(
  action: 'create' | 'remove',
  record: JsonObject,
  world: World,
  reason: string,
): Promise<Complaint[]> {
  const done = await world.mirror(action, textOf(record, 'verzoek'), textOf(record, 'informatieobject'));
  return done ? [] : [{ name: 'nonFieldErrors', code: 'invalid', reason }];
}
