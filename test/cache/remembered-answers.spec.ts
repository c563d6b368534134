import { expect } from 'chai';
import { api, runningGateway, token, urlIn } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { mappingCopy } from '../kit/mapping-copy.ts';
import { send } from '../kit/wire.ts';

const number = 100003;
const klant = klantPath(number);
const cache = { resources: { klant: { staleSeconds: 86_400 } } };

describe('§7 What is remembered beside a record in the cache', () => {
  const gateway = runningGateway({ config: { cache } });

  const cacheUse = () => gateway.events.findLast((event) => event.event === 'request')?.cache;

  it('is to the letter what was shown when it was read, with the same ETag', async () => {
    const first = await gateway.get(klant);
    expect(cacheUse()).to.equal('miss');
    for (let later = 0; later < 3; later++) {
      const answer = await gateway.get(klant);
      expect(cacheUse()).to.equal('hit');
      expect(answer.text).to.equal(first.text);
      expect(answer.headers.get('ETag')).to.equal(first.headers.get('ETag'));
    }
  });

  it('has the links, and the ETag, of the base URL that a client uses', async () => {
    const headers = { Authorization: `Bearer ${await token('all')}` };
    const etags = new Map<string, string>();
    for (const host of ['klantbrug.test', 'intern.test:8080', 'klantbrug.test', 'intern.test:8080']) {
      const target = `${api}${klant}`;
      const answer = await send(gateway.port, { target, headers: { ...headers, Host: host } });
      expect(new URL(urlIn(answer)).host).to.equal(host);
      const etag = answer.headers.get('ETag') ?? '';
      expect(etags.get(host) ?? etag).to.equal(etag);
      etags.set(host, etag);
    }
    expect(new Set(etags.values())).to.have.length(2);
  });

  it('is found in whichever letters a UUID is written', async () => {
    const { text } = await gateway.get(klant);
    expect((await gateway.get(klant.toUpperCase().replace('/KLANTEN/', '/klanten/'))).text).to.equal(text);
    expect(cacheUse()).to.equal('hit');
  });

  it('is gone when the record is written', async () => {
    const before = await gateway.get(klant);
    await gateway.get(klant);
    expect((await gateway.patch(klant, { functie: 'bode' })).status).to.equal(200);
    for (let later = 0; later < 3; later++) {
      const after = await gateway.get(klant);
      expect(after.body.functie).to.equal('bode');
      expect(after.headers.get('ETag')).not.to.equal(before.headers.get('ETag'));
    }
  });

  it('keeps no deviation from the operator: it is told at every read', async () => {
    const dirty = await gateway.crm.add({ SRT: 'P', TEL1: '0'.repeat(21) });
    const before = gateway.events.length;
    for (let later = 0; later < 3; later++) await gateway.get(klantPath(dirty));
    const told = gateway.events.slice(before).filter(({ event }) => event === 'afwijking');
    expect(told).to.have.length(3);
    for (const event of told) expect(event).to.include({ field: 'telefoonnummer', records: 1 });
  });
});

describe('§7 What depends on more than the record in the cache', () => {
  let now = Date.parse('2024-05-01T10:00:00Z');
  const mapping = mappingCopy({
    'klant.from-crm.jsonata': [['"functie": FUNC', '"functie": $string($millis())']],
  });
  const gateway = runningGateway({
    clock: { now: () => now },
    get config() {
      return { cache, mapping: { folder: mapping.folder } };
    },
  });

  it('is worked out each time: a translation that looks at the clock', async () => {
    const shown = [];
    for (let later = 0; later < 3; later++) {
      now += 1000;
      shown.push((await gateway.get(klant)).body.functie);
      expect(shown.at(-1)).to.equal(String(now));
    }
    expect(new Set(shown)).to.have.length(3);
    expect(gateway.events.findLast((event) => event.event === 'request')?.cache).to.equal('hit');
  });
});
