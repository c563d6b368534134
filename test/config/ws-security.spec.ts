import { inspect } from 'node:util';
import { expect } from 'chai';
import { revealed } from '../../src/config/index.ts';
import { environment, load, minimal, mistakesIn } from './files.ts';

const variables = { ...environment, PASSWORD: 'Hunter2-of-the-specs' };
const token = '{ wsSecurity: { user: wij, password: "${PASSWORD}" } }';
const text = minimal.replace('example/api', () => `example/api, credentials: ${token}`);

describe('wsSecurity in the configuration', () => {
  it('is read, with a digest unless it is said otherwise, and its password is never shown', async () => {
    const config = await load(text, variables);
    expect(inspect(config, { depth: Infinity }) + JSON.stringify(config)).not.to.contain('Hunter2');
    const { crm } = config.backends;
    expect(crm && revealed(crm).credentials).to.deep.equal({
      kind: 'wsSecurity',
      user: 'wij',
      password: 'Hunter2-of-the-specs',
      digest: true,
    });
    const plain = await load(text.replace('user: wij', 'digest: off, user: wij'), variables);
    expect(plain.backends.crm?.credentials).to.include({ digest: false });
  });

  it('is for backends only', async () => {
    const register = `registers: { zaken: { kind: zaken, root: https://z.example, credentials: ${token} } }`;
    const mistakes = await mistakesIn(`${minimal}\n${register}`, variables);
    expect(mistakes[0]?.path).to.equal('registers.zaken.credentials.wsSecurity');
  });
});
