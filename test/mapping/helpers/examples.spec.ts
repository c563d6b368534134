import { expect } from 'chai';
import { helpers } from '../../../src/mapping/helpers/index.ts';
import { evaluate } from './evaluate.ts';

describe('the example of a helper', () => {
  for (const [name, { example }] of Object.entries(helpers)) {
    if (!example) continue;
    it(`holds for $${name}: ${example.of}`, async () => {
      expect(example.of).to.include(`$${name}(`);
      expect(await evaluate(example.of)).to.deep.equal(example.yields);
    });
  }
});
