import type { Reply } from '../crm/reply.ts';
import type { Arrivals } from './arrivals.ts';
import type { AskOwner } from './ask-owner.ts';
import { existing, oneOf, text, url } from './fields.ts';
import { notFound } from './problems.ts';
import type { Register, RegisterCall } from './register.ts';
import { relationRoutes } from './relations.ts';
import { seedDocuments, shownDocument } from './seed-documenten.ts';
import type { SeedDocument } from './seed-documenten.ts';

const longestType = 100;

/** Documenten: three documents that are always the same, and what belongs to which object elsewhere. */
export function documentenRegister(root: string, arrivals: Arrivals, askOwner: AskOwner): Register {
  const one = '/enkelvoudiginformatieobjecten/{uuid}';
  // Without a query: a version of a document is no document of its own.
  const isHere = (value: string) =>
    seedDocuments.some(({ uuid }) => value === `${root}/enkelvoudiginformatieobjecten/${uuid}`);
  return {
    title: 'Documenten API',
    version: '1.4.2',
    root,
    routes: [
      {
        method: 'GET',
        path: one,
        answer: (call) =>
          versionAsked(call, (document, version) => ({
            status: 200,
            body: shownDocument(root, document, version),
          })),
      },
      {
        method: 'GET',
        path: `${one}/download`,
        answer: (call) =>
          versionAsked(call, ({ versions }, version) => ({
            status: 200,
            headers: { 'Content-Type': 'text/plain; charset=utf-8' },
            body: versions[version - 1],
          })),
      },
      ...relationRoutes({
        root,
        name: 'objectinformatieobjecten',
        pair: ['object', 'informatieobject'],
        checks: {
          object: url(),
          informatieobject: url(existing(isHere)),
          objectType: text(longestType, oneOf('besluit', 'zaak', 'verzoek')),
        },
        stored: arrivals.objectinformatieobjecten,
        objectionToCreate: (relation) => askOwner(relation, 'should know it'),
        objectionToRemove: (relation) => askOwner(relation, 'should have forgotten it'),
      }),
    ],
  };
}

/** Without `versie` the newest one. */
function versionAsked(
  { call, uuid }: RegisterCall,
  answer: (document: SeedDocument, version: number) => Reply,
): Reply {
  const document = seedDocuments.find((candidate) => candidate.uuid === uuid);
  if (document === undefined) return notFound();
  const version = Number(call.query.get('versie') ?? document.versions.length);
  return document.versions[version - 1] === undefined ? notFound() : answer(document, version);
}
