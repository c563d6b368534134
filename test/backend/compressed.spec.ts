import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { openSystem } from '../../src/backend/index.ts';
import type { Event } from '../../src/observe/events.ts';
import { BackendProblem } from '../../src/problem.ts';
import { scriptedCrm } from '../kit/scripted-crm.ts';
import { settingsOf, workInto } from './systems.ts';

const request = { method: 'GET', path: ['klanten'], query: [], headers: {} } as const;
const body = { naam: 'Zoë', lijst: Array.from({ length: 50 }, (_, at) => at) };
const text = JSON.stringify(body);
const json = { 'Content-Type': 'application/json' };

describe('An answer that is compressed', () => {
  const crm = scriptedCrm();
  const events: Event[] = [];
  const send = () =>
    openSystem(settingsOf(crm.url), (event) => events.push(event)).send(request, workInto(events));

  const reasonOf = async (): Promise<unknown> => {
    events.length = 0;
    const error: unknown = await send().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(BackendProblem);
    return events.map((event) => 'reason' in event && event.reason);
  };

  for (const [encoding, bytes] of [
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
  ] as const) {
    it(`is read: ${encoding}, ${bytes.length} bytes`, async () => {
      crm.answers((call, response) => {
        expect(call.headers['accept-encoding']).to.match(/gzip.*deflate.*br/);
        response.writeHead(200, { ...json, 'Content-Encoding': encoding }).end(bytes);
      });
      const answer = await send();
      expect(answer.body).to.deep.equal(body);
      expect(answer.headers).not.to.have.property('content-encoding');
    });
  }

  it('may be nothing at all', async () => {
    crm.answers((_, response) => {
      response.writeHead(200, { ...json, 'Content-Encoding': 'gzip' }).end();
    });
    expect((await send()).body).to.equal(undefined);
  });

  it('is no JSON in an encoding that nobody asked for', async () => {
    crm.answers((_, response) => {
      response.writeHead(200, { ...json, 'Content-Encoding': 'rot13' }).end('{"naam":1');
    });
    expect(await reasonOf()).to.deep.equal(['not-json']);
  });

  for (const [encoding, compress] of [
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const) {
    it(`is too large by what comes out of it, however small it came: ${encoding}`, async () => {
      crm.answers((_, response) => {
        response.writeHead(200, { ...json, 'Content-Encoding': encoding });
        response.end(compress(JSON.stringify(' '.repeat(50_000))));
      });
      expect(await reasonOf()).to.deep.equal(['too-large']);
    });
  }

  it('is a broken connection when it is not what it says', async () => {
    crm.answers((_, response) => {
      response.writeHead(200, { ...json, 'Content-Encoding': 'gzip' }).end('this is no gzip');
    });
    expect(await reasonOf()).to.deep.equal(['reset']);
  });
});

describe('A header of an answer that comes in several lines', () => {
  const crm = scriptedCrm();

  it('is the first one where it has one value, and all of them together otherwise', async () => {
    crm.answers((_, response) => {
      response.writeHead(200, [
        ...['Content-Type', 'application/json', 'ETag', '"a"', 'ETag', '"b"'],
        ...['X-Melding', 'een', 'X-Melding', 'twee', 'Set-Cookie', 'a=1'],
      ]);
      response.end('{}');
    });
    const { headers } = await openSystem(settingsOf(crm.url), () => undefined).send(request, workInto([]));
    expect(headers).to.include({ etag: '"a"', 'x-melding': 'een, twee' });
    expect(headers).not.to.have.property('set-cookie');
  });
});
