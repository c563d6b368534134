import type { Row } from './collection.ts';

/** The zaken that are always there; a zaak is found at `{root}/zaken/{uuid}`. */
export const zaakUuids = [
  '0c5bde0e-3f6d-4d3f-9f0a-5b1c52a70001',
  '0c5bde0e-3f6d-4d3f-9f0a-5b1c52a70002',
  '0c5bde0e-3f6d-4d3f-9f0a-5b1c52a70003',
  '0c5bde0e-3f6d-4d3f-9f0a-5b1c52a70004',
  '0c5bde0e-3f6d-4d3f-9f0a-5b1c52a70005',
] as const;

const organisation = '123456782';
const catalogue = 'https://catalogi.gemeente.example/catalogi/api/v1';

const subjects: Readonly<Record<(typeof zaakUuids)[number], string>> = {
  [zaakUuids[0]]: 'Melding losse stoeptegels',
  [zaakUuids[1]]: 'Aanvraag parkeervergunning',
  [zaakUuids[2]]: 'Vergunning voor een buurtfeest',
  [zaakUuids[3]]: 'Bezwaar tegen een WOZ-waarde',
  [zaakUuids[4]]: 'Kapvergunning voor een kastanje',
};

/** The zaken with all that Zaken 1.5 shows of one. */
export function seedZaken(root: string): readonly Row[] {
  return zaakUuids.map((uuid, index) => zaakOf(root, uuid, index + 1));
}

function zaakOf(root: string, uuid: (typeof zaakUuids)[number], number: number): Row {
  const started = `2024-0${number}-15`;
  return {
    url: `${root}/zaken/${uuid}`,
    uuid,
    identificatie: `ZAAK-2024-000000000${number}`,
    bronorganisatie: organisation,
    omschrijving: subjects[uuid],
    toelichting: '',
    zaaktype: `${catalogue}/zaaktypen/4f6f3c0d-8a55-4d0c-9a5e-1d2a6f1b000${number}`,
    registratiedatum: started,
    verantwoordelijkeOrganisatie: organisation,
    startdatum: started,
    einddatum: null,
    einddatumGepland: null,
    uiterlijkeEinddatumAfdoening: null,
    publicatiedatum: null,
    communicatiekanaal: '',
    communicatiekanaalNaam: '',
    productenOfDiensten: [],
    vertrouwelijkheidaanduiding: 'zaakvertrouwelijk',
    betalingsindicatie: '',
    betalingsindicatieWeergave: '',
    laatsteBetaaldatum: null,
    zaakgeometrie: number === 1 ? { type: 'Point', coordinates: [4.895168, 52.370216] } : null,
    verlenging: null,
    opschorting: { indicatie: false, eerdereOpschorting: false, reden: '' },
    selectielijstklasse: '',
    hoofdzaak: null,
    deelzaken: [],
    relevanteAndereZaken: [],
    eigenschappen: [],
    rollen: [],
    status: null,
    zaakinformatieobjecten: [],
    zaakobjecten: [],
    kenmerken: [],
    archiefnominatie: null,
    archiefstatus: 'nog_te_archiveren',
    archiefactiedatum: null,
    resultaat: null,
    opdrachtgevendeOrganisatie: '',
    processobjectaard: '',
    startdatumBewaartermijn: null,
    processobject: null,
  };
}
