import { expect } from 'chai';
import { environment, leastKlant, runningGateway } from '../../kit/gateway.ts';
import { personalDataIn } from '../../kit/personal-data.ts';
import { temporaryFiles } from '../config.ts';
import { inside } from '../inside.ts';

describe('klantbrug try', () => {
  const files = temporaryFiles();
  const gateway = runningGateway();
  const run = (...args: string[]) => inside(['try', '--config', gateway.file, ...args], environment);

  describe('without --send', () => {
    beforeEach(() => gateway.crm.forget());

    it('shows the request that would be made, whole, and asks nobody', async () => {
      const { code, out, error } = await run(
        'klant.list',
        '--query',
        'achternaam=Jansen&subjectType=vestiging',
      );
      expect({ code, error }).to.deep.equal({ code: 0, error: '' });
      expect(out).to.match(/^1\. GET http:\/\/127\.0\.0\.1:\d+\/relbeheer\/relaties\?VANAF=0&AANTAL=50/);
      expect(out)
        .to.include('SRT=F')
        .and.to.match(/=‹text 6 #1›/);
      expect(out).to.include('X-API-SLEUTEL: ‹secret›');
      expect(out).to.match(/klant\.list\.request +klant\.list\.jsonata/);
      expect(out).to.match(/Nothing was sent\. --send sends it/);
      expect(await gateway.crm.total()).to.equal(0);
    });

    it('shows of a create what the rules ask, and then the write itself', async () => {
      const input = await files.write(
        'new.json',
        JSON.stringify({ ...leastKlant, achternaam: 'Proefpersoon' }),
      );
      const { code, out } = await run('klant.create', '--input', input);
      expect(code).to.equal(0);
      expect(out).to.match(/^1\. GET http\S+\/relaties\?VANAF=0&AANTAL=50&ZOEKNR=‹text 8 #\d›/);
      expect(out).to.match(/rules find nothing against it:\n\n2\. POST http\S+\/relbeheer\/relaties /);
      expect(out)
        .to.match(/"ANAAM":"‹text 12 #\d›"/)
        .and.not.include('Proefpersoon');
      expect(await gateway.crm.total()).to.equal(0);
    });

    it('takes URLs of others to exist, and does not look', async () => {
      await gateway.around.forget();
      const subject = `${gateway.crm.url}/gba/personen/1`;
      const input = await files.write('subject.json', JSON.stringify({ ...leastKlant, subject }));
      const { code, out } = await run('klant.create', '--input', input, '--reveal');
      expect(code).to.equal(0);
      expect(out).to.include(`GET ${subject}   (${gateway.crm.url}: a URL of the input)`);
      expect(out).to.match(/POST http\S+\/relbeheer\/relaties /);
      expect(await gateway.crm.total()).to.equal(0);
      expect(await gateway.around.counts()).to.deep.equal({});
    });

    it('tells what is wrong with a call that comes to no request, and ends with 1', async () => {
      const input = await files.write('wrong.json', JSON.stringify({ bronorganisatie: '1' }));
      const { code, out } = await run('klant.create', '--input', input);
      expect(code).to.equal(1);
      expect(out)
        .to.match(/^No request is needed\./)
        .and.to.include('"code":"invalid-length"');
    });

    it('shows headers, and their spelling, as they go over the line with --send', async () => {
      const input = await files.write('same.json', JSON.stringify({ achternaam: 'Anders' }));
      const headersOf = async (...way: string[]): Promise<unknown[]> => {
        const { out } = await run(
          'klant.partial_update',
          '--id',
          '100001',
          '--input',
          input,
          '--json',
          ...way,
        );
        const { exchanges } = JSON.parse(out) as { exchanges: { request: { headers: object } }[] };
        return exchanges.map(({ request }) => Object.entries(request.headers));
      };
      const [held] = await headersOf();
      const [sent] = await headersOf('--send', '--write');
      expect(held).to.deep.equal(sent).and.deep.include(['X-API-SLEUTEL', '‹secret›']);
    });

    it('is one JSON document with --json', async () => {
      const { out } = await run('contactmoment.read', '--id', '500001', '--json');
      const told = JSON.parse(out) as Record<string, unknown>;
      expect(told).to.include({ operation: 'contactmoment.read', sent: false });
      expect(told).to.have.nested.property('exchanges[0].request.method', 'GET');
      expect(told.exchanges).to.have.length(1);
      expect(told.files).to.deep.include({
        place: 'contactmoment.read.request',
        file: 'contactmoment.read.jsonata',
      });
    });
  });

  describe('with --send', () => {
    it('shows what was answered, what it means, what the client gets, and what the contract says of it', async () => {
      const { code, out } = await run('klant.read', '--id', '100005', '--send');
      expect(code).to.equal(0);
      expect(out).to.match(/GET http\S+\/relaties\/100005 {3}\(crm\)\n/);
      expect(out).to.match(/-> 200, \d+ bytes, \d+ ms\n {3}content-type: application\/json/);
      expect(out).to.include('means: ok (says its status)');
      expect(out)
        .to.match(/"RELNR": 100005,/)
        .and.to.match(/"SRT": "P"/);
      expect(out).to.include('The client gets 200:').and.to.include('"subjectType": "natuurlijk_persoon"');
      expect(out).to.include(
        'klant.telefoonnummer breaks the contract (max_length): shown as not set (blank)',
      );
    });

    it('gives the same value the same mask, in the answer and in the result', async () => {
      const { out } = await run('klant.read', '--id', '100005', '--send');
      const [, mask = ''] = /"ANAAM": "(‹text \d+ #\d+›)"/.exec(out) ?? [];
      expect(mask).not.to.equal('');
      for (const name of ['GESLNM', 'achternaam', 'geslachtsnaam'])
        expect(out).to.include(`"${name}": "${mask}"`);
      expect(out).to.match(/"geboortedatum": "‹date 9999-99-99 10 #\d+›"/);
      expect(out).to.match(/"GEBDAT": "‹date 99-99-9999 10 #\d+›"/);
    });

    it('shows nothing of anybody, in lines or in JSON, unless it is told to', async () => {
      for (const args of [
        ['klant.list', '--query', 'subjectType=natuurlijk_persoon'],
        ['klant.read', '--id', '100001'],
        ['contactmoment.list'],
        ['verzoek.list'],
        ['klantcontactmoment.list'],
      ]) {
        for (const way of [[], ['--json']]) {
          const { out, error } = await run(...args, '--send', ...way);
          expect(personalDataIn(out + error), args.join(' ')).to.deep.equal([]);
        }
      }
      const { out } = await run('klant.read', '--id', '100001', '--send', '--reveal');
      expect(personalDataIn(out)).to.include.members([
        'bsn',
        'postcode with house number',
        'name of a person',
      ]);
    });

    it('never shows a secret, revealed or not', async () => {
      for (const way of [[], ['--reveal'], ['--json', '--reveal']]) {
        const { out } = await run('contactmoment.read', '--id', '500001', '--send', ...way);
        expect(out).to.include('‹secret›');
        for (const secret of Object.values(environment)) expect(out).not.to.include(secret);
      }
    });

    it('says which line of the error table decided, and ends with 1 when the client gets a problem', async () => {
      const { code, out } = await run('klant.read', '--id', '555', '--send');
      expect(code).to.equal(1);
      expect(out).to.include('means: not-found (says the error table: FOUT.CODE is REL404)');
      expect(out).to.match(/"status":404,"code":"not_found"/);
    });

    it('says why there was no answer', async () => {
      await gateway.crm.fault({ soort: 'verbreek' });
      const { code, out } = await run('klant.read', '--id', '100001', '--send');
      expect(code).to.equal(1);
      expect(out.match(/-> no answer: reset/g)).to.have.length(2);
      expect(out).to.include('backend-failed, backend crm, reason reset');
    });

    it('shows an answer that is no JSON, masked', async () => {
      await gateway.crm.fault({ soort: 'html' });
      const { out } = await run('klant.read', '--id', '100001', '--send');
      expect(out).to.match(/"‹text \d+ #\d+›"\n {3}means: nothing that can be read \(not-json\)/);
    });

    it('takes a UUID as well as the id in the CRM, and ids in filters', async () => {
      const { out } = await run('klant.read', '--id', '100005', '--send', '--json');
      const told = JSON.parse(out) as { result: { body: { url: string } } };
      const uuid = told.result.body.url.split('/').at(-1) ?? '';
      const again = await run('klant.read', '--id', uuid.toUpperCase(), '--json');
      expect(JSON.parse(again.out))
        .to.have.nested.property('exchanges[0].request.url')
        .that.matches(/\/100005$/);
      const list = await run('klantcontactmoment.list', '--query', 'klant=100005', '--send', '--json');
      expect(list.code).to.equal(0);
      expect(list.out).to.include('=100005');
    });
  });

  describe('a write', () => {
    it('is refused with --send alone, and says why', async () => {
      await gateway.crm.forget();
      const { code, error } = await run('klant.delete', '--id', '100009', '--send');
      expect(code).to.equal(2);
      expect(error).to.match(/^klantbrug: .*changes something in the CRM.*--write/);
      expect(await gateway.crm.total()).to.equal(0);
    });

    it('is done with --write, and shown with all that goes with it', async () => {
      const input = await files.write(
        'made.json',
        JSON.stringify({ ...leastKlant, achternaam: 'Nieuweling' }),
      );
      const { code, out } = await run('klant.create', '--input', input, '--send', '--write', '--json');
      expect(code).to.equal(0);
      const told = JSON.parse(out) as { exchanges: { system: string }[]; result: { status: number } };
      expect(told.result.status).to.equal(201);
      expect(told.exchanges.map(({ system }) => system)).to.deep.equal([
        'crm',
        'crm',
        'crm',
        'bijregister',
        'bijregister',
        'notificaties',
      ]);
      const [, number = ''] = /"RELNR": (\d+)/.exec(out) ?? [];
      expect(await gateway.crm.record(Number(number))).to.include({ ANAAM: 'Nieuweling' });
    });
  });

  describe('with a query that the standard does not know', () => {
    for (const [what, query, says] of [
      [
        'a filter with a slip in it',
        'achternam=Geheim',
        "no 'achternam' in klant.list: did you mean 'achternaam'?",
      ],
      [
        'a filter in other capitals',
        'Achternaam=Geheim',
        "no 'Achternaam' in klant.list: did you mean 'achternaam'?",
      ],
      ['a word like no other', 'page=2&kleur=Geheim', "no 'kleur' in klant.list: it has bronorganisatie, "],
      [
        'a value without a name',
        'Geheim',
        'write NAME=VALUE, with & between several, and %26 for a & in a value',
      ],
      ['a value with a & in it', 'bedrijfsnaam=Bakker&Geheim', 'write NAME=VALUE, with & between several'],
    ] as const) {
      it(`says so of ${what}, asks nobody and shows no value`, async () => {
        await gateway.crm.forget();
        const { code, out, error } = await run('klant.list', '--query', query, '--send');
        expect({ code, out }).to.deep.equal({ code: 2, out: '' });
        expect(error).to.include(says).and.not.include('Geheim');
        expect(await gateway.crm.total()).to.equal(0);
      });
    }

    it('takes a page, an ordering and question marks in front', async () => {
      expect((await run('klant.list', '--query', '??page=1&achternaam=X')).code).to.equal(0);
      expect((await run('contactmoment.list', '--query', 'ordering=registratiedatum')).code).to.equal(0);
    });
  });

  for (const [what, args, says] of [
    ['no operation', [], 'name one operation, such as klant.list'],
    ['an operation that there is not', ['klant.lst'], 'name one operation, such as klant.list'],
    ['two operations', ['klant.list', 'klant.read'], 'name one operation'],
    ['a resource that the set does not have', ['klnt.list'], "the set has no resource 'klnt': it has klant,"],
    ['a read without an id', ['klant.read'], 'klant.read needs --id'],
    ['a list with an id', ['klant.list', '--id', '7'], 'klant.list has no --id'],
    ['an id of another form', ['klant.read', '--id', 'x'], '--id: this is no UUID of a klant'],
    ['a part that there is not', ['klant.read', '--id', '7', '--part', 'x'], "klant has no part 'x'"],
    ['a read with a query', ['klant.read', '--id', '7', '--query', 'a=b'], 'klant.read has no --query'],
    ['a create without a body', ['klant.create'], 'klant.create needs --input'],
    ['a body that is not there', ['klant.create', '--input', 'none.json'], 'none.json cannot be read'],
  ] as const) {
    it(`answers ${what} with the usage, and 2`, async () => {
      const { code, out, error } = await run(...args);
      expect({ code, out }).to.deep.equal({ code: 2, out: '' });
      expect(error.split('\n')[0]).to.include(says);
    });
  }

  it('tells what is wrong with the configuration, and ends with 1', async () => {
    const file = await files.write('wrong.yaml', {});
    const { code, error } = await inside(['try', '--config', file, 'klant.list']);
    expect(code).to.equal(1);
    expect(error).to.include(file);
  });
});
