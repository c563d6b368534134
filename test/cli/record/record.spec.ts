import { access, readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { environment, leastKlant, runningGateway } from '../../kit/gateway.ts';
import { mappingCopy } from '../../kit/mapping-copy.ts';
import { processLimit } from '../../kit/process.ts';
import { passesElfproef } from '../../../src/contract/numbers.ts';
import { scalarText } from '../../../src/json.ts';
import { temporaryFiles } from '../config.ts';
import { inside } from '../inside.ts';

describe('klantbrug record', function () {
  this.timeout(processLimit);
  const files = temporaryFiles();
  const set = mappingCopy({});
  const gateway = runningGateway({
    get config() {
      return { mapping: { folder: set.folder } };
    },
  });

  let number = 0;
  /** Records to a new file, and reads it. */
  const record = async (...args: string[]) => {
    const file = `${set.folder}/examples/recorded.${++number}.yaml`;
    const options = ['--config', gateway.file, '--about', 'A recording.', '--out', file];
    const result = await inside(['record', ...options, ...args], environment);
    return { ...result, file, text: await readFile(file, 'utf8').catch(() => '') };
  };
  const plays = async (file: string): Promise<string> => {
    const name = file.split('/').at(-1) ?? '';
    return (await inside(['test', '--config', gateway.file, name])).out;
  };

  it('writes a read as an example that plays, and nothing of anybody in it', async () => {
    const relation = await gateway.crm.record(100001);
    const { code, out, error, file, text } = await record('klant.read', '--id', '100001');
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    expect(out).to.include(`${file}: written, and it holds.`);
    expect(await plays(file)).to.match(/^1 example of .*: all hold$/m);
    for (const [column, value] of Object.entries(relation)) {
      const original = scalarText(value) ?? '';
      if (original.length < 5 || column === 'RELNR') continue;
      expect(text.toLowerCase(), column).not.to.include(original.toLowerCase());
    }
  });

  it('keeps ids, codes and settings, and makes a BSN a test number', async () => {
    const { text } = await record('klant.read', '--id', '100001');
    expect(text)
      .to.match(/^id: 100001$/m)
      .and.to.match(/RELNR: 100001/);
    expect(text)
      .to.match(/SRT: P$/m)
      .and.to.match(/subjectType: natuurlijk_persoon/);
    expect(text).to.match(/bronorganisatie: '123456782'/);
    const [, stored = ''] = /BSNR: '(\d{9})'/.exec(text) ?? [];
    const [, shown] = /inpBsn: '(\d{9})'/.exec(text) ?? [];
    expect(stored)
      .to.match(/^99999/)
      .and.to.equal(shown);
    expect(passesElfproef(stored)).to.equal(true);
  });

  it('replaces the same value by the same one everywhere, also in a query and inside a text', async () => {
    const klant = await gateway.crm.add({
      SRT: 'O',
      NAAM: 'Zeldzaamhuis',
      TEL1: '06-41327650',
      EMAIL: 'kees.zeldzaam@zeldzaamhuis.nl',
      BEZADR: 'Bel 06 41327650 of mail kees.zeldzaam@zeldzaamhuis.nl, vraag naar ZELDZAAMHUIS',
    });
    const { code, text } = await record('klant.list', '--query', 'emailadres=kees.zeldzaam@zeldzaamhuis.nl');
    expect(code).to.equal(0);
    expect(text).to.include(`RELNR: ${klant}`);
    expect(text).not.to.match(/zeldzaam|41327650/i);
    const [, email = ''] = /^ {2}emailadres: (\S+@\S+\.example)$/m.exec(text) ?? [];
    expect(text).to.include(`EMAIL: ${email}`).and.to.include(` ${email}, `);
    const [, name = ''] = /^ +- RELNR[^]*? NAAM: (\S+)/m.exec(text) ?? [];
    const [, telephone = ''] = /TEL1: (06-\d{8})/.exec(text) ?? [];
    expect(text).to.include(` ${telephone.replace('-', ' ')} `);
    expect(telephone).to.match(/^06-\d{8}$/);
    expect(name).to.match(/^[A-Z][a-z]{11}$/);
    expect(text).to.include(name.toUpperCase());
  });

  it('writes a list over two backends, with a filter on a link', async () => {
    const { code, file, text } = await record('klantcontactmoment.list', '--query', 'klant=100005');
    expect(code).to.equal(0);
    expect(text).to.match(/^ {2}klant: '100005'$/m);
    expect(await plays(file)).to.match(/: all hold$/m);
    const contact = await record('contactmoment.read', '--id', '500001');
    expect(contact.text).to.include('- backend: bijregister');
    expect(await plays(contact.file)).to.match(/: all hold$/m);
  });

  it('writes a problem as one', async () => {
    const { code, text } = await record('klant.read', '--id', '555');
    expect(code).to.equal(0);
    expect(text)
      .to.include('CODE: REL404')
      .and.to.match(/problem:\n {2}status: 404\n {2}code: not_found/);
  });

  it('writes a create with --write only, and without what goes to the audit trail', async () => {
    const body = { ...leastKlant, klantnummer: 'Q77', achternaam: 'Opgenomen' };
    const input = await files.write('new.json', JSON.stringify(body));
    await gateway.crm.forget();
    const refused = await record('klant.create', '--input', input);
    expect(refused.code).to.equal(2);
    expect(refused.error).to.match(/^klantbrug: .*--write/);
    expect(await gateway.crm.total()).to.equal(0);

    const { code, file, text } = await record('klant.create', '--input', input, '--write');
    expect(code).to.equal(0);
    expect(text).to.include('method: POST').and.not.include('audittrail').and.not.include('Opgenomen');
    expect(await plays(file)).to.match(/: all hold$/m);
    const [, relation] = /RELNR: (\d+)/.exec(text) ?? [];
    expect(await gateway.crm.record(Number(relation))).to.include({ ANAAM: 'Opgenomen' });
  });

  it('chooses a file in the examples of the set, and never writes over one', async () => {
    const args = [
      'record',
      '--config',
      gateway.file,
      '--about',
      'Nobody is there!',
      'klant.read',
      '--id',
      '556',
    ];
    const place = `${set.folder}/examples/klant.read.nobody-is-there.yaml`;
    expect((await inside(args, environment)).code).to.equal(0);
    await access(place);
    await gateway.crm.forget();
    const { code, error } = await inside(args, environment);
    expect(code).to.equal(1);
    expect(error).to.include(`${place} is there already`);
    expect(await gateway.crm.total()).to.equal(0);
  });

  it('writes nothing when the CRM does not answer', async () => {
    await gateway.crm.fault({ soort: 'verbreek' });
    const { code, error, text } = await record('klant.read', '--id', '100001');
    expect({ code, text }).to.deep.equal({ code: 1, text: '' });
    expect(error).to.equal('Nothing was written: crm did not answer.\n');
  });

  it('needs to hear what it is about, and takes no ordering', async () => {
    const without = await inside(
      ['record', '--config', gateway.file, 'klant.read', '--id', '7'],
      environment,
    );
    expect(without.code).to.equal(2);
    expect(without.error).to.include('record needs --about');
    const { code, error } = await record('contactmoment.list', '--query', 'ordering=registratiedatum');
    expect(code).to.equal(2);
    expect(error).to.include('an example has no ordering');
  });

  describe('on a set that makes something of a value that nothing else can stand in for', () => {
    const odd = mappingCopy({
      'klant.from-crm.jsonata': [['"achternaam": ANAAM', '"achternaam": $base64encode(ANAAM)']],
    });
    const strange = runningGateway({
      get config() {
        return { mapping: { folder: odd.folder } };
      },
    });

    it('says which field does not come out, without a value, and writes nothing', async () => {
      const relation = await strange.crm.record(100011);
      const file = files.place('odd.yaml');
      const options = ['--config', strange.file, '--about', 'Odd.', '--out', file];
      const { code, out, error } = await inside(
        ['record', ...options, 'klant.read', '--id', '100011'],
        environment,
      );
      expect({ code, out }).to.deep.equal({ code: 1, out: '' });
      expect(error).to.match(/^Nothing was written: .*\n {2}result\.achternaam\n$/);
      expect(error).not.to.include(scalarText(relation.ANAAM) ?? '');
      expect(await readFile(file, 'utf8').catch(() => 'nothing')).to.equal('nothing');
    });
  });
});
