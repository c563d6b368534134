import { expect } from 'chai';
import { leastKlant, runningGateway, urlIn } from '../kit/gateway.ts';
import { relationNumber } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';

describe('A column for text in which a mapping keeps JSON', () => {
  const mapping = mappingCopy({
    'klant.from-crm.jsonata': [['"functie": FUNC', '"functie": $json(FUNC).functie']],
    'klant.to-crm.jsonata': [['"FUNC": functie', '"FUNC": functie ? $string({ "functie": functie }) : ""']],
  });
  const gateway = runningGateway({
    get config() {
      return { mapping: { folder: mapping.folder } };
    },
  });

  it('is written and read, and cleared', async () => {
    const functie = 'hoofd "A" & B\\🌷';
    const made = await gateway.post({ ...leastKlant, functie });
    expect([made.status, made.body.functie], made.text).to.deep.equal([201, functie]);
    const number = relationNumber(urlIn(made));
    expect(await gateway.crm.record(number)).to.include({ FUNC: JSON.stringify({ functie }) });
    const cleared = await gateway.patch(urlIn(made), { functie: '' });
    expect(cleared.body).to.deep.equal({ ...made.body, functie: '' });
    expect((await gateway.crm.record(number)).FUNC ?? '').to.equal('');
  });

  it('in which somebody typed stops the reading, with a code and without the text', async () => {
    const made = await gateway.post({ ...leastKlant, functie: 'baas' });
    await gateway.crm.change(relationNumber(urlIn(made)), { FUNC: 'Jan Geheim' });
    const answer = await gateway.get(urlIn(made));
    expect([answer.status, answer.text.includes('Geheim')]).to.deep.equal([502, false]);
    const failed = gateway.events.find(({ event }) => event === 'translation-failed');
    expect(failed).to.include({ code: 'K0011' });
    expect(JSON.stringify(gateway.events)).not.to.contain('Geheim');
  });
});
