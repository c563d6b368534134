import { expect } from 'chai';
import type { runningGateway } from '../kit/gateway.ts';
import { allLogLines } from '../kit/log.ts';

/** Planted in hostile requests; none of it may turn up in a log. */
export const personal = {
  bsn: '999993653',
  email: 'geheim.persoon@privacy.example',
  name: 'Hogenboezem-Zwaluwenberg',
} as const;

/**
 * For the requests of the surrounding `describe`, which are all to be refused: checks after each of them that nothing
 * was written in the CRM, and that nothing personal was logged.
 */
export function staysHarmless(gateway: ReturnType<typeof runningGateway>): void {
  beforeEach(() => gateway.crm.forget());

  afterEach('no write in the CRM', async () => {
    const calls = Object.keys(await gateway.crm.counts());
    expect(calls.filter((call) => !call.startsWith('GET '))).to.deep.equal([]);
  });

  afterEach('no personal data in the log', () => {
    const log = JSON.stringify(gateway.events) + allLogLines.join('\n');
    for (const value of Object.values(personal)) expect(log).not.to.include(value);
  });
}
