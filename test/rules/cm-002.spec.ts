import { expect } from 'chai';
import { contactmomentenOf, leastContactmoment, spellings } from '../contactmomenten/contactmomenten.ts';
import { complaints, results, runningGateway, urlIn } from '../kit/gateway.ts';
import { patience } from './registers.ts';

const taken = ['vorigContactmoment unique'];

describe('cm-002: volgendContactmoment mirrors vorigContactmoment', () => {
  const gateway = runningGateway({ config: patience });
  const contactmomenten = contactmomentenOf(gateway);

  const nextOf = async (url: string) => (await gateway.get(url)).body.volgendContactmoment;

  it('from the moment that a contactmoment with a vorigContactmoment is created', async () => {
    const first = await contactmomenten.add();
    expect(await nextOf(first)).to.equal(null);
    const second = await contactmomenten.add({ vorigContactmoment: first });
    expect(await nextOf(first)).to.equal(second);
    expect(await nextOf(second)).to.equal(null);
  });

  it('when the link is moved: the old predecessor has no volgendContactmoment any more', async () => {
    const [old, other] = [await contactmomenten.add(), await contactmomenten.add()];
    const successor = await contactmomenten.add({ vorigContactmoment: old });
    expect((await gateway.patch(successor, { vorigContactmoment: other })).status).to.equal(200);
    expect(await nextOf(old)).to.equal(null);
    expect(await nextOf(other)).to.equal(successor);
  });

  for (const nothing of [null, '']) {
    it(`when the link is cleared with ${JSON.stringify(nothing)}`, async () => {
      const first = await contactmomenten.add();
      const second = await contactmomenten.add({ vorigContactmoment: first });
      const answer = await gateway.patch(second, { vorigContactmoment: nothing });
      expect(answer.body.vorigContactmoment).to.equal(null);
      expect(await nextOf(first)).to.equal(null);
    });
  }

  it('in every row of a list', async () => {
    const chain = [await contactmomenten.add({ kanaal: 'keten' })];
    for (let link = 0; link < 3; link++) {
      chain.push(await contactmomenten.add({ kanaal: 'keten', vorigContactmoment: chain.at(-1) ?? '' }));
    }
    const rows = results(await contactmomenten.list('contactmomenten?kanaal=keten'));
    expect(rows.map(({ url }) => url)).to.deep.equal(chain);
    expect(rows.map(({ volgendContactmoment }) => volgendContactmoment)).to.deep.equal([
      ...chain.slice(1),
      null,
    ]);
    expect(rows.map(({ vorigContactmoment }) => vorigContactmoment)).to.deep.equal([
      null,
      ...chain.slice(0, -1),
    ]);
  });

  it('whatever a body says: volgendContactmoment is read-only', async () => {
    const other = await contactmomenten.add();
    for (const volgendContactmoment of [other, 'geen-url', false]) {
      const answer = await contactmomenten.create({ volgendContactmoment });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.volgendContactmoment).to.equal(null);
      const changed = await gateway.patch(urlIn(answer), { volgendContactmoment });
      expect(changed.status, changed.text).to.equal(200);
      expect(changed.body.volgendContactmoment).to.equal(null);
    }
    expect((await gateway.get(other)).body.vorigContactmoment).to.equal(null);
  });

  describe('is broken by a second successor', () => {
    it('on a create, a PATCH and a PUT', async () => {
      const vorigContactmoment = await contactmomenten.add();
      const successor = await contactmomenten.add({ vorigContactmoment });
      const other = await contactmomenten.add();
      for (const claimed of spellings(vorigContactmoment)) {
        const answers = [
          await contactmomenten.create({ vorigContactmoment: claimed }),
          await gateway.patch(other, { vorigContactmoment: claimed }),
          await gateway.put(other, { ...leastContactmoment, vorigContactmoment: claimed }),
        ];
        expect(
          answers.map(({ status }) => status),
          claimed,
        ).to.deep.equal([400, 400, 400]);
        expect(answers.map(complaints)).to.deep.equal([taken, taken, taken]);
      }
      expect(await nextOf(vorigContactmoment)).to.equal(successor);
    });

    it('but not by the same one again', async () => {
      const vorigContactmoment = await contactmomenten.add();
      const successor = await contactmomenten.add({ vorigContactmoment });
      const again = { ...leastContactmoment, vorigContactmoment };
      expect((await gateway.put(successor, again)).status).to.equal(200);
      expect((await gateway.patch(successor, { vorigContactmoment })).status).to.equal(200);
    });

    it('but not once the first one let go', async () => {
      const vorigContactmoment = await contactmomenten.add();
      const successor = await contactmomenten.add({ vorigContactmoment });
      await gateway.patch(successor, { vorigContactmoment: null });
      const next = await contactmomenten.add({ vorigContactmoment });
      expect(await nextOf(vorigContactmoment)).to.equal(next);
      await gateway.delete(next);
      expect((await gateway.patch(successor, { vorigContactmoment })).status).to.equal(200);
    });
  });

  it('of fifty simultaneous creates, under every name of ours, exactly one is a 201', async function () {
    this.timeout(60_000);
    const claims = spellings(await contactmomenten.add());
    const [vorigContactmoment = ''] = claims;
    // The first write takes long enough for all others to look meanwhile.
    await gateway.crm.fault({ soort: 'traag', ms: 1000, methode: 'POST', aantal: 1 });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        contactmomenten.create({ vorigContactmoment: claims[index % claims.length] ?? '' }),
      ),
    );
    const created = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status === 400);
    expect([created.length, refused.length]).to.deep.equal([1, 49]);
    for (const refusal of refused) expect(complaints(refusal)).to.deep.equal(taken);
    expect(await nextOf(vorigContactmoment)).to.equal(created.map(urlIn)[0]);
    const followers = await contactmomenten.list(`contactmomenten?vorigContactmoment=${vorigContactmoment}`);
    expect(followers.body.count).to.equal(1);
  });

  it('of ten simultaneous PATCHes by as many contactmomenten, exactly one is a 200', async () => {
    const vorigContactmoment = await contactmomenten.add();
    const claimants = await Promise.all(Array.from({ length: 10 }, () => contactmomenten.add()));
    await gateway.crm.fault({ soort: 'traag', ms: 1000, methode: 'PUT', aantal: 1 });
    const answers = await Promise.all(claimants.map((url) => gateway.patch(url, { vorigContactmoment })));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, ...Array<number>(9).fill(400)]);
    expect(await nextOf(vorigContactmoment)).to.equal(
      answers.filter(({ status }) => status === 200).map(urlIn)[0],
    );
  });
});

describe('cm-002, when the CRM does not search', () => {
  // Off, because it reads the contactmoment: then the search is all that is asked before the write.
  const gateway = runningGateway({ config: { rules: { 'cm-001': 'off' } } });
  const contactmomenten = contactmomentenOf(gateway);

  it('cannot be asked: nothing is written', async () => {
    const vorigContactmoment = await contactmomenten.add();
    await gateway.crm.fault({ soort: 'fout', methode: 'GET', pad: '/relbeheer/activiteiten' });
    await gateway.crm.forget();
    expect((await contactmomenten.create({ vorigContactmoment })).status).to.be.within(500, 504);
    expect(await gateway.crm.counts()).not.to.include.keys('POST /relbeheer/activiteiten');
  });
});

describe('cm-002, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'cm-002': 'off' } } });
  const contactmomenten = contactmomentenOf(gateway);

  it('lets two contactmomenten follow the same one, which can still be read, and has one of them', async () => {
    const vorigContactmoment = await contactmomenten.add();
    const both = [
      await contactmomenten.add({ vorigContactmoment }),
      await contactmomenten.add({ vorigContactmoment }),
    ];
    const answer = await gateway.get(vorigContactmoment);
    expect(answer.status, answer.text).to.equal(200);
    expect(both).to.include(answer.body.volgendContactmoment);
  });
});
