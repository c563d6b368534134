import { mainOf, operationId, type Resource } from '../../../../contract/resource.ts';
import { scalarText } from '../../../../json.ts';
import { resources } from '../../../../resources/index.ts';
import type { ApiName, Check } from '../../check.ts';
import { uuidOf } from '../../made.ts';
import { bodyWithOwnMain, expectStatus, make, makeComplete, remove } from '../../records.ts';

/** The relations of a record go when it goes, also those with a zaak of which the source still knows. */
export function cascadeChecks(main: Resource): Check[] {
  const parts = resources.filter((resource) => mainOf(resource) === main.name);
  return parts.map((part) => ({
    id: `${operationId(main, 'delete')}.${part.name}`,
    api: main.api as ApiName,
    proves: [operationId(main, 'delete'), operationId(part, 'read')],
    title: `a ${part.name} goes with its ${main.name}`,
    async run(context) {
      const { uuid, record } = await make(context, part.name, await bodyWithOwnMain(context, part.name));
      await remove(context, main.name, uuidOf(scalarText(record[part.partOf ?? '']) ?? ''));
      expectStatus(context, await context.ask(part, 'read', { uuid }), 404);
    },
  }));
}

/** A record that another one points at can go; the other one stays, and points at nothing. */
export function unlinkChecks(main: Resource): Check[] {
  const links = main.links.filter(([, { to }, field]) => to === main.name && !field.readOnly);
  return links.map(([link]) => ({
    id: `${operationId(main, 'delete')}.${link}`,
    api: main.api as ApiName,
    proves: [operationId(main, 'delete')],
    title: `what has it as its ${link} stays, and points at nothing`,
    async run(context) {
      const target = await makeComplete(context, main.name);
      const pointing = await makeComplete(context, main.name);
      const linked = await context.ask(main, 'partial_update', {
        uuid: pointing.uuid,
        body: { [link]: target.url },
      });
      expectStatus(context, linked, 200);
      await remove(context, main.name, target.uuid);
      const left = await context.ask(main, 'read', { uuid: pointing.uuid });
      const record = (left.body ?? {}) as Record<string, unknown>;
      if (expectStatus(context, left, 200))
        context.expect(record[link] === null, left, `${link} is null`, 'it is not');
    },
  }));
}
