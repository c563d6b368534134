import path from 'node:path';
import { expect } from 'chai';
import { runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';

describe('a file that meets data which its compiled code was not made for', () => {
  const copy = mappingCopy({
    'klant.from-crm.jsonata': [
      ['"achternaam": ANAAM,', '"achternaam": ($keys([1, 2][$ = 3]{ "none": $ }); ANAAM),'],
    ],
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

  it('has the same result, and is told to the operator once', async () => {
    const numbers = [
      await gateway.crm.add({ SRT: 'P', ANAAM: 'Eerste' }),
      await gateway.crm.add({ SRT: 'P', ANAAM: 'Tweede' }),
    ];
    const names: unknown[] = [];
    for (const number of numbers) names.push((await gateway.get(klantPath(number))).body.achternaam);
    expect(names).to.deep.equal(['Eerste', 'Tweede']);
    const told = gateway.events.filter(({ event }) => event === 'left-to-interpreter');
    expect(told).to.deep.equal([
      {
        event: 'left-to-interpreter',
        file: path.join(copy.folder, 'klant.from-crm.jsonata'),
        why: 'a group of an empty list',
      },
    ]);
  });
});
