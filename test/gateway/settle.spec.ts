import { expect } from 'chai';
import { deadlineIn } from '../../src/deadline.ts';
import { type Probe, settle, type SettleSettings } from '../../src/gateway/settle.ts';
import type { Event } from '../../src/observe/events.ts';
import { notFound } from '../../src/problem.ts';
import { aCreate, stored } from './a-create.ts';

/** Looks with these probes, one after the other and the last one again and again. */
async function settledWith(settings: Partial<SettleSettings>, ...probes: readonly Probe[]) {
  const events: Event[] = [];
  let looks = 0;
  const call = aCreate({}, { deadline: deadlineIn(0), observe: (event) => events.push(event) });
  const probe: Probe = (work) => {
    const next = probes[Math.min(looks, probes.length - 1)];
    looks += 1;
    return next ? next(work) : Promise.reject(new Error('no probe'));
  };
  const given = { everyMs: 1, graceMs: 0, giveUpMs: 60_000, probeMs: 1000, ...settings };
  return { found: await settle(call, probe, given), events, looks };
}

const done: Probe = () => Promise.resolve({ seen: 'done', stored });
const notDone: Probe = () => Promise.resolve({ seen: 'not-done' });
const unanswered: Probe = () => Promise.reject(notFound());
const failing: Probe = () => Promise.reject(new TypeError('failed'));

const place = { resource: 'klant', operation: 'create' };

describe('settling a write', () => {
  it('ends with the first look that shows it', async () => {
    const { found, events, looks } = await settledWith({}, done);
    expect(found).to.deep.equal({ seen: 'done', stored });
    expect(events).to.deep.equal([{ event: 'write-settled', ...place, outcome: 'done' }]);
    expect(looks).to.equal(1);
  });

  it('looks again when the CRM does not answer', async () => {
    const { found, looks } = await settledWith({}, unanswered, unanswered, done);
    expect(found).to.deep.equal({ seen: 'done', stored });
    expect(looks).to.equal(3);
  });

  it('looks again, and tells the operator, when looking goes wrong', async () => {
    const { found, events } = await settledWith({}, failing, done);
    expect(found).to.deep.equal({ seen: 'done', stored });
    expect(events.map(({ event }) => event)).to.deep.equal(['unexpected-error', 'write-settled']);
  });

  it('believes that nothing happened only when the write can no longer be on its way', async () => {
    const early = await settledWith({ graceMs: 60_000 }, notDone, notDone, done);
    expect(early.found).to.deep.equal({ seen: 'done', stored });
    const late = await settledWith({}, notDone);
    expect(late.found).to.deep.equal({ seen: 'not-done' });
    expect(late.events).to.deep.equal([{ event: 'write-settled', ...place, outcome: 'not-done' }]);
  });

  it('does not believe it of a look that began too early, however long it took', async () => {
    const slow: Probe = () => {
      const end = performance.now() + 20;
      while (performance.now() < end);
      return Promise.resolve({ seen: 'not-done' });
    };
    const { found } = await settledWith({ graceMs: 10 }, slow, done);
    expect(found).to.deep.equal({ seen: 'done', stored });
  });

  it('gives each look a deadline of its own: that of the request has passed', async () => {
    const looking: Probe = (work) =>
      work.deadline.leftMs() > 0 && !work.deadline.signal.aborted ? done(work) : notDone(work);
    expect((await settledWith({}, looking)).found).to.deep.equal({ seen: 'done', stored });
  });

  for (const [what, probe] of [
    ['never answers', unanswered],
    ['shows nothing yet', notDone],
  ] as const) {
    it(`gives up at last, and says so loudly, when the CRM ${what}`, async () => {
      const { found, events } = await settledWith({ graceMs: 60_000, giveUpMs: 5 }, probe);
      expect(found).to.equal(undefined);
      expect(events).to.deep.equal([{ event: 'write-outcome-unknown', ...place }]);
    });
  }
});
