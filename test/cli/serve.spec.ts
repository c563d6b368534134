import { expect } from 'chai';
import { signToken } from '../../src/cli/token.ts';
import { type Columns, rejectionOf, runningCrm } from '../demo/crm.ts';
import { api } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { freePort, processLimit, programs, type RunningProgram } from '../kit/process.ts';
import { until } from '../kit/until.ts';
import { environment, soundConfig, temporaryFiles } from './config.ts';
import { inside } from './inside.ts';

/** The events of a certain name in the log of a program. */
function logged(program: RunningProgram, event: string): Record<string, unknown>[] {
  return program.out
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line.event === event);
}

describe('klantbrug serve', function () {
  this.timeout(processLimit);
  const crm = runningCrm();
  const files = temporaryFiles();
  const { klantbrug } = programs();

  afterEach(() => crm.control('DELETE', '/storing'));

  /** Starts a gateway on a free port, and waits until it listens. */
  async function serve(limits = {}, crmUrl = crm.url, more = {}) {
    const port = await freePort();
    const config = await files.write(`serve-${port}.yaml`, soundConfig({ port, crmUrl, limits }));
    const program = klantbrug(['serve', '--config', config], { environment: { ...environment, ...more } });
    await program.writes('"event":"started"');
    const origin = `http://127.0.0.1:${port}`;
    const token = await signToken('kcc', environment.CLIENT_SECRET, '');
    const get = (place: string) =>
      fetch(`${origin}${place}`, { headers: { Authorization: `Bearer ${token}`, Connection: 'close' } });
    return { program, config, get };
  }

  const slowCalls = async () => Number((await crm.control('GET', '/tellers')).body.totaal);

  /** A request that the CRM does not answer until it is told to. */
  async function underWay(get: (place: string) => Promise<Response>) {
    await crm.control('DELETE', '/tellers');
    await crm.control('POST', '/storing', { soort: 'traag', ms: 600_000 });
    const answer = get(`${api}${klantPath(100_001)}`);
    await until('the CRM was asked', async () => (await slowCalls()) > 0, processLimit);
    return answer;
  }

  it('is ready, answers, finishes what is under way at SIGTERM, takes nothing new, and ends with 0', async () => {
    const { program, config, get } = await serve();
    expect((await get('/health/ready')).status).to.equal(200);
    expect((await get('/health/live')).status).to.equal(200);

    const taken = await inside(['serve', '--config', config], environment);
    expect({ code: taken.code, out: taken.out }).to.deep.equal({ code: 1, out: '' });
    expect(taken.error).to.match(
      /^Klantbrug did not start: .*127\.0\.0\.1:\d+.*Another program listens there\.\n$/,
    );

    const answer = underWay(get);
    await until('the CRM was asked', async () => (await slowCalls()) > 0, processLimit);
    program.kill('SIGTERM');
    await program.writes('"event":"stopping"');
    // A second one changes nothing.
    program.kill('SIGTERM');
    expect(await rejectionOf(get('/health/ready'))).to.be.instanceOf(TypeError);
    await crm.control('DELETE', '/storing');
    expect((await answer).status).to.equal(200);
    expect(((await (await answer).json()) as Columns).achternaam).to.equal("O'Brien");

    expect(await program.ended).to.equal(0);
    expect(program.error).to.equal('');
    expect(logged(program, 'started')[0]).to.include({ mapping: "RELBEHEER, the demonstration's CRM" });
    expect(logged(program, 'stopping')[0]).to.include({ reason: 'SIGTERM' });
    expect(logged(program, 'stopped')[0]).to.include({ inTime: true });
  });

  it('ends within limits.drainMs, whatever is under way, and at Ctrl-C too', async () => {
    const { program, get } = await serve({ drainMs: 200 });
    const answer = rejectionOf(underWay(get));
    await until('the CRM was asked', async () => (await slowCalls()) > 0, processLimit);
    program.kill('SIGINT');
    // The CRM answers in ten minutes only, and no other limit ends the request any sooner.
    expect(await program.ended).to.equal(0);
    expect(await answer).to.be.instanceOf(TypeError);
    expect(logged(program, 'stopping')[0]).to.include({ reason: 'SIGINT' });
    expect(logged(program, 'stopped')[0]).to.include({ inTime: false });
  });

  it('loses no line of its log when it ends, by a signal or by an exception', async () => {
    /** Throws, when it is told to, what Node catches nowhere. */
    const breaking = 'process.on("SIGUSR2", () => { throw new Error("a mistake") })';
    const ends: readonly (readonly [NodeJS.Signals, number])[] = [
      ['SIGTERM', 0],
      ['SIGUSR2', 1],
    ];
    for (const [signal, code] of ends) {
      const { program, get } = await serve({}, crm.url, {
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(breaking)}`,
      });
      for (let asked = 0; asked < 30; asked += 1) await (await get(`${api}${klantPath(100_001)}`)).text();
      program.kill(signal);
      expect(await program.ended, signal).to.equal(code);
      expect(logged(program, 'request'), signal).to.have.length(30);
    }
  });

  it('starts while the CRM is down, says so, and answers with 502', async () => {
    const { program, get } = await serve({}, `http://127.0.0.1:${await freePort()}`);
    await program.writes('"event":"backend-unreachable-at-start"');
    expect((await get('/health/ready')).status).to.equal(200);
    expect((await get(`${api}${klantPath(100_001)}`)).status).to.equal(502);
    program.kill('SIGTERM');
    expect(await program.ended).to.equal(0);
    const unreachable = logged(program, 'backend-unreachable-at-start').map(({ backend }) => backend);
    expect(unreachable).to.have.members(['crm', 'bijregister']);
  });

  it('says so when it may not have its address, and ends with 1', async () => {
    const config = soundConfig({ port: 0, crmUrl: crm.url });
    const file = await files.write('address.yaml', { ...config, listen: { host: '192.0.2.1', port: 0 } });
    const { code, error } = await inside(['serve', '--config', file], environment);
    expect(code).to.equal(1);
    expect(error).to.match(/^Klantbrug did not start: .*192\.0\.2\.1.*\n$/);
  });

  it('tells what is wrong with its configuration, and ends with 1', async () => {
    const file = await files.write('wrong.yaml', 'listen: { port: http }\n');
    const { code, out, error } = await inside(['serve', '--config', file], environment);
    expect({ code, out }).to.deep.equal({ code: 1, out: '' });
    expect(error)
      .to.include(`${file}:1:`)
      .and.to.match(/\nKlantbrug did not start\.\n$/);
  });
});
