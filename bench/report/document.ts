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
npm run bench                            # prints it, in less than ten minutes
npm run bench -- --json bench.json       # keeps all samples as well
npm run bench -- --write-docs            # writes this page
npm run bench -- --only reads --rounds 3 # a part of it, while you change something
npm run bench -- --without node-red      # installs nothing
\`\`\`

## How to read it

- **Only ratios mean something, and only within one table.** The contenders of a table take turns, in another order each round; every
  number is the median of its rounds. Two runs, or two machines, cannot be compared by their times.
- **CPU a request** is the processor time of the contender's own process, all its threads included. It depends less than
  throughput on what else the machine does, so what must be reached is judged by it. _Against the first_ is how many times less that is than in the first row.
- **busy, load, backend**: how much of one core the contender, the load generator and the backend used. Where the contender is
  the busiest, it set the pace; where it is not, requests/s tell nothing about it. _The backend, asked directly_ is what both can do.
- **pass-through** is Koa with axios as shipped that forwards a request and its answer, and does nothing else: no token, no translation, no ETag.
- **gateway** is Klantbrug as it is deployed, with its log, a token to check, and the cache off unless a table says otherwise. **gateway, interpreter**
  is the same with JSONata's interpreter for every mapping.
- **by hand** is Koa with axios as shipped, and a translation in JavaScript. **Node-RED** has the mapping's own JSONata in a flow of a request, a
  change and an answer. **nginx** only forwards. None of the three checks a token or makes an ETag.
- Of identical reads at the same time the gateway makes one, and a pass-through does not. So lists are asked for one at a time, and
  single records are different ones. Only _cold resource_ is about identical reads.
- **304 from the cache** is measured at one pace for both, three quarters of what the gateway can do. A server that is asked for more finds several
  requests waiting whenever it looks, and each of them costs it half as much: as fast as it can, a Koa that does nothing takes 20 us
  for what takes it 40 at the pace of the gateway. Both ways are in the table.
- **In use when garbage is collected** tells whether something is kept that should not be. What is resident at work is more, and depends on
  how long V8 puts off collecting: \`--max-old-space-size\` bounds it.
- A verdict is \`aim\` or \`must\` for what was reached, or \`misses\`. Node-RED and nginx are reported, not judged.

## With what
`;
