import { expect } from 'chai';
import type { ServerResponse } from 'node:http';
import { openSystem } from '../../src/backend/index.ts';
import type { Event } from '../../src/observe/events.ts';
import { reportVersions } from '../../src/surrounding/versions.ts';
import { settingsOf } from '../backend/systems.ts';
import { webHost } from '../kit/web-host.ts';

describe('The versions of the registers around (ruling R11)', () => {
  let answer: (url: string, response: ServerResponse) => void = () => undefined;
  const host = webHost(({ url = '' }, response) => {
    answer(url, response);
  });
  const events: Event[] = [];

  beforeEach(() => {
    events.length = 0;
  });

  /** Answers everything with a status, and with a version where there is one. */
  const tells = (version: string | undefined, status = 200) => {
    answer = (_, response) =>
      response.writeHead(status, version === undefined ? {} : { 'API-version': version }).end('[]');
  };

  function registerAt(root: string, kind = 'zaken', headersMs = 5000) {
    const settings = settingsOf(root);
    const limits = { ...settings.limits, headersMs, connectMs: 500 };
    const { get } = openSystem({ ...settings, limits }, () => undefined);
    return { name: `mijn-${kind}`, kind, root, get };
  }

  const report = (...kinds: string[]) =>
    reportVersions(
      kinds.map((kind) => registerAt(`${host.origin}/api/v1`, kind)),
      (event) => events.push(event),
    );

  for (const version of ['1.1.0', '1.1', '1.5.1', '1.10.0', '2.0.0', '1.1.0-beta']) {
    it(`say nothing at ${version}`, async () => {
      tells(version);
      await report('zaken', 'documenten');
      expect(events).to.deep.equal([]);
      expect(host.requests.map(({ url }) => url)).to.deep.equal(['/api/v1/', '/api/v1/']);
    });
  }

  for (const version of ['1.0.0', '1.0.3', '0.9.1', '0.20']) {
    it(`are too old at ${version}`, async () => {
      tells(version);
      await report('zaken', 'documenten');
      const told = (kind: string) => ({
        event: 'register-too-old',
        register: `mijn-${kind}`,
        kind,
        version,
        wanted: '1.1',
      });
      expect(events).to.have.deep.members([told('zaken'), told('documenten')]);
    });
  }

  it('are told by a refusal too', async () => {
    tells('1.0.2', 403);
    await report('documenten');
    expect(events).to.have.length(1);
    expect(events[0]).to.include({ event: 'register-too-old', version: '1.0.2' });
  });

  it('are read at a list when the root does not tell', async () => {
    answer = (url, response) => {
      response.writeHead(200, url === '/api/v1/' ? {} : { 'API-version': '1.2.0' }).end('[]');
    };
    await report('zaken', 'documenten');
    expect(events).to.deep.equal([]);
    const root = encodeURIComponent(`${host.origin}/api/v1`);
    expect(host.requests.map(({ url }) => url)).to.have.members([
      '/api/v1/',
      '/api/v1/',
      `/api/v1/zaakcontactmomenten?zaak=${root}`,
      `/api/v1/objectinformatieobjecten?object=${root}`,
    ]);
  });

  it('are unknown when nothing tells, or nothing that looks like a version', async () => {
    tells(undefined);
    await report('zaken');
    tells('mevrouw Jansen');
    await report('zaken');
    expect(events.map((event) => event.event === 'register-too-old' && event.version)).to.deep.equal([
      'unknown',
      'unknown',
    ]);
  });

  it('are not asked of other kinds', async () => {
    await report('notificaties', 'autorisaties', 'klanten', 'overig', 'constructor');
    expect(host.connections).to.equal(0);
    expect(events).to.deep.equal([]);
  });

  it('of a register that fails, is not there or does not answer are no reason to throw', async () => {
    const unreachable = [{ event: 'register-unreachable-at-start', register: 'mijn-zaken' }];
    tells(undefined, 500);
    await report('zaken');
    expect(events.splice(0)).to.deep.equal(unreachable);
    answer = (_, response) => {
      response.destroy();
    };
    await report('zaken');
    expect(events.splice(0)).to.deep.equal(unreachable);
    answer = () => undefined;
    await reportVersions([registerAt(`${host.origin}/api/v1`, 'zaken', 100)], (event) => events.push(event));
    expect(events).to.deep.equal(unreachable);
  });
});
