import { expect } from 'chai';
import fc from 'fast-check';
import { awkward } from '../../src/demo/crm/seed.ts';
import type { JsonObject } from '../../src/json.ts';
import { klantPath } from '../kit/klant-path.ts';
import { runningGateway, urlIn } from '../kit/gateway.ts';
import { anyKlant } from './arbitrary.ts';

/** All seeded klanten have a RELNR from here on, without gaps. */
const firstNumber = 100_001;
const seeded = 1000;

describe('what GET answers can be PUT back: contract section 2.1', function () {
  this.timeout(60_000);
  const gateway = runningGateway();

  /** GET -> PUT -> GET; the CRM's own record must not change either, nor lose what could not be shown. */
  async function putBack(number: number): Promise<void> {
    const before = await gateway.crm.record(number);
    const first = await gateway.get(klantPath(number));
    const put = await gateway.put(klantPath(number), first.text);
    const second = await gateway.get(klantPath(number));

    expect(first.status).to.equal(200);
    expect(put.status, put.text).to.equal(200);
    expect(put.text).to.equal(first.text);
    expect(second.text).to.equal(first.text);
    expect(await gateway.crm.record(number)).to.deep.equal(before);
  }

  for (const [name, number] of Object.entries(awkward))
    it(`the awkward klant ${name} stays the same`, () => putBack(number));

  it('any seeded klant stays the same', () =>
    fc.assert(fc.asyncProperty(fc.integer({ min: firstNumber, max: firstNumber + seeded - 1 }), putBack), {
      numRuns: 25,
    }));

  it('the same holds for PATCH', async () => {
    const { longTelephone, dirtyHouseNumber, invalidBsn, unknownKind, oneTradeName } = awkward;
    for (const number of [longTelephone, dirtyHouseNumber, invalidBsn, unknownKind, oneTradeName]) {
      const first = await gateway.get(klantPath(number));
      const patched = await gateway.patch(klantPath(number), first.text);
      expect(patched.text).to.equal(first.text);
    }
  });

  it('any klant that the standard allows is kept as it was sent, and stays the same', () =>
    fc.assert(
      fc.asyncProperty(anyKlant(), async (sent: JsonObject) => {
        const created = await gateway.post(sent);
        expect(created.status, created.text).to.equal(201);
        const url = urlIn(created);
        expect(created.body).to.deep.equal({ url, ...sent, klantnummer: created.body.klantnummer });
        expect((await gateway.get(url)).text).to.equal(created.text);
        expect((await gateway.put(url, created.text)).text).to.equal(created.text);
      }),
      { numRuns: 30 },
    ));

  it('no value was lost in the CRM without a word', () => {
    expect(gateway.events.filter(({ event }) => event === 'values-not-kept')).to.deep.equal([]);
  });
});
