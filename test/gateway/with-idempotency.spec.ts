import { expect } from 'chai';
import fc from 'fast-check';
import { deadlineIn } from '../../src/deadline.ts';
import type { Perform, Result } from '../../src/gateway/perform.ts';
import { UnsettledWrite } from '../../src/gateway/settle.ts';
import { withIdempotency } from '../../src/gateway/with-idempotency.ts';
import { Problem } from '../../src/problem.ts';
import { aCreate, stored } from './a-create.ts';

const settings = { maxEntries: 10, keepMs: 60_000 };
const result: Result = { kind: 'created', stored };

/** How a create can end: done, refused, not answered and then found to be done, or not. */
const ends = ['done', 'refused', 'unanswered and done', 'unanswered and not done'] as const;

describe('creates with one Idempotency-Key, however they come together', () => {
  it('are never under way twice, nor done twice', () =>
    fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.constantFrom(...ends), { maxLength: 6 }),
        async (scheduler, count, story) => {
          const left = [...story];
          let underWay = 0;
          let most = 0;
          let done = 0;
          const step = (what: string) => scheduler.schedule(Promise.resolve(), what);

          const next: Perform = async () => {
            const end = left.shift() ?? 'done';
            underWay += 1;
            most = Math.max(most, underWay);
            await step('the CRM works');
            if (end.endsWith('done') && !end.endsWith('not done')) done += 1;
            if (end === 'done' || end === 'refused') underWay -= 1;
            if (end === 'done') return result;
            if (end === 'refused') throw new Problem('ValidationError');
            const settled = step('the outcome is found').then(() => {
              underWay -= 1;
              return end === 'unanswered and done' ? stored : undefined;
            });
            throw new UnsettledWrite(new Problem('GatewayTimeout'), settled);
          };

          const perform = withIdempotency(settings)(next);
          const creates = Array.from({ length: count }, async () => {
            await step('a request comes');
            return perform(aCreate({ idempotencyKey: 'sleutel' }));
          });
          const answers = await scheduler.waitFor(Promise.allSettled(creates));
          expect(most).to.equal(1);
          expect(done).to.be.at.most(1);
          if (answers.some(({ status }) => status === 'fulfilled')) expect(done).to.equal(1);
        },
      ),
    ));

  it('are waited for until the deadline, and no longer: 503', async () => {
    const never = new Promise<Result>(() => undefined);
    const perform = withIdempotency(settings)(() => never);
    void perform(aCreate({ idempotencyKey: 'sleutel' }));
    try {
      await perform(aCreate({ idempotencyKey: 'sleutel' }, { deadline: deadlineIn(5) }));
      expect.fail('it was answered');
    } catch (problem) {
      expect(problem).to.be.instanceOf(Problem).with.property('status', 503);
    }
  });
});
