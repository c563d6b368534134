import { isObject, type Json, type JsonObject, scalarText, valueAt } from '../../src/json.ts';
import {
  guarded,
  hasHeader,
  jsonBodyOr,
  newTable,
  numberedPage,
  numbers,
  Refused,
  routes,
  type StandIn,
  type StandInCall,
  wholeNumber,
} from './kit/index.ts';

/** What a contact can hold; `custom` takes whatever its owner wants to keep. */
const columns = [
  'reference',
  'kind',
  'firstName',
  'initials',
  'infix',
  'surname',
  'companyName',
  'email',
  'phone',
  'jobTitle',
  'website',
  'nationalId',
  'birthDate',
  'gender',
  'address',
  'custom',
] as const;

/** How each search parameter compares, as this CRM likes it. */
const searches: Readonly<Record<string, { readonly at: string; readonly how: 'begins' | 'is' }>> = {
  surname: { at: 'surname', how: 'begins' },
  email: { at: 'email', how: 'is' },
  nationalId: { at: 'nationalId', how: 'is' },
  reference: { at: 'reference', how: 'is' },
  postcode: { at: 'address.postcode', how: 'is' },
};

const seed: readonly JsonObject[] = [
  {
    ...{ reference: 'R-1001', kind: 'person', firstName: 'Jan', initials: 'J.P.', infix: 'van der' },
    ...{ surname: 'Berg', email: 'jan@voorbeeld.example', phone: '+31612345678', nationalId: '999990019' },
    ...{ birthDate: '31-01-1980', gender: 'M' },
    address: { street: 'Dorpsstraat', number: 1, suffix: 'bis', postcode: '1234AB', city: 'Voorbeeldstad' },
  },
  {
    ...{ reference: 'R-1002', kind: 'person', firstName: 'Siobhán', surname: "O'Brien", gender: 'F' },
    ...{ email: 'siobhan@voorbeeld.example', jobTitle: 'inkoper' },
  },
  {
    ...{ reference: 'R-2001', kind: 'company', companyName: 'Bakkerij & Zn.', phone: '0201234567' },
    ...{ website: 'https://bakkerij.voorbeeld.example', address: { city: 'Voorbeeldstad' } },
  },
];

/**
 * The CRM of the tutorial (docs/your-own-crm.md): contacts over plain JSON, with an API key, pages by number, dates as
 * people write them, and a search that ignores capitals.
 */
export function tutorial({ key = 'tutorial-key' } = {}): StandIn {
  return {
    title: 'Tutorial CRM',
    base: '/api',
    port: 9100,
    open() {
      const contacts = newTable<JsonObject>(numbers(501));
      for (const contact of seed) contacts.add((id) => ({ id: Number(id), ...contact }));
      const find = ({ params }: StandInCall) =>
        contacts.get(params.id, failing(404, 'NOT_FOUND', 'There is no such contact.'));
      const refuseTaken = (contact: JsonObject, id?: Json): void => {
        const same = contacts.where(
          (other) =>
            other.id !== id && contact.reference !== undefined && other.reference === contact.reference,
        );
        if (same.length > 0) throw new Refused(failing(409, 'TAKEN', 'That reference is in use.'));
      };

      const handler = routes(
        {
          'GET /contacts': ({ query }) => {
            const page = wholeNumber(query.get('page') ?? '1', 1, 100_000) ?? 1;
            const perPage = wholeNumber(query.get('perPage') ?? '25', 1, 50) ?? 25;
            if (Number.isNaN(page) || Number.isNaN(perPage))
              return failing(400, 'BAD_PAGE', 'There is no such page.');
            const found = contacts.where(searchIn(query));
            const rows = numberedPage(found, page, perPage)?.rows ?? [];
            return { status: 200, body: { data: rows, meta: { total: found.length, page, perPage } } };
          },
          'POST /contacts': (call) => {
            const given = contactIn(call);
            refuseTaken(given);
            const made = contacts.add((id) => ({ id: Number(id), ...given }));
            return { status: 201, body: { data: made } };
          },
          'GET /contacts/:id': (call) => ({ status: 200, body: { data: find(call) } }),
          'PATCH /contacts/:id': (call) => {
            const before = find(call);
            const changed = { ...before, ...contactIn(call) };
            refuseTaken(changed, before.id);
            contacts.put(call.params.id ?? '', changed);
            return { status: 200, body: { data: changed } };
          },
          'DELETE /contacts/:id': (call) => {
            contacts.remove(scalarText(find(call).id) ?? '');
            return { status: 204 };
          },
        },
        (status, detail) => failing(status, 'NO_SUCH_PLACE', detail),
      );
      const refusal = failing(401, 'NO_KEY', 'Send your key in X-Api-Key.');
      return guarded(hasHeader('X-Api-Key', key), refusal, handler);
    },
  };
}

function failing(status: number, code: string, message: string) {
  return { status, body: { error: { code, message } } };
}

function contactIn(call: StandInCall): JsonObject {
  const body = jsonBodyOr(call, failing(400, 'NO_JSON', 'The body is no JSON object.'));
  const unknown = Object.keys(body).find((name) => !columns.some((column) => column === name));
  if (unknown !== undefined)
    throw new Refused(failing(400, 'UNKNOWN_FIELD', `There is no field ${unknown}.`));
  const date = scalarText(body.birthDate ?? '') ?? '';
  if (date !== '' && !/^\d\d-\d\d-\d{4}$/.test(date))
    throw new Refused(failing(400, 'BAD_DATE', 'birthDate is written as DD-MM-YYYY.'));
  if (body.address !== undefined && body.address !== null && !isObject(body.address))
    throw new Refused(failing(400, 'BAD_ADDRESS', 'The address is an object.'));
  return body;
}

function searchIn(query: URLSearchParams): (contact: JsonObject) => boolean {
  const wanted = Object.entries(searches).flatMap(([name, search]) => {
    const text = query.get(name)?.toLowerCase();
    return text === undefined ? [] : [{ ...search, text }];
  });
  return (contact) =>
    wanted.every(({ at, how, text }) => {
      const value = (scalarText(valueAt(contact, at)) ?? '').toLowerCase();
      return how === 'is' ? value === text : value.startsWith(text);
    });
}
