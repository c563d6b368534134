import {
  clientCredentialsGrantRequest,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  type CustomFetchOptions,
  processClientCredentialsResponse,
  type TokenEndpointResponse,
} from 'oauth4webapi';
import type { Obtain } from './kept-access.ts';
import { type AskedFor, granted, isSendable, unusable } from './obtained-answer.ts';
import type { Wire } from './wire.ts';

/** OAuth 2.0 client credentials (RFC 6749, section 4.4): who we are, and where our tokens come from. */
export interface OAuth2Settings {
  /** An absolute URL; https, but for a token endpoint on this machine. */
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
  readonly audience?: string;
  readonly resource?: string;
  /** Whether the client's id and secret go into HTTP Basic authentication or into the body. */
  readonly clientAuthentication: 'basic' | 'body';
}

/**
 * Asks a token endpoint for bearer tokens. The protocol is the library's; the connection is ours, with its limits.
 *
 * @param backend whose tokens these are, for events
 */
export function tokenFrom(settings: OAuth2Settings, backend: string, wire: Wire): Obtain {
  const { tokenUrl, clientId, clientSecret } = settings;
  const server = serverAt(tokenUrl);
  const client = { client_id: clientId };
  const authentication =
    settings.clientAuthentication === 'body'
      ? ClientSecretPost(clientSecret)
      : ClientSecretBasic(clientSecret);

  return async (context) => {
    const asked = { backend, context };
    const request = async (
      _url: string,
      { headers, body }: CustomFetchOptions<'POST', URLSearchParams>,
    ): Promise<Response> => {
      const sent = { method: 'POST', url: tokenUrl, headers, text: body.toString() } as const;
      const answer = granted(await wire(sent, context), asked);
      return new Response(answer.body.length === 0 ? null : new Uint8Array(answer.body), {
        status: answer.status,
        headers: { ...answer.headers },
      });
    };
    const response = await clientCredentialsGrantRequest(
      server,
      client,
      authentication,
      parameters(settings),
      {
        [customFetch]: request,
      },
    );
    const token = await tokenIn(() => processClientCredentialsResponse(server, client, response), asked);
    return {
      introduction: { headers: { Authorization: `Bearer ${token.access_token}` } },
      lifetimeSeconds: token.expires_in,
    };
  };
}

/**
 * Where the library is told that the token endpoint is. Whether it may do without https was decided when the
 * configuration was read, and the library, which connects to nothing itself, would not hear of it.
 */
function serverAt(tokenUrl: string) {
  return { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl.replace(/^http:/, 'https:') };
}

function parameters({ scope, audience, resource }: OAuth2Settings): URLSearchParams {
  const named = Object.entries({ scope, audience, resource });
  return new URLSearchParams(named.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

/** Whatever the library has against an answer quotes that answer, so nothing of it goes on. */
async function tokenIn(
  read: () => Promise<TokenEndpointResponse>,
  asked: AskedFor,
): Promise<TokenEndpointResponse> {
  const token = await read().catch(() => undefined);
  if (token?.token_type !== 'bearer' || !isSendable(token.access_token)) throw unusable(asked);
  return token;
}
