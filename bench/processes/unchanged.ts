import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { answerUsage } from './answer-usage.ts';

/** The least that a 304 costs in Koa: it is always the answer. */
const app = new Koa();
app.use((ctx) => {
  ctx.status = 304;
});
const server = app.listen(0, '127.0.0.1', () => {
  answerUsage(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
