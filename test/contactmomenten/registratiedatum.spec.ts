import { expect } from 'chai';
import fc from 'fast-check';
import { complaints, runningGateway, urlIn } from '../kit/gateway.ts';
import { contactmomentenOf, leastContactmoment } from './contactmomenten.ts';

const now = Date.UTC(2031, 4, 6, 7, 8, 9, 987);

describe('registratiedatum of a contactmoment: contract sections 0 and 2.2', () => {
  const gateway = runningGateway({ clock: { now: () => now } });
  const { create, add } = contactmomentenOf(gateway);

  /** What is sent, and what is shown. */
  const forms: readonly (readonly [sent: string, shown: string])[] = [
    ['2020-01-01T12:00:00Z', '2020-01-01T12:00:00Z'],
    ['2020-01-01t12:00:00z', '2020-01-01T12:00:00Z'],
    ['2020-01-01T12:00:00', '2020-01-01T12:00:00Z'],
    ['2020-01-01T12:00', '2020-01-01T12:00:00Z'],
    ['2020-01-01T12:00:00+02:00', '2020-01-01T10:00:00Z'],
    ['2020-01-01T00:30:00+0100', '2019-12-31T23:30:00Z'],
    ['2020-02-28T23:30:00-01:00', '2020-02-29T00:30:00Z'],
    ['2020-01-01T12:00:00.000001Z', '2020-01-01T12:00:00.000001Z'],
    ['2020-01-01T12:00:00.123456Z', '2020-01-01T12:00:00.123456Z'],
    ['2020-01-01T12:00:00.5+01:00', '2020-01-01T11:00:00.500000Z'],
    ['2020-01-01T12:00:00.000000Z', '2020-01-01T12:00:00Z'],
    ['  2020-01-01T12:00:00Z ', '2020-01-01T12:00:00Z'],
  ];
  for (const [sent, shown] of forms) {
    it(`${JSON.stringify(sent)} is shown as ${shown}`, async () => {
      const answer = await create({ registratiedatum: sent });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.registratiedatum).to.equal(shown);
      expect((await gateway.get(urlIn(answer))).body.registratiedatum).to.equal(shown);
    });
  }

  const wrong = [
    '2020-01-01',
    '',
    'gisteren',
    '2020-13-01T00:00:00Z',
    '2021-02-29T00:00:00Z',
    '2020-01-01T25:00:00Z',
  ];
  for (const sent of [...wrong, 1_577_836_800, true, {}]) {
    it(`${JSON.stringify(sent)} is invalid`, async () => {
      const answer = await create({ registratiedatum: sent });
      expect(answer.status, answer.text).to.equal(400);
      expect(complaints(answer)).to.deep.equal(['registratiedatum invalid']);
    });
  }

  it('null is refused as null', async () => {
    const answer = await create({ registratiedatum: null });
    expect(complaints(answer)).to.deep.equal(['registratiedatum null']);
  });

  it('is now when a create does not say', async () => {
    expect((await create()).body.registratiedatum).to.match(/^2031-05-06T07:08:09(\.987000)?Z$/);
  });

  it('stays what it was when an update does not say', async () => {
    const registratiedatum = '2019-03-04T05:06:07.000890Z';
    const url = await add({ registratiedatum });
    expect((await gateway.put(url, leastContactmoment)).body.registratiedatum).to.equal(registratiedatum);
    expect((await gateway.patch(url, { tekst: 'x' })).body.registratiedatum).to.equal(registratiedatum);
    const answer = await gateway.patch(url, { registratiedatum: '2018-01-01T00:00:00Z' });
    expect(answer.body.registratiedatum).to.equal('2018-01-01T00:00:00Z');
  });

  it('of any moment, in any time zone, no microsecond is lost', () =>
    fc.assert(
      fc.asyncProperty(
        fc.date({ min: new Date('1950-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        fc.nat(999_999),
        fc.integer({ min: -14 * 60, max: 14 * 60 }),
        async (date, microseconds, offset) => {
          const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
          const fraction = `.${String(microseconds).padStart(6, '0')}`;
          const answer = await create({ registratiedatum: `${local}${fraction}${zone(offset)}` });
          const shown = `${date.toISOString().slice(0, 19)}${microseconds === 0 ? '' : fraction}Z`;
          expect(answer.body.registratiedatum, answer.text).to.equal(shown);
        },
      ),
      { numRuns: 12 },
    ));
});

/** `+02:00` for 120 minutes. */
function zone(offset: number): string {
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
