import { expect } from 'chai';
import { seeded } from '../../src/demo/crm/tables/seed-ingredients.ts';
import { deadlineIn } from '../../src/deadline.ts';
import type { Difference, Reconciled } from '../../src/gateway/reconcile.ts';
import { runningGateway } from '../kit/gateway.ts';
import { closedPort } from '../rules/registers.ts';
import { frontDoor } from '../verzoeken/front-door.ts';
import { createdIn, nobody, plain, verzoekenOf } from '../verzoeken/samples.ts';

const mirrorPath = '/documenten/api/v1/objectinformatieobjecten';

describe('kic-001: what was changed inside the CRM', () => {
  const door = frontDoor(() => gateway.port);
  const closed = closedPort();
  const gateway = runningGateway({
    get config() {
      return {
        baseUrls: { canonical: door.origin },
        // One of two is always down, which must not keep the other one from being mended.
        registers: { elders: { kind: 'documenten', root: elsewhere() } },
      };
    },
  });
  const { made, document, relate, change, mirrors } = verzoekenOf(gateway);

  /** Compares everything; `meanwhile` is done when all was looked at once, before anything is looked at again. */
  function reconcile(apply: boolean, meanwhile: () => Promise<unknown> = () => Promise.resolve()) {
    return gateway.deployment.reconcile({
      apply,
      settled: meanwhile,
      workOf: () => ({
        deadline: deadlineIn(25_000),
        observe: () => undefined,
        caller: undefined,
        trace: { mappingMs: 0, backendMs: 0, backendCalls: 0, cache: 'none' },
      }),
      progress: () => undefined,
    });
  }

  const elsewhere = () => `${closed.origin}/documenten/api/v1`;

  const mirrorsOf = async (verzoek: string) =>
    (await mirrors())
      .filter(({ object }) => object === verzoek)
      .map(({ informatieobject }) => informatieobject);

  /** A verzoek whose documents are these in the CRM, where the mirrors are of those that it was made with. */
  async function changedInside(before: readonly string[], after: readonly string[]): Promise<string> {
    const verzoek = await made();
    for (const informatieobject of before) {
      createdIn(await relate('verzoekinformatieobjecten', { verzoek, informatieobject }));
    }
    await change(verzoek, { NOTITIE: after.map((url) => `DOC ${url}`).join('\n') });
    return verzoek;
  }

  const wordsOf = ({ relation, side, mended }: Difference) =>
    `${side} ${plain(relation.informatieobject)} ${String(mended)}`;

  const differencesOf = ({ differences }: Reconciled, verzoek: string) =>
    differences.filter(({ main }) => main === verzoek).map(wordsOf);

  // Every comparison looks at everything: at what a spec made, and no more.
  before(async () => {
    const { amount, first } = seeded.aanvragen;
    const numbers = Array.from({ length: amount }, (_, index) => first + index);
    await Promise.all(numbers.map((number) => gateway.crm.call('DELETE', `/relbeheer/aanvragen/${number}`)));
  });

  // And each spec begins with both sides the same.
  afterEach(async () => {
    await gateway.around.calm();
    await gateway.crm.calm();
    await reconcile(true);
  });

  it('is mirrored: a relation that was pointed at another document', async () => {
    const verzoek = await changedInside([document(0)], [document(1)]);
    const found = await reconcile(true);
    expect(differencesOf(found, verzoek)).to.deep.equal([
      `ours ${document(1)} true`,
      `theirs ${document(0)} true`,
    ]);
    expect(await mirrorsOf(verzoek)).to.deep.equal([document(1)]);
  });

  it('is mirrored: a relation that was added, and one that was removed', async () => {
    const more = await changedInside([document(0)], [document(0), document(1)]);
    const less = await changedInside([document(0), document(1)], [document(1)]);
    const found = await reconcile(true);
    expect(differencesOf(found, more)).to.deep.equal([`ours ${document(1)} true`]);
    expect(differencesOf(found, less)).to.deep.equal([`theirs ${document(0)} true`]);
    expect(await mirrorsOf(more)).to.have.members([document(0), document(1)]);
    expect(await mirrorsOf(less)).to.deep.equal([document(1)]);
  });

  it('is done once: a second time nothing differs', async () => {
    const verzoek = await changedInside([document(0)], [document(1)]);
    await reconcile(true);
    const { differences, unknown, compared } = await reconcile(true);
    expect({ differences, unknown }).to.deep.equal({ differences: [], unknown: [] });
    expect(compared).to.be.greaterThan(0);
    expect(await mirrorsOf(verzoek)).to.deep.equal([document(1)]);
  });

  it('is told of, and left as it is, unless it is to be applied', async () => {
    const verzoek = await changedInside([document(0)], [document(1)]);
    const found = await reconcile(false);
    expect(differencesOf(found, verzoek)).to.deep.equal([
      `ours ${document(1)} undefined`,
      `theirs ${document(0)} undefined`,
    ]);
    expect(await mirrorsOf(verzoek)).to.deep.equal([document(0)]);
  });

  it('leaves alone the mirror of what is no verzoek of ours', async () => {
    const elsewhere = { object: 'https://elders.example/verzoeken/1', informatieobject: document(0) };
    await gateway.around.call('POST', mirrorPath, { ...elsewhere, objectType: 'verzoek' });
    await reconcile(true);
    expect(await mirrorsOf(elsewhere.object)).to.deep.equal([document(0)]);
  });

  it('is no write that was under way at the first look', async () => {
    const verzoek = await changedInside([document(0)], [document(1)]);
    await gateway.around.forget();
    const found = await reconcile(true, () => change(verzoek, { NOTITIE: `DOC ${document(0)}` }));
    expect(differencesOf(found, verzoek)).to.deep.equal([]);
    const writes = Object.keys(await gateway.around.counts()).filter((call) => !call.startsWith('GET '));
    expect(writes.filter((call) => call.includes(mirrorPath))).to.deep.equal([]);
    expect(await mirrorsOf(verzoek)).to.deep.equal([document(0)]);
  });

  it('is the same relation whatever versie of the document it names', async () => {
    const verzoek = await changedInside([document(0)], [`${document(0)}?versie=2`]);
    expect(differencesOf(await reconcile(true), verzoek)).to.deep.equal([]);
    expect(await mirrorsOf(verzoek)).to.deep.equal([document(0)]);
  });

  describe('stays as it is', () => {
    it('when Documenten does not tell what it has', async () => {
      const verzoek = await changedInside([document(0)], [document(1)]);
      await gateway.around.fault({ soort: 'fout', methode: 'GET', pad: mirrorPath });
      const { differences, silent } = await reconcile(true);
      expect(differences).to.deep.equal([]);
      expect([...silent]).to.have.members([elsewhere(), `${gateway.around.url}/documenten/api/v1`]);
      await gateway.around.calm();
      expect(await mirrorsOf(verzoek)).to.deep.equal([document(0)]);
    });

    it('in a Documenten API that does not tell, while another one is mended', async () => {
      const there = `${elsewhere()}/enkelvoudiginformatieobjecten/${nobody}`;
      const verzoek = await changedInside([document(0)], [document(1), there]);
      const found = await reconcile(true);
      expect(differencesOf(found, verzoek)).to.deep.equal([
        `ours ${document(1)} true`,
        `theirs ${document(0)} true`,
      ]);
      expect([...found.silent]).to.deep.equal([elsewhere()]);
      expect(found.unknown).to.deep.equal([]);
    });

    it('when the CRM does not tell what it has', async () => {
      const verzoek = await changedInside([document(0)], [document(1)]);
      await gateway.crm.fault({ soort: 'fout', pad: '/relbeheer/aanvragen' });
      const tried = await reconcile(true).catch((error: unknown) => error);
      expect(tried).to.have.property('class', 'BadGateway');
      await gateway.crm.calm();
      expect(await mirrorsOf(verzoek)).to.deep.equal([document(0)]);
    });

    it('in Documenten when that refuses the mending, which is told', async () => {
      const verzoek = await changedInside([document(0)], [document(1)]);
      await gateway.around.fault({ soort: 'fout', methode: 'POST', pad: mirrorPath });
      await gateway.around.fault({ soort: 'fout', methode: 'DELETE', pad: mirrorPath });
      const found = await reconcile(true);
      expect(differencesOf(found, verzoek)).to.deep.equal([
        `ours ${document(1)} false`,
        `theirs ${document(0)} false`,
      ]);
      await gateway.around.calm();
      expect(await mirrorsOf(verzoek)).to.deep.equal([document(0)]);
    });
  });
});
