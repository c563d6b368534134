import { createHash } from 'node:crypto';
import type { Reply } from '../crm/reply.ts';
import type { Arrivals } from './arrivals.ts';
import type { Arrived, Collection } from './collection.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

const style = `
body { font: 16px/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; max-width: 90rem; margin: 2rem auto; padding: 0 1rem }
h2 { margin: 2.5rem 0 0 }
.table { overflow-x: auto }
table { border-collapse: collapse; width: 100%; min-width: 50rem }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #ccc }
td { overflow-wrap: anywhere; min-width: 6rem }
time { white-space: nowrap }
.nothing { color: #595959 }
`;
// In one piece with its tags: the policy names the exact text between them.
const styleElement: Html = { html: `<style>${style}</style>` };
const styleHash = createHash('sha256').update(style).digest('base64');

const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

const mostRows = 50;
const everySeconds = '5';

/** What one part of the page shows. */
interface Section {
  readonly title: string;
  readonly meaning: string;
  readonly rows: Collection;
  /** The fields that get a column of their own; undefined: the whole row in one. */
  readonly columns?: readonly string[];
}

/** The page for people that shows what arrived, newest first. It reloads itself and needs no script. */
export function arrivalsPage(arrivals: Arrivals): Reply {
  const tables = [...arrivals.tabellen].filter(([, rows]) => rows.rows().length > 0);
  const { html: body } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="${everySeconds}" />
        <link rel="icon" href="data:," />
        <title>What arrived around the gateway</title>
        ${styleElement}
      </head>
      <body>
        <main>
          <h1>What arrived around the gateway</h1>
          <p>
            Klantbrug is no island: it tells Notificaties what changed, ties its records to those in Zaken and
            Documenten, and keeps in the bijregister what the CRM has no place for. These systems are
            stand-ins; this page shows what they were given, newest first. It reloads itself every
            ${everySeconds} seconds.
          </p>
          ${sectionsOf(arrivals).map(section)}
          <h2>Bijregister</h2>
          <p>Rows that the CRM has no place for, in tables of their own.</p>
          ${tables.length === 0 ? nothingYet : tables.map(([name, rows]) => bijregisterTable(name, rows))}
        </main>
      </body>
    </html>`;
  return { status: 200, headers, body };
}

function sectionsOf(arrivals: Arrivals): readonly Section[] {
  return [
    {
      title: 'Notificaties',
      meaning: 'Announcements of changes, for everybody who subscribed to the channel (kanaal).',
      rows: arrivals.notificaties,
      columns: ['kanaal', 'actie', 'resource', 'resourceUrl', 'kenmerken'],
    },
    {
      title: 'Zaken: zaakcontactmomenten',
      meaning: 'Which contactmoment was about which zaak.',
      rows: arrivals.zaakcontactmomenten,
      columns: ['zaak', 'contactmoment'],
    },
    {
      title: 'Zaken: zaakverzoeken',
      meaning: 'Which verzoek led to which zaak.',
      rows: arrivals.zaakverzoeken,
      columns: ['zaak', 'verzoek'],
    },
    {
      title: 'Documenten: objectinformatieobjecten',
      meaning: 'Which document belongs to which object, such as a verzoek.',
      rows: arrivals.objectinformatieobjecten,
      columns: ['objectType', 'object', 'informatieobject'],
    },
  ];
}

function section({ title, meaning, rows, columns }: Section): Html {
  return html`<h2>${title}</h2>
    <p>${meaning}</p>
    ${tableOf(title, rows.newest(), columns)}`;
}

function bijregisterTable(name: string, rows: Collection): Html {
  return html`<h3>${name}</h3>
    ${tableOf(name, rows.newest())}`;
}

const nothingYet = html`<p class="nothing">Nothing yet.</p>`;

function tableOf(name: string, rows: readonly Arrived[], columns?: readonly string[]): Html {
  if (rows.length === 0) return nothingYet;
  const names = columns ?? ['row'];
  const shown = rows.slice(0, mostRows);
  const count =
    rows.length > mostRows ? `The newest ${mostRows} of ${rows.length}.` : `${rows.length} in all.`;
  return html`<p>${count}</p>
    <div class="table" tabindex="0" role="region" aria-label="${name}">
      <table>
        <thead>
          <tr>
            <th scope="col">arrived (UTC)</th>
            ${names.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.map(({ at, row }) => rowOf(at, columns === undefined ? [row] : columns.map((column) => row[column])))}
        </tbody>
      </table>
    </div>`;
}

function rowOf(at: Date, values: readonly unknown[]): Html {
  const moment = at.toISOString();
  return html`<tr>
    <td><time datetime="${moment}">${moment.slice(0, 19).replace('T', ' ')}</time></td>
    ${values.map((value) => html`<td>${shownValue(value)}</td>`)}
  </tr>`;
}

function shownValue(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
