import { expect } from 'chai';
import type { Event } from '../../src/observe/events.ts';
import { runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';

/** What a mapping does for one surname, and the code that the log then has. */
type Bad = Readonly<Record<string, readonly [source: string, code: string]>>;

const runaways: Bad = {
  'goes on without end': ['($again := function() { $again() }; $again())', 'D1012'],
  'is a loop in a loop': [
    '$map([1..10000], function($x) { $map([1..10000], function($y) { $y }) })',
    'D1012',
  ],
};

const mistakes: Bad = {
  'makes a text without end': ['$reduce([1..40], function($a, $i) { $a & $a }, "x")', 'K0003'],
  'fills a text up to a billion': ['$pad("x", 1000000000)', 'K0003'],
  'makes objects that share parts': [
    '$reduce([1..40], function($a, $i) { { "l": $a, "r": $a } }, 1)',
    'K0004',
  ],
  'makes objects that share parts into text': [
    '$string($reduce([1..40], function($a, $i) { { "l": $a, "r": $a } }, 1))',
    'K0004',
  ],
  'looks for a pattern in a very long text': ['$contains($pad("", 1000000, "a"), /(a|aa)+$/)', 'K0005'],
  'writes a number with an empty separator': [
    '$formatNumber(1, "#,##0", { "grouping-separator": "" })',
    'K0006',
  ],
  'changes the settings': ['$ ~> |$settings|{ "bronorganisatie": "999990019" }|', 'K0007'],
  'changes what it was given': ['$ ~> |$$|{ "limit": 1 }|', 'K0007'],
  'yields a function': ['{ "path": ["relaties"], "query": { "NAAM": $sum } }', 'K0002'],
};

/** The last parameter is never there: it is what `check` wants of the other filters. */
const query =
  '{ "VANAF": offset, "AANTAL": limit, "ANAAM": filters.achternaam, "MEER": $count($keys(filters)) > 99 ? 1 }';

const ordinary = `{ "path": ["relaties"], "query": ${query} }`;

/** What looks bad and does no harm: the request is made as always. */
const harmless = {
  'has a pattern that takes for ever in most engines': `($contains($pad("", 5000, "a") & "!", /^(a+)+$/); ${ordinary})`,
  'looks for the process': `(limit.(process.exit; process.env.PATH); ${ordinary})`,
  'looks for files': `(limit.(require; \`import\`.meta.url); ${ordinary})`,
  'looks for what every object of JavaScript has': `($lookup($, "constructor"); $settings.\`__proto__\`; ${ordinary})`,
  'has a key that could change a prototype': `{
    "path": ["relaties"],
    "query": $merge([${query}, { "__proto__": { "polluted": true } }]),
    "__proto__": { "polluted": true }
  }`,
} as const;

const branch = (surname: string, source: string): string =>
  `filters.achternaam = "${surname}" ? (${source}) : `;

/** A list for each surname, and the ordinary one for all others. */
const listOf = (bad: Bad, good: Readonly<Record<string, string>>): string =>
  [
    ...Object.values(bad).map(([source], index) => branch(`Bad${index}`, source)),
    ...Object.values(good).map((source, index) => branch(`Harmless${index}`, source)),
    ordinary,
  ].join('');

/** A gateway with such a mapping; `limits` is what mapping.yaml says of them. */
function gatewayWith(list: string, limits: string) {
  const copy = mappingCopy({
    'klant.list.jsonata': list,
    'mapping.yaml': [['klantbrug: 1\n', `klantbrug: 1\nlimits: ${limits}\n`]],
  });
  const gateway = runningGateway({
    config: {
      mapping: {
        get folder() {
          return copy.folder;
        },
      },
    },
  });
  const failedSince = (seen: number): readonly Event[] =>
    gateway.events.slice(seen).filter(({ event }) => event === 'translation-failed');
  return { gateway, failedSince };
}

function itFails({ gateway, failedSince }: ReturnType<typeof gatewayWith>, bad: Bad): void {
  for (const [index, [what, [, code]]] of Object.entries(bad).entries()) {
    it(`is a 500 and an event, and asks the CRM nothing, when it ${what}`, async () => {
      await gateway.crm.forget();
      const seen = gateway.events.length;
      const answer = await gateway.get(`/klanten?achternaam=Bad${index}`);
      expect(answer.status).to.equal(500);
      expect(answer.body).to.include({ code: 'error', detail: 'Internal Server Error' });
      const [failed, ...more] = failedSince(seen);
      expect(more).to.deep.equal([]);
      expect(failed).to.include({ code });
      expect(failed)
        .to.have.property('file')
        .that.matches(/klant\.list\.jsonata$/);
      expect(await gateway.crm.total()).to.equal(0);
    });
  }
}

describe('a mapping that goes on without end', () => {
  const running = gatewayWith(listOf(runaways, {}), '{}');
  const { gateway } = running;

  itFails(running, runaways);

  it('leaves the requests of others as they were, while it goes on and afterwards', async () => {
    const before = await gateway.get(klantPath(100_001));
    const bad = Object.keys(runaways).map((_, index) => gateway.get(`/klanten?achternaam=Bad${index}`));
    const others = Array.from({ length: 10 }, () => gateway.get(klantPath(100_001)));
    for (const other of await Promise.all(others)) {
      expect(other.status).to.equal(200);
      expect(other.text).to.equal(before.text);
    }
    expect((await Promise.all(bad)).map(({ status }) => status)).to.deep.equal(bad.map(() => 500));
    expect((await gateway.get(klantPath(100_001))).text).to.equal(before.text);
  });
});

describe('a bad mapping', () => {
  // None of these takes long, however slow the machine.
  const running = gatewayWith(listOf(mistakes, harmless), '{ timeMs: 15000 }');
  const { gateway, failedSince } = running;

  itFails(running, mistakes);

  for (const [index, what] of Object.keys(harmless).entries()) {
    it(`does no harm when it ${what}`, async () => {
      const seen = gateway.events.length;
      const answer = await gateway.get(`/klanten?achternaam=Harmless${index}`);
      expect(answer.status).to.equal(200);
      expect(answer.body).to.deep.include({ results: [] });
      expect(failedSince(seen)).to.deep.equal([]);
      expect({}).to.not.have.property('polluted');
    });
  }
});
