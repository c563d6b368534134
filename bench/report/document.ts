import type { Judged } from '../figures.ts';
import type { Results } from '../results.ts';
import type { Machine } from './machine.ts';
import { sectionsOf, verdictSection } from './sections.ts';
import { asMarkdown } from './table.ts';

/** docs/BENCHMARKS.md: what was measured, and how to read it. */
export function asDocument(results: Results, judged: readonly Judged[], machine: Machine): string {
  return [
    introduction,
    ...Object.entries(machine).map(([name, value]) => `- ${name}: ${value}`),
    '',
    ...[verdictSection(judged), ...sectionsOf(results)].map(asMarkdown),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

const introduction = `# Benchmarks

<!-- Written by \`npm run bench -- --write-docs\`: do not change it by hand. -->

How much Klantbrug costs beside what one could have instead. All of it was measured in one run, on one machine:

\`\`\`sh
npm run bench                            # prints it, in twenty minutes
npm run bench -- --json bench.json       # keeps the samples of the races as well
npm run bench -- --write-docs            # writes this page
npm run bench -- --only reads --rounds 3 # a part of it, while you change something
npm run bench -- --without node-red      # installs nothing
\`\`\`

## How to read it

- **Compare within a table, never between two.** The contenders of a table take turns, in another order each round, and every number is
  the median of its rounds. Another run, or another machine, is faster or slower as a whole, and ratios move by a tenth as well.
- **Half of the rounds** tells how far to trust a ratio: so much it was, in the middle half of the rounds.
- **CPU a request** is the processor time of the contender's process, all its threads included. It depends less than throughput on what
  else the machine does, so it is what is judged. **Against the first** is that of the first row, divided by it: above 1 is cheaper.
- **p50, p99**: of all requests of all rounds, from the moment that a request was due.
- **busy, load, backend**: how much of one core the contender, the load generator and the backend used. As long as neither of the last two is
  busier than the contender, it was the contender that set the pace. _The backend, asked directly_ is the most that the two of them can do.
- The reads of klanten and the 304s are what is judged by races, so they are run six times, with new
  processes each time.

Who is measured:

| name | what it does | what it leaves out |
| --- | --- | --- |
| pass-through | Koa with axios as it comes. It asks the CRM, reads its JSON, and writes it again. | token, translation, ETag |
| pass-through, V8 as in the gateway | the same with the one setting of V8 that \`klantbrug serve\` has ([ADR 0022](adr/0022-requests-stay-young.md)) | token, translation, ETag |
| gateway | Klantbrug with its configuration, log (to \`/dev/null\`), and mapping set | see below |
| gateway, a new token each time | the same for clients that sign a token for each request | |
| gateway, interpreter | the same with JSONata's interpreter for every mapping | |
| by hand | the pass-through with a translation in JavaScript | token, checks of the standard, ETag |
| Node-RED | the mapping's own JSONata, in a flow of a request, a change and an answer; the tables of codes are in the expression | token, checks of the standard |
| nginx | forwards | all else; it does not read JSON |

How the gateway differs from one that you deploy:

- **Tokens.** All clients but those of _a new token each time_ send the same token, and the gateway remembers that its signature was good.
- **Records.** Each is a natuurlijk persoon with everything filled in: 0.8 KB, of which some 40 fields are shown. They differ by their number.
- **Cache.** Off, unless a table is about it. Then records are shown for an hour without asking the CRM; of itself it asks each time.
- **Lists.** The CRM gives 100 records at a time here, so that everybody makes one call for a list. The demo set asks for 50.
- **Program.** Requests are measured on what TypeScript makes of \`src\`, the start on the bundle that is shipped.
- Of identical reads at the same time the gateway makes one, and a pass-through does not. So lists are asked for one at a time, and
  single records are different ones. Only _cold resource_ is about identical reads.

About single figures:

- **The pass-through** is judged against as it comes, because that is what one would have instead. Its V8 takes some of what requests are made
  of for long-lived, more in one process than in another; the gateway has a setting against that, and most of its lead is owed to it.
  The row below is against a pass-through that has the setting too. By hand, Node-RED, and the pass-throughs of contactmomenten and verzoeken
  are without it.
- **304 from the cache** is judged at one pace for both: three quarters of what the slower one can do. What was asked names no pace. A server
  that is asked for as much as it can do finds several requests waiting whenever it looks, and each of them costs it less. At one pace Koa is
  the less busy one, so the gateway gains a little by it; each as fast as it can, Koa gains much: then the line in the log
  and the four headers of an answer alone bring it below 0.6, without a token, a route or a record. The load generator never
  sleeps while it keeps a pace, so it uses a whole core: a server should not have to wake it.
- **The interpreter, within the same limits** is what the gateway does with an expression that is not compiled: its time, its depth and the size
  of all values are bounded, as they are in compiled code. **JSONata as it comes** has no such limits: the row below. All run as in a
  gateway, where V8 keeps what is made for a request among the young objects.
- **Of closures alone**: what is compiled where code from strings is forbidden, \`node --disallow-code-generation-from-strings\`. It is
  measured in a process of its own, beside the interpreter that runs there.
- **A cold resource** is read with the cache on. That they are asked for at the same time is what makes it one request; the cache only helps
  those that come too late for it.
- **In use when garbage is collected** tells whether something is kept that should not be. What is resident at work is more, and depends on
  how long V8 puts off collecting: \`--max-old-space-size\` bounds it.
- **Time to ready** ends with the log line that tells of it; \`node -e 0\` ends with its process.
- A verdict is \`aim\` or \`must\` for what was reached, or \`misses\`. What is _reported_ is not judged: another reading of the figure above
  it, or a comparison that nothing depends on. Where there is something to be reached, it says whether it would be.

## With what
`;
