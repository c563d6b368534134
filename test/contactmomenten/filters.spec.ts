import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../../src/json.ts';
import { complaints, results, runningGateway } from '../kit/gateway.ts';
import { contactmomentenOf, textIn } from './contactmomenten.ts';

/** The filters on a value of the contactmoment itself, by the field that they are about. */
const plain = [
  'bronorganisatie',
  'kanaal',
  'voorkeurskanaal',
  'voorkeurstaal',
  'initiatiefnemer',
  'medewerker',
];

const operators: Readonly<Record<string, (one: bigint, other: bigint) => boolean>> = {
  registratiedatum: (one, other) => one === other,
  registratiedatum__gt: (one, other) => one > other,
  registratiedatum__gte: (one, other) => one >= other,
  registratiedatum__lt: (one, other) => one < other,
  registratiedatum__lte: (one, other) => one <= other,
};

describe('filters of contactmoment_list: contract section 1.5', function () {
  this.timeout(60_000);
  const gateway = runningGateway({ config: { rules: { 'cm-003': 'off' } } });
  const { add, all, list } = contactmomentenOf(gateway);
  let everything: JsonObject[] = [];

  before(async () => {
    for (const [index, voorkeurstaal] of ['nld', 'NLD', 'nl', 'nld'].entries()) {
      const registratiedatum = `2023-06-01T12:00:00${index === 0 ? '' : `.00000${index}`}Z`;
      await add({
        voorkeurstaal,
        registratiedatum,
        medewerker: `https://medewerkers.example/?id=${index % 2}&x=,`,
      });
    }
    everything = await all('contactmomenten');
    expect(everything).to.have.length(304);
  });

  /** Demands that a query answers exactly the records that match, in their usual order. */
  async function expectMatches(query: string, matches: readonly JsonObject[]): Promise<void> {
    const answer = await list(`contactmomenten?${query}`);
    expect(answer.status, answer.text).to.equal(200);
    expect(answer.body.count, query).to.equal(matches.length);
    expect(results(answer)).to.deep.equal(matches.slice(0, 100));
  }

  const valuesOf = (name: string): string[] => {
    const values = everything
      .map((one) => one[name])
      .filter((value) => typeof value === 'string' && value !== '');
    return [...new Set(values as string[])];
  };

  for (const name of plain) {
    it(`${name} finds what has exactly that value`, async () => {
      const values = valuesOf(name);
      expect(values.length, 'values to look for').to.be.greaterThan(1);
      for (const value of values.filter((one) => name !== 'bronorganisatie' || one !== '12345').slice(0, 8)) {
        const matches = everything.filter((one) => one[name] === value);
        await expectMatches(`${name}=${encodeURIComponent(value)}`, matches);
      }
    });

    it(`${name} without a value is ignored`, async () => {
      expect((await list(`contactmomenten?${name}=`)).body.count).to.equal(304);
    });
  }

  it('a text in another case, or only begun, finds nothing', async () => {
    await expectMatches('kanaal=TELEFOON', []);
    await expectMatches('kanaal=telefoo', []);
    await expectMatches('voorkeurstaal=Nld', []);
    await expectMatches(
      'kanaal=%20balie%20',
      everything.filter(({ kanaal }) => kanaal === 'balie'),
    );
  });

  it('filters are ANDed', () =>
    fc.assert(
      fc.asyncProperty(
        fc.nat(303),
        fc.subarray(plain, { minLength: 1, maxLength: 3 }),
        async (index, names) => {
          const example = everything[index] ?? {};
          const given = names.filter((name) => example[name] !== '');
          const query = new URLSearchParams(
            given.map((name): [string, string] => [name, textIn(example[name])]),
          );
          const matches = everything.filter((one) => given.every((name) => one[name] === example[name]));
          await expectMatches(query.toString(), matches);
        },
      ),
      { numRuns: 10 },
    ));

  it('registratiedatum in any form finds what is at, before or after it, to the microsecond', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(operators)),
        fc.oneof(fc.integer({ min: 295, max: 303 }), fc.nat(303)),
        fc.constantFrom(-1n, 0n, 0n, 1n, 3_600_000_000n),
        fc.constantFrom('Z', '', '+02:00', '-05:30'),
        async (name, index, shift, zone) => {
          const wanted = microseconds(textIn(everything[index]?.registratiedatum)) + shift;
          const matches = everything.filter((one) =>
            operators[name]?.(microseconds(textIn(one.registratiedatum)), wanted),
          );
          await expectMatches(`${name}=${encodeURIComponent(written(wanted, zone))}`, matches);
        },
      ),
      { numRuns: 25 },
    ));

  it('registratiedatum takes several operators at once', async () => {
    const [from, until] = ['2022-06-01T00:00:00Z', '2022-09-01T00:00:00Z'];
    const matches = everything.filter(({ registratiedatum }) => {
      const moment = microseconds(textIn(registratiedatum));
      return moment >= microseconds(from) && moment < microseconds(until);
    });
    expect(matches).not.to.be.empty;
    await expectMatches(`registratiedatum__gte=${from}&registratiedatum__lt=${until}`, matches);
    const gt = matches[0]?.registratiedatum;
    await expectMatches(
      `registratiedatum__gte=${from}&registratiedatum__gt=${textIn(gt)}&registratiedatum__lt=${until}`,
      matches.slice(1),
    );
    await expectMatches(`registratiedatum=${textIn(gt)}&registratiedatum__lt=${from}`, []);
  });

  for (const name of Object.keys(operators)) {
    it(`${name} is a date with a time`, async () => {
      for (const value of ['2022-01-01', 'gisteren', '2022-13-01T00:00:00Z', '1']) {
        const answer = await list(`contactmomenten?${name}=${value}`);
        expect(answer.status, value).to.equal(400);
        expect(complaints(answer)).to.deep.equal([`${name} invalid`]);
      }
    });
  }

  for (const [query, complaint] of [
    ['bronorganisatie=abc', 'bronorganisatie only-digits'],
    ['bronorganisatie=12345678', 'bronorganisatie invalid-length'],
    ['bronorganisatie=123456789', 'bronorganisatie invalid'],
    ['initiatiefnemer=Klant', 'initiatiefnemer invalid_choice'],
    ['medewerker=/medewerkers/1', 'medewerker invalid'],
    ['medewerker=geen-url', 'medewerker invalid'],
  ] as const) {
    it(`?${query} is refused`, async () => {
      const answer = await list(`contactmomenten?${query}`);
      expect(answer.status, answer.text).to.equal(400);
      expect(complaints(answer)).to.deep.equal([complaint]);
    });
  }
});

/** Since 1970. A JavaScript date would lose the last three digits. */
function microseconds(moment: string): bigint {
  const fraction = /\.(\d{6})Z$/.exec(moment)?.[1] ?? '0';
  return BigInt(Date.parse(moment.replace(/\.\d+Z$/, 'Z'))) * 1000n + BigInt(fraction);
}

/** As somebody in another time zone writes it; without a zone it is UTC. */
function written(moment: bigint, zone: string): string {
  const minutes = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  const offset = minutes
    ? Number(`${minutes[1] ?? ''}1`) * (Number(minutes[2]) * 60 + Number(minutes[3]))
    : 0;
  const local = new Date(Number(moment / 1_000_000n) * 1000 + offset * 60_000).toISOString().slice(0, 19);
  return `${local}.${String(moment % 1_000_000n).padStart(6, '0')}${zone}`;
}
