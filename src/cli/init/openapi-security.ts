import { isObject, type Json, type JsonObject, scalarText } from '../../json.ts';
import { resolved } from './openapi-sample.ts';

/**
 * The credentials that an operation wants, as the configuration writes them: secrets are references to environment
 * variables.
 *
 * @param environmentName what those variables begin with: `CRM`
 * @returns undefined when it wants none, or some that the configuration does not know
 */
export function credentialsIn(
  document: JsonObject,
  operation: JsonObject,
  environmentName: string,
): JsonObject | undefined {
  const wanted = operation.security ?? document.security;
  const components = isObject(document.components) ? document.components : {};
  const schemes = isObject(components.securitySchemes) ? components.securitySchemes : {};
  const names = Array.isArray(wanted)
    ? wanted.flatMap((one) => (isObject(one) ? Object.keys(one) : []))
    : Object.keys(schemes);
  for (const name of names) {
    const scheme = resolved(document, schemes[name]);
    const credentials = isObject(scheme) ? credentialsOf(scheme, environmentName) : undefined;
    if (credentials) return credentials;
  }
  return undefined;
}

function credentialsOf(scheme: JsonObject, prefix: string): JsonObject | undefined {
  const name = scalarText(scheme.name) ?? '';
  const kind = [scheme.type, scheme.in ?? scheme.scheme]
    .map((part) => scalarText(part ?? '') ?? '')
    .join(' ');
  switch (kind.toLowerCase().trim()) {
    case 'apikey header':
      return isWord(name) ? { header: { name, value: `\${${prefix}_KEY}` } } : undefined;
    case 'apikey query':
      return isWord(name) ? { query: { name, value: `\${${prefix}_KEY}` } } : undefined;
    case 'http basic':
      return { basic: { user: 'klantbrug', password: `\${${prefix}_PASSWORD}` } };
    case 'http bearer':
    case 'openidconnect':
      return { bearer: { token: `\${${prefix}_TOKEN}` } };
    case 'oauth2':
      return oauth2(scheme.flows, prefix);
    default:
      return undefined;
  }
}

function oauth2(flows: Json | undefined, prefix: string): JsonObject {
  const flow = isObject(flows) ? flows.clientCredentials : undefined;
  const url = isObject(flow) ? scalarText(flow.tokenUrl) : undefined;
  const scopes = isObject(flow) && isObject(flow.scopes) ? Object.keys(flow.scopes) : [];
  // A token that somebody made is all that is left when the server gives programs none.
  if (url === undefined || !URL.canParse(url) || new URL(url).protocol !== 'https:')
    return { bearer: { token: `\${${prefix}_TOKEN}` } };
  const scope = scopes.filter((one) => /^[\x21-\x7e]+$/.test(one)).join(' ');
  const known = { tokenUrl: url, clientId: 'klantbrug', clientSecret: `\${${prefix}_SECRET}` };
  return { oauth2: scope === '' ? known : { ...known, scope } };
}

function isWord(name: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(name);
}
