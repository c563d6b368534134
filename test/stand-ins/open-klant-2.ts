import { isObject, type Json, type JsonObject, scalarText, valueAt } from '../../src/json.ts';
import {
  envelope,
  guarded,
  type Handler,
  hasHeader,
  jsonBody,
  newTable,
  numberedPage,
  routes,
  type StandIn,
  type StandInCall,
  type Table,
} from './kit/index.ts';
import { complain, failing, type Fields, fieldsOf, readFields } from './open-klant-2-fields.ts';

/** A record: what was sent, with its `uuid`. Links are `{ uuid }`. */
type Row = JsonObject;

/** How a resource lives here, besides its fields. */
interface Behaviour {
  /** Which parameters are filters, and what each looks at: a dotted path, or a test. */
  readonly filters: Readonly<Record<string, string | ((row: Row, wanted: string) => boolean)>>;
  /** What else goes when a row of another resource does: by the name of the link. */
  readonly goesWith: Readonly<Record<string, ResourceName>>;
  /** What is not allowed beside the fields themselves. */
  readonly check?: (row: Row, others: readonly Row[]) => void;
}

type ResourceName = keyof typeof fieldsOf;

const highestSize = 500;

/** What the UUIDs of `{ uuid }` links are compared by. */
const link = (name: string) => `${name}.uuid`;
const identificator = 'partijIdentificator';

/** The Klantinteracties API of Open Klant 2: strict about fields, lengths and what belongs together. */
export function openKlant2({ token = 'open-klant-token' } = {}): StandIn {
  return {
    title: 'Klantinteracties API 2 (Open Klant)',
    base: '/klantinteracties/api/v1',
    port: 9102,
    open(url) {
      const tables = Object.fromEntries(
        Object.keys(fieldsOf).map((name) => [name, newTable<Row>()]),
      ) as Record<ResourceName, Table<Row>>;
      /** One more than the highest that there is. */
      const nextNumber = (rows: readonly Row[]) =>
        String(Math.max(0, ...rows.map(({ nummer }) => Number(nummer))) + 1).padStart(10, '0');

      const hasIdentificator = (column: string) => (partij: Row, wanted: string) =>
        tables['partij-identificatoren'].where(
          (row) =>
            valueAt(row, 'identificeerdePartij.uuid') === partij.uuid &&
            valueAt(row, `${identificator}.${column}`) === wanted,
        ).length > 0;

      const behaviours: Readonly<Record<ResourceName, Behaviour>> = {
        partijen: {
          filters: {
            nummer: 'nummer',
            soortPartij: 'soortPartij',
            partijIdentificator__objectId: hasIdentificator('objectId'),
            partijIdentificator__codeSoortObjectId: hasIdentificator('codeSoortObjectId'),
            partijIdentificator__codeObjecttype: hasIdentificator('codeObjecttype'),
            partijIdentificator__codeRegister: hasIdentificator('codeRegister'),
          },
          goesWith: {},
          check: unique('nummer', 'nummer'),
        },
        'partij-identificatoren': {
          filters: {},
          goesWith: { identificeerdePartij: 'partijen' },
          check(row, others) {
            const same = (other: Row) =>
              JSON.stringify(other[identificator]) === JSON.stringify(row[identificator]) &&
              valueAt(other, 'subIdentificatorVan.uuid') === valueAt(row, 'subIdentificatorVan.uuid');
            if (others.some(same))
              throw complain(
                'nonFieldErrors',
                'unique',
                '`PartijIdentificator` moet uniek zijn, er bestaat er al een met deze gegevenscombinatie.',
              );
          },
        },
        digitaleadressen: {
          filters: {
            adres: 'adres',
            soortDigitaalAdres: 'soortDigitaalAdres',
            verstrektDoorPartij__uuid: link('verstrektDoorPartij'),
          },
          goesWith: { verstrektDoorPartij: 'partijen' },
        },
        klantcontacten: {
          filters: { nummer: 'nummer', kanaal: 'kanaal', plaatsgevondenOp: 'plaatsgevondenOp' },
          goesWith: {},
          check: unique('nummer', 'nummer'),
        },
        betrokkenen: {
          filters: { wasPartij__uuid: link('wasPartij'), hadKlantcontact__uuid: link('hadKlantcontact') },
          goesWith: { wasPartij: 'partijen', hadKlantcontact: 'klantcontacten' },
        },
        onderwerpobjecten: {
          filters: {
            onderwerpobjectidentificatorObjectId: 'onderwerpobjectidentificator.objectId',
            onderwerpobjectidentificatorCodeObjecttype: 'onderwerpobjectidentificator.codeObjecttype',
            wasKlantcontact__uuid: link('wasKlantcontact'),
          },
          goesWith: { klantcontact: 'klantcontacten', wasKlantcontact: 'klantcontacten' },
        },
        actoren: {
          filters: { actoridentificatorObjectId: 'actoridentificator.objectId', soortActor: 'soortActor' },
          goesWith: {},
        },
        actorklantcontacten: {
          filters: { klantcontact__uuid: link('klantcontact'), actor__uuid: link('actor') },
          goesWith: { klantcontact: 'klantcontacten', actor: 'actoren' },
        },
      };

      const linksTo = (name: ResourceName, column: string, uuid: Json | undefined) =>
        tables[name].where((row) => valueAt(row, link(column)) === uuid);
      const asLinks = (name: ResourceName, rows: readonly Row[]) =>
        rows.map(({ uuid }) => ({ uuid: uuid ?? null, url: `${url}/${name}/${scalarText(uuid) ?? ''}` }));

      /** What a record shows of others, as links. */
      const parts: Partial<Record<ResourceName, Record<string, readonly [ResourceName, string]>>> = {
        partijen: {
          digitaleAdressen: ['digitaleadressen', 'verstrektDoorPartij'],
          betrokkenen: ['betrokkenen', 'wasPartij'],
        },
        klantcontacten: {
          hadBetrokkenen: ['betrokkenen', 'hadKlantcontact'],
          gingOverOnderwerpobjecten: ['onderwerpobjecten', 'klantcontact'],
        },
      };

      function shown(name: ResourceName, row: Row, expand: readonly string[] = []): Row {
        const own = parts[name] ?? {};
        const linked = Object.entries(own).map(([key, [other, column]]) => [
          key,
          asLinks(other, linksTo(other, column, row.uuid)),
        ]);
        const result: Row = {
          ...row,
          url: `${url}/${name}/${scalarText(row.uuid) ?? ''}`,
          ...(Object.fromEntries(linked) as JsonObject),
        };
        // Whole in every answer, and not only when they are asked for.
        if (name === 'partijen')
          result.partijIdentificatoren = linksTo(
            'partij-identificatoren',
            'identificeerdePartij',
            row.uuid,
          ).map((one) => shown('partij-identificatoren', one));
        if (name === 'klantcontacten')
          result.hadBetrokkenActoren = linksTo('actorklantcontacten', 'klantcontact', row.uuid).flatMap(
            (one) =>
              tables.actoren
                .where(({ uuid }) => uuid === valueAt(one, 'actor.uuid'))
                .map((actor) => shown('actoren', actor)),
          );
        if (expand.length === 0) return result;
        const expanded = expand.map((key): [string, Json] => {
          const part = own[key];
          if (!part)
            throw complain('expand', 'invalid_choice', `Selecteer een geldige keuze. ${key} is er geen.`);
          const [other, column] = part;
          return [key, linksTo(other, column, row.uuid).map((one) => shown(other, one))];
        });
        return { ...result, _expand: Object.fromEntries(expanded) };
      }

      function find(name: ResourceName, { params }: StandInCall): Row {
        return tables[name].get(params.uuid, failing(404, 'Niet gevonden.'));
      }

      /** Reads a body, and looks whether all that it links to is there. */
      function read(name: ResourceName, given: JsonObject, before: Row | undefined): Row {
        const fields: Fields = fieldsOf[name];
        const row = readFields(fields, given, before);
        for (const [key, { to }] of Object.entries(fields)) {
          const uuid = scalarText(valueAt(row, link(key)));
          if (to && uuid !== undefined && !tables[to as ResourceName].find(uuid))
            throw complain(`${key}.uuid`, 'invalid', 'Object bestaat niet.');
        }
        return row;
      }

      function store(name: ResourceName, given: JsonObject, before: Row | undefined): Row {
        const row = read(name, given, before);
        const others = tables[name].where(({ uuid }) => uuid !== before?.uuid);
        if ('nummer' in row && row.nummer === '') row.nummer = nextNumber(others);
        behaviours[name].check?.(row, others);
        if (!before) return tables[name].add((uuid) => ({ uuid, ...row }));
        const changed = { ...row, uuid: before.uuid ?? null };
        tables[name].put(scalarText(before.uuid) ?? '', changed);
        return changed;
      }

      /** Identificatoren in the body of a partij are all that it has from then on: with it, or not at all. */
      function write(name: ResourceName, call: StandInCall, before?: Row): Row {
        const { partijIdentificatoren, ...given } = jsonBody(call) ?? {};
        const kept = name === 'partijen' ? [...tables['partij-identificatoren'].rows()] : [];
        const row = store(name, given, before);
        if (name !== 'partijen' || !Array.isArray(partijIdentificatoren)) return row;
        const own = linksTo('partij-identificatoren', 'identificeerdePartij', row.uuid);
        try {
          for (const { uuid } of own) tables['partij-identificatoren'].remove(scalarText(uuid) ?? '');
          for (const one of partijIdentificatoren.filter(isObject))
            store(
              'partij-identificatoren',
              { ...one, identificeerdePartij: { uuid: row.uuid ?? null } },
              undefined,
            );
        } catch (error) {
          tables['partij-identificatoren'].clear();
          for (const one of kept) tables['partij-identificatoren'].put(scalarText(one.uuid) ?? '', one);
          if (before) tables.partijen.put(scalarText(before.uuid) ?? '', before);
          else tables.partijen.remove(scalarText(row.uuid) ?? '');
          throw error;
        }
        return row;
      }

      function remove(name: ResourceName, row: Row): void {
        tables[name].remove(scalarText(row.uuid) ?? '');
        for (const [other, { goesWith }] of Object.entries(behaviours))
          for (const [column, to] of Object.entries(goesWith))
            if (to === name)
              for (const one of linksTo(other as ResourceName, column, row.uuid))
                remove(other as ResourceName, one);
      }

      function list(name: ResourceName, call: StandInCall) {
        const { query } = call;
        const wanted = Object.entries(behaviours[name].filters).filter(([key]) => query.has(key));
        const tests = wanted.map(([key, test]) => (row: Row) => {
          const value = query.get(key) ?? '';
          return typeof test === 'string' ? valueAt(row, test) === value : test(row, value);
        });
        const found = [...tables[name].where((row) => tests.every((test) => test(row)))].reverse();
        const size = Number(query.get('pageSize') ?? 100);
        const page = numberedPage(
          found.map((row) => shown(name, row, expandIn(query))),
          Number(query.get('page') ?? 1),
          size >= 1 ? Math.min(size, highestSize) : 100,
        );
        if (!page) return failing(404, 'Ongeldige pagina.');
        return { status: 200, body: envelope(page, url, call) };
      }

      const all: Record<string, Handler> = {};
      for (const name of Object.keys(fieldsOf) as ResourceName[]) {
        const expanded = (call: StandInCall, row: Row) => shown(name, row, expandIn(call.query));
        all[`GET /${name}`] = (call) => list(name, call);
        all[`POST /${name}`] = (call) => ({ status: 201, body: shown(name, write(name, call)) });
        all[`GET /${name}/:uuid`] = (call) => ({ status: 200, body: expanded(call, find(name, call)) });
        all[`PUT /${name}/:uuid`] = (call) => ({
          status: 200,
          body: shown(name, write(name, call, find(name, call))),
        });
        all[`PATCH /${name}/:uuid`] = (call) => {
          const row = find(name, call);
          return { status: 200, body: shown(name, write(name, call, row)) };
        };
        all[`DELETE /${name}/:uuid`] = (call) => {
          remove(name, find(name, call));
          return { status: 204 };
        };
      }
      return guarded(
        hasHeader('Authorization', `Token ${token}`),
        failing(401, 'Authenticatiegegevens zijn niet opgegeven.'),
        routes(all, failing),
      );
    },
  };
}

function unique(column: string, name: string) {
  return (row: Row, others: readonly Row[]): void => {
    if (others.some((other) => other[column] === row[column]))
      throw complain(name, 'unique', `Er bestaat al een record met eenzelfde ${name}.`);
  };
}

function expandIn(query: URLSearchParams): string[] {
  return (query.get('expand') ?? '').split(',').filter((name) => name !== '');
}
