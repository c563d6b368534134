import { randomUUID } from 'node:crypto';
import { isObject } from '../crm/call.ts';
import type { Reply } from '../crm/reply.ts';
import type { Arrivals } from './arrivals.ts';
import type { Collection, Row } from './collection.ts';
import { complaintsAbout, existing, moment, oneOf, text, url } from './fields.ts';
import type { Check } from './fields.ts';
import { invalid, notFound } from './problems.ts';
import type { InvalidParam } from './problems.ts';
import type { Register, RegisterCall } from './register.ts';

const usualChannels = ['autorisaties', 'documenten', 'zaken'];
const longestName = 50;
const longestText = 100;
const longestValue = 1000;

/**
 * Fills the channels that are there from the start.
 *
 * @param further channels that somebody else registered long ago, besides those of the other registers
 */
export function seedKanalen(root: string, kanalen: Collection, further: readonly string[]): void {
  [...usualChannels, ...further].forEach((naam, index) => {
    const uuid = `3d9a2b6c-71f4-4e0d-a1c8-2f5e6d7c${String(index + 1).padStart(4, '0')}`;
    kanalen.put(uuid, kanaalOf(root, uuid, { naam }));
  });
}

/** Notificaties: takes messages on the channels that it knows, and tells nobody. */
export function notificatiesRegister(root: string, arrivals: Arrivals): Register {
  const { kanalen, notificaties } = arrivals;
  const isChannel = (naam: string) => kanalen.rows().some((kanaal) => kanaal.naam === naam);
  return {
    title: 'Notificaties API',
    version: '1.0.0',
    root,
    routes: [
      {
        method: 'POST',
        path: '/notificaties',
        answer: ({ body }) => {
          const complaints = complaintsAboutMessage(body, isChannel);
          if (complaints.length > 0) return invalid(complaints);
          notificaties.put(randomUUID(), body);
          return { status: 201, body };
        },
      },
      { method: 'GET', path: '/kanalen', answer: (call) => listKanalen(kanalen, call) },
      {
        method: 'POST',
        path: '/kanalen',
        answer: ({ body }) => createKanaal(root, kanalen, isChannel, body),
      },
      {
        method: 'GET',
        path: '/kanalen/{uuid}',
        answer: ({ uuid }) => {
          const kanaal = kanalen.find(uuid);
          return kanaal === undefined ? notFound() : { status: 200, body: kanaal };
        },
      },
    ],
  };
}

function complaintsAboutMessage(body: Row, isChannel: (naam: string) => boolean): InvalidParam[] {
  const complaints = complaintsAbout(body, {
    kanaal: text(longestName, existing(isChannel)),
    hoofdObject: url(),
    resource: text(longestText),
    resourceUrl: url(),
    actie: text(longestText, oneOf('create', 'update', 'partial_update', 'destroy')),
    aanmaakdatum: text(longestText, moment),
    kenmerken: (value) => (value === undefined ? 'required' : isObject(value) ? undefined : 'invalid'),
  });
  const { kenmerken } = body;
  if (!isObject(kenmerken)) return complaints;
  const checks = Object.fromEntries(Object.keys(kenmerken).map((name) => [name, text(longestValue)]));
  const inside = complaintsAbout(kenmerken, checks);
  return [
    ...complaints,
    ...inside.map((complaint) => ({ ...complaint, name: `kenmerken.${complaint.name}` })),
  ];
}

function listKanalen(kanalen: Collection, { call }: RegisterCall): Reply {
  const naam = call.query.get('naam');
  return { status: 200, body: kanalen.rows().filter((kanaal) => naam === null || kanaal.naam === naam) };
}

function createKanaal(
  root: string,
  kanalen: Collection,
  isChannel: (naam: string) => boolean,
  body: Row,
): Reply {
  const complaints = complaintsAbout(body, {
    naam: text(longestName, (naam) => (isChannel(naam) ? 'unique' : undefined)),
    documentatieLink: (value) => (value === undefined || value === '' ? undefined : url()(value)),
    filters: textsOrNothing,
  });
  if (complaints.length > 0) return invalid(complaints);
  const uuid = randomUUID();
  const kanaal = kanaalOf(root, uuid, body);
  kanalen.put(uuid, kanaal);
  return { status: 201, headers: { Location: String(kanaal.url) }, body: kanaal };
}

const textsOrNothing: Check = (value) => {
  const isText = (item: unknown) => text(longestText)(item) === undefined;
  return value === undefined || (Array.isArray(value) && value.every(isText)) ? undefined : 'invalid';
};

function kanaalOf(root: string, uuid: string, { naam, documentatieLink = '', filters = [] }: Row): Row {
  return { url: `${root}/kanalen/${uuid}`, naam, documentatieLink, filters };
}
