import { expect } from 'chai';
import { leastKlant, runningGateway } from '../kit/gateway.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';

describe('a part of a field that the CRM does not keep', () => {
  const mapping = mappingCopy({
    'klant.to-crm.jsonata': [['"HNR": $digits(adres.huisnummer)', '"HNR": ""']],
  });
  const gateway = runningGateway({
    get config() {
      return { mapping: { folder: mapping.folder } };
    },
  });

  it('is named in the log by its dotted name, and no value is', async () => {
    const adres = {
      straatnaam: 'Proefstraat',
      huisnummer: 117,
      postcode: '9999ZZ',
      woonplaatsNaam: 'Proefdorp',
    };
    const { status, body, text } = await gateway.post({ ...leastKlant, adres });
    expect(status, text).to.equal(201);
    const told = gateway.events.filter(({ event }) => event === 'values-not-kept');
    expect(told.map((event) => ({ ...event, id: '' }))).to.deep.equal([
      { event: 'values-not-kept', resource: 'klant', id: '', fields: ['adres.huisnummer'] },
    ]);
    expect(body.adres).to.include({ straatnaam: 'Proefstraat', huisnummer: null });
  });
});
