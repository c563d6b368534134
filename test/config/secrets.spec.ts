import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { formatMistakes } from '../../src/files/mistakes.ts';
import { environment, inFolder, load, minimal, mistakesIn } from './files.ts';

describe('secrets in the report', () => {
  const secret = 'Hunter2-Hunter2-Hunter2-Hunter2-Hunter2';
  const places: Readonly<Record<string, [string, string]>> = {
    'a literal secret': ['${CLIENT_SECRET}', secret],
    'a literal secret that is an alias': ['${CLIENT_SECRET}', `*${secret}`],
    'a literal secret that is a tag': ['${CLIENT_SECRET}', `!${secret}`],
    'a literal secret with a stray quote': ['${CLIENT_SECRET}', `"${secret}" ${secret}`],
    'a literal secret with an escape': ['${CLIENT_SECRET}', `"\\q${secret}"`],
    'a literal secret in braces': ['${CLIENT_SECRET}', `{ ${secret} }`],
    'a literal secret in a list': ['${CLIENT_SECRET}', `[${secret}]`],
    'a literal secret as a variable': ['${CLIENT_SECRET}', `"\${${secret}}"`],
    'a secret beside a file': ['${CLIENT_SECRET}', `{ file: ${secret}, value: ${secret} }`],
    'a secret in the place of a client': [
      '- id: kcc\n    secret: ${CLIENT_SECRET}\n    scopes: all',
      `- ${secret}`,
    ],
    'a secret in the place of credentials': ['example/api', `example/api, credentials: ${secret}`],
    'a literal header': [
      'example/api',
      `example/api, credentials: { header: { name: X-Key, value: ${secret} } }`,
    ],
    'a literal password': [
      'example/api',
      `example/api, credentials: { basic: { user: a, password: ${secret} } }`,
    ],
    'a password in a URL': ['https://crm.example', `https://ik:${secret}@crm.example`],
  };
  for (const [what, [from, to]] of Object.entries(places)) {
    it(`does not repeat ${what}`, async () => {
      expect(minimal).to.contain(from);
      const mistakes = await mistakesIn(minimal.replace(from, () => to));
      expect(mistakes).not.to.be.empty;
      expect(JSON.stringify(mistakes) + formatMistakes(mistakes)).not.to.contain('Hunter2');
    });
  }

  it('does not repeat what a variable or file holds', async () => {
    await writeFile(inFolder('twee-regels'), `${secret}\n${secret}\n`);
    const shown = async (text: string, value: string): Promise<string> =>
      formatMistakes(await mistakesIn(text, { ...environment, CLIENT_SECRET: value }));
    expect(await shown(minimal, 'Hunter2'))
      .to.contain('at least 32')
      .and.not.contain('Hunter2');
    expect(await shown(minimal, `${secret}\n${secret}`))
      .to.contain('on one line')
      .and.not.contain('Hunter2');
    const fromFile = minimal.replace('${CLIENT_SECRET}', '{ file: twee-regels }');
    expect(await shown(fromFile, ''))
      .to.contain('on one line')
      .and.not.contain('Hunter2');
  });

  it('asks for ASCII where a secret goes into a header', async () => {
    const header = 'example/api, credentials: { bearer: { token: "${CRM_KEY}" } }';
    const text = minimal.replace('example/api', () => header);
    const mistakes = await mistakesIn(text, { ...environment, CRM_KEY: 'sleutël' });
    expect(mistakes.map(({ path }) => path)).to.deep.equal(['backends.crm.credentials.bearer.token']);
    await load(text);
  });
});
