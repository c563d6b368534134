import type { Row } from './collection.ts';

/** The documents that are always there: `{root}/enkelvoudiginformatieobjecten/{uuid}`. The second has two versions. */
export const informatieobjectUuids = [
  '7e1a4c52-6b0d-4c8e-8f53-90d1b3c20001',
  '7e1a4c52-6b0d-4c8e-8f53-90d1b3c20002',
  '7e1a4c52-6b0d-4c8e-8f53-90d1b3c20003',
] as const;

/** The words in a document: what its `inhoud` leads to. */
export interface SeedDocument {
  readonly uuid: string;
  readonly titel: string;
  /** The text of each version, the first one first. */
  readonly versions: readonly string[];
}

/** The documents with the texts of their versions. */
export const seedDocuments: readonly SeedDocument[] = [
  {
    uuid: informatieobjectUuids[0],
    titel: 'Foto van de stoep',
    versions: ['Een stoep met een losse tegel.\n'],
  },
  {
    uuid: informatieobjectUuids[1],
    titel: 'Ondertekende aanvraag',
    versions: ['Een aanvraag.\n', 'Een aanvraag, verbeterd en ondertekend.\n'],
  },
  {
    uuid: informatieobjectUuids[2],
    titel: 'Plattegrond van het feest',
    versions: ['Een plein met kramen.\n'],
  },
];

/** One version of a document with all that Documenten 1.4 shows of it. */
export function shownDocument(root: string, document: SeedDocument, version: number): Row {
  const { uuid, titel, versions } = document;
  const url = `${root}/enkelvoudiginformatieobjecten/${uuid}`;
  const number = uuid.slice(-1);
  return {
    url,
    uuid,
    identificatie: `DOCUMENT-2024-000000000${number}`,
    bronorganisatie: '123456782',
    creatiedatum: `2024-0${number}-0${version}`,
    titel,
    vertrouwelijkheidaanduiding: 'zaakvertrouwelijk',
    auteur: 'Gemeente Voorbeeld',
    status: 'definitief',
    formaat: 'text/plain',
    taal: 'nld',
    versie: version,
    beginRegistratie: `2024-0${number}-0${version}T09:00:00Z`,
    bestandsnaam: `${titel.toLowerCase().replaceAll(' ', '-')}.txt`,
    inhoud: `${url}/download?versie=${version}`,
    bestandsomvang: Buffer.byteLength(versions[version - 1] ?? ''),
    link: '',
    beschrijving: '',
    ontvangstdatum: null,
    verzenddatum: null,
    indicatieGebruiksrecht: null,
    verschijningsvorm: '',
    ondertekening: { soort: '', datum: null },
    integriteit: { algoritme: '', waarde: '', datum: null },
    informatieobjecttype:
      'https://catalogi.gemeente.example/catalogi/api/v1/informatieobjecttypen/9b0e7d41-2c3f-4a6b-8d5e-6f7a8b9c0001',
    locked: false,
    bestandsdelen: [],
    trefwoorden: [],
  };
}
