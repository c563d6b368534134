import { Type } from 'typebox';
import { backendCredentials, credentials, forwardUser, tls } from './credentials.ts';
import {
  addresses,
  baseUrl,
  bytes,
  choice,
  integer,
  milliseconds,
  named,
  seconds,
  section,
} from './vocabulary.ts';

/** The systems that the gateway calls: those behind it, and those around it. */

const callLimits = section(
  'What a call to this system may take.',
  {
    connectMs: milliseconds('Time to set up a connection.', { example: '2 s', default: 2000 }),
    headersMs: milliseconds('Time until the answer begins.', { example: '5 s', default: 5000 }),
    bodyMs: milliseconds('Time to receive the rest of the answer.', { example: '5 s', default: 5000 }),
    responseBytes: bytes('Size of an answer.', { example: '10 MB', default: 10_000_000 }),
    concurrency: integer('Calls at the same time; more have to wait.', {
      minimum: 1,
      maximum: 10_000,
      example: 50,
      default: 50,
    }),
  },
  { default: {} },
);

const breaker = section(
  'When the gateway stops calling a system that keeps failing.',
  {
    failurePercentage: integer('The share of failed calls, in percent, that opens the breaker.', {
      minimum: 1,
      maximum: 100,
      example: 50,
      default: 50,
    }),
    minimumCalls: integer('With fewer calls than this in the window, it never opens.', {
      minimum: 1,
      maximum: 100_000,
      example: 10,
      default: 10,
    }),
    windowSeconds: seconds('How far back calls are counted.', { minimum: 1, example: 10, default: 10 }),
    openSeconds: seconds('How long it stays open before a call is tried again.', {
      minimum: 1,
      example: 10,
      default: 10,
    }),
  },
  { default: {} },
);

/** What is declared of every system that the gateway calls, besides where it is. */
const calling = {
  credentials: Type.Optional(credentials),
  tls: Type.Optional(tls),
  forwardUser: Type.Optional(forwardUser),
  limits: callLimits,
  breaker,
};

/** What a cloud and this machine answer must not come out through a URL that a client sends. */
export const allowedAddresses = addresses(
  "Addresses that it may have when a client's URL leads to it. Those of this machine, of the local link and of a cloud's metadata service are refused unless they are named here.",
  { example: ['10.20.0.0/16'], default: [] },
);

/** Of the CRM. */
export const backends = named(
  'The systems that the mapping set calls, by the names that it uses.',
  section('One system.', {
    baseUrl: baseUrl('Where it is; paths in the mapping set come after this.', {
      example: 'https://crm.gemeente.example/relbeheer',
    }),
    ...calling,
    credentials: Type.Optional(backendCredentials),
  }),
  { minProperties: 1, title: 'section with at least one backend' },
);

/** The APIs of the standard that a register can have; `overig` for anything else that URLs lead to. */
const registerKinds = [
  'zaken',
  'documenten',
  'notificaties',
  'autorisaties',
  'klanten',
  'contactmomenten',
  'verzoeken',
  'overig',
] as const;

/** Of the standard, around the gateway. */
export const registers = named(
  'The other systems of the standard that the gateway asks or tells something, by names of your choice.',
  section('One system.', {
    kind: choice(
      'Which API it has. There may be more than one of a kind, but for notificaties and autorisaties.',
      registerKinds,
      { example: 'zaken' },
    ),
    root: baseUrl(
      'Where its API is. A URL out of a request that begins with it is asked for with its credentials.',
      { example: 'https://zaken.gemeente.example/zaken/api/v1' },
    ),
    ...calling,
    addresses: allowedAddresses,
  }),
  { default: {} },
);
