import { operationId, type Resource } from '../../../../contract/resource.ts';
import { scalarText } from '../../../../json.ts';
import type { ApiName, Check } from '../../check.ts';
import { resourcesOf } from '../../declarations.ts';
import { uuidOf } from '../../made.ts';
import { completeBody, expectStatus, make, makeComplete, remove } from '../../records.ts';
import { namesOf } from './names.ts';

/** The relations of a record go when it goes, also those with a zaak of which the source still knows. */
export function cascadeChecks(main: Resource): Check[] {
  return partsOf(main).map(([part, field]) => {
    const names = namesOf(main, 'delete', part.name);
    return {
      ...names,
      proves: [...names.proves, operationId(part, 'read')],
      title: `a ${part.name} goes with its ${main.name}`,
      async run(context) {
        const { uuid, record } = await make(context, part.name, await completeBody(context, part.name));
        await remove(context, main.name, uuidOf(scalarText(record[field]) ?? ''));
        expectStatus(context, await context.ask(part, 'read', { uuid }), 404);
      },
    };
  });
}

/** What cannot be without a record: the resources of its API that have to lead to one, each with the field that does. */
function partsOf(main: Resource): (readonly [Resource, string])[] {
  return resourcesOf(main.api as ApiName).flatMap((resource) =>
    resource.links
      .filter(([, { to, reach }, { required }]) => to === main.name && reach === 'local' && required)
      .map(([field]) => [resource, field] as const),
  );
}

/** A record that another one points at can go; the other one stays, and points at nothing. */
export function unlinkChecks(main: Resource): Check[] {
  const links = main.links.filter(([, { to }, field]) => to === main.name && !field.readOnly);
  return links.map(([link]) => ({
    ...namesOf(main, 'delete', link),
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
