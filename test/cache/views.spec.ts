import { expect } from 'chai';
import { runningGateway, urlIn } from '../kit/gateway.ts';

const aDay = 86_400;

describe('§7 A view on a record in the cache', () => {
  const gateway = runningGateway({
    config: { cache: { resources: { klantcontactmoment: { staleSeconds: aDay } } } },
  });

  it('is forgotten with the record that it was on', async () => {
    const contactmoment = urlIn(
      await gateway.create('contactmomenten', 'contactmomenten', {
        bronorganisatie: '123456782',
        medewerkerIdentificatie: { identificatie: 'KCC-1' },
      }),
    );
    const klant = urlIn(
      await gateway.post({ bronorganisatie: '123456782', websiteUrl: 'https://www.gemeente.example' }),
    );
    const view = urlIn(
      await gateway.create('contactmomenten', 'klantcontactmomenten', {
        contactmoment,
        klant,
        rol: 'gesprekspartner',
      }),
    );
    expect((await gateway.get(view)).status).to.equal(200);
    expect((await gateway.delete(contactmoment)).status).to.equal(204);
    expect((await gateway.get(view)).status).to.equal(404);
  });
});
