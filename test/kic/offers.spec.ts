import path from 'node:path';
import { expect } from 'chai';
import { offersOf } from '../../src/kic/offers.ts';
import { kicResources } from '../../src/kic/views.ts';
import { loadMappingSet } from '../../src/mapping/load.ts';
import { mappedResources, resources } from '../../src/resources/index.ts';

describe('kic: what a mapping set can do of it', () => {
  it('takes the relation that the klant of a contactmoment is, which the newer API does not', async () => {
    const folder = path.resolve(import.meta.dirname, '../../mappings/demo-crm');
    const settings = { bronorganisatie: '123456782', websiteUrl: 'https://www.gemeente.example' };
    const ports = { clock: Date, random: Math.random };
    const whole = await loadMappingSet(folder, { resources: mappedResources, settings, ...ports });
    const without = { ...whole, resources: new Map(whole.resources) };
    without.resources.delete('klantcontactmoment');

    const named = (some: typeof resources) => some.filter(({ name }) => name === 'contactmoment');
    const [newer, older] = [named(resources), named(kicResources)];
    const reads = (mapping: typeof whole, some: typeof resources) =>
      some.map((resource) => offersOf(mapping)(resource, 'read'));
    expect([reads(whole, newer), reads(whole, older)]).to.deep.equal([[true], [true]]);
    expect([reads(without, newer), reads(without, older)]).to.deep.equal([[true], [false]]);
  });
});
