/** A way in which the documents that we derive differ, on purpose, from the official OpenAPI documents. */
export interface OpenApiDifference {
  /** The APIs in which it occurs; absent: every one. */
  readonly apis?: readonly string[];
  /** Tested on the line of a difference: `- only theirs`, `+ only ours`, `~ changed`. */
  readonly where: RegExp;
  readonly what: string;
  readonly why: string;
}

/** Something that Klantbrug does otherwise than the reference implementations, on purpose. */
export interface BehaviourDifference {
  readonly topic: string;
  readonly theirs: string;
  readonly ours: string;
  readonly why: string;
  /** The keys of the configuration that change it; absent where nothing does. */
  readonly switches?: readonly string[];
}

/** Every difference between the OpenAPI documents, by its reason. The comparison fails on any other. */
export const openApiDifferences: readonly OpenApiDifference[] = [
  {
    apis: ['kic'],
    where: /^\+ paths > \/(klanten|contactmomenten|verzoeken) > get > responses > 400 > /,
    what: 'a list of klanten, contactmomenten or verzoeken can answer 400 in the Klantinteracties API',
    why: 'a filter of a newer API that is not one here is refused: ignoring it would give everybody for one person',
  },
  {
    apis: ['kic'],
    where: /^[-+] paths > \/(verzoekcontactmomenten|verzoekproducten) > post > parameters /,
    what: 'every create of the Klantinteracties API names its Content-Type',
    why: 'its document forgets it for two of them, and the reference implementation wants it for all',
  },
  {
    apis: ['klanten', 'contactmomenten', 'verzoeken'],
    where: /^\+ components > schemas > Wijzigingen > properties > (oud|nieuw) > nullable /,
    what: 'what an object was, or is, may be null in the audit trail',
    why: 'a new object was nothing before, and one that is deleted is nothing after',
  },
  {
    apis: ['klanten', 'contactmomenten', 'verzoeken'],
    where: /^\+ paths > \S+\/audittrail > get > responses > 404 > /,
    what: 'an audit trail can be absent',
    why: 'that of an object that is not there is; the documents leave the answer out',
  },
  {
    apis: ['klanten'],
    where: /^- components > schemas > Klant > (required > klantnummer|properties > klantnummer > minLength) /,
    what: 'klantnummer is not required, and may be empty',
    why: 'rule kla-001: a klantnummer that is absent or empty is generated',
  },
  {
    where: /^- components > schemas > (Fout|ValidatieFout) > properties > detail > minLength /,
    what: 'the detail of an error may be empty',
    why: 'that of a validation error always is, also in the reference implementations',
  },
  {
    where: /^\+ paths > \S+\/\{uuid\} > get > responses > 304 > /,
    what: 'reads can answer 304',
    why: 'the standard demands conditional reads, its documents leave the answer out',
  },
  {
    where: /^\+ paths > \S+ > (post|put|patch) > responses > 413 > /,
    what: 'writes can answer 413',
    why: 'a body has a limit (`limits.bodyBytes`)',
  },
  {
    where: /^\+ paths > \S+ > [a-z]+ > responses > 50[1-4] > /,
    what: 'every operation can answer 501, 502, 503 or 504',
    why: 'a gateway tells that the system behind it cannot do something, fails, is busy or is late',
  },
];

/** Every difference from what the reference implementations do. */
export const behaviourDifferences: readonly BehaviourDifference[] = [
  {
    topic: 'conditional reads and HEAD',
    theirs: 'No ETag, never 304; HEAD on a list needs no scope.',
    ours: 'ETag and 304 on every read, HEAD wherever there is GET, with the same scope.',
    why: 'the standard demands the first, and what a list says of itself is not for everybody',
  },
  {
    topic: 'klantnummer',
    theirs: 'Required.',
    ours: 'Generated when it is absent or empty, unique within the bronorganisatie.',
    why: 'rule kla-001',
  },
  {
    topic: 'a klant without a subject',
    theirs: 'Refused; without a subjectType even with 500.',
    ours: 'Registered; an absent subjectType is null.',
    why: 'ruling R3',
    switches: ['rules.subject-required'],
  },
  {
    topic: 'subjectIdentificatie: null',
    theirs: 'Refused.',
    ours: 'Taken as not supplied.',
    why: 'what was read can be sent back',
  },
  {
    topic: 'medewerker of a contactmoment',
    theirs: 'Any URL.',
    ours: 'A URL that answers 200.',
    why: "rule cm-003; the standard's own test suite contradicts it",
    switches: ['rules.cm-003'],
  },
  {
    topic: 'a klant and a verzoek that are linked in two roles',
    theirs: 'Refused.',
    ours: 'Allowed; the same rol twice is refused.',
    why: 'rule vrz-004 names the rol',
    switches: ['rules.vrz-004'],
  },
  {
    topic: 'a product that a verzoek has twice',
    theirs: 'Stored twice.',
    ours: 'Refused as `unique`.',
    why: 'rule vrz-007',
    switches: ['rules.vrz-007'],
  },
  {
    topic: 'a zaak that a contactmoment or a verzoek has twice',
    theirs: '500.',
    ours: 'Refused as `unique`.',
    why: 'rules cm-005 and vrz-008; a crash is never what a client wants',
    switches: ['rules.cm-005', 'rules.vrz-008'],
  },
  {
    topic: 'a zaak with a URL of more than 200 characters',
    theirs: '500.',
    ours: 'Stored, up to 1000 characters.',
    why: 'the OpenAPI documents say 1000',
  },
  {
    topic: 'deleting a contactmoment that another one follows',
    theirs: '500, and nothing is deleted.',
    ours: 'Deleted; the link of the other one becomes empty.',
    why: 'the standard has no reason to refuse it',
  },
  {
    topic: 'deleting a verzoek that another one withdraws or supplements',
    theirs: 'The other one is deleted as well, and so on.',
    ours: 'The link of the other one becomes empty.',
    why: 'what somebody else asked must not get lost without a word',
  },
  {
    topic: 'a mirror in Documenten that cannot be removed',
    theirs: '500; the first relation of the verzoek that is found is the one that goes.',
    ours: '400, and nothing is deleted; only the relation with this informatieobject goes.',
    why: 'ruling R15, rule kic-001',
    switches: ['rules.kic-001'],
  },
  {
    topic: 'a Zaken API that fails while it is asked for a relation',
    theirs: '500.',
    ours: '503 or 504, and nothing is written.',
    why: 'ruling R8',
    switches: ['rules.cm-006', 'rules.vrz-009'],
  },
  {
    topic: 'a Notificaties API that fails',
    theirs: '500, and the write is undone.',
    ours: 'The write stands; the notification is tried again, and lost only with an event.',
    why: 'the standard asks for best effort',
    switches: ['notifications.strict'],
  },
  {
    topic: 'an Autorisaties API that does not answer',
    theirs: '500.',
    ours: '503, and nothing is granted.',
    why: 'ruling R9',
  },
  {
    topic: 'what the Autorisaties API said of a client before',
    theirs: 'Used for ever.',
    ours: 'Used for a while, and no longer than until it tells of a change.',
    why: 'who lost a right must not keep it',
    switches: ['authorisations.cacheSeconds', 'authorisations.callback'],
  },
  {
    topic: 'names of the APIs in the Autorisaties API',
    theirs: 'One code, which differs with the version of the implementation.',
    ours: 'A code for each API, and `kic` as another name of it.',
    why: 'the standard names none',
    switches: ['authorisations.components'],
  },
  {
    topic: 'a token that expired, or is signed in another way',
    theirs: '500.',
    ours: '403 with a code that says why.',
    why: 'it is the mistake of the client; the standard says 403',
  },
  {
    topic: 'a body that is malformed, for a record that is not there',
    theirs: '404.',
    ours: '400.',
    why: 'ruling R2',
  },
  {
    topic: 'a path that there is not',
    theirs: 'A page of HTML.',
    ours: 'A problem document.',
    why: 'clients read JSON',
  },
  {
    topic: 'filters with the URL of a collection, `ordering` by url',
    theirs: '500.',
    ours: 'Nothing is found; ordered.',
    why: 'the OpenAPI documents allow both',
  },
  {
    topic: 'names of some fields in errors',
    theirs: '`inpA_nummer`, `subAdresBuitenland_1`.',
    ours: '`inpANummer`, `subAdresBuitenland1`.',
    why: 'ruling R14',
  },
  {
    topic: 'an update with an empty identificatie',
    theirs: 'A new one is generated.',
    ours: 'The one that it has stays.',
    why: 'it does not change once it is there',
  },
  {
    topic: 'CORS',
    theirs: 'Any site.',
    ours: 'None.',
    why: 'ruling R6',
  },
  {
    topic: 'where the OpenAPI document is',
    theirs: '`/schema/openapi.json` and `.yaml`.',
    ours: 'There, and at `/openapi.json`.',
    why: 'the standard demands the latter',
  },
  {
    topic: 'kic: a filter that another API has, on a list without filters',
    theirs: 'Ignored: everybody is the answer.',
    ours: 'Refused as an unknown parameter.',
    why: 'who took the wrong API would take everybody for one person',
    switches: ['apis.kic.strictFilters'],
  },
  {
    topic: 'kic: a list that is very long',
    theirs: 'All of it.',
    ours: '501 beyond a bound, never a part of it.',
    why: 'it has no pages, so nobody could see that something is missing',
    switches: ['apis.kic.maxRecords'],
  },
  {
    topic: 'a write that is sent twice',
    theirs: 'Done twice.',
    ours: 'With an `Idempotency-Key`: done once.',
    why: 'a client that got no answer must be able to try again; without the header nothing is different',
    switches: ['idempotency'],
  },
];
