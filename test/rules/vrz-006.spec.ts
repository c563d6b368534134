import { expect } from 'chai';
import { runningGateway } from '../kit/gateway.ts';
import { specifyObject } from '../verzoeken/object-rule.ts';
import { specifyVerzoekOf } from '../verzoeken/relation-rule.ts';
import { createdIn, expectRefused, fiftyMs, verzoekenOf } from '../verzoeken/samples.ts';

describe('vrz-006: valideren attributen verzoek en informatieobject bij aanmaken van een VERZOEK-INFORMATIEOBJECT relatie', () => {
  const gateway = runningGateway({ config: { limits: { requestMs: fiftyMs } } });
  const { made, document, zaak, relate, related, mirrors, row } = verzoekenOf(gateway);
  const relation = 'verzoekinformatieobjecten';

  specifyVerzoekOf(gateway, relation, () => Promise.resolve({ informatieobject: document() }));

  specifyObject(gateway, {
    relation,
    field: 'informatieobject',
    path: '/documenten/api/v1/enkelvoudiginformatieobjecten',
    others: {},
    right: document,
    wrong: () => `${gateway.around.url}/documenten/api/v1/objectinformatieobjecten`,
  });

  it('is broken by a zaak, which wants to be asked in another way', async () => {
    const answer = await relate(relation, { verzoek: await made(), informatieobject: zaak() });
    expectRefused(answer, 'informatieobject bad-url');
  });

  it('holds again after the first was deleted', async () => {
    const body = { verzoek: await made(), informatieobject: document() };
    expect((await gateway.delete(await related(relation, body))).status).to.equal(204);
    expect((await relate(relation, body)).status).to.equal(201);
  });

  describe('of a version of a document (ruling R11)', () => {
    it('is broken when the document itself, or another version, is there already', async () => {
      const verzoek = await made();
      const url = document(1);
      await related(relation, { verzoek, informatieobject: `${url}?versie=1` });
      for (const informatieobject of [url, `${url}?versie=1`, `${url}?versie=2`])
        expectRefused(await relate(relation, { verzoek, informatieobject }), 'nonFieldErrors unique');
    });

    it('holds for a version that is there, which is mirrored without it', async () => {
      const verzoek = await made();
      const informatieobject = `${document(1)}?versie=2`;
      const url = createdIn(await relate(relation, { verzoek, informatieobject }));
      expect((await gateway.get(url)).body.informatieobject).to.equal(informatieobject);
      expect((await row(verzoek)).NOTITIE).to.equal(`DOC ${informatieobject}`);
      const mirror = (await mirrors()).find(({ object }) => object === verzoek);
      expect(mirror).to.include({ informatieobject: document(1), objectType: 'verzoek' });
    });

    it('is broken by a version that is not there', async () => {
      const informatieobject = `${document(1)}?versie=9`;
      expectRefused(
        await relate(relation, { verzoek: await made(), informatieobject }),
        'informatieobject bad-url',
      );
    });
  });

  it('holds for the same document of a second verzoek (ruling R12)', async () => {
    for (const verzoek of [await made(), await made()])
      expect((await relate(relation, { verzoek, informatieobject: document(2) })).status).to.equal(201);
  });
});

describe('vrz-006, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'vrz-006': 'off', 'kic-001': 'off' } } });
  const { made, relate } = verzoekenOf(gateway);

  it('takes any URL for a document', async () => {
    const body = { verzoek: await made(), informatieobject: 'https://vreemd.example/1' };
    expect((await relate('verzoekinformatieobjecten', body)).status).to.equal(201);
  });
});
