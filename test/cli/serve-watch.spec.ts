import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { signToken } from '../../src/cli/token.ts';
import type { JsonObject } from '../../src/json.ts';
import { type Columns, runningCrm } from '../demo/crm.ts';
import { api } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { freePort, processLimit, programs } from '../kit/process.ts';
import { until } from '../kit/until.ts';
import { environment, soundConfig, temporaryFiles } from './config.ts';

/** What the mapping set of these specs says of everybody, in two fields that are always the same. */
const saying = (word: string): string => `"bedrijfsnaam": "${word}",\n    "functie": "${word}"`;
const first = saying('first');

describe('klantbrug serve --watch', function () {
  this.timeout(processLimit);
  const crm = runningCrm();
  const files = temporaryFiles();
  const { klantbrug } = programs();
  const set = mappingCopy({
    'klant.from-crm.jsonata': [['"bedrijfsnaam": NAAM,\n    "functie": FUNC', first]],
  });

  afterEach(() => crm.control('DELETE', '/storing'));

  const fromCrm = (): string => path.join(set.folder, 'klant.from-crm.jsonata');

  /** As editors do: the whole file at once. */
  async function put(text: string): Promise<void> {
    await writeFile(`${fromCrm()}.new`, text);
    await rename(`${fromCrm()}.new`, fromCrm());
  }

  async function change(before: string, after: string): Promise<void> {
    const text = await readFile(fromCrm(), 'utf8');
    expect(text).to.contain(before);
    await put(text.replace(before, after));
  }

  async function serve(further: JsonObject = {}) {
    const port = await freePort();
    const sound = { ...soundConfig({ port, crmUrl: crm.url }), mapping: { folder: set.folder }, ...further };
    const config = await files.write(`watch-${port}.yaml`, sound);
    const program = klantbrug(['serve', '--config', config, '--watch'], { environment });
    await program.writes('"event":"started"');
    const token = await signToken('kcc', environment.CLIENT_SECRET, '');
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const url = `http://127.0.0.1:${port}${api}`;
    const one = async (number = 100_001) => {
      const response = await fetch(`${url}${klantPath(number)}`, { headers });
      return { status: response.status, body: (await response.json()) as Columns };
    };
    const create = async (body: JsonObject, key: string) => {
      const post = {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { ...headers, 'Idempotency-Key': key },
      };
      const response = await fetch(`${url}/klanten`, post);
      return (await response.json()) as Columns;
    };
    const stop = async () => {
      program.kill('SIGTERM');
      expect(await program.ended).to.equal(0);
    };
    const reloaded = (times: number) =>
      until(
        `the set was reloaded ${times} times`,
        () => program.out.split('"event":"mapping-reloaded"').length > times,
        processLimit,
      );
    return { program, one, create, reloaded, stop };
  }

  it('takes over a change under load: no request fails, none sees a mixture, who began with the old set ends with it', async () => {
    const { one, reloaded, stop } = await serve();
    await crm.control('DELETE', '/tellers');
    await crm.control('POST', '/storing', { soort: 'traag', ms: 600_000, pad: '/relbeheer/relaties/100002' });
    const underWay = one(100_002);
    const calls = async () => Number((await crm.control('GET', '/tellers')).body.totaal);
    await until('the CRM was asked', async () => (await calls()) > 0, processLimit);
    const seen: string[] = [];
    let isDone = false;
    const loads = [1, 2, 3].map(async () => {
      while (!isDone) {
        const { status, body } = await one();
        seen.push(`${status} ${String(body.bedrijfsnaam)} ${String(body.functie)}`);
      }
    });
    await until('some requests were answered', () => seen.length > 5, processLimit);
    await change(first, saying('second'));
    await reloaded(1);
    await until('the new set answers', () => seen.at(-1) === '200 second second', processLimit);
    isDone = true;
    await Promise.all(loads);
    expect([...new Set(seen)]).to.deep.equal(['200 first first', '200 second second']);
    await crm.control('DELETE', '/storing');
    const { status, body } = await underWay;
    expect([status, body.functie]).to.deep.equal([200, 'first']);
    await change(saying('second'), first);
    await reloaded(2);
    await stop();
  });

  it('tells what is wrong with a set, with its place, and goes on with the last good one', async () => {
    const { program, one, reloaded, stop } = await serve();
    const sound = await readFile(fromCrm(), 'utf8');
    await put(`${sound}\n)`);
    await program.writes('"event":"mapping-refused","mistakes":1');
    await program.writes('the last good one goes on');
    expect(program.error).to.match(/klant\.from-crm\.jsonata:\d+:\d+: .*\n/);
    const { status, body } = await one();
    expect([status, body.functie]).to.deep.equal([200, 'first']);
    await put(sound.replace(first, saying('mended')));
    await reloaded(1);
    expect((await one()).body.functie).to.equal('mended');
    await put(sound);
    await reloaded(2);
    await stop();
  });

  it('keeps what was answered to an Idempotency-Key, and forgets what it remembered of records', async () => {
    const { one, create, reloaded, stop } = await serve({
      cache: { resources: { klant: { staleSeconds: 600 } } },
      audit: 'best-effort',
    });
    const klant = { bronorganisatie: '123456782', websiteUrl: 'https://www.gemeente.example' };
    const key = randomUUID();
    const made = await create(klant, key);
    expect(made.url, JSON.stringify(made)).to.be.a('string');
    const before = (await one()).body.emailadres;
    await crm.control('PUT', '/relbeheer/relaties/100001', { RELATIE: { EMAIL: 'ander@example.nl' } });
    expect((await one()).body.emailadres).to.equal(before);
    await change(first, saying('third'));
    await reloaded(1);
    const { body } = await one();
    expect([body.functie, body.emailadres]).to.deep.equal(['third', 'ander@example.nl']);
    expect((await create(klant, key)).url).to.equal(made.url);
    await stop();
  });

  it('does not start with a wrong set, and ends with 1', async () => {
    const config = await files.write('wrong.yaml', {
      ...soundConfig({ port: 0, crmUrl: crm.url }),
      mapping: { folder: path.join(set.folder, 'examples') },
    });
    const program = klantbrug(['serve', '--config', config, '--watch'], { environment });
    expect(await program.ended).to.equal(1);
    expect(program.error).to.contain('Klantbrug did not start.');
  });
});
