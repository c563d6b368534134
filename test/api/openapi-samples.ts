import { expect } from 'chai';
import { informatieobjectUuids } from '../../src/demo/around/seed-documenten.ts';
import { zaakUuids } from '../../src/demo/around/seed-zaken.ts';
import { type JsonObject, scalarText } from '../../src/json.ts';
import { leastKlant, type runningGateway, urlIn } from '../kit/gateway.ts';

const bronorganisatie = '123456782';
const medewerkerIdentificatie = {
  identificatie: 'KCC-1',
  achternaam: 'Zwart',
  voorletters: 'A.',
  voorvoegselAchternaam: 'de',
};

/** A resource: the least that a record of it takes, and all that one can have. */
interface Sample {
  readonly api: string;
  readonly plural: string;
  readonly least: () => Promise<JsonObject>;
  readonly full: () => Promise<JsonObject>;
  /** What an update changes; a relation has none. */
  readonly change?: JsonObject;
  /** The field by which a list finds it. */
  readonly findBy: string;
  /** Has to be done before a record can be deleted. */
  readonly release?: () => Promise<unknown>;
}

/** A sample of every resource that a gateway offers, by the name of the resource. */
export function samplesOf(gateway: ReturnType<typeof runningGateway>) {
  async function made(api: string, plural: string, body: JsonObject): Promise<string> {
    const answer = await gateway.create(api, plural, body);
    expect(answer.status, answer.text).to.equal(201);
    return urlIn(answer);
  }

  const klant = () => made('klanten', 'klanten', leastKlant);
  const contactmoment = () =>
    made('contactmomenten', 'contactmomenten', { bronorganisatie, medewerkerIdentificatie });
  const verzoek = () => made('verzoeken', 'verzoeken', { bronorganisatie, status: 'ontvangen' });
  const zaak = () => `${gateway.around.url}/zaken/api/v1/zaken/${zaakUuids[0]}`;
  const document = () =>
    `${gateway.around.url}/documenten/api/v1/enkelvoudiginformatieobjecten/${informatieobjectUuids[0]}`;

  /** The Zaken API has to know a relation with a zaak before we take it over, and to forget it before we do. */
  function relationsOfZaak(plural: 'zaakcontactmomenten' | 'zaakverzoeken') {
    const root = `/zaken/api/v1/${plural}`;
    let uuid = '';
    return {
      add: async (other: JsonObject) => {
        uuid = scalarText((await gateway.around.call('POST', root, { zaak: zaak(), ...other })).uuid) ?? '';
      },
      remove: () => gateway.around.call('DELETE', `${root}/${uuid}`),
    };
  }
  const zaakcontactmomenten = relationsOfZaak('zaakcontactmomenten');
  const zaakverzoeken = relationsOfZaak('zaakverzoeken');

  const objectcontactmoment = async () => {
    const other = { contactmoment: await contactmoment() };
    await zaakcontactmomenten.add(other);
    return { ...other, object: zaak(), objectType: 'zaak' };
  };
  const objectverzoek = async () => {
    const other = { verzoek: await verzoek() };
    await zaakverzoeken.add(other);
    return { ...other, object: zaak(), objectType: 'zaak' };
  };
  const klantcontactmoment = async () => ({
    contactmoment: await contactmoment(),
    klant: await klant(),
    rol: 'gesprekspartner',
  });
  const verzoekcontactmoment = async () => ({
    contactmoment: await contactmoment(),
    verzoek: await verzoek(),
  });
  const verzoekinformatieobject = async () => ({ informatieobject: document(), verzoek: await verzoek() });

  const samples: Readonly<Record<string, Sample>> = {
    klant: {
      api: 'klanten',
      plural: 'klanten',
      findBy: 'klantnummer',
      least: () => Promise.resolve(leastKlant),
      full: () =>
        Promise.resolve({
          ...leastKlant,
          bedrijfsnaam: 'Bakkerij',
          functie: 'bakker',
          voornaam: 'Bea',
          voorvoegselAchternaam: 'de',
          achternaam: 'Bakker',
          telefoonnummer: '0612345678',
          emailadres: 'bea@bakkerij.example',
          adres: {
            straatnaam: 'Dorpsstraat',
            huisnummer: 1,
            huisletter: 'a',
            huisnummertoevoeging: 'bis',
            postcode: '1234 AB',
            woonplaatsnaam: 'Voorbeeld',
            landcode: '6030',
          },
          subject: document(),
          subjectType: 'niet_natuurlijk_persoon',
          subjectIdentificatie: {
            innNnpId: '123456782',
            annIdentificatie: 'ANN-1',
            statutaireNaam: 'Stichting De Bakkerij',
            innRechtsvorm: 'stichting',
            bezoekadres: 'Dorpsstraat 1, Voorbeeld',
            subVerblijfBuitenland: {
              lndLandcode: '5010',
              lndLandnaam: 'België',
              subAdresBuitenland1: 'Rue 1',
              subAdresBuitenland2: '1000',
              subAdresBuitenland3: 'Brussel',
            },
          },
        }),
      change: { functie: 'banketbakker' },
    },
    contactmoment: {
      api: 'contactmomenten',
      plural: 'contactmomenten',
      findBy: 'registratiedatum',
      least: () => Promise.resolve({ bronorganisatie, medewerkerIdentificatie: { identificatie: 'KCC-2' } }),
      full: async () => ({
        vorigContactmoment: await contactmoment(),
        bronorganisatie,
        registratiedatum: '2024-02-29T12:00:00Z',
        kanaal: 'telefoon',
        voorkeurskanaal: 'e-mail',
        voorkeurstaal: 'fry',
        tekst: 'Over de stoep.',
        onderwerpLinks: ['https://onderwerpen.gemeente.example/afval'],
        initiatiefnemer: 'klant',
        medewerker: document(),
        medewerkerIdentificatie,
      }),
      change: { kanaal: 'balie' },
    },
    klantcontactmoment: {
      api: 'contactmomenten',
      plural: 'klantcontactmomenten',
      findBy: 'contactmoment',
      least: klantcontactmoment,
      full: klantcontactmoment,
    },
    objectcontactmoment: {
      api: 'contactmomenten',
      plural: 'objectcontactmomenten',
      findBy: 'contactmoment',
      least: objectcontactmoment,
      full: objectcontactmoment,
      release: zaakcontactmomenten.remove,
    },
    verzoek: {
      api: 'verzoeken',
      plural: 'verzoeken',
      findBy: 'identificatie',
      least: () => Promise.resolve({ bronorganisatie, status: 'ontvangen' }),
      full: async () => ({
        bronorganisatie,
        externeIdentificatie: 'Extern_1',
        registratiedatum: '2024-02-29T12:00:00Z',
        voorkeurskanaal: 'e-mail',
        tekst: 'Een parkeervergunning, graag.',
        status: 'in_behandeling',
        inTeTrekkenVerzoek: await verzoek(),
        aangevuldeVerzoek: await verzoek(),
      }),
      change: { status: 'afgehandeld' },
    },
    klantverzoek: {
      api: 'verzoeken',
      plural: 'klantverzoeken',
      findBy: 'verzoek',
      least: async () => ({ klant: await klant(), verzoek: await verzoek() }),
      full: async () => ({
        klant: await klant(),
        verzoek: await verzoek(),
        rol: 'initiator',
        indicatieMachtiging: 'gemachtigde',
      }),
    },
    objectverzoek: {
      api: 'verzoeken',
      plural: 'objectverzoeken',
      findBy: 'verzoek',
      least: objectverzoek,
      full: objectverzoek,
      release: zaakverzoeken.remove,
    },
    verzoekcontactmoment: {
      api: 'verzoeken',
      plural: 'verzoekcontactmomenten',
      findBy: 'verzoek',
      least: verzoekcontactmoment,
      full: verzoekcontactmoment,
    },
    verzoekinformatieobject: {
      api: 'verzoeken',
      plural: 'verzoekinformatieobjecten',
      findBy: 'verzoek',
      least: verzoekinformatieobject,
      full: verzoekinformatieobject,
    },
    verzoekproduct: {
      api: 'verzoeken',
      plural: 'verzoekproducten',
      findBy: 'verzoek',
      least: async () => ({ verzoek: await verzoek(), product: document() }),
      full: async () => ({
        verzoek: await verzoek(),
        product: document(),
        productIdentificatie: { code: 'PARKEERVERGUNNING' },
      }),
    },
  };

  return { samples, klant, verzoek };
}

/** A filter of each list that is refused. */
export const badFilters: Readonly<Record<string, string>> = {
  klant: 'bronorganisatie=nee',
  contactmoment: 'ordering=nee',
  klantcontactmoment: 'rol=nee',
  objectcontactmoment: 'object=nee',
  verzoek: 'status=nee',
  klantverzoek: 'verzoek=nee',
  objectverzoek: 'object_type=zaak',
  verzoekcontactmoment: 'contactmoment=nee',
  verzoekinformatieobject: 'informatieobject=nee',
  verzoekproduct: 'product=nee',
};
