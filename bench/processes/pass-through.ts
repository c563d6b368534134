import http from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import Koa from 'koa';
import { answerCpu } from './answer-cpu.ts';

/**
 * The measure: a bare Koa with axios as shipped that does nothing but forward. A list of 100 is two calls to this CRM,
 * so it makes the same two calls and puts the answers side by side.
 */
const [crmUrl = '', apiKey = ''] = process.argv.slice(2);
const client = axios.create({
  baseURL: `${crmUrl}/relbeheer`,
  headers: { 'X-API-SLEUTEL': apiKey },
  httpAgent: new http.Agent({ keepAlive: true }),
});

const app = new Koa();
app.use(async (ctx) => {
  if (ctx.path === '/list') {
    const pages = ['0', '50'].map((from) => client.get(`/relaties?VANAF=${from}&AANTAL=50`));
    ctx.body = (await Promise.all(pages)).map(({ data }) => data as unknown);
  } else {
    ctx.body = (await client.get(ctx.path)).data as unknown;
  }
});
const server = app.listen(0, '127.0.0.1', () => {
  answerCpu(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
