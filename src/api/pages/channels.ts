import type { Resource } from '../../contract/resource.ts';
import { type Markup, markup, pageText } from './markup.ts';
import { contentPlace, type Places, policyOf, redirectPlace } from './place.ts';
import { stylePlace } from './style-place.ts';

/** Where the documentation link of every channel points: `/ref/kanalen/#klanten`. */
const root = '/ref/kanalen';

/** What subscribers of one channel can filter on, and what they are told of. */
interface Channel {
  readonly name: string;
  readonly kenmerken: readonly string[];
  readonly resources: readonly Resource[];
}

/** The page about the channels that changes are announced on, derived from the resources that are served. */
export function channelPlaces(resources: readonly Resource[]): Places {
  const channels = channelsOf(resources);
  if (channels.length === 0) return [];
  const [styleName, style] = stylePlace;
  const text = pageText({ title: 'Kanalen', styles: [styleName], body: channelsBody(channels) });
  const page = contentPlace(
    'text/html; charset=utf-8',
    text,
    'ask',
    policyOf({ 'style-src': "'self'", 'img-src': 'data:' }),
  );
  return [
    [root, redirectPlace('kanalen/')],
    [`${root}/`, page],
    [`${root}/${styleName}`, style],
  ];
}

function channelsOf(resources: readonly Resource[]): Channel[] {
  const names = [...new Set(resources.flatMap(({ notifies }) => notifies?.kanaal ?? []))];
  return names.map((name) => {
    const announced = resources.filter(({ notifies }) => notifies?.kanaal === name);
    const kenmerken = new Set(announced.flatMap(({ notifies }) => notifies?.kenmerken ?? []));
    return { name, kenmerken: [...kenmerken], resources: announced };
  });
}

function channelsBody(channels: readonly Channel[]): Markup {
  const sections = channels.map(
    ({ name, kenmerken, resources }) => markup`<section id="${name}">
<h2>${name}</h2>
<p>Kenmerken van het hoofdobject: ${kenmerken.join(', ')}. Een kenmerk dat niet is ingevuld, is <code>onbekend</code>.</p>
<table>
<thead><tr><th scope="col">Resource</th><th scope="col">Acties</th></tr></thead>
<tbody>
${resources.map((resource) => markup`<tr><th scope="row">${resource.name}</th><td>${actionsOf(resource)}</td></tr>\n`)}</tbody>
</table>
</section>\n`,
  );
  return markup`<main>
<h1>Kanalen</h1>
<p>Van wijzigingen wordt bericht gedaan aan de Notificaties API, op deze kanalen. De URL&rsquo;s in een bericht zijn die van het canonieke adres.</p>
${sections}</main>`;
}

function actionsOf({ operations }: Resource): string {
  const changes = operations.filter((operation) => operation !== 'list' && operation !== 'read');
  return changes.map((operation) => (operation === 'delete' ? 'destroy' : operation)).join(', ');
}
