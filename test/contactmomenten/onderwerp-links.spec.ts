import { expect } from 'chai';
import { complaints, runningGateway, urlIn } from '../kit/gateway.ts';
import { contactmomentenOf, leastContactmoment } from './contactmomenten.ts';

const [afval, wonen] = [
  'https://onderwerpen.gemeente.example/afval',
  'https://onderwerpen.gemeente.example/wonen',
];
const elsewhere = 'https://onderwerpen.elders.example/1';

describe('onderwerpLinks of a contactmoment: contract sections 2.2, 3.1 and 3.3', () => {
  const gateway = runningGateway();
  const { create, add } = contactmomentenOf(gateway);

  /** Those that the CRM has a code for, those that it has not, and both, in an order of their own. */
  const lists: readonly (readonly string[])[] = [
    [],
    [afval],
    [wonen, afval],
    [elsewhere],
    [elsewhere, afval, `${elsewhere}0`],
    [afval, afval],
  ];
  for (const onderwerpLinks of lists) {
    it(`${JSON.stringify(onderwerpLinks)} are kept in their order, and fetched from nobody`, async () => {
      const answer = await create({ onderwerpLinks: [...onderwerpLinks] });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.onderwerpLinks).to.deep.equal(onderwerpLinks);
      expect((await gateway.get(urlIn(answer))).body.onderwerpLinks).to.deep.equal(onderwerpLinks);
    });
  }

  it('are complained about one by one, by their place', async () => {
    const answer = await create({
      onderwerpLinks: [afval, 'geen-url', '', null, `https://x.example/${'x'.repeat(1000)}`, true],
    });
    expect(answer.status, answer.text).to.equal(400);
    expect(complaints(answer)).to.deep.equal([
      'onderwerpLinks.1 invalid',
      'onderwerpLinks.2 blank',
      'onderwerpLinks.3 null',
      'onderwerpLinks.4 max_length',
      'onderwerpLinks.5 invalid',
    ]);
  });

  it('are complained about from the first one', async () => {
    expect(complaints(await create({ onderwerpLinks: [''] }))).to.deep.equal(['onderwerpLinks.0 blank']);
    expect(complaints(await create({ onderwerpLinks: ['x'] }))).to.deep.equal(['onderwerpLinks.0 invalid']);
    const long = `https://x.example/${'x'.repeat(983)}`;
    expect(complaints(await create({ onderwerpLinks: [long] }))).to.deep.equal([
      'onderwerpLinks.0 max_length',
    ]);
    expect((await create({ onderwerpLinks: [long.slice(0, 1000)] })).status).to.equal(201);
  });

  it('are a list, and never null', async () => {
    expect(complaints(await create({ onderwerpLinks: null }))).to.deep.equal(['onderwerpLinks null']);
    for (const onderwerpLinks of [afval, {}, 1]) {
      expect(complaints(await create({ onderwerpLinks }))).to.deep.equal(['onderwerpLinks not_a_list']);
    }
  });

  it('are replaced as a whole by an update, and kept by one that does not say', async () => {
    const url = await add({ onderwerpLinks: [afval, elsewhere] });
    expect((await gateway.patch(url, { tekst: 'x' })).body.onderwerpLinks).to.deep.equal([afval, elsewhere]);
    expect((await gateway.put(url, leastContactmoment)).body.onderwerpLinks).to.deep.equal([
      afval,
      elsewhere,
    ]);
    expect((await gateway.patch(url, { onderwerpLinks: [wonen] })).body.onderwerpLinks).to.deep.equal([
      wonen,
    ]);
    expect((await gateway.patch(url, { onderwerpLinks: [] })).body.onderwerpLinks).to.deep.equal([]);
  });
});
