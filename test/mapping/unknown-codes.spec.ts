import { expect } from 'chai';
import { leastKlant, runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { evaluate, failureOf } from './helpers/evaluate.ts';

const codes = { kinds: { P: 'person' } };

describe('a code that is not in its table', () => {
  const decode = '$decode("kinds", "X")';
  const encode = '$encode("kinds", "animal")';

  it('is passed on when it is read, and stops a write', async () => {
    expect(await evaluate(decode, {}, { codes })).to.equal('X');
    expect(await failureOf(encode, {}, { codes })).to.equal('K0001');
  });

  it('is passed on both ways, where the set says so', async () => {
    const trial = { codes, unknownCodes: { kinds: 'pass' } } as const;
    expect(await evaluate(decode, {}, trial)).to.equal('X');
    expect(await evaluate(encode, {}, trial)).to.equal('animal');
  });

  it('stops both ways, where the set says so', async () => {
    const trial = { codes, unknownCodes: { kinds: 'refuse' } } as const;
    expect(await failureOf(decode, {}, trial)).to.equal('K0001');
    expect(await failureOf(encode, {}, trial)).to.equal('K0001');
    expect(await evaluate('[$decode("kinds", "P"), $decode("kinds", "")]', {}, trial)).to.deep.equal([
      'person',
    ]);
  });

  it('becomes what the mapping says, whatever the set says', async () => {
    for (const unknown of ['pass', 'refuse'] as const) {
      const trial = { codes, unknownCodes: { kinds: unknown } };
      expect(await evaluate('$decode("kinds", "X", "other")', {}, trial)).to.equal('other');
      expect(await evaluate('$decode("kinds", "P", "other")', {}, trial)).to.equal('person');
      expect(await evaluate('$decode("kinds", "X", null)', {}, trial)).to.equal(null);
      expect(await evaluate('$encode("kinds", "animal", "O")', {}, trial)).to.equal('O');
    }
  });
});

describe('a record with a code that its set refuses', () => {
  const copy = mappingCopy({
    'mapping.yaml': [['\nbackends:\n', '\nunknownCodes: { rechtsvorm: refuse }\nbackends:\n']],
  });
  const gateway = runningGateway({
    config: {
      mapping: {
        get folder() {
          return copy.folder;
        },
      },
    },
  });

  it('is a 502, with an event that does not tell the code', async () => {
    const number = await gateway.crm.add({ SRT: 'O', STATNM: 'Iets', RVORM: 'Q7Q' });
    const seen = gateway.events.length;
    const answer = await gateway.get(klantPath(number));
    expect(answer.status).to.equal(502);
    const events = gateway.events.slice(seen);
    const [failed, ...others] = events.filter(({ event }) => event === 'translation-failed');
    expect(others).to.deep.equal([]);
    expect(failed).to.include({ code: 'K0001' });
    expect(failed).to.have.property('line').that.is.a('number');
    expect(answer.text + JSON.stringify(events)).to.not.include('Q7Q');
  });

  it('is there when its code is in the table', async () => {
    const created = await gateway.post({
      ...leastKlant,
      subjectType: 'niet_natuurlijk_persoon',
      subjectIdentificatie: { innRechtsvorm: 'stichting' },
    });
    expect(created.status).to.equal(201);
  });
});
