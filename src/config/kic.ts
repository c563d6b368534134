import { Type } from 'typebox';
import { passesElfproef } from '../contract/numbers.ts';
import { klantverzoek } from '../resources/klantverzoek.ts';
import { klantcontactmoment } from '../resources/klantcontactmoment.ts';
import type { Field } from '../contract/field.ts';
import { baseUrl, choice, integer, named, onOff, section } from './vocabulary.ts';

/** Serving the Klantinteracties API, the older standard: what it cannot know of a record comes from here. */
export function kicSection(place: { readonly path: Type.TString; readonly version: Type.TString }) {
  return section(
    'Serve the Klantinteracties API, the older standard, on the same records. The three others must be served as well.',
    {
      ...place,
      bronorganisatie: rsin('The RSIN of klanten that are made through it: there, a klant has none.'),
      bronorganisatiePerClient: named(
        'The RSIN of klanten that one client makes, by its id, where it is another one.',
        rsin('The RSIN.'),
        { default: {} },
      ),
      websiteUrl: Type.Optional(
        baseUrl(
          'What a klant without a website shows in the Klanten API. Without it: the setting of that name of the mapping set, or a name that is nobody’s.',
          { example: 'https://www.gemeente.example' },
        ),
      ),
      rollen: section(
        'The rol of a klant that is given with a contactmoment or a verzoek.',
        {
          contactmoment: rol(klantcontactmoment.fields.rol, 'gesprekspartner'),
          verzoek: rol(klantverzoek.fields.rol, 'initiator'),
        },
        { default: {} },
      ),
      strictFilters: onOff(
        'Refuse the filters of the newer APIs on lists that have none. Off: they are ignored, and everybody’s records are the answer.',
        'on',
      ),
      maxRecords: integer('A list of more records than this is refused with 501: it has no pages.', {
        minimum: 1,
        maximum: 1_000_000,
        example: 10_000,
        default: 10_000,
      }),
      notifications: onOff('Tell the Notificaties API of what is written through it.', 'on'),
    },
  );
}

function rsin(description: string) {
  const isRsin = (digits: string): boolean => /^[0-9]{9}$/.test(digits) && passesElfproef(digits);
  const title = 'RSIN: nine digits, in quotes, that pass the elfproef';
  return Type.Refine(Type.String({ title, description, examples: ['123456782'] }), isRsin);
}

function rol(field: Field | undefined, initially: string) {
  const words = field?.schema.enum ?? [];
  return choice('One of the standard’s words.', words, { example: words[0] ?? '', default: initially });
}
