import type { Resource } from '../../../../contract/resource.ts';
import type { JsonObject } from '../../../../json.ts';
import type { Check } from '../../check.ts';
import { completeBody, expectRefused } from '../../records.ts';
import { namesOf } from './names.ts';

/** What is wrong with a number of nine digits, and the code for it. */
const wrongNumbers: readonly (readonly [string, string])[] = [
  ['abcdefghi', 'only-digits'],
  ['12345678', 'invalid-length'],
  ['123456789', 'invalid'],
];

/** Which numbers of a variant have the elfproef, by the value that the variant is told apart by. */
const inVariants: Readonly<Record<string, string>> = {
  natuurlijk_persoon: 'inpBsn',
  niet_natuurlijk_persoon: 'innNnpId',
};

/** The elfproef of every RSIN and BSN, and the form of an A-nummer. */
export function numberChecks(resource: Resource): Check[] {
  return [
    {
      ...namesOf(resource, 'create', 'elfproef'),
      title: 'a number that is none, or fails the elfproef, is refused',
      async run(context) {
        const start = await completeBody(context, resource.name);
        const refuse = async (body: JsonObject, complaint: string): Promise<void> => {
          expectRefused(
            context,
            await context.ask(resource, 'create', { body: { ...start, ...body } }),
            complaint,
          );
        };
        for (const [value, code] of wrongNumbers) {
          if ('bronorganisatie' in resource.fields)
            await refuse({ bronorganisatie: value }, `bronorganisatie ${code}`);
          if (!resource.variant) continue;
          for (const [kind, name] of Object.entries(inVariants)) {
            const { field, by } = resource.variant;
            await refuse({ [by]: kind, [field]: { [name]: value } }, `${field}.${name} ${code}`);
          }
        }
        if (resource.variant) {
          const wrong = {
            subjectType: 'natuurlijk_persoon',
            subjectIdentificatie: { inpANummer: '0123456789' },
          };
          await refuse(wrong, 'subjectIdentificatie.inpANummer a-nummer-incorrect-format');
        }
      },
    },
  ];
}
