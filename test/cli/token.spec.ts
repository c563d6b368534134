import { decodeJwt, decodeProtectedHeader } from 'jose';
import { expect } from 'chai';
import { loadConfig } from '../../src/config/index.ts';
import { logEvents } from '../../src/observe/log.ts';
import { startGateway } from '../../src/server.ts';
import { runningCrm } from '../demo/crm.ts';
import { api } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { allLogLines } from '../kit/log.ts';
import { processLimit, programs } from '../kit/process.ts';
import { environment, soundConfig, temporaryFiles } from './config.ts';
import { inside } from './inside.ts';

describe('klantbrug token', function () {
  this.timeout(processLimit);
  const crm = runningCrm();
  const files = temporaryFiles();
  const program = programs();
  let config = '';
  before(async () => {
    config = await files.write('klantbrug.yaml', soundConfig({ port: 0, crmUrl: crm.url }));
  });
  const args = (...more: string[]) => ['token', '--config', config, ...more];

  it('prints a token and nothing else, which the gateway accepts', async () => {
    const { code, out, error } = await program.result(args('--client', 'kcc'), { environment });
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    expect(out).to.match(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);

    const log = { write: (line: string) => allLogLines.push(line) };
    const gateway = await startGateway(await loadConfig(config, environment), {
      observe: logEvents('info', log),
    });
    const ask = (authorization: string) =>
      fetch(`http://127.0.0.1:${gateway.port}${api}${klantPath(100_001)}`, {
        headers: { Authorization: authorization, Connection: 'close' },
      });
    const answers = [await ask(`Bearer ${out.trim()}`), await ask('Bearer no.such.token')];
    await gateway.stop('end of the spec');
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 403]);
  });

  it('names the client, the user, and an end within a day or so', async () => {
    const { out } = await inside(args('--client', 'reader', '--user', 'jan@gemeente'), environment);
    expect(decodeProtectedHeader(out.trim())).to.deep.equal({ alg: 'HS256', typ: 'JWT' });
    const { iat = 0, exp = 0, ...claims } = decodeJwt(out.trim());
    expect(claims).to.deep.equal({
      iss: 'reader',
      client_id: 'reader',
      user_id: 'jan@gemeente',
      user_representation: 'jan@gemeente',
    });
    expect(exp - iat).to.equal(24 * 60 * 60);
  });

  it('says which clients there are when it does not know one, and ends with 1', async () => {
    const { code, out, error } = await inside(args('--client', 'kkc'), environment);
    expect({ code, out }).to.deep.equal({ code: 1, out: '' });
    expect(error).to.equal(`There is no client 'kkc' in ${config}; there are kcc, reader.\n`);
  });

  it('tells what is wrong with the configuration, without its secrets, and ends with 1', async () => {
    const wrong = await files.write('wrong.yaml', {
      ...soundConfig({ port: 0, crmUrl: crm.url }),
      log: { level: 'loud' },
    });
    const { code, out, error } = await inside(['token', '--config', wrong, '--client', 'kcc'], environment);
    expect({ code, out }).to.deep.equal({ code: 1, out: '' });
    expect(error).to.match(/wrong\.yaml:\d+:\d+ log\.level: expected/);
    expect(error).to.not.include(environment.CLIENT_SECRET).and.not.include('    at ');
  });
});
