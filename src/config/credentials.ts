import { type TProperties, Type } from 'typebox';
import {
  choice,
  contents,
  endpoint,
  onOff,
  secretReference,
  secretsInside,
  section,
  text,
} from './vocabulary.ts';

/** How the gateway makes itself, and who it works for, known to one system. */

/** A word that HTTP allows as the name of a header or a cookie. */
const headerPattern = "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$";

const header = section('A secret in a header.', {
  name: headerName('The name of the header.', 'X-Api-Key'),
  value: secretReference('What the header holds.', contents.header),
});

const query = section(
  'A secret in the query of each URL. Prefer a header where the system takes one: others write URLs in their logs.',
  {
    name: text('The name of the parameter.', { example: 'apikey' }),
    value: secretReference('What the parameter holds.', contents.password),
  },
);

const basic = section('HTTP Basic authentication.', {
  user: text('The user.', { title: 'text without a colon', pattern: '^[^:\\p{Cc}]+$', example: 'klantbrug' }),
  password: secretReference('The password.', contents.password),
});

const bearer = section('A fixed bearer token.', { token: secretReference('The token.', contents.header) });

const zgw = section('A JWT of the standard, that the gateway signs itself (HS256).', {
  clientId: text('The `client_id` that the system knows the gateway by.', { example: 'klantbrug' }),
  // Not for us to choose, so not for us to call too short.
  secret: secretReference('What the tokens are signed with.', contents.password),
  userId: Type.Optional(
    text('The `user_id` in the tokens, for the audit trail of the system.', { example: 'klantbrug' }),
  ),
  userRepresentation: Type.Optional(
    text('The `user_representation` in the tokens.', { example: 'Klantbrug' }),
  ),
});

const oauth2 = section(
  'OAuth 2.0 client credentials: a bearer token of a token endpoint, kept until shortly before it expires or until a 401. After a refusal none is asked for during ten seconds; clients get a 503 then.',
  {
    tokenUrl: endpoint('The token endpoint. A redirect of it is not followed.', {
      example: 'https://login.gemeente.example/oauth2/token',
    }),
    clientId: text('The `client_id`.', { example: 'klantbrug' }),
    clientSecret: secretReference('The `client_secret`.', contents.password),
    clientAuthentication: choice(
      'Whether the client’s id and secret are sent as HTTP Basic authentication, or in the body.',
      ['basic', 'body'],
      { example: 'body', default: 'basic' },
    ),
    scope: Type.Optional(
      text('The `scope` to ask for; several with a space in between.', { example: 'crm.read crm.write' }),
    ),
    audience: Type.Optional(text('The `audience` to ask for.', { example: 'https://crm.example' })),
    resource: Type.Optional(text('The `resource` to ask for.', { example: 'https://crm.example' })),
  },
);

const login = section(
  'A log-in session: a token or a cookie for a user and a password, kept until a 401. A log-in that is refused is not tried again during ten seconds; clients get a 503 then.',
  {
    url: text('Where to log in, with a POST: a path after the base URL, or a whole URL of the same origin.', {
      title: 'path that begins with a slash, or absolute URL',
      pattern: '^(/[^\\s#\\\\]*|https?://[^\\s#@\\\\]+)$',
      example: '/sessions',
    }),
    body: secretsInside('What is posted, as JSON.', contents.password, {
      user: 'klantbrug',
      password: '${CRM_PASSWORD}',
    }),
    session: section(
      'What the answer gives.',
      {
        token: Type.Optional(
          section('A text in the JSON of the answer, sent in a header.', {
            path: Type.Optional(
              text('Where it is; or use `text`.', {
                title: 'names with dots in between',
                pattern: '^[^.\\s{}]+(\\.[^.\\s{}]+)*$',
                example: 'data.token',
              }),
            ),
            text: Type.Optional(
              text('What is sent, when that is put together: places of the answer are in braces.', {
                title: 'text with at least one place of the answer in braces',
                pattern: '^[^{}]*(\\{[^.\\s{}]+(\\.[^.\\s{}]+)*\\}[^{}]*)+$',
                example: 'klantbrug:{result.0}:{result.1}',
              }),
            ),
            encoding: choice('Whether that text is sent as it is, or in base 64.', ['plain', 'base64'], {
              example: 'base64',
              default: 'plain',
            }),
            header: headerName('The header that it is sent in.', 'X-Session', 'Authorization'),
            prefix: Type.Optional(
              Type.String({
                title: 'printable ASCII characters, or an empty text',
                description:
                  'What comes before it in the header. When it is left out: `Bearer` and a space in Authorization, nothing in another header.',
                pattern: '^[\\x20-\\x7e]*$',
                examples: ['Session '],
              }),
            ),
          }),
        ),
        cookie: Type.Optional(
          section('A cookie.', {
            name: text('Its name.', {
              title: 'name of a cookie',
              pattern: headerPattern,
              example: 'PHPSESSID',
            }),
          }),
        ),
      },
      { minProperties: 1, maxProperties: 1, title: 'section with exactly one of token, cookie' },
    ),
  },
);

const wsSecurity = section(
  'A user name token of WS-Security in the header of each SOAP envelope; the mapping set says `encoding: soap`.',
  {
    user: text('The user.', { example: 'klantbrug' }),
    password: secretReference('The password.', contents.password),
    digest: onOff(
      'Whether a digest of the password is sent, which is good once, or the password itself.',
      'on',
    ),
  },
);

const ways = {
  header: Type.Optional(header),
  query: Type.Optional(query),
  basic: Type.Optional(basic),
  bearer: Type.Optional(bearer),
  zgw: Type.Optional(zgw),
  oauth2: Type.Optional(oauth2),
  login: Type.Optional(login),
};

/** Exactly one of the ways in which a system may want to know us. */
export const credentials = oneOf(ways);

/** The same of a CRM, whose requests may be SOAP. */
export const backendCredentials = oneOf({ ...ways, wsSecurity: Type.Optional(wsSecurity) });

function oneOf<Ways extends TProperties>(declared: Ways) {
  return section('How the gateway makes itself known; leave it out when the system does not ask.', declared, {
    minProperties: 1,
    maxProperties: 1,
    title: `section with exactly one of ${Object.keys(declared).join(', ')}`,
  });
}

/** A certificate of our own, and whose certificates are believed. */
export const tls = section(
  'For https: a certificate of the gateway itself, and a private authority. It counts for the token endpoint and the log-in as well.',
  {
    certificateFile: Type.Optional(
      text('The certificate of the gateway in PEM, with those in between after it; relative to this file.', {
        example: './klantbrug.pem',
      }),
    ),
    keyFile: Type.Optional(
      text('The private key of that certificate in PEM; relative to this file.', {
        example: './klantbrug.key',
      }),
    ),
    passphrase: Type.Optional(secretReference('The passphrase of the key.', contents.password)),
    caFile: Type.Optional(
      text(
        'Certificates in PEM of the only authorities that are believed; without it, those that everybody believes. Relative to this file.',
        { example: './gemeente-ca.pem' },
      ),
    ),
  },
  { minProperties: 1, title: 'section with certificateFile and keyFile, caFile, or both' },
);

/** Who asked, for systems that keep an audit trail or permissions of their own. */
export const forwardUser = section(
  'Tell the system which user a request is for: the `user_id` in the token of the client. What is remembered is then remembered for each user.',
  {
    header: headerName(
      'The header that it is sent in. Characters that a header cannot hold, and %, are percent-encoded. Without a `user_id` it is not sent.',
      'X-User-Id',
    ),
  },
);

function headerName(description: string, example: string, initially?: string) {
  return text(description, {
    title: 'name of a header',
    pattern: headerPattern,
    example,
    ...(initially === undefined ? {} : { default: initially }),
  });
}
