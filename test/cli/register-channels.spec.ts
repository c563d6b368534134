import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeJwt } from 'jose';
import { expect } from 'chai';
import type { JsonObject } from '../../src/json.ts';
import { sendJson } from '../kit/scripted-crm.ts';
import { webHost } from '../kit/web-host.ts';
import { environment, soundConfig, temporaryFiles } from './config.ts';
import { inside } from './inside.ts';

describe('klantbrug register-channels', () => {
  const files = temporaryFiles();
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  const register = webHost((request, response) => {
    answer(request, response);
  });

  /** A configuration whose register of notifications is the web host. */
  function config(registers: JsonObject = { nrc: notificaties() }): JsonObject {
    return { ...soundConfig({ port: 8080, crmUrl: 'http://127.0.0.1:9' }), registers };
  }

  function notificaties(): JsonObject {
    const zgw = { clientId: 'klantbrug', secret: '${CLIENT_SECRET}' };
    return { kind: 'notificaties', root: `${register.origin}/api/v1`, credentials: { zgw } };
  }

  async function run(content: JsonObject = config()) {
    const file = await files.write('klantbrug.yaml', content);
    return { file, ...(await inside(['register-channels', '--config', file], environment)) };
  }

  /** A register with these channels, that answers a POST with a status. */
  function holding(names: readonly string[], status = 201): void {
    answer = ({ method, url = '' }, response) => {
      const wanted = new URL(url, register.origin).searchParams.get('naam');
      const found = names.filter((naam) => naam === wanted).map((naam) => ({ naam }));
      if (method === 'GET') sendJson(response, found);
      else sendJson(response, {}, status);
    };
  }

  const asked = () => register.requests.map(({ method, url }) => `${method ?? ''} ${url ?? ''}`);

  it('makes the channels that are not there, and says so', async () => {
    holding([]);
    expect(await run()).to.include({ code: 0, out: 'klanten: made\n', error: '' });
    expect(asked()).to.deep.equal(['GET /api/v1/kanalen?naam=klanten', 'POST /api/v1/kanalen']);
  });

  it('makes itself known with its credentials', async () => {
    holding([]);
    await run();
    expect(register.requests).to.have.length(2);
    for (const { headers } of register.requests) {
      expect(decodeJwt((headers.authorization ?? '').replace('Bearer ', ''))).to.include({
        client_id: 'klantbrug',
      });
    }
  });

  it('leaves the channels that are there as they are', async () => {
    holding(['klanten']);
    expect(await run()).to.include({ code: 0, out: 'klanten: was there already\n', error: '' });
    expect(asked()).to.deep.equal(['GET /api/v1/kanalen?naam=klanten']);
  });

  it('says which channels it could not make, and ends with 1', async () => {
    holding([], 400);
    expect(await run()).to.include({ code: 1, out: 'klanten: failed (status 400)\n', error: '' });
  });

  it('says why when the register does not answer, and ends with 1', async () => {
    answer = (_, response) => response.destroy();
    expect(await run()).to.include({ code: 1, out: 'klanten: failed (reset)\n', error: '' });
  });

  it('wants a register of notifications, and ends with 1 without one', async () => {
    const { code, out, error, file } = await run(config({}));
    expect({ code, out }).to.deep.equal({ code: 1, out: '' });
    expect(error).to.equal(`There is no register of kind notificaties in ${file}.\n`);
  });

  it('tells what is wrong with its configuration, and ends with 1', async () => {
    const { code, out, error } = await run({ ...config(), log: { level: 'loud' } });
    expect({ code, out }).to.deep.equal({ code: 1, out: '' });
    expect(error).to.match(/klantbrug\.yaml:\d+:\d+ log\.level: expected/);
    expect(error).to.not.include(environment.CLIENT_SECRET);
  });
});
