import { expect } from 'chai';
import { runningGateway } from '../kit/gateway.ts';
import { createdIn, verzoekenOf, plain } from './samples.ts';

describe('documents in the notes of a request: verzoekinformatieobjecten', () => {
  const gateway = runningGateway();
  const { made, document, relate, related, urls, row, change } = verzoekenOf(gateway);
  const relation = 'verzoekinformatieobjecten';
  const notes = async (verzoek: string) => (await row(verzoek)).NOTITIE ?? '';

  it('several of one request have a URL each, that stays what it is when another goes', async () => {
    const verzoek = await made();
    const made_ = [document(), document(1), document(2)];
    const all: string[] = [];
    for (const informatieobject of made_) all.push(await related(relation, { verzoek, informatieobject }));
    expect(new Set(all)).to.have.property('size', 3);
    expect(await urls(`${relation}?verzoek=${verzoek}`)).to.deep.equal(all);
    const [first = '', second = '', third = ''] = all;
    expect((await gateway.delete(second)).status).to.equal(204);
    expect(await urls(`${relation}?verzoek=${verzoek}`)).to.deep.equal([first, third]);
    expect((await gateway.get(third)).body.informatieobject).to.equal(document(2));
    expect((await gateway.get(second)).status).to.equal(404);
  });

  it('other text in the notes is untouched after a create and after a delete', async () => {
    const verzoek = await made();
    const text = 'Belt terug.\n\n  Zie ook DOC https://intranet.gemeente.example/12  \nAkkoord?';
    await change(verzoek, { NOTITIE: text });
    const url = await related(relation, { verzoek, informatieobject: document() });
    expect(await notes(verzoek)).to.equal(`${text}\nDOC ${document()}`);
    await change(verzoek, { NOTITIE: `${text}\nDOC ${document()}\nLater gebeld.` });
    expect((await gateway.get(url)).status).to.equal(200);
    expect((await gateway.delete(url)).status).to.equal(204);
    expect(await notes(verzoek)).to.equal(`${text}\nLater gebeld.`);
  });

  it('text that only looks like a document is none', async () => {
    const verzoek = await made();
    await change(verzoek, { NOTITIE: `Zie DOC ${document()}\nDOC\ndoc ${document()}\nDOC a b` });
    expect(await urls(`${relation}?verzoek=${verzoek}`)).to.deep.equal([]);
    expect((await relate(relation, { verzoek, informatieobject: document() })).status).to.equal(201);
  });

  it('a line that the CRM holds twice is one document, and both lines go with it', async () => {
    const verzoek = await made();
    await change(verzoek, { NOTITIE: `DOC ${document()}\r\nTussendoor.\r\nDOC ${document()}  ` });
    const [url = '', ...others] = await urls(`${relation}?verzoek=${verzoek}`);
    expect(others).to.deep.equal([]);
    expect((await gateway.delete(url)).status).to.equal(204);
    expect(await urls(`${relation}?verzoek=${verzoek}`)).to.deep.equal([]);
    expect(plain(await notes(verzoek)))
      .to.include('Tussendoor.')
      .and.not.include('DOC');
  });

  it('the last one that goes leaves empty notes, in which one can be written again', async () => {
    const verzoek = await made();
    for (let time = 1; time <= 2; time++) {
      const url = createdIn(await relate(relation, { verzoek, informatieobject: document() }));
      expect((await gateway.delete(url)).status).to.equal(204);
      expect(await notes(verzoek)).to.equal('');
    }
  });

  it('several that come and go at the same time are all kept', async () => {
    const verzoek = await made();
    await change(verzoek, { NOTITIE: 'Blijft staan.' });
    const first = await related(relation, { verzoek, informatieobject: document() });
    const answers = await Promise.all([
      relate(relation, { verzoek, informatieobject: document(1) }),
      gateway.delete(first),
      relate(relation, { verzoek, informatieobject: document(2) }),
      gateway.patch(verzoek, { tekst: 'anders' }),
    ]);
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 204, 201, 200]);
    expect(plain(await notes(verzoek)).split('\n')).to.have.members([
      'Blijft staan.',
      `DOC ${document(1)}`,
      `DOC ${document(2)}`,
    ]);
  });
});
