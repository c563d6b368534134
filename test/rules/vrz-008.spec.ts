import { expect } from 'chai';
import { runningGateway } from '../kit/gateway.ts';
import { specifyObject } from '../verzoeken/object-rule.ts';
import { specifyVerzoekOf } from '../verzoeken/relation-rule.ts';
import { expectRefused, fiftyMs, verzoekenOf } from '../verzoeken/samples.ts';

describe('vrz-008: valideren attributen object en verzoek bij aanmaken van een OBJECT-VERZOEK relatie', () => {
  // What vrz-009 adds has a spec of its own.
  const gateway = runningGateway({
    config: { rules: { 'vrz-009': 'off' }, limits: { requestMs: fiftyMs } },
  });
  const { made, document, zaak, relate, related } = verzoekenOf(gateway);
  const relation = 'objectverzoeken';
  const others = { objectType: 'zaak' };

  specifyVerzoekOf(gateway, relation, () => Promise.resolve({ ...others, object: zaak() }));

  specifyObject(gateway, {
    relation,
    field: 'object',
    path: '/zaken/api/v1/zaken',
    others,
    right: zaak,
    wrong: document,
  });

  it('holds again after the first was deleted', async () => {
    const body = { ...others, verzoek: await made(), object: zaak() };
    expect((await gateway.delete(await related(relation, body))).status).to.equal(204);
    expect((await relate(relation, body)).status).to.equal(201);
  });

  it('asks for a zaak in the coordinates that the Zaken API wants to hear', async () => {
    // The stand-in answers 406 to whoever leaves them out.
    expect((await relate(relation, { ...others, verzoek: await made(), object: zaak(3) })).status).to.equal(
      201,
    );
  });

  for (const [objectType, code] of Object.entries({ besluit: 'invalid_choice', '': 'invalid_choice' })) {
    it(`knows only zaken: "${objectType}" is ${code}`, async () => {
      const body = { verzoek: await made(), object: zaak(), objectType };
      expectRefused(await relate(relation, body), `objectType ${code}`);
    });
  }
});

describe('vrz-008, switched off', () => {
  const gateway = runningGateway({ config: { rules: { 'vrz-008': 'off', 'vrz-009': 'off' } } });
  const { made, relate } = verzoekenOf(gateway);

  it('takes any URL for a zaak, and the same relation twice', async () => {
    const body = { verzoek: await made(), object: 'https://vreemd.example/1', objectType: 'zaak' };
    expect((await relate('objectverzoeken', body)).status).to.equal(201);
    expect((await relate('objectverzoeken', body)).status).to.equal(201);
  });
});
