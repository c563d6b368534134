import type { Event, FaultReason, LossReason } from './events.ts';

/** What something in the log means, and what to do about it: Markdown of one line each. */
export interface Meaning {
  readonly means: string;
  readonly action: string;
}

const none = 'Nothing.';

/** Every event of the log. */
export const eventMeanings: Readonly<Record<Event['event'], Meaning>> = {
  request: { means: 'One request and its answer: the access log.', action: none },
  started: { means: 'The gateway listens at `url`.', action: none },
  'mapping-reloaded': { means: '`serve --watch` took over a change of the set.', action: none },
  'mapping-refused': {
    means: '`serve --watch` saw a change with mistakes. The last good set goes on.',
    action: 'Mend what standard error tells, with file, line and column.',
  },
  stopping: { means: 'The process was told to stop; requests under way are finished.', action: none },
  stopped: {
    means: 'It stopped; `inTime` says whether everything could be finished.',
    action: 'Where `inTime` is false: look whether `limits.drainMs` is enough.',
  },
  'backend-failed': {
    means: 'A call to a backend or a register gave no usable answer: see `reason`.',
    action: 'See the table of reasons below. `klantbrug try --send` shows the answer itself.',
  },
  'backend-unreachable-at-start': {
    means: 'A backend did not answer when the gateway started. It serves all the same.',
    action: 'Look at its `baseUrl`, and at the network.',
  },
  'credentials-refused': {
    means: 'A backend or a register does not let us in, or its token endpoint or log-in does not.',
    action: 'Look at its `credentials`, and whether a secret expired. Nothing works until then.',
  },
  breaker: {
    means:
      '`open`: so many calls failed that a backend is left alone for a while; `half-open`: one is tried again; `closed`: it works.',
    action: 'Look at the `backend-failed` before it: that says why.',
  },
  afwijking: {
    means: 'The CRM holds a value that the standard does not allow. `policy` says what clients see.',
    action: 'Correct it in the CRM, change `from`, or choose another policy under `deviations`.',
  },
  'record-unrenderable': {
    means:
      'A record cannot be shown: it has no usable id (`code` is `id`), or lacks a value that it must have. The client gets 502, also for the lists that it is in.',
    action:
      'Look at `id.field` and `id.form`. For a view on a record that has nothing there: `rows`. For another field: give it a value in `from`, or a policy under `deviations`.',
  },
  'translation-failed': {
    means: 'A file of the set failed, or the answer of the CRM is not what mapping.yaml says: see `code`.',
    action: 'See the table of codes below.',
  },
  'left-to-interpreter': {
    means:
      "A file met data that its compiled code was not made for (`why`), and JSONata's own interpreter evaluated it: the same result, slower. Told once for each file and reason.",
    action: 'Where it is a busy resource: write what `why` names in another way. Otherwise nothing.',
  },
  'bound-passed': {
    means:
      'A list would look at more records than `list.maxRecords`, or than the CRM allows (no `maxRecords`): 501, naming `filters`.',
    action:
      'Let the CRM search: add these filters to the list file and to `list.filters`. Or raise `list.maxRecords`.',
  },
  'url-check-failed': {
    means: 'A URL that a client sent could not be looked at, so it was refused.',
    action:
      'When it should work: look at `urlChecks.hosts` and the network. `reason` is one of those below, a code of the operating system (`ENOTFOUND`), or `breaker`.',
  },
  'register-too-old': {
    means: 'A register is of a version that lacks what we need.',
    action: 'Update it to `wanted`, or leave it out of the configuration.',
  },
  'register-unreachable-at-start': {
    means: 'The version of a register could not be asked when the gateway started. It serves all the same.',
    action: 'Look at its `root`, and at the network.',
  },
  'rule-broken': {
    means: 'A request broke a rule that is switched to `warn`. It was carried out.',
    action: 'Tell the client, or leave the rule so.',
  },
  'values-not-kept': {
    means:
      'Read back after a write, the CRM holds something else in `fields` (`adres.huisnummer`). The client sees what is stored.',
    action:
      'Mostly `to` forgets the field, `from` reads it from elsewhere, or the CRM changes or cuts it (`lengths`, `codes`). A CRM that writes later needs `writesShow`.',
  },
  'write-settled': {
    means: 'A write that nobody answered was looked for: it was done, or it was not.',
    action: 'Nothing; when it happens often, look at the `backend-failed` before it.',
  },
  'write-outcome-unknown': {
    means: 'Nobody knows whether a write was done.',
    action: 'Look in the CRM, with the time and the `id`.',
  },
  'undo-failed': {
    means: 'A write failed halfway, and what came before could not be taken back.',
    action: 'Look at that record in the CRM. Give the step (counted from 0) an `undo` where it has none.',
  },
  'relations-left': {
    means: 'A contactmoment or verzoek was deleted, and not all of its relations.',
    action: 'Remove the relations of `of` in the CRM.',
  },
  'audit-entry-lost': {
    means: 'A write was done without its entry of the audit trail.',
    action: 'Look at the backend of `audittrail`; write the entry by hand if it must be there.',
  },
  'notification-lost': {
    means: 'A notification reached nobody: see `reason`.',
    action: 'See the table of reasons below. Subscribers have to look themselves.',
  },
  'unexpected-error': {
    means: 'A mistake of Klantbrug itself; `stack` says where.',
    action: 'Report it, with the event.',
  },
};

/** The reasons of `backend-failed`. */
export const faultMeanings: Readonly<Record<FaultReason, Meaning>> = {
  saturated: {
    means: 'All connections to it were in use for too long.',
    action: 'It is slow, or `limits.concurrency` of the backend is small.',
  },
  'connect-timeout': {
    means: 'No connection within `limits.connectMs`.',
    action: 'Look at its address, and at firewalls.',
  },
  timeout: {
    means: 'No whole answer in time.',
    action: 'Ask for less (`paging.size`, `maxRecords`), or raise `limits.headersMs` or `limits.bodyMs`.',
  },
  refused: {
    means: 'No connection: nobody listens there, or the name is not known.',
    action: 'Look at its `baseUrl`, and whether it runs.',
  },
  certificate: {
    means: 'Its certificate is not trusted, or ours is not by it.',
    action: 'Look at `tls.caFile`, `tls.certificateFile`, and dates.',
  },
  reset: {
    means: 'It broke the connection off. What only reads was tried twice.',
    action: 'Look in its own log, or that of a proxy in between.',
  },
  redirect: {
    means: 'It sends us elsewhere, and redirects are not followed.',
    action:
      'Put the address that it sends to in `baseUrl`; often https or a slash. A log-in page: credentials.',
  },
  status: {
    means:
      'It says that it failed: a status of 500 or more, 408, or a line of the error table that means `failing`.',
    action: 'Look in its own log. When that answer is a plain refusal: a line in the error table.',
  },
  'not-json': {
    means: 'The answer is no JSON; often an HTML page.',
    action: 'Look at `baseUrl` and the path, or at `encoding`.',
  },
  'not-xml': {
    means: 'The answer is no XML that can be read.',
    action: 'Look at `baseUrl`, `encoding`, and what the reference says of XML.',
  },
  'too-large': {
    means: 'The answer is larger than `limits.responseBytes`.',
    action: 'Ask for less: a smaller `paging.size`, or fewer columns.',
  },
  'too-much': {
    means:
      'The CRM says that it would have to look at too much: a line that means `too-much`. The client gets 501.',
    action: 'Nothing; or let the list file narrow the search.',
  },
  address: {
    means: 'A URL of a client leads to an address that may not be asked.',
    action: 'When it may: name its host under `urlChecks.hosts`.',
  },
  'unexpected-answer': {
    means:
      'The answer is no failure, and not what the set says it is. With a `status`: a refusal that no line of the error table knows.',
    action:
      'Compare it with `read.record`, `id.field`, and `id` and `record` of the steps. An error in an answer of 200, or a refusal: a line in the error table. A list that is answered with 404 where nothing is found: a line that means `nothing`.',
  },
};

/** The reasons of `notification-lost`. */
export const lossMeanings: Readonly<Record<LossReason, Meaning>> = {
  refused: {
    means: 'The Notificaties API refused it.',
    action: 'Run `klantbrug register-channels`, and look at its credentials.',
  },
  'too-old': {
    means: 'It could not be delivered in time.',
    action: 'Look at why the Notificaties API is down.',
  },
  'queue-full': { means: 'Too many were waiting.', action: 'The same.' },
  failed: {
    means: 'A mistake of Klantbrug itself.',
    action: 'Report it, with the `unexpected-error` before it.',
  },
  stopped: { means: 'The gateway stopped before it was delivered.', action: none },
};

/** The codes of `translation-failed`, but for those of our own that begin with K; `T20` and so on is all that begin so. */
export const codeMeanings: Readonly<Record<string, Meaning>> = {
  'incomplete-list': {
    means: 'The answer to a list holds less, or more, than it promises: never a short list.',
    action:
      'Look whether `list.records` and `list.total` are where the answer has them, whether `paging.size` is what the CRM gives, and whether the list file passes on `offset`, `page` or `cursor`.',
  },
  'no-count': {
    means: 'The answer to the request that counts has no number where `list.total.at` says.',
    action: 'Look at that answer, and at `at`.',
  },
  'endless-list': {
    means: 'The CRM named a next page that it had named before.',
    action: 'Look at `paging.next`, and whether the list file passes `cursor` on.',
  },
  'list-keeps-changing': {
    means: 'What was counted did not fit the records, three times.',
    action:
      'When the CRM was at rest: the count is of another search than the list, so pass the same filters on in both.',
  },
  'not-exact': {
    means: 'A filter that is `exact` let another record through.',
    action: 'Write `narrows` for that filter: Klantbrug then filters again.',
  },
  'malformed-request': {
    means: 'A file that makes a request made something else; `file` says what is wrong with it.',
    action: 'Compare it with "A request" in the reference. Nothing was sent.',
  },
  T0410: {
    means: 'A function got a value of the wrong kind: mostly null, or a number where it wants a text.',
    action: 'Ask first: `NAAM ? $uppercase(NAAM)`; or make it a text: `$string(NUMMER)`.',
  },
  T0411: {
    means: 'The same, of a function that works on the value before the dot: `NAAM.$uppercase()`.',
    action: 'Give it its value in brackets, and ask first: `NAAM ? $uppercase(NAAM)`.',
  },
  T0412: {
    means: 'A function wants a list of one kind, and something else is in it.',
    action: 'Make them alike: `$join($map(codes, $string), ",")`.',
  },
  T1003: {
    means: 'The name of a key is no text.',
    action: 'Write `$string(…)` around it, or put it in quotes.',
  },
  T1: {
    means: 'Something is called that is no function.',
    action: 'Look at the name: `$name(…)` with its dollar sign, and a `;` between two expressions.',
  },
  T20: {
    means: 'Two values do not go together in `+`, `<`, `..`, `^(…)`: of different kinds, or null.',
    action: 'Make them alike (`$number(x)`, `$string(x)`), and ask first whether they are there.',
  },
  D1011: {
    means: 'Nested too deeply: a function that calls itself without end.',
    action: 'Look at where it should end; or raise `limits.depth`, also for a record of many columns.',
  },
  D1012: {
    means: 'It took longer than `limits.timeMs` of mapping.yaml.',
    action:
      'Raise `limits.timeMs` on a slow machine, or look for a runaway: a function that calls itself, a list by a list.',
  },
  D2014: { means: 'A range (`1..n`) of too many numbers.', action: 'Look at its ends.' },
  D2015: {
    means: 'A list of more than `limits.items` items.',
    action: 'Let the CRM give less, or raise `limits.items`.',
  },
  D3030: {
    means: '`$number` of a text that is no number; `""` too.',
    action: 'Leave numbers as text (Klantbrug converts), or ask first: `X ? $number(X)`.',
  },
  D3110: {
    means: '`$toMillis` of a text that is no time of ISO 8601.',
    action: 'Use `$moment` or `$date`, which leave what they cannot read.',
  },
  D3137: { means: '`$error` in the set itself.', action: 'Look at why it says so.' },
  D3138: { means: '`$single` found more than one.', action: 'Write `[0]` for the first.' },
  D3139: { means: '`$single` found none.', action: 'Write `[0]`, which is nothing then.' },
  D3141: { means: '`$assert` in the set itself.', action: 'Look at its condition.' },
  E0000: { means: 'It failed in a way without a code.', action: 'Report it, with the expression.' },
};

/** What a code of `translation-failed` means: that code itself, or the longest beginning of it that is known. */
export function meaningOfCode(code: string): Meaning | undefined {
  const known = Object.keys(codeMeanings).filter((begin) => code.startsWith(begin));
  const longest = known.sort((one, other) => other.length - one.length)[0];
  return longest === undefined ? undefined : codeMeanings[longest];
}
