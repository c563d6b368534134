import { expect } from 'chai';
import { environment, runningGateway } from '../kit/gateway.ts';
import { frontDoor } from '../verzoeken/front-door.ts';
import { createdIn, verzoekenOf } from '../verzoeken/samples.ts';
import { soundConfig, environment as soundEnvironment, temporaryFiles } from './config.ts';
import { inside } from './inside.ts';

describe('klantbrug reconcile', () => {
  const files = temporaryFiles();
  const door = frontDoor(() => gateway.port);
  const gateway = runningGateway({
    get config() {
      return { baseUrls: { canonical: door.origin } };
    },
  });
  const { made, document, relate, change, mirrors } = verzoekenOf(gateway);

  const run = (...options: string[]) =>
    inside(['reconcile', '--config', gateway.file, ...options], environment);

  const mirrored = async (verzoek: string) =>
    (await mirrors())
      .filter(({ object }) => object === verzoek)
      .map(({ informatieobject }) => informatieobject);

  it('tells what was changed inside the CRM, ends with 1, and mends it when it is told to', async () => {
    const verzoek = await made();
    createdIn(await relate('verzoekinformatieobjecten', { verzoek, informatieobject: document(0) }));
    await change(verzoek, { NOTITIE: `DOC ${document(1)}` });

    const told = await run();
    expect(told.code).to.equal(1);
    expect(told.out).to.include(`${verzoek}: ${document(1)} has no mirror\n`);
    expect(told.out).to.include(`${verzoek}: ${document(0)} is in Documenten only\n`);
    expect(await mirrored(verzoek)).to.deep.equal([document(0)]);

    const mended = await run('--apply');
    expect(mended.out).to.include(`${verzoek}: ${document(1)} has no mirror: made\n`);
    expect(mended.out).to.include(`${verzoek}: ${document(0)} is in Documenten only: removed\n`);
    expect(await mirrored(verzoek)).to.deep.equal([document(1)]);
  });

  it('ends with 1 when the CRM does not list its verzoeken, without its words', async () => {
    await gateway.crm.fault({ soort: 'fout', pad: '/relbeheer/aanvragen' });
    const { code, out, error } = await run();
    expect({ code, out }).to.deep.equal({ code: 1, out: '' });
    expect(error).to.include('The CRM did not list its verzoeken (BadGateway)');
  });

  it('ends with 1 when Documenten does not tell, and names it', async () => {
    await gateway.around.fault({
      soort: 'verboden',
      methode: 'GET',
      pad: '/documenten/api/v1/objectinformatieobjecten',
    });
    const { code, out } = await run('--apply');
    expect(code).to.equal(1);
    expect(out).to.match(/^http\S+: did not tell what it has, nothing of it was compared$/m);
  });

  it('wants a register of documents, and ends with 1 without one', async () => {
    const file = await files.write('none.yaml', soundConfig({ port: 8080, crmUrl: 'http://127.0.0.1:9' }));
    const { code, out, error } = await inside(['reconcile', '--config', file], soundEnvironment);
    expect({ code, out }).to.deep.equal({ code: 1, out: '' });
    expect(error).to.equal(`There is no register of kind documenten in ${file}.\n`);
  });

  it('tells what is wrong with the configuration, and ends with 1', async () => {
    const file = await files.write('wrong.yaml', {});
    const { code, error } = await inside(['reconcile', '--config', file]);
    expect(code).to.equal(1);
    expect(error).to.include(file);
  });
});
