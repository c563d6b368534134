import { expect } from 'chai';
import { runningGateway } from '../kit/gateway.ts';

/** Where the documentation link of a channel points (contract section 7.1). */
describe('the page about channels', () => {
  const gateway = runningGateway();

  it('has a place for each channel, with its kenmerken', async () => {
    const page = await gateway.get('//ref/kanalen/', { client: null });
    expect(page.status).to.equal(200);
    expect(page.headers.get('Content-Type')).to.equal('text/html; charset=utf-8');
    for (const [channel, kenmerken] of [
      ['klanten', 'subjectType'],
      ['contactmomenten', 'bronorganisatie, kanaal'],
      ['verzoeken', 'bronorganisatie'],
    ]) {
      const section = page.text.split(`<section id="${channel ?? ''}">`)[1]?.split('</section>')[0];
      expect(section).to.include(`hoofdobject: ${kenmerken ?? ''}.`);
    }
  });

  it('names what is announced, and nothing else', async () => {
    const { text } = await gateway.get('//ref/kanalen/', { client: null });
    expect(text).to.include('klantverzoek').and.to.include('create, destroy');
    expect(text).not.to.include('klantcontactmoment').and.not.to.include('objectverzoek');
  });

  it('is found without its slash as well', async () => {
    const answer = await gateway.get('//ref/kanalen', { client: null });
    expect(answer.status).to.equal(301);
    expect(answer.headers.get('Location')).to.equal('kanalen/');
  });
});
