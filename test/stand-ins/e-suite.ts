import { isObject, type JsonObject, scalarText, valueAt } from '../../src/json.ts';
import { parseUrl } from '../../src/url.ts';
import {
  envelope,
  guarded,
  hasZgwToken,
  jsonBodyOr,
  newTable,
  numberedPage,
  Refused,
  routes,
  type StandIn,
  type StandInCall,
  type Table,
} from './kit/index.ts';

/** A record as it is shown, under the UUID at the end of its `url`. */
type Row = JsonObject;

const klantenRoot = '/klanten-api-provider/api/v1';
const contactmomentenRoot = '/contactmomenten-api-provider/api/v1';
const pageSize = 20;
const gemeente = '123456782';
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a list of klanten can be asked for: without one of these there is none. */
const criteria = {
  subjectNatuurlijkPersoon__inpBsn: 'subjectIdentificatie.inpBsn',
  subjectNietNatuurlijkPersoon__innNnpId: 'subjectIdentificatie.innNnpId',
  subjectVestiging__vestigingsNummer: 'subjectIdentificatie.vestigingsNummer',
} as const;

/** What a klant can be made of, and the kind of subject that it then is. */
const subjects = {
  inpBsn: 'natuurlijk_persoon',
  innNnpId: 'niet_natuurlijk_persoon',
  vestigingsNummer: 'vestiging',
} as const;

/**
 * The Klanten and Contactmomenten APIs of the e-Suite: near the standard, and strict in what they leave out. Names are
 * those of a base registration, nothing can be removed, contacts cannot be changed, relations cannot be read one by one.
 */
export function eSuite({
  id = 'klantbrug',
  secret = 'esuite-secret-of-at-least-32-characters',
} = {}): StandIn {
  return {
    title: 'e-Suite',
    base: '',
    port: 9103,
    open(url) {
      const [klanten, contacten] = [newTable<Row>(), newTable<Row>()];
      const [klantRelaties, zaakRelaties] = [newTable<Row>(), newTable<Row>()];
      let lastNumber = 0;
      const add = (table: Table<Row>, place: string, row: Row) => {
        const made = table.add((uuid) => ({ url: `${url}${place}/${uuid}`, ...row }));
        return { status: 201, headers: apiVersion, body: made };
      };
      const find = (table: Table<Row>, { params }: StandInCall): Row => {
        const uuid = params.uuid ?? '';
        if (!uuidPattern.test(uuid)) throw new Refused(invalid('uuid is geen geldige UUID'));
        return table.get(uuid, failing(404, 'Niet gevonden'));
      };
      /** Links are whole URLs of the e-Suite itself. */
      const linked = (table: Table<Row>, link: unknown): Row => {
        const row = table.where((one) => one.url === link)[0];
        if (!row) throw new Refused(invalid('URL-referentie is onbekend'));
        return row;
      };
      const page = (rows: readonly Row[], call: StandInCall) => {
        const wanted = call.query.get('page') ?? '1';
        const found = /^[1-9]\d{0,5}$/.test(wanted)
          ? numberedPage(rows, Number(wanted), pageSize)
          : undefined;
        if (!found) throw new Refused(invalid('page is ongeldig'));
        return { status: 200, headers: apiVersion, body: envelope(found, url, call) };
      };

      const handler = routes(
        {
          [`GET ${klantenRoot}/klanten`]: ({ query }) => {
            const [name, path] = Object.entries(criteria).find(([one]) => query.has(one)) ?? [];
            if (name === undefined || path === undefined) return invalid('Een zoekcriterium is verplicht');
            const results = klanten.where((row) => valueAt(row, path) === query.get(name));
            return { status: 200, headers: apiVersion, body: { count: results.length, results } };
          },
          [`POST ${klantenRoot}/klanten`]: (call) => {
            const subject = subjectIn(bodyOf(call));
            const isThere = klanten.where(
              (row) => valueAt(row, `subjectIdentificatie.${subject.name}`) === subject.value,
            );
            if (isThere.length > 0) return invalid('Klant bestaat al');
            lastNumber += 1;
            return add(klanten, `${klantenRoot}/klanten`, {
              bronorganisatie: gemeente,
              klantnummer: String(lastNumber).padStart(8, '0'),
              ...(subject.name === 'inpBsn' ? { voornaam: 'Bep', achternaam: 'Basisregistratie' } : {}),
              subjectType: subjects[subject.name],
              subjectIdentificatie: { [subject.name]: subject.value },
            });
          },
          [`GET ${klantenRoot}/klanten/:uuid`]: (call) => shown(find(klanten, call)),
          [`PATCH ${klantenRoot}/klanten/:uuid`]: (call) => {
            const row = find(klanten, call);
            const changed = { ...row, ...changesIn(bodyOf(call)) };
            klanten.put(call.params.uuid ?? '', changed);
            return shown(changed);
          },

          [`GET ${contactmomentenRoot}/contactmomenten`]: (call) => {
            const klant = call.query.get('klant');
            if (klant === null) return invalid('klant is verplicht');
            const ofKlant = klantRelaties.where((row) => row.klant === klant).map((row) => row.contactmoment);
            return page(
              contacten.where((row) => ofKlant.includes(row.url)),
              call,
            );
          },
          [`POST ${contactmomentenRoot}/contactmomenten`]: (call) => {
            const identificatie = `C-${String(contacten.rows().length + 1).padStart(6, '0')}`;
            const contact = contactIn(bodyOf(call));
            return add(contacten, `${contactmomentenRoot}/contactmomenten`, { identificatie, ...contact });
          },
          [`GET ${contactmomentenRoot}/contactmomenten/:uuid`]: (call) => shown(find(contacten, call)),

          [`GET ${contactmomentenRoot}/klantcontactmomenten`]: (call) => {
            const klant = call.query.get('klant');
            if (klant === null) return invalid('klant is verplicht');
            return page(
              klantRelaties.where((row) => row.klant === klant),
              call,
            );
          },
          [`POST ${contactmomentenRoot}/klantcontactmomenten`]: (call) => {
            const { contactmoment, klant } = bodyOf(call);
            const relation = {
              contactmoment: linked(contacten, contactmoment).url ?? '',
              klant: linked(klanten, klant).url ?? '',
            };
            // It keeps no rol, whatever is sent.
            return add(klantRelaties, `${contactmomentenRoot}/klantcontactmomenten`, {
              ...relation,
              rol: 'gesprekspartner',
            });
          },

          [`GET ${contactmomentenRoot}/objectcontactmomenten`]: (call) => {
            const [object, contactmoment] = [call.query.get('object'), call.query.get('contactmoment')];
            if (object === null && contactmoment === null)
              return invalid('object of contactmoment is verplicht');
            return page(
              zaakRelaties.where(
                (row) =>
                  (object === null || row.object === object) &&
                  (contactmoment === null || row.contactmoment === contactmoment),
              ),
              call,
            );
          },
          [`POST ${contactmomentenRoot}/objectcontactmomenten`]: (call) => {
            const body = bodyOf(call);
            const contactmoment = linked(contacten, body.contactmoment).url ?? '';
            const object = scalarText(body.object) ?? '';
            if (!parseUrl(object)) return invalid('object is geen URL');
            if (body.objectType !== 'zaak') return invalid('objectType is ongeldig');
            return add(zaakRelaties, `${contactmomentenRoot}/objectcontactmomenten`, {
              contactmoment,
              object,
              objectType: 'zaak',
            });
          },
        },
        failing,
      );
      return guarded(hasZgwToken([{ id, secret }]), failing(401, 'Niet geauthenticeerd'), handler);
    },
  };
}

const apiVersion = { 'API-version': '1.0.0' };

function shown(row: Row) {
  return { status: 200, headers: apiVersion, body: row };
}

const codes: Readonly<Record<number, string>> = {
  400: 'VALIDATION',
  401: 'NOT_AUTHORISED',
  403: 'NOT_AUTHORISED',
  404: 'NOT_FOUND',
};

/** A problem as the e-Suite words it. */
function failing(status: number, detail: string) {
  return {
    status,
    headers: { ...apiVersion, 'Content-Type': 'application/problem+json' },
    body: JSON.stringify({
      code: codes[status] ?? 'INTERNAL',
      title: 'Er is een fout opgetreden',
      status,
      detail,
      instance: 'urn:uuid:00000000-0000-4000-8000-000000000000',
    }),
  };
}

function invalid(detail: string) {
  return failing(400, detail);
}

function bodyOf(call: StandInCall): JsonObject {
  return jsonBodyOr(call, invalid('De body is geen JSON-object'));
}

function subjectIn({ subjectIdentificatie }: JsonObject) {
  for (const name of ['inpBsn', 'innNnpId', 'vestigingsNummer'] as const) {
    const value = scalarText(valueAt(subjectIdentificatie, name)) ?? '';
    if (value !== '') return { name, value };
  }
  throw new Refused(invalid('subjectIdentificatie is verplicht'));
}

/** Everything else of a klant is read-only, and passed over. */
function changesIn(body: JsonObject): JsonObject {
  for (const [name, most] of [['telefoonnummer', 20] as const, ['emailadres', 254] as const]) {
    const value = body[name];
    if (value === '' || (typeof value === 'string' && value.length > most))
      throw new Refused(invalid(`${name} is ongeldig`));
  }
  const names = ['telefoonnummer', 'emailadres', 'toestemmingZaakNotificatiesAlleenDigitaal'];
  return Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)));
}

/** What is kept of a contact; what it does not know is passed over. */
function contactIn(body: JsonObject): Row {
  const text = (name: string) => scalarText(body[name]) ?? '';
  for (const name of ['tekst', 'antwoord', 'type'])
    if (text(name).trim() === '') throw new Refused(invalid(`${name} is verplicht`));
  const status = text('status') || 'nieuw';
  if (!['nieuw', 'in_behandeling', 'afgehandeld'].includes(status))
    throw new Refused(invalid('status is ongeldig'));
  const gebruikersnaam = scalarText(valueAt(body.behandelaar, 'gebruikersnaam')) ?? '';
  const [afdeling, groep] = [text('afdeling'), text('groep')];
  const onderwerp = afdeling ? `afd:${afdeling}` : groep ? `grp:${groep}` : text('onderwerp');
  if (gebruikersnaam === '' && onderwerp === '')
    throw new Refused(invalid('behandelaar, afdeling of groep is verplicht'));
  const { contactgegevens, toelichting } = body;
  return {
    bronorganisatie: gemeente,
    registratiedatum: text('registratiedatum') || new Date().toISOString(),
    kanaal: text('kanaal'),
    tekst: text('tekst'),
    antwoord: text('antwoord'),
    type: text('type'),
    status,
    ...(onderwerp === '' ? {} : { onderwerp }),
    ...(gebruikersnaam === ''
      ? {}
      : {
          medewerkerIdentificatie: {
            identificatie: gebruikersnaam,
            achternaam: `Medewerker ${gebruikersnaam}`,
          },
        }),
    ...(isObject(contactgegevens) ? { contactgegevens } : {}),
    ...(typeof toelichting === 'string' ? { toelichting } : {}),
  };
}
