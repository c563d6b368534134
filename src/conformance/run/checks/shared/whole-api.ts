import { randomUUID } from 'node:crypto';
import { scalarText } from '../../../../json.ts';
import type { ApiName, Check } from '../../check.ts';
import { objectIn } from '../../client.ts';
import { resourcesOf } from '../../declarations.ts';
import { expectStatus } from '../../records.ts';

/** What is so for an API as a whole. */
export function wholeApiChecks(api: ApiName): Check[] {
  const first = resourcesOf(api)[0]?.plural ?? '';
  return [
    {
      id: `${api}.openapi`,
      api,
      proves: ['the OpenAPI document'],
      title: 'it serves its own OpenAPI document, without a token',
      async run(context) {
        const answer = await context.askAt('GET', '/openapi.json', { as: 'nobody' });
        if (!expectStatus(context, answer, 200)) return;
        const version = scalarText(objectIn(answer).openapi) ?? 'none';
        context.expect(version.startsWith('3.'), answer, 'a document of OpenAPI 3', version);
      },
    },
    {
      id: `${api}.no-such-place`,
      api,
      proves: ['every answer'],
      title: 'a problem document with 404 for a place that there is not',
      async run(context) {
        for (const path of [`/${randomUUID()}`, `/${first}/`, `/${first}/${randomUUID()}/onbekend`])
          expectStatus(context, await context.askAt('GET', path), 404);
      },
    },
    {
      id: `${api}.api-version`,
      api,
      proves: ['every answer'],
      title: 'every answer of the run had the header API-version',
      last: true,
      async run(context) {
        await context.askAt('GET', `/${randomUUID()}`);
        const [first, ...more] = context.run.unversioned.get(api) ?? [];
        if (first !== undefined)
          context.tell({
            sent: first,
            expected: 'the header API-version',
            came: `none; nor in ${more.length} other answers`,
          });
      },
    },
  ];
}
