import { expect } from 'chai';
import fc from 'fast-check';
import { storesOf } from '../gateway/deletes.ts';
import { runningGateway } from '../kit/gateway.ts';

/** How many records there may be at the same time. */
const places = 3;

/** One write: a new record, another link, or a delete. Places and targets are numbers below `places`. */
const step = fc.record({
  what: fc.constantFrom('create', 'link', 'link', 'clear', 'delete'),
  at: fc.nat({ max: places - 1 }),
  to: fc.nat({ max: places - 1 }),
  link: fc.nat({ max: 1 }),
});

const kinds = [
  { name: 'contactmomenten', links: [['vorigContactmoment', 'volgendContactmoment']] },
  {
    name: 'verzoeken',
    links: [
      ['inTeTrekkenVerzoek', 'intrekkendeVerzoek'],
      ['aangevuldeVerzoek', 'aanvullendeVerzoek'],
    ],
  },
] as const;

describe('the cross references, whatever is created, linked and deleted', () => {
  const gateway = runningGateway();
  const stores = storesOf(gateway);
  type Body = Parameters<typeof stores.verzoek>[0];
  const make = {
    contactmomenten: (body?: Body) => stores.contactmoment(body),
    verzoeken: (body?: Body) => stores.verzoek(body),
  };

  for (const { name, links } of kinds) {
    it(`of ${name} say the same at both ends`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
          const urls: (string | undefined)[] = [];
          for (const { what, at, to, link } of steps) {
            const url = urls[at];
            const [forward] = links[link % links.length] ?? links[0];
            const target = urls[to];
            if (url === undefined) urls[at] = (await make[name]()).url;
            else if (what === 'delete') {
              expect((await gateway.delete(url)).status).to.equal(204);
              urls[at] = undefined;
            } else if (what === 'clear') await gateway.patch(url, { [forward]: null });
            else if (target !== undefined) {
              const { status, text } = await gateway.patch(url, { [forward]: target });
              expect(status, text).to.be.oneOf([200, 400]);
            }
          }
          const left = urls.filter((url) => url !== undefined);
          const records = await Promise.all(left.map(async (url) => (await gateway.get(url)).body));
          for (const [forward, backward] of links) {
            const pairs = (from: string, to: string) =>
              records
                .filter((record) => record[from] !== null)
                .map((record) => ({ [from]: record[from], [to]: record.url }));
            const made = pairs(forward, backward).map((pair) => [pair[forward], pair[backward]]);
            const shown = pairs(backward, forward).map((pair) => [pair[forward], pair[backward]]);
            expect(shown).to.have.deep.members(made);
          }
          for (const url of left) await gateway.delete(url);
        }),
        { numRuns: 8 },
      );
    });
  }
});
