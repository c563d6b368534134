import { expect } from 'chai';
import type { Event } from '../../src/observe/events.ts';
import { openSurrounding, type Surrounding } from '../../src/surrounding/index.ts';
import { settingsOf, workInto } from '../backend/systems.ts';
import { webHost } from '../kit/web-host.ts';

describe('The registers around', () => {
  const host = webHost((_, response) => response.setHeader('API-version', '1.0.0').end('[{}]'));
  const events: Event[] = [];
  let surrounding: Surrounding;

  before(() => {
    const { limits, breaker } = settingsOf('');
    const register = (kind: string, root: string) => {
      const credentials = { kind: 'bearer', token: `token-of-${root}` } as const;
      return {
        kind,
        root: `${host.origin}${root}`,
        credentials,
        limits,
        breaker,
        addresses: ['127.0.0.0/8'],
      };
    };
    surrounding = openSurrounding(
      {
        registers: {
          oud: register('zaken', '/zaken-oud/api/v1'),
          nieuw: register('zaken', '/zaken/api/v1'),
          drc: register('documenten', '/documenten/api/v1'),
          nrc: register('notificaties', '/notificaties/api/v1'),
        },
        urlChecks: { timeoutMs: 1000, hosts: [] },
      },
      (event) => events.push(event),
    );
  });

  beforeEach(() => {
    events.length = 0;
  });

  it('are found by the root of a URL', () => {
    expect(surrounding.zakenAt(`${host.origin}/zaken/api/v1/zaken/1`)?.name).to.equal('nieuw');
    expect(surrounding.zakenAt(`${host.origin}/zaken-oud/api/v1/zaken/1`)?.name).to.equal('oud');
    const documenten = surrounding.documentenAt(`${host.origin}/documenten/api/v1/x/1?versie=2`);
    expect(documenten).to.include({ name: 'drc', root: `${host.origin}/documenten/api/v1` });
  });

  it('are not found by a URL of another place or another kind, nor by what is no URL', () => {
    for (const url of [
      '/zaken/api/v10/zaken/1',
      '/zaken',
      '/documenten/api/v1/x/1',
      '/notificaties/api/v1',
    ]) {
      expect(surrounding.zakenAt(`${host.origin}${url}`), url).to.equal(undefined);
    }
    expect(surrounding.zakenAt('https://zaken.example/zaken/api/v1/zaken/1')).to.equal(undefined);
    expect(surrounding.zakenAt('/zaken/api/v1/zaken/1')).to.equal(undefined);
    expect(surrounding.documentenAt(`${host.origin}/zaken/api/v1/zaken/1`)).to.equal(undefined);
  });

  it('are the only one of some kinds', async () => {
    expect(surrounding.only('autorisaties')).to.equal(undefined);
    const nrc = surrounding.only('notificaties');
    expect(nrc).to.include({ name: 'nrc', root: `${host.origin}/notificaties/api/v1` });
    await nrc?.send({ method: 'GET', path: ['kanalen'], query: [], headers: {} }, workInto(events));
    expect(host.requests.map(({ url }) => url)).to.deep.equal(['/notificaties/api/v1/kanalen']);
  });

  it('are asked with credentials of their own, for a relation and for a URL', async () => {
    const zaak = `${host.origin}/zaken/api/v1/zaken/1`;
    const zaken = surrounding.zakenAt(zaak);
    const found = await zaken?.hasRelation('zaakverzoeken', zaak, ['https://kb.example/1'], workInto(events));
    expect(found).to.deep.equal({ found: true });
    const fetched = await surrounding.fetchUrl(`${host.origin}/documenten/api/v1/x/1`, workInto(events), {
      readBody: true,
    });
    expect(fetched).to.deep.equal({ status: 200, body: [{}] });
    expect(host.requests.map(({ headers }) => headers.authorization)).to.deep.equal([
      'Bearer token-of-/zaken/api/v1',
      'Bearer token-of-/documenten/api/v1',
    ]);
  });

  it('are reported when they are too old', async () => {
    await surrounding.reportVersions();
    const old = events.flatMap((event) => (event.event === 'register-too-old' ? [event.register] : []));
    expect(old).to.have.members(['oud', 'nieuw', 'drc']);
  });
});
