import { setTimeout as wait } from 'node:timers/promises';
import type { JsonObject } from '../../json.ts';
import { scalarText } from '../../json.ts';
import { type ApiName, NotTried } from './check.ts';
import { type Exchange, exchange, objectIn, summaryOf } from './client.ts';
import { declared, declaredFor } from './declarations.ts';
import type { Places } from './places.ts';
import type { Run } from './run.ts';
import { identifiedKlant, leastContactmoment, leastVerzoek } from './samples.ts';
import { roots, type StandInName } from './stand-ins/index.ts';

/** What a check may need of the world around the implementation. */
export type Need = 'urls' | 'zaken' | 'documenten' | 'notificaties' | 'stand-ins';

/** Throws NotTried, with the reason, when the implementation does not reach what is needed. */
export type Reach = (need: Need) => Promise<void>;

/** How long an announcement may take before nobody is thought to send any. */
const announcementMs = 5000;

/**
 * Finds out, once for each need, whether the implementation asks the stand-ins. One that refuses something good
 * without ever asking cannot be judged; one that accepts or refuses after asking can.
 *
 * @param standInsUrl where they are, for the reasons
 * @param announces the user says that the implementation announces to the stand-in: then nothing is found out
 */
export function reachOf(run: Omit<Run, 'reach'>, standInsUrl: string, announces: boolean): Reach {
  const { places } = run;
  const known = new Map<Need, Promise<string | undefined>>();

  async function create(name: string, body: JsonObject): Promise<Exchange> {
    const homes = [declared(name), declaredFor('kic', name)];
    const resource = homes.find((one) => has(one.api as ApiName)) ?? declared(name);
    const api = run.apis.get(resource.api as ApiName);
    if (!api) throw new NotTried(`the ${resource.api} API was not given`);
    const headers = {
      Authorization: (await run.identities.authorization('client')) ?? '',
      'Content-Type': 'application/json',
    };
    const request = { method: 'POST', url: `${api.base}/${resource.plural}`, headers, body };
    const answer = await exchange(request, run.timeoutMs);
    if (answer.status === 201) run.made.add(api, resource, answer);
    return answer;
  }

  const urlOf = (answer: Exchange): string => scalarText(objectIn(answer).url) ?? '';
  const has = (name: ApiName): boolean => run.apis.has(name);
  const newContactmoment = async (): Promise<string> =>
    urlOf(await create('contactmoment', leastContactmoment(run)));
  const newVerzoek = async (): Promise<string> => urlOf(await create('verzoek', leastVerzoek(run)));

  /** Something good that cannot be accepted without asking for a URL. */
  async function withUrl(): Promise<Exchange> {
    const url = places.exists();
    if (has('klanten')) return create('klant', { ...identifiedKlant(run), subject: url });
    if (has('contactmomenten'))
      return create('contactmoment', { bronorganisatie: run.bronorganisatie, medewerker: url });
    return create('verzoekproduct', { verzoek: await newVerzoek(), product: url });
  }

  async function withZaak(): Promise<Exchange> {
    const object = places.zaak();
    const [main, relation] =
      has('contactmomenten') || !has('verzoeken')
        ? (['contactmoment', 'zaakcontactmomenten'] as const)
        : (['verzoek', 'zaakverzoeken'] as const);
    const url = main === 'verzoek' ? await newVerzoek() : await newContactmoment();
    places.standIns.zaken.relate(relation, object, url);
    return create(`object${main}`, { [main]: url, object, objectType: 'zaak' });
  }

  async function withDocument(): Promise<Exchange> {
    return create('verzoekinformatieobject', {
      verzoek: await newVerzoek(),
      informatieobject: places.informatieobject(),
    });
  }

  async function probe(
    name: StandInName,
    count: () => number,
    attempt: () => Promise<Exchange>,
  ): Promise<string | undefined> {
    const before = count();
    const answer = await attempt();
    const isRefused = answer.status === 400 || answer.status >= 500;
    if (!isRefused || count() > before) return undefined;
    return `the implementation answered ${summaryOf(answer)} without asking ${standInsUrl}${roots[name]}`;
  }

  async function announcementArrives(): Promise<string | undefined> {
    const { arrived } = places.standIns.notificaties;
    if (announces || arrived.length > 0) return undefined;
    if (has('klanten')) await create('klant', identifiedKlant(run));
    else if (has('contactmomenten')) await newContactmoment();
    else await newVerzoek();
    for (let waited = 0; waited < announcementMs && arrived.length === 0; waited += 100) await wait(100);
    const reason = `nothing arrives at ${standInsUrl}${roots.notificaties}; when it should, say so with --announces`;
    return arrived.length > 0 ? undefined : reason;
  }

  async function find(need: Need): Promise<string | undefined> {
    demand(places, need);
    if (!places.hasStandIns) return undefined;
    const { standIns } = places;
    switch (need) {
      case 'urls':
        return probe('elsewhere', () => standIns.hits('elsewhere'), withUrl);
      case 'zaken':
        return probe('zaken', () => standIns.zaken.asked, withZaak);
      case 'documenten':
        return probe('documenten', () => standIns.documenten.asked, withDocument);
      case 'notificaties':
        return announcementArrives();
      case 'stand-ins':
        return undefined;
    }
  }

  return async (need) => {
    const finding = known.get(need) ?? find(need);
    known.set(need, finding);
    const reason = await finding.catch(reasonOf);
    if (reason !== undefined) throw new NotTried(reason);
  };
}

/** Takes from the places what is needed: NotTried where it is not there. */
function demand(places: Places, need: Need): void {
  switch (need) {
    case 'urls':
      places.exists();
      places.missing();
      break;
    case 'zaken':
      places.zaak();
      break;
    case 'documenten':
      places.informatieobject();
      break;
    default:
      if (!places.hasStandIns) throw new NotTried('it takes the stand-ins of the run');
  }
}

function reasonOf(error: unknown): string {
  return error instanceof NotTried
    ? error.message
    : 'the implementation gave no answer when this was found out';
}
