import { expect } from 'chai';
import { runningGateway } from '../kit/gateway.ts';
import { klantPath } from '../kit/klant-path.ts';
import { allLogLines } from '../kit/log.ts';
import { personal, staysHarmless } from './harmless.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('X-Request-Id', () => {
  const gateway = runningGateway();
  staysHarmless(gateway);
  const path = klantPath(100_001);

  async function idOf(given?: string, place = path): Promise<string> {
    const answer = await gateway.get(
      place,
      given === undefined ? {} : { headers: { 'X-Request-Id': given } },
    );
    return answer.headers.get('X-Request-Id') ?? '';
  }

  it('is a new UUID for each request without one', async () => {
    const ids = [await idOf(), await idOf(), await idOf()];
    for (const id of ids) expect(id).to.match(uuid);
    expect(new Set(ids).size).to.equal(3);
  });

  for (const id of [
    '7f4c1d52-8a3e-4c6b-9f10-2b7d5e8a9c01',
    '7F4C1D52-8A3E-1C6B-9F10-2B7D5E8A9C02',
    '7f4c1d528a3e4c6b9f102b7d5e8a9c03',
  ]) {
    it(`of a client is kept: ${id}`, async () => {
      expect(await idOf(id)).to.equal(id);
      expect(allLogLines.filter((line) => line.includes(`"requestId":"${id}"`))).not.to.deep.equal([]);
    });
  }

  for (const id of [
    'kcc-app-req-4711',
    '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    '1f4c1d52-8a3e-4c6b-9f10-2b7d5e8a9c0',
    '7f4c1d52-8a3e-4c6b-9f10-2b7d5e8a9c011',
    '7f4c1d52-8a3e-4c6b-9f10-2b7d5e8a9c0g',
    '{7f4c1d52-8a3e-4c6b-9f10-2b7d5e8a9c01}',
    '7f4c1d52-8a3e-4c6b-9f10-2b7d5e8a9c01, x',
    '1234567890123456',
    personal.bsn,
    `verzoek-${personal.bsn}-abc`,
    `${personal.bsn}-8a3e-4c6b-9f10-2b7d5e8a9c01`,
    personal.email,
    'verzoek met spaties 1',
    'abcdefghijklmnop"',
    '{"abcdefghijklm":1}',
    '',
  ]) {
    it(`that is no UUID is replaced, and not logged: ${id}`, async () => {
      const answered = await idOf(id);
      expect(answered).to.match(uuid);
      if (id !== '') expect(allLogLines.filter((line) => line.includes(id))).to.deep.equal([]);
    });
  }

  it('is on errors too, and in the line that is logged about them', async () => {
    const id = '7f4c1d52-8a3e-4c6b-9f10-2b7d5e8a9c04';
    for (const place of [klantPath(1), '/nergens', '//nergens', '/klanten?page=0']) {
      expect(await idOf(id, place)).to.equal(id);
    }
    const lines = allLogLines.filter((line) => line.includes(id));
    expect(lines).to.have.length(4);
    for (const line of lines) expect(JSON.parse(line)).to.include({ requestId: id, status: 404 });
  });

  it('is in everything that is logged on behalf of the request', async () => {
    const id = '7f4c1d52-8a3e-4c6b-9f10-2b7d5e8a9c05';
    await gateway.crm.fault({ soort: 'html' });
    expect(await idOf(id)).to.equal(id);
    const events = allLogLines.filter((line) => line.includes(id)).map((line) => JSON.parse(line) as unknown);
    const names = events.map((event) => (event as { event: string }).event);
    expect(names).to.include.members(['backend-failed', 'request']);
  });
});
