import { expect } from 'chai';
import { environment, load, minimal, mistakesIn } from '../config/files.ts';

describe('The configuration of authorisations', () => {
  it('can be left out: the scopes of the clients hold, and only their tokens are accepted', async () => {
    expect((await load(minimal)).authorisations).to.deep.equal({
      from: 'configuration',
      cacheSeconds: 300,
      timeoutMs: 3000,
      components: { klanten: 'kc', contactmomenten: 'cmc', verzoeken: 'vrc' },
      callback: { secret: undefined },
    });
  });

  it('has the secret of the notifications that come in', async () => {
    const text = `${minimal}
registers: { ac: { kind: autorisaties, root: https://ac.example/api } }
authorisations: { from: autorisaties, callback: { secret: "\${NRC}" } }`;
    const { authorisations } = await load(text, { ...environment, NRC: 'secret of the notifications' });
    expect(authorisations.callback.secret?.reveal()).to.equal('secret of the notifications');
    expect(JSON.stringify(authorisations)).to.not.include('secret of the notifications');
  });

  it('is refused when nobody can be asked what clients may do', async () => {
    const mistakes = await mistakesIn(`${minimal}\nauthorisations: { from: autorisaties }`);
    expect(mistakes.map(({ path }) => path)).to.deep.equal(['authorisations.from']);
  });

  it('does not hold that secret itself', async () => {
    const mistakes = await mistakesIn(`${minimal}\nauthorisations: { callback: { secret: geheim } }`);
    expect(mistakes.map(({ path }) => path)).to.deep.equal(['authorisations.callback.secret']);
  });
});

describe('The configuration of notifications', () => {
  it('can be left out', async () => {
    expect((await load(minimal)).notifications).to.deep.equal({
      strict: false,
      maxQueued: 10_000,
      concurrency: 4,
      timeoutMs: 10_000,
      firstRetryMs: 1000,
      longestRetryMs: 60_000,
      retryForSeconds: 3600,
    });
  });
});
