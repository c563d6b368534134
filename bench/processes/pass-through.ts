import http from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import Koa from 'koa';
import { keepRequestsYoung } from '../../src/cli/memory.ts';
import { answerUsage } from './answer-usage.ts';

/**
 * The measure: a bare Koa with axios as shipped that does nothing but forward. Where the gateway makes several calls
 * for one request, `/?call=…&call=…` makes the same ones, all at once, and puts the answers side by side. V8 is as it comes
 * as well, or set as the gateway sets it.
 */
const [backend = '', v8 = ''] = process.argv.slice(2);
if (v8 === 'as the gateway') keepRequestsYoung();
const client = axios.create({ baseURL: backend, httpAgent: new http.Agent({ keepAlive: true }) });

async function answerTo(call: string): Promise<unknown> {
  return (await client.get<unknown>(call)).data;
}

const app = new Koa();
app.use(async (ctx) => {
  const { call } = ctx.path === '/' ? ctx.query : {};
  ctx.body = call === undefined ? await answerTo(ctx.url) : await Promise.all([call].flat().map(answerTo));
});
const server = app.listen(0, '127.0.0.1', () => {
  answerUsage(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
