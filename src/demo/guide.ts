import { informatieobjectUuids } from './around/seed-documenten.ts';
import { zaakUuids } from './around/seed-zaken.ts';

/** What the first screen of the demo is made of. */
interface Guide {
  /** Where the gateway is. */
  readonly gateway: string;
  /** Undefined when the demo CRM did not start. */
  readonly crm: string | undefined;
  /** The stand-ins of Zaken, Documenten and Notificaties; undefined when they did not start. */
  readonly around: string | undefined;
  readonly token: string;
  /** A token with which the Zaken API is called, as another application would. */
  readonly zakenToken: string;
  readonly logFile: string;
}

/** What a newcomer sees: where everything is, and lines to paste, from a klant to a contactmoment to a verzoek. */
export function demoGuide(guide: Guide): string {
  const { gateway, crm, around, token, logFile } = guide;
  const api = `${gateway}/klanten/api/v1`;
  const curl = (rest: string): string => `curl -s -H 'Authorization: Bearer ${token}' ${rest}`;
  return `
Klantbrug is ready.

  Klanten, Contactmomenten, Verzoeken   ${gateway}/{klanten,contactmomenten,verzoeken}/api/v1
  Klantinteracties, the older standard  ${gateway}/kic/api/v1
  to read in a browser                  ${gateway}/contactmomenten/api/v1/schema/
  demo CRM                              ${crm ?? 'NOT RUNNING: the gateway answers 502 until it is'}
  Zaken, Documenten, Notificaties       ${around ?? 'NOT RUNNING: what needs them is refused'} (shows what arrived)
  log                                   ${logFile}

Everybody called O'Brien, out of the CRM:

  ${curl(`'${api}/klanten?achternaam=O%27Brien'`)}

What is wrong with this klant?

  ${curl(`-H 'Content-Type: application/json' -d '{"bronorganisatie":"123","emailadres":"geen adres"}' ${api}/klanten`)}
${around === undefined ? '' : walk({ ...guide, around })}${crm === undefined ? '' : failing(crm)}
Read on: README.md, and mappings/demo-crm/ for how this CRM was connected. Ctrl-C stops everything.
`;
}

/** From a klant to a contactmoment to a verzoek, through every register around. */
function walk({ gateway, around, token, zakenToken }: Guide & { readonly around: string }): string {
  const contactmomenten = `${gateway}/contactmomenten/api/v1`;
  const verzoeken = `${gateway}/verzoeken/api/v1`;
  const zaak = `${around}/zaken/api/v1/zaken/${zaakUuids[0]}`;
  const document = `${around}/documenten/api/v1/enkelvoudiginformatieobjecten/${informatieobjectUuids[0]}`;
  return `
From a klant to a contactmoment to a verzoek. Paste these once; each later line keeps a URL for the next:

  post() { curl -s -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' "$1" -d "$2"; }
  url() { node -p 'JSON.parse(fs.readFileSync(0)).url'; }

A new klant, whose klantnummer is made for them (kla-001); somebody calls (contactmoment); it was this klant (cm-004):

  KLANT=$(post ${gateway}/klanten/api/v1/klanten '{"bronorganisatie":"123456782","websiteUrl":"https://www.gemeente.example","achternaam":"Jansen","subjectType":"natuurlijk_persoon","subjectIdentificatie":{"inpBsn":"999990019"}}' | url)
  MOMENT=$(post ${contactmomenten}/contactmomenten '{"bronorganisatie":"123456782","kanaal":"telefoon","tekst":"Losse stoeptegel","medewerkerIdentificatie":{"identificatie":"MDW7"}}' | url)
  post ${contactmomenten}/klantcontactmomenten "{\\"klant\\":\\"$KLANT\\",\\"contactmoment\\":\\"$MOMENT\\",\\"rol\\":\\"gesprekspartner\\"}"

It was about a zaak, which the Zaken API has to say first (cm-006): refused, then told there, then accepted:

  post ${contactmomenten}/objectcontactmomenten "{\\"object\\":\\"${zaak}\\",\\"contactmoment\\":\\"$MOMENT\\",\\"objectType\\":\\"zaak\\"}"
  curl -s -H 'Authorization: Bearer ${zakenToken}' -H 'Content-Type: application/json' ${around}/zaken/api/v1/zaakcontactmomenten -d "{\\"zaak\\":\\"${zaak}\\",\\"contactmoment\\":\\"$MOMENT\\"}"
  post ${contactmomenten}/objectcontactmomenten "{\\"object\\":\\"${zaak}\\",\\"contactmoment\\":\\"$MOMENT\\",\\"objectType\\":\\"zaak\\"}"

They want it mended: a verzoek with the next number (vrz-001), whose it is, and a photo that Documenten hears of (kic-001):

  VERZOEK=$(post ${verzoeken}/verzoeken '{"bronorganisatie":"123456782","status":"ontvangen","tekst":"Stoep herstellen"}' | url)
  post ${verzoeken}/klantverzoeken "{\\"klant\\":\\"$KLANT\\",\\"verzoek\\":\\"$VERZOEK\\",\\"rol\\":\\"initiator\\"}"
  post ${verzoeken}/verzoekinformatieobjecten "{\\"informatieobject\\":\\"${document}\\",\\"verzoek\\":\\"$VERZOEK\\"}"

Who did what with the verzoek (its audit trail, which is in the second data store because the CRM has no place for it):

  curl -s -H 'Authorization: Bearer ${token}' $VERZOEK/audittrail

The same verzoek in the words of the older Klantinteracties API, where the klant is one of its fields:

  curl -s -H 'Authorization: Bearer ${token}' \${VERZOEK/verzoeken/kic}

What arrived at the others: ${around}/
`;
}

function failing(crm: string): string {
  return `
Make the CRM fail, see what the gateway says, and mend it again:

  curl -s -d '{"soort":"fout"}' ${crm}/storing
  curl -s -X DELETE ${crm}/storing
`;
}
