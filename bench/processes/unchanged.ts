import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { logEvents, standardOutput } from '../../src/observe/log.ts';
import { answerUsage } from './answer-usage.ts';

/**
 * The least that a 304 costs in Koa: it is always the answer. Or the least with what every answer of the gateway brings along: four
 * headers, and a line in the log.
 */
const [brings = ''] = process.argv.slice(2);
const app = new Koa();
if (brings === 'headers and a log line') app.use(headersAndLogLine());
app.use((ctx) => {
  ctx.status = 304;
});
const server = app.listen(0, '127.0.0.1', () => {
  answerUsage(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

function headersAndLogLine(): Koa.Middleware {
  const observe = logEvents('info', standardOutput());
  return async ({ res, method }, next) => {
    const start = performance.now();
    const requestId = randomUUID();
    res.setHeader('X-Request-Id', requestId);
    res.setHeader('API-version', '1.0.0');
    res.setHeader('ETag', '"0123456789abcdef0123456789abcdef"');
    res.setHeader('Cache-Control', 'private, no-cache');
    await next();
    observe({
      event: 'request',
      requestId,
      client: 'bench',
      operation: 'klant_read',
      method,
      status: 304,
      durationMs: Math.round((performance.now() - start) * 10) / 10,
      mappingMs: 0,
      backendMs: 0,
      backendCalls: 0,
      cache: 'hit',
    });
  };
}
