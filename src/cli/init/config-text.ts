import { type JsonObject, isObject } from '../../json.ts';
import type { Facts } from './facts.ts';

/** The environment variable with the secret of the first client. */
export const clientSecret = 'KLANTBRUG_CLIENT_SECRET';

/** The text of the configuration file. */
export function configYaml({ name, calls }: Facts): string {
  return [
    '# yaml-language-server: $schema=./klantbrug.schema.json',
    '#',
    '# Made by klantbrug init. ${NAME} stands for an environment variable: secrets are there, and never in a file.',
    '',
    'listen: { host: 127.0.0.1, port: 8080 }',
    '',
    '# The URL under which clients know the gateway: it is in every link.',
    'baseUrls: { canonical: http://127.0.0.1:8080 }',
    '',
    'apis:',
    '  klanten: {}',
    '',
    'clients:',
    `  - { id: client, secret: '\${${clientSecret}}', scopes: all }`,
    '',
    'mapping:',
    `  folder: ../mappings/${name}`,
    '  settings:',
    "    bronorganisatie: '123456782' # the RSIN of your organisation",
    '    websiteUrl: https://www.gemeente.example',
    '',
    'backends:',
    '  crm:',
    ...(calls.placed === 'made-up'
      ? ['    # Made up: the URL of your CRM, and how it wants to know us.']
      : []),
    ...(calls.placed === 'shown'
      ? ['    # Of the link in the sample. How the CRM wants to know us is made up.']
      : []),
    `    baseUrl: ${JSON.stringify(calls.baseUrl)}`,
    ...(calls.credentials
      ? [`    credentials: ${inBrackets(calls.credentials)}`]
      : [
          '    # How the CRM wants to know us, when it does: mappings/README.md, Credentials.',
          "    # credentials: { header: { name: X-Api-Key, value: '${CRM_KEY}' } }",
        ]),
    '',
  ].join('\n');
}

/** The environment variables that the configuration needs. */
export function variablesOf({ calls }: Facts): string[] {
  const found = JSON.stringify(calls.credentials ?? {}).matchAll(/\$\{([A-Z0-9_]+)\}/g);
  return [clientSecret, ...[...found].map(([, variable = '']) => variable)];
}

function inBrackets(section: JsonObject): string {
  const entries = Object.entries(section).map(
    ([key, value]) => `${key}: ${isObject(value) ? inBrackets(value) : JSON.stringify(value)}`,
  );
  return `{ ${entries.join(', ')} }`;
}
