/** What a deployment must have for a ruling to mean anything. */
export type Need = 'zaken' | 'documenten' | 'notificaties' | 'autorisaties' | 'audittrail';

/** A question that the standard leaves open, or answers twice, and what Klantbrug does. */
export interface Ruling {
  /** `R1` and so on, as in the comments of the code and the titles of the tests. */
  readonly id: string;
  readonly topic: string;
  readonly decision: string;
  readonly why: string;
  /** The keys of the configuration that change it; absent where nothing does. */
  readonly switches?: readonly string[];
  /** Without any of these the ruling has nothing to rule about. */
  readonly needs?: readonly Need[];
}

/** Every ruling, in order. */
export const rulings: readonly Ruling[] = [
  {
    id: 'R1',
    topic: 'own URLs',
    decision:
      'One base URL is canonical, others may be named. A client gets links of the base URL that it called, and of the canonical one when it called another name; what other systems get is canonical. Every named one is recognised in what clients send.',
    why: 'links are data: they must not depend on which proxy a client happened to take',
    switches: ['baseUrls.canonical', 'baseUrls.further', 'apis'],
  },
  {
    id: 'R2',
    topic: 'order of checks',
    decision:
      'Accept, path, method, token and scope, body, parameters, existence, values: the first that is wrong is the answer.',
    why: 'nothing that is malformed or forbidden costs a call to the CRM',
  },
  {
    id: 'R3',
    topic: 'a klant without a subject',
    decision: 'It can be registered.',
    why: 'the standard wants no conditions for a klant who is not identified; the reference implementation does',
    switches: ['rules.subject-required'],
  },
  {
    id: 'R4',
    topic: 'a klant who becomes identified',
    decision: 'The subjectType may be filled in once, and then stays what it is.',
    why: 'the standard lets somebody be identified later',
  },
  {
    id: 'R5',
    topic: 'the bron of an audit entry',
    decision: 'The codes of the OpenAPI documents, not the names of the APIs.',
    why: 'it is an enumeration, that clients check',
    needs: ['audittrail'],
  },
  {
    id: 'R6',
    topic: 'CORS',
    decision: 'No such headers: a browser is not called from another site with these APIs.',
    why: 'the tokens of these APIs belong on a server, not in a page',
  },
  {
    id: 'R7',
    topic: 'a URL that must exist',
    decision:
      'It must finally answer 200, after three redirects at most. One that cannot be reached, or is of a host that is not configured, is a bad-url; the latter is never connected to.',
    why: 'a client must not make the gateway call whatever it likes, nor send credentials there',
    switches: ['urlChecks.hosts', 'registers'],
  },
  {
    id: 'R8',
    topic: 'a source that does not tell of a relation',
    decision: '503 or 504, and nothing is written.',
    why: 'not knowing is no reason to believe the client, nor to say that it is wrong',
    needs: ['zaken'],
  },
  {
    id: 'R9',
    topic: 'an Autorisaties API that does not answer',
    decision: '503; nothing is granted.',
    why: 'rights that nobody can look up are no rights',
    needs: ['autorisaties'],
  },
  {
    id: 'R10',
    topic: 'empty kenmerken',
    decision: 'What is not set is announced as `onbekend`.',
    why: 'the Notificaties API takes no empty kenmerk, and a notification must not be lost for it',
    needs: ['notificaties'],
  },
  {
    id: 'R11',
    topic: 'versions of other registers',
    decision:
      'Zaken and Documenten must be 1.1 or later: looked at when the gateway starts, with an event when one is not. The versie in the URL of an informatieobject is no part of its identity.',
    why: 'earlier ones know no relations with contactmomenten and verzoeken',
    needs: ['zaken', 'documenten'],
  },
  {
    id: 'R12',
    topic: 'an informatieobject of two verzoeken',
    decision: 'Allowed.',
    why: 'of two texts of the standard, the newer one says so',
  },
  {
    id: 'R13',
    topic: 'numbers, NUL and unknown keys in a body',
    decision:
      'A number is taken as the text of it, NUL is refused, keys that are unknown or read-only are passed over.',
    why: 'installed clients send what the reference implementation takes',
  },
  {
    id: 'R14',
    topic: 'names of fields in errors',
    decision: 'As in the OpenAPI documents, such as `inpANummer`.',
    why: 'a client looks for the name that it sent',
  },
  {
    id: 'R15',
    topic: 'a mirror that Documenten does not remove',
    decision: '400, and nothing is deleted. One that is not there any more is no problem.',
    why: 'both sides stay the same',
    switches: ['rules.kic-001'],
    needs: ['documenten'],
  },
  {
    id: 'R16',
    topic: 'the audit trail of what was deleted',
    decision: 'The API answers 404; whoever keeps the entries keeps them.',
    why: 'an audit trail that goes with its object proves nothing, but the API has no place to show it',
    needs: ['audittrail'],
  },
];
