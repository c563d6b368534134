import { expect } from 'chai';
import fc from 'fast-check';
import { evaluate, failureOf } from './evaluate.ts';

const local = 'yyyy-MM-dd HH:mm:ss';
const moment = (given: unknown, format?: string, zone?: string): Promise<unknown> =>
  evaluate('$moment(given, format, zone)', { given, format, zone });
const date = (given: unknown, format: string): Promise<unknown> =>
  evaluate('$date(given, format)', { given, format });

describe('$moment', () => {
  const read = [
    ['2026-01-15 09:30:00', local, '2026-01-15T08:30:00Z', 'winter time'],
    ['2026-07-15 09:30:00', local, '2026-07-15T07:30:00Z', 'summer time'],
    ['2026-03-29 01:59:59', local, '2026-03-29T00:59:59Z', 'the last second before summer time'],
    ['2026-03-29 02:00:00', local, '2026-03-29T01:00:00Z', 'an hour that is not there, moved on to 03:00'],
    ['2026-03-29 02:30:00', local, '2026-03-29T01:30:00Z', 'an hour that is not there, moved on to 03:30'],
    ['2026-03-29 03:00:00', local, '2026-03-29T01:00:00Z', 'the first second of summer time'],
    ['2026-10-25 01:59:59', local, '2026-10-24T23:59:59Z', 'the last second that is there once'],
    ['2026-10-25 02:00:00', local, '2026-10-25T00:00:00Z', 'the first of two hours'],
    ['2026-10-25 02:59:59', local, '2026-10-25T00:59:59Z', 'the end of the first of two hours'],
    ['2026-10-25 03:00:00', local, '2026-10-25T02:00:00Z', 'the first second of winter time'],
    ['2026-10-25 02:30:00 +0100', `${local} ZZZ`, '2026-10-25T01:30:00Z', 'the second hour, with its offset'],
    ['2026-01-01 00:00:00', local, '2025-12-31T23:00:00Z', 'midnight'],
    ['2026-12-31 24:00:00', local, '2026-12-31T23:00:00Z', '24:00, the beginning of the next day'],
    ['2024-02-29 12:00:00', local, '2024-02-29T11:00:00Z', 'a leap day'],
    ['2026-01-15 09:30:00.25', `${local}.u`, '2026-01-15T08:30:00.250Z', 'a fraction'],
    ['2026-01-15 09:30:00.007', `${local}.SSS`, '2026-01-15T08:30:00.007Z', 'milliseconds'],
    ['2026-01-15 09:30:00.000', `${local}.SSS`, '2026-01-15T08:30:00Z', 'no milliseconds'],
    ['15 Mar 2026 9:05 PM', 'd MMM yyyy h:mm a', '2026-03-15T20:05:00Z', 'an English month'],
    [' 15-3-2026 ', 'd-M-yyyy', '2026-03-14T23:00:00Z', 'a date without a time'],
    [20260115093000, 'yyyyMMddHHmmss', '2026-01-15T08:30:00Z', 'digits, as a number'],
    [1768465800000, 'x', '2026-01-15T08:30:00Z', 'milliseconds since 1970'],
    ['1768465800007', 'x', '2026-01-15T08:30:00.007Z', 'milliseconds since 1970, as a text'],
    [1768465800, 'X', '2026-01-15T08:30:00Z', 'seconds since 1970'],
    [-86400, 'X', '1969-12-31T00:00:00Z', 'seconds before 1970'],
    [1792891800000, 'x', '2026-10-25T01:30:00Z', 'the second of two hours, counted'],
    ['2026-01-15T09:30:00', undefined, '2026-01-15T08:30:00Z', 'ISO without an offset'],
    ['2026-01-15T09:30:00Z', undefined, '2026-01-15T09:30:00Z', 'ISO in UTC'],
    ['2026-01-15 09:30:00+05:30', undefined, '2026-01-15T04:00:00Z', 'ISO with an offset'],
    ['2026-01-15T09:30', undefined, '2026-01-15T08:30:00Z', 'ISO without seconds'],
    ['2026-01-15', undefined, '2026-01-14T23:00:00Z', 'ISO without a time'],
    ['2026-10-25T02:30:00', undefined, '2026-10-25T00:30:00Z', 'the first of two hours in ISO'],
    ['2026-10-25T02:30:00+01:00', undefined, '2026-10-25T01:30:00Z', 'the second of two hours in ISO'],
    ['2026-01-15T09:30:00.123456', undefined, '2026-01-15T08:30:00.123456Z', 'microseconds'],
    ['1899-06-15T12:00:00Z', undefined, '1899-06-15T12:00:00Z', 'a year before 1900'],
    ['0099-06-15T12:00:00Z', undefined, '0099-06-15T12:00:00Z', 'a year before 100'],
  ] as const;
  for (const [given, format, utc, what] of read) {
    it(`reads ${given} as ${utc}: ${what}`, async () => {
      expect(await moment(given, format)).to.equal(utc);
    });
  }

  for (const [given, format] of [
    ['2026-02-29 12:00:00', local],
    ['2026-13-01 12:00:00', local],
    ['2026-12-31 24:00:01', local],
    ['2026-12-31 12:60:00', local],
    ['0000-00-00 00:00:00', local],
    ['2026-12-31', local],
    ['9:30', undefined],
    ['2026', undefined],
    ['2026-W01-1', undefined],
    ['2026-12-31T24:00:01', undefined],
    ['9999-12-31T23:30:00-01:00', undefined],
    ['onbekend', undefined],
    [2400, undefined],
    [true, local],
    [`2026-01-15${' '.repeat(100)}`, undefined],
  ] as const) {
    it(`gives back ${String(given).trim()}, which it cannot read${format ? ' as a local time' : ''}`, async () => {
      expect(await moment(given, format)).to.equal(given);
    });
  }

  it('takes the zone of the set, and another one where the mapping says so', async () => {
    const read = '$moment("2026-07-15 12:00:00")';
    expect(await evaluate(read)).to.equal('2026-07-15T10:00:00Z');
    expect(await evaluate(read, {}, { zone: 'America/New_York' })).to.equal('2026-07-15T16:00:00Z');
    expect(await moment('2026-07-15 12:00:00', local, 'Asia/Kolkata')).to.equal('2026-07-15T06:30:00Z');
  });

  it('makes nothing of nothing', async () => {
    expect(await evaluate('[$moment(""), $moment(null), $moment(missing)]')).to.deep.equal([]);
  });
});

describe('$date', () => {
  for (const [given, format, iso] of [
    ['31-12-1899', 'dd-MM-yyyy', '1899-12-31'],
    ['20240229', 'yyyyMMdd', '2024-02-29'],
    [20240229, 'yyyyMMdd', '2024-02-29'],
    ['1/3/05', 'd/M/yy', '2005-03-01'],
    ['2026-03-25T23:30:00-05:00', "yyyy-MM-dd'T'HH:mm:ssZZ", '2026-03-25'],
    ['0050-01-01', 'yyyy-MM-dd', '0050-01-01'],
    [318124800000, 'x', '1980-01-31'],
    [318121200000, 'x', '1980-01-31'],
    ['-2208992372', 'X', '1899-12-31'],
  ] as const) {
    it(`reads ${given} as ${iso}`, async () => {
      expect(await date(given, format)).to.equal(iso);
    });
  }

  for (const [given, format] of [
    ['20260229', 'yyyyMMdd'],
    ['19000229', 'yyyyMMdd'],
    ['19600000', 'yyyyMMdd'],
    ['00000000', 'yyyyMMdd'],
    ['0000-01-01', 'yyyy-MM-dd'],
    ['31-04-2026', 'dd-MM-yyyy'],
    ['25-03-2026 ochtend', 'dd-MM-yyyy'],
    ['1e3', 'x'],
    ['9999999999999999', 'x'],
  ] as const) {
    it(`gives back ${given}, which is no date`, async () => {
      expect(await date(given, format)).to.equal(given);
    });
  }
});

describe('$formatMoment and $formatDate', () => {
  const write = (given: string, format: string, zone?: string): Promise<unknown> =>
    evaluate('$formatMoment(given, format, zone)', { given, format, zone });

  it('write a moment as a local time', async () => {
    expect(await write('2026-01-15T08:30:00Z', local)).to.equal('2026-01-15 09:30:00');
    expect(await write('2026-03-29T01:00:00Z', local)).to.equal('2026-03-29 03:00:00');
    expect(await write('2026-10-25T00:30:00Z', local)).to.equal('2026-10-25 02:30:00');
    expect(await write('2026-10-25T01:30:00Z', local)).to.equal('2026-10-25 02:30:00');
    expect(await write('2026-10-25T01:30:00Z', `${local} ZZ`)).to.equal('2026-10-25 02:30:00 +01:00');
    expect(await write('2026-01-15T08:30:00.007Z', `${local}.SSS`, 'UTC')).to.equal(
      '2026-01-15 08:30:00.007',
    );
    expect(await write('2025-12-31T23:00:00Z', "d MMM yyyy 'om' H:mm 'uur'")).to.equal(
      '1 Jan 2026 om 0:00 uur',
    );
  });

  it('write a date', async () => {
    expect(await evaluate('$formatDate("1899-12-31", "dd-MM-yyyy")')).to.equal('31-12-1899');
    expect(await evaluate('$formatDate("2024-02-29", "yyyyMMdd")')).to.equal('20240229');
    expect(await evaluate('[$formatDate("", "yyyyMMdd"), $formatMoment(null, "yyyy")]')).to.deep.equal([]);
  });

  it('write numbers that count from 1970: a date as its midnight in UTC', async () => {
    expect(await write('2026-01-15T08:30:00.007Z', 'x')).to.equal(1768465800007);
    expect(await write('1969-12-31T00:00:00Z', 'X')).to.equal(-86400);
    expect(await evaluate('$formatDate("1980-01-31", "x")')).to.equal(318124800000);
  });

  for (const wrong of [
    '$formatMoment("2026-01-15", "yyyy")',
    '$formatMoment("2026-02-30T00:00:00Z", "yyyy")',
    '$formatMoment("9999-12-31T23:30:00Z", "yyyy")',
    '$formatMoment(1, "yyyy")',
    '$formatDate("15-01-2026", "yyyyMMdd")',
    '$formatDate("2026-02-29", "yyyyMMdd")',
    '$formatDate("2026-01-15T08:30:00Z", "yyyyMMdd")',
    '$formatDate("2026-01-15")',
    '$formatDate("2026-01-15", "DD")',
    '$formatDate("2026-01-15", $pad("", 101, "y"))',
    '$formatMoment("2026-01-15T08:30:00Z", "yyyy", "Europe/Utrecht")',
    '$moment("09:30", "HH:mm")',
    '$moment("1767225600", "X SSS")',
    '$moment("2026-01-15", "yyyy-MM-dd", "Mars")',
    '$date("2026-01-15")',
    '$date("01-2026", "MM-yyyy")',
    '$date("2026-01-15", "yyyy-MM-dd\'T")',
  ]) {
    it(`fail for ${wrong}`, async () => {
      expect(await failureOf(wrong)).to.equal('K0009');
    });
  }

  const zones = [
    'Europe/Amsterdam',
    'UTC',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Pacific/Apia',
  ];
  const moments = fc
    .date({
      min: new Date('1971-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((time) => `${time.toISOString().slice(0, 19)}Z`);

  it('give back every moment that they wrote, but the second of two hours, in any zone', async () => {
    await fc.assert(
      fc.asyncProperty(moments, fc.constantFrom(...zones), async (given, zone) => {
        const input = { given, zone, local };
        const back = await evaluate('$moment($formatMoment(given, local, zone), local, zone)', input);
        const withOffset = `$moment($formatMoment(given, local & " ZZ", zone), local & " ZZ", zone)`;
        expect(await evaluate(withOffset, input)).to.equal(given);
        expect(await evaluate('$moment($formatMoment(given, "x", zone), "x", zone)', input)).to.equal(given);
        const again = await evaluate('$formatMoment(back, local, zone)', { ...input, back });
        expect(again).to.equal(await evaluate('$formatMoment(given, local, zone)', input));
        if (back === given) return;
        expect(Date.parse(String(back))).to.be.below(Date.parse(given));
      }),
      { numRuns: 100 },
    );
  });

  it('give back every date that they wrote', async () => {
    const dates = fc
      .date({
        min: new Date('0001-01-01T00:00:00Z'),
        max: new Date('9999-12-31T00:00:00Z'),
        noInvalidDate: true,
      })
      .map((day) => day.toISOString().slice(0, 10));
    await fc.assert(
      fc.asyncProperty(
        dates,
        fc.constantFrom('yyyyMMdd', 'd-M-yyyy', 'dd/MM/yyyy', 'yyyy-ooo', 'x', 'X'),
        async (day, format) => {
          expect(await evaluate('$date($formatDate(day, format), format)', { day, format })).to.equal(day);
        },
      ),
      { numRuns: 100 },
    );
  });
});
