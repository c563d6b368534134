import { expect } from 'chai';
import { runningGateway } from '../kit/gateway.ts';
import { expectRefused, requestNumber, verzoekenOf } from './samples.ts';

const relations = [
  'klantverzoeken',
  'objectverzoeken',
  'verzoekcontactmomenten',
  'verzoekinformatieobjecten',
  'verzoekproducten',
] as const;

const mirrorPath = '/documenten/api/v1/objectinformatieobjecten';

describe('deleting a verzoek: contract section 8.4', () => {
  const gateway = runningGateway({ config: { rules: { 'vrz-009': 'off' } } });
  const { made, klant, contactmoment, zaak, document, related, count, mirrors } = verzoekenOf(gateway);

  /** A verzoek with relations of every kind, in every place that they can be in; gives the URLs of those. */
  async function complete() {
    const verzoek = await made();
    const urls = [
      await related('klantverzoeken', { verzoek, klant: await klant(), rol: 'initiator' }),
      await related('klantverzoeken', { verzoek, klant: await klant(), rol: 'belanghebbende' }),
      await related('objectverzoeken', { verzoek, object: zaak(), objectType: 'zaak' }),
      await related('objectverzoeken', { verzoek, object: zaak(1), objectType: 'zaak' }),
      await related('verzoekcontactmomenten', { verzoek, contactmoment: await contactmoment() }),
      await related('verzoekinformatieobjecten', { verzoek, informatieobject: document() }),
      await related('verzoekinformatieobjecten', { verzoek, informatieobject: document(1) }),
      await related('verzoekproducten', { verzoek, productIdentificatie: { code: 'P-1' } }),
      await related('verzoekproducten', { verzoek, productIdentificatie: { code: 'P-2' } }),
    ];
    return { verzoek, urls };
  }

  const mirrorsOf = async (verzoek: string) => (await mirrors()).filter(({ object }) => object === verzoek);

  it('removes it, with its relations and their mirrors', async () => {
    const { verzoek, urls } = await complete();
    expect(await mirrorsOf(verzoek)).to.have.length(2);
    const answer = await gateway.delete(verzoek);
    expect([answer.status, answer.text]).to.deep.equal([204, '']);
    for (const url of [verzoek, ...urls]) expect((await gateway.get(url)).status, url).to.equal(404);
    for (const relation of relations)
      expect(await count(`${relation}?verzoek=${verzoek}`), relation).to.equal(0);
    expect(await mirrorsOf(verzoek)).to.deep.equal([]);
    expect(JSON.stringify((await gateway.around.arrived()).tabellen)).not.to.include(
      `"${requestNumber(verzoek)}"`,
    );
  });

  it('leaves everything of another verzoek', async () => {
    const [one, other] = [await complete(), await complete()];
    expect((await gateway.delete(one.verzoek)).status).to.equal(204);
    for (const url of [other.verzoek, ...other.urls])
      expect((await gateway.get(url)).status, url).to.equal(200);
    expect(await mirrorsOf(other.verzoek)).to.have.length(2);
  });

  it('leaves what its relations lead to', async () => {
    const verzoek = await made();
    const [one, other] = [await klant(), await contactmoment()];
    await related('klantverzoeken', { verzoek, klant: one });
    await related('verzoekcontactmomenten', { verzoek, contactmoment: other });
    await gateway.delete(verzoek);
    for (const url of [one, other]) expect((await gateway.get(url)).status).to.equal(200);
  });

  for (const link of ['inTeTrekkenVerzoek', 'aangevuldeVerzoek']) {
    it(`empties ${link} of the verzoek that leads to it, and keeps that with its relations`, async () => {
      const verzoek = await made();
      const other = await made({ [link]: verzoek, tekst: 'blijft' });
      const relation = await related('verzoekproducten', {
        verzoek: other,
        productIdentificatie: { code: 'P-1' },
      });
      expect((await gateway.get(other)).body[link]).to.equal(verzoek);
      expect((await gateway.delete(verzoek)).status).to.equal(204);
      expect((await gateway.get(other)).body).to.include({ [link]: null, tekst: 'blijft' });
      expect((await gateway.get(relation)).status).to.equal(200);
      expect(await count(`verzoeken?${link}=${verzoek}`)).to.equal(0);
    });
  }

  it('in the middle of a chain frees both ends', async () => {
    const first = await made();
    const middle = await made({ inTeTrekkenVerzoek: first });
    const last = await made({ inTeTrekkenVerzoek: middle });
    expect((await gateway.delete(middle)).status).to.equal(204);
    expect((await gateway.get(first)).body.intrekkendeVerzoek).to.equal(null);
    expect((await gateway.get(last)).body.inTeTrekkenVerzoek).to.equal(null);
  });

  it('is refused when a mirror cannot be removed, and everything stays', async () => {
    const verzoek = await made();
    const other = await made({ inTeTrekkenVerzoek: verzoek });
    const informatieobject = document();
    const relation = await related('verzoekinformatieobjecten', { verzoek, informatieobject });
    await gateway.around.fault({ soort: 'fout', methode: 'DELETE', pad: mirrorPath });
    expectRefused(await gateway.delete(verzoek), 'nonFieldErrors invalid');
    for (const url of [verzoek, relation]) expect((await gateway.get(url)).status).to.equal(200);
    expect((await gateway.get(other)).body.inTeTrekkenVerzoek).to.equal(verzoek);
    expect(await mirrorsOf(verzoek)).to.have.length(1);
    await gateway.around.calm();
    expect((await gateway.delete(verzoek)).status).to.equal(204);
    expect(await mirrorsOf(verzoek)).to.deep.equal([]);
  });

  it('that the CRM refuses leaves its mirrors and the links to it', async () => {
    const verzoek = await made();
    const other = await made({ aangevuldeVerzoek: verzoek });
    await related('verzoekinformatieobjecten', { verzoek, informatieobject: document() });
    await gateway.crm.fault({ soort: 'vol', methode: 'DELETE' });
    expect((await gateway.delete(verzoek)).status).to.equal(503);
    await gateway.crm.calm();
    expect((await gateway.get(verzoek)).status).to.equal(200);
    expect((await gateway.get(other)).body.aangevuldeVerzoek).to.equal(verzoek);
    expect(await mirrorsOf(verzoek)).to.have.length(1);
    expect(await count(`verzoekinformatieobjecten?verzoek=${verzoek}`)).to.equal(1);
  });

  it('and making a relation at the same time leaves no relation of nothing', async () => {
    const verzoek = await made();
    const [deleted, ...answers] = await Promise.all([
      gateway.delete(verzoek),
      ...['A', 'B', 'C', 'D'].map((code) =>
        gateway.create('verzoeken', 'verzoekproducten', { verzoek, productIdentificatie: { code } }),
      ),
    ]);
    expect(deleted.status).to.equal(204);
    for (const answer of answers) expect(answer.status).to.be.oneOf([201, 400]);
    expect(await count(`verzoekproducten?verzoek=${verzoek}`)).to.equal(0);
    expect(JSON.stringify((await gateway.around.arrived()).tabellen)).not.to.include(
      `"${requestNumber(verzoek)}"`,
    );
  });

  it('twice is a 404 the second time, also at the same time', async () => {
    const verzoek = await made();
    const answers = await Promise.all([gateway.delete(verzoek), gateway.delete(verzoek)]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([204, 404]);
  });
});
