import { call } from './crm.ts';
import type { Answered, Columns, CrmBody } from './crm.ts';

/** The body of any answer under /relbeheer, with what is called after the table still to be looked at. */
export type TableBody = CrmBody & Columns;

/** What one record is called in a message, what a list is called, and the column that has the key. */
const names = {
  activiteiten: ['ACTIVITEIT', 'ACTIVITEITEN', 'ACTNR'],
  deelnemers: ['DEELNEMER', 'DEELNEMERS', 'DLNNR'],
  onderwerpen: ['ONDERWERP', 'ONDERWERPEN', 'CODE'],
  aanvragen: ['AANVRAAG', 'AANVRAGEN', 'AANVNR'],
  betrokkenen: ['BETROKKENE', 'BETROKKENEN', 'BTRNR'],
  koppelingen: ['KOPPELING', 'KOPPELINGEN', 'KOPNR'],
} as const;

/** A table besides RELATIES. */
export type Name = keyof typeof names;

/** The calls on one table of a running demo CRM, in the words of that table. */
export function tableOf(crm: { readonly url: string }, name: Name) {
  const [one, many, key] = names[name];
  const path = `/relbeheer/${name}`;
  const send = (method: string, rest: string, body?: unknown, headers?: Record<string, string>) =>
    call<TableBody>(crm.url, method, `${path}${rest}`, body, headers);
  const list = (query: Record<string, string> = {}) =>
    send('GET', `?${new URLSearchParams(query).toString()}`);
  const post = (columns: Columns) => send('POST', '', { [one]: columns });
  const read = async (number: unknown, query = '') => (await send('GET', `/${String(number)}${query}`)).body;
  return {
    key,
    many,
    /** What the system's texts call one record. */
    title: `${one.charAt(0)}${one.slice(1).toLowerCase()}`,
    send,
    list,
    post,
    put: (number: unknown, columns: Columns) => send('PUT', `/${String(number)}`, { [one]: columns }),
    remove: (number: unknown) => send('DELETE', `/${String(number)}`),
    read,
    /** A record that has to be there. */
    record: async (number: unknown) => (await read(number))[one] as Columns,
    /** Stores a record that has to be accepted, and gives its number. */
    created: async (columns: Columns) => {
      const { body } = await post(columns);
      if (typeof body[key] !== 'number') throw new Error(`Refused: ${JSON.stringify(body)}`);
      return body[key];
    },
    /** The keys on a page. */
    keysOn: ({ body }: Answered<TableBody>) => (body[many] as readonly Columns[]).map((row) => row[key]),
  };
}
