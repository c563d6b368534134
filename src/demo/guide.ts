/** What the first screen of the demo is made of. */
interface Guide {
  readonly api: string;
  /** Undefined when the demo CRM did not start. */
  readonly crm: string | undefined;
  readonly token: string;
  readonly logFile: string;
}

/** What a newcomer sees: where everything is, and lines to paste. */
export function demoGuide({ api, crm, token, logFile }: Guide): string {
  const curl = (rest: string): string => `curl -s -H 'Authorization: Bearer ${token}' ${rest}`;
  const fault = (rest: string): string => `curl -s ${rest}`;
  return `
Klantbrug is ready.

  Klanten API   ${api}/klanten
  OpenAPI       ${api}/schema/openapi.yaml
  demo CRM      ${crm ?? 'NOT RUNNING: the gateway answers 502 until it is'}
  log           ${logFile}

Everybody called O'Brien, out of the CRM:

  ${curl(`'${api}/klanten?achternaam=O%27Brien'`)}

A new klant; its klantnummer is made for you:

  ${curl(`-H 'Content-Type: application/json' -d '{"bronorganisatie":"123456782","websiteUrl":"https://www.gemeente.example","achternaam":"Jansen","subjectType":"natuurlijk_persoon","subjectIdentificatie":{"inpBsn":"999990019"}}' ${api}/klanten`)}

What is wrong with this one?

  ${curl(`-H 'Content-Type: application/json' -d '{"bronorganisatie":"123","emailadres":"geen adres"}' ${api}/klanten`)}
${
  crm === undefined
    ? ''
    : `
Make the CRM fail, see what the gateway says, and mend it again:

  ${fault(`-d '{"soort":"fout"}' ${crm}/storing`)}
  ${fault(`-X DELETE ${crm}/storing`)}
`
}
Read on: README.md, and mappings/demo-crm/ for how this CRM was connected. Ctrl-C stops everything.
`;
}
