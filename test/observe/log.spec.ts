import { expect } from 'chai';
import type { RequestEvent } from '../../src/observe/events.ts';
import { logEvents } from '../../src/observe/log.ts';

const request: RequestEvent = {
  event: 'request',
  requestId: 'req-1',
  client: 'kcc',
  operation: 'klant_list',
  method: 'GET',
  status: 200,
  durationMs: 1.5,
  mappingMs: 0.5,
  backendMs: 0.5,
  backendCalls: 1,
  cache: 'none',
};

describe('the log', () => {
  const held: string[] = [];
  const written: string[] = [];
  const destination = {
    write: (line: string) => held.push(line),
    flush: () => {
      flushes += 1;
      written.push(...held.splice(0));
    },
  };
  let flushes = 0;

  beforeEach(() => {
    held.length = 0;
    written.length = 0;
    flushes = 0;
  });

  it('lets lines of requests wait for each other', () => {
    const observe = logEvents('info', destination);
    observe(request);
    observe(request);
    expect(held).to.have.length(2);
    expect(written).to.deep.equal([]);
  });

  it('writes any other event at once, after what waited', () => {
    const observe = logEvents('info', destination);
    observe(request);
    observe({ event: 'rule-broken', rule: 'kla-001', resource: 'klant', code: 'unique' }, 'req-2');
    const lines = written.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ event }) => event)).to.deep.equal(['request', 'rule-broken']);
    expect(lines.map(({ requestId }) => requestId)).to.deep.equal(['req-1', 'req-2']);
  });

  it('does not write for an event that its level leaves out', () => {
    const observe = logEvents('error', destination);
    observe(request);
    observe({ event: 'rule-broken', rule: 'kla-001', resource: 'klant', code: 'unique' }, 'req-2');
    expect(held).to.deep.equal([]);
    expect(flushes).to.equal(0);
  });

  it('tells the time of each line, to the millisecond', () => {
    const real = Date.now;
    const at = [
      1_795_000_000_000, 1_795_000_000_007, 1_795_000_000_999, 1_795_000_001_000, 1_795_000_000_042,
    ];
    try {
      const observe = logEvents('info', destination);
      for (const now of at) {
        Date.now = () => now;
        observe(request);
      }
    } finally {
      Date.now = real;
    }
    const times = held.map((line) => (JSON.parse(line) as { time: string }).time);
    expect(times).to.deep.equal(at.map((now) => new Date(now).toISOString()));
  });
});
