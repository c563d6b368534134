import { expect } from 'chai';
import { openSystem } from '../../src/backend/index.ts';
import { webHost } from '../kit/web-host.ts';
import { answerJson, longMs } from './asking.ts';
import { settingsOf, workInto } from './systems.ts';

describe('Headers of a request to a CRM', () => {
  const crm = webHost((_, response) => {
    answerJson(response, {});
  });

  it('are sent once each, in whatever letters they were written: the last one counts', async () => {
    const { send } = openSystem(settingsOf(crm.origin), () => undefined);
    const headers = {
      accept: 'application/vnd.crm+json',
      'X-A': 'first',
      'x-a': 'last',
      'USER-agent': 'ours',
    };
    await send({ method: 'GET', path: ['klanten'], query: [], headers }, workInto([], longMs));
    const lines = crm.requests[0]?.rawHeaders ?? [];
    const sent = lines.flatMap((name, place) =>
      place % 2 === 0 ? [[name.toLowerCase(), lines[place + 1]]] : [],
    );
    const among = (wanted: string) => sent.filter(([name]) => name === wanted).map(([, value]) => value);
    expect(among('accept')).to.deep.equal(['application/vnd.crm+json']);
    expect(among('x-a')).to.deep.equal(['last']);
    expect(among('user-agent')).to.deep.equal(['ours']);
  });
});
