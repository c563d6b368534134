import http from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import Koa from 'koa';
import { targetOf } from '../recorder.ts';
import { answerCpu } from './answer-cpu.ts';

/**
 * The measure: a bare Koa with axios as shipped that does nothing but forward. It makes the very calls that the
 * gateway makes for the same request, all at once, and puts the answers side by side.
 */
const [backends = '{}', keys = '{}'] = process.argv.slice(2);
const urls = JSON.parse(backends) as Record<string, string>;
const client = axios.create({
  headers: JSON.parse(keys) as Record<string, string>,
  httpAgent: new http.Agent({ keepAlive: true }),
});

const app = new Koa();
app.use(async (ctx) => {
  const calls = new URLSearchParams(ctx.querystring).getAll('call');
  const answers = await Promise.all(calls.map((call) => client.get(targetOf(urls, call))));
  ctx.body = answers.map(({ data }) => data as unknown);
});
const server = app.listen(0, '127.0.0.1', () => {
  answerCpu(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
