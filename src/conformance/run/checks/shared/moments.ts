import type { Resource } from '../../../../contract/resource.ts';
import { type JsonObject, scalarText } from '../../../../json.ts';
import type { Check } from '../../check.ts';
import { make } from '../../records.ts';
import { momentField } from '../../samples.ts';
import { namesOf } from './names.ts';

/** What is sent, and how it is shown: in UTC, with microseconds only when there are any. */
const shown: Readonly<Record<string, string>> = {
  '2021-03-04T05:06:07': '2021-03-04T05:06:07Z',
  '2021-03-04T05:06:07+02:00': '2021-03-04T03:06:07Z',
  '2021-03-04T05:06:07.123456Z': '2021-03-04T05:06:07.123456Z',
};

/** How far the clock of the implementation may be off. */
const toleranceMs = 10 * 60_000;

/** When something was registered: as the client says, or now. */
export function momentChecks(resource: Resource, least: (bronorganisatie: string) => JsonObject): Check[] {
  const field = momentField(resource) ?? '';
  return [
    {
      ...namesOf(resource, 'create', field),
      title: `a ${field} is shown in UTC; without one it is now`,
      async run(context) {
        const body = least(context.run.bronorganisatie);
        const tell = (expected: string) => {
          context.tell({ sent: `POST /${resource.plural}`, expected, came: 'another moment' });
        };
        for (const [given, wanted] of Object.entries(shown)) {
          const { record } = await make(context, resource.name, { ...body, [field]: given });
          if (record[field] !== wanted) tell(`${given} is shown as ${wanted}`);
        }
        const { record } = await make(context, resource.name, body);
        const moment = scalarText(record[field]) ?? '';
        const off = Math.abs(Date.parse(moment) - Date.now());
        if (!moment.endsWith('Z') || !(off < toleranceMs)) tell('now, in UTC');
      },
    },
  ];
}
