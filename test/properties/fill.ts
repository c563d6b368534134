import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { type runningGateway, urlIn } from '../kit/gateway.ts';

type Gateway = ReturnType<typeof runningGateway>;

/** How many relations with zaken are made, of which the CRM starts with none; the first are more than one page. */
const objectRelations = { contactmomenten: 105, verzoeken: 20 };

/** How many klanten the CRM has at first, and how many of them are left. */
const klanten = { first: 100_001, amount: 1000, left: 250 };

/** Where zaken would be: URLs that differ in little. */
const zaken = ['1', '1x', '11', 'a', 'A', 'a?versie=1', 'a/'].map(
  (end) => `https://zaken.example/zaken/${end}`,
);

/**
 * Adds what the demo CRM does not start with: records that link to each other or to other registers, and more than a
 * page of relations with zaken. Most klanten go, because all are looked at in lists that the CRM cannot narrow down.
 */
export async function fill(gateway: Gateway): Promise<void> {
  const going = Array.from({ length: klanten.amount - klanten.left }, (_, index) => klanten.left + index);
  await atOnce(going, (index) => gateway.crm.remove(klanten.first + index));
  const { contactmomenten, verzoeken } = await linkedMains(gateway);
  const bodyOf = (index: number) => ({
    object: `${pick(zaken, index)}${index < zaken.length * 4 ? '' : String(index)}`,
    objectType: 'zaak',
  });
  await atOnce([...Array(objectRelations.contactmomenten).keys()], (index) => {
    const body = { ...bodyOf(index), contactmoment: pick(contactmomenten, index) };
    return made(gateway, 'contactmomenten', 'objectcontactmomenten', body);
  });
  await atOnce([...Array(objectRelations.verzoeken).keys()], (index) =>
    made(gateway, 'verzoeken', 'objectverzoeken', { ...bodyOf(index), verzoek: pick(verzoeken, index) }),
  );
  for (const [index, verzoek] of verzoeken.slice(0, 6).entries()) {
    const informatieobject = `https://documenten.example/documenten/${index % 3}?versie=${index}`;
    await made(gateway, 'verzoeken', 'verzoekinformatieobjecten', { verzoek, informatieobject });
    const product = `https://producten.example/${pick(['a', 'A', 'b'], index)}`;
    for (const body of [{ product }, { productIdentificatie: { code: pick(['P-1', 'p-1', 'P'], index) } }]) {
      await made(gateway, 'verzoeken', 'verzoekproducten', { verzoek, ...body });
    }
    const contactmoment = pick(contactmomenten, index);
    await made(gateway, 'verzoeken', 'verzoekcontactmomenten', { verzoek, contactmoment });
    const klant = `https://klanten.example/klanten/api/v1/klanten/${index % 3}`;
    await made(gateway, 'verzoeken', 'klantverzoeken', { verzoek, klant, rol: 'initiator' });
    const rol = pick(['gesprekspartner', 'belanghebbende'], index);
    await made(gateway, 'contactmomenten', 'klantcontactmomenten', { contactmoment, klant, rol });
  }
}

/** Contactmomenten and verzoeken of which every second one links to the one before it; texts differ in little. */
async function linkedMains(gateway: Gateway) {
  const contactmomenten: string[] = [];
  const verzoeken: string[] = [];
  for (let index = 0; index < 24; index++) {
    const text = pick(['één', 'een', 'EEN', 'eend', '%', '*een'], index);
    const moment = `2022-06-01T12:00:00.00000${index % 4}Z`;
    const isLinked = index % 2 === 1;
    const least = {
      bronorganisatie: '123456782',
      registratiedatum: moment,
      voorkeurskanaal: text,
      tekst: text,
    };
    contactmomenten.push(
      await made(gateway, 'contactmomenten', 'contactmomenten', {
        ...least,
        kanaal: text,
        voorkeurstaal: pick(['nld', 'NLD', 'nl'], index),
        medewerker: `https://medewerkers.example/?id=${pick(['a', 'A', 'a,b'], index)}`,
        ...(isLinked ? { vorigContactmoment: contactmomenten.at(-1) ?? '' } : {}),
      }),
    );
    verzoeken.push(
      await made(gateway, 'verzoeken', 'verzoeken', {
        ...least,
        status: pick(['ontvangen', 'afgewezen'], index),
        externeIdentificatie: pick(['a', 'A', 'aa'], index),
        ...(isLinked ? { inTeTrekkenVerzoek: verzoeken.at(-1) ?? '' } : {}),
        ...(index % 3 === 2 ? { aangevuldeVerzoek: verzoeken.at(-2) ?? '' } : {}),
      }),
    );
  }
  return { contactmomenten, verzoeken };
}

async function made(gateway: Gateway, api: string, plural: string, body: JsonObject): Promise<string> {
  const answer = await gateway.create(api, plural, body);
  expect(answer.status, answer.text).to.equal(201);
  return urlIn(answer);
}

/** Several calls at the same time, but not all. */
async function atOnce(indexes: readonly number[], call: (index: number) => Promise<unknown>): Promise<void> {
  const left = indexes.values();
  const worker = async (): Promise<void> => {
    for (const index of left) await call(index);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

function pick(values: readonly string[], index: number): string {
  return values[index % values.length] ?? '';
}
