import { expect } from 'chai';
import { type Answer, leastKlant, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { until } from '../kit/until.ts';

const readOne = 'GET /relbeheer/relaties/:nr';

describe('§8 A GET is tried once more when its connection broke', () => {
  const gateway = runningGateway();
  beforeEach(() => gateway.crm.forget());

  for (const soort of ['verbreek', 'afgekapt']) {
    it(`and answered when that goes well (${soort})`, async () => {
      await gateway.crm.fault({ soort, aantal: 1 });
      expect((await gateway.get(klantPath(100003))).status).to.equal(200);
      expect(await gateway.crm.counts()).to.deep.equal({ [readOne]: 2 });
    });

    it(`and not a third time (${soort})`, async () => {
      await gateway.crm.fault({ soort });
      expect((await gateway.get(klantPath(100003))).status).to.equal(502);
      expect(await gateway.crm.counts()).to.deep.equal({ [readOne]: 2 });
    });
  }

  for (const soort of ['fout', 'foutcode', 'html', 'groot', 'vol', 'sleutel']) {
    it(`but not when it was answered (${soort})`, async () => {
      await gateway.crm.fault({ soort });
      expect((await gateway.get(klantPath(100003))).status).to.be.within(502, 503);
      expect(await gateway.crm.counts()).to.deep.equal({ [readOne]: 1 });
    });
  }
});

describe('§8 A write is never tried again', () => {
  const gateway = runningGateway();
  beforeEach(() => gateway.crm.forget());

  /** Waits until the gateway has found out what became of the write. */
  const settled = () =>
    until('the write is settled', () => gateway.events.some(({ event }) => event === 'write-settled'));

  const faults = ['verbreek', 'afgekapt'];
  for (const [index, soort] of faults.entries()) {
    // Klanten of its own for each fault: a write that is not settled holds on to its klant.
    const writes: readonly (readonly [method: string, path: string, write: () => Promise<Answer>])[] = [
      ['POST', '', () => gateway.post({ ...leastKlant, klantnummer: `K-${index}` })],
      ['PUT', '/:nr', () => gateway.patch(klantPath(100030 + index), { functie: 'bode' })],
      ['DELETE', '/:nr', () => gateway.delete(klantPath(100040 + index))],
    ];
    for (const [methode, path, write] of writes) {
      it(`a ${methode} whose connection broke costs one (${soort})`, async () => {
        gateway.events.length = 0;
        await gateway.crm.fault({ soort, methode, moment: 'na' });
        expect((await write()).status).to.equal(502);
        await settled();
        expect((await gateway.crm.counts())[`${methode} /relbeheer/relaties${path}`]).to.equal(1);
      });
    }
  }
});
