import http from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import Koa from 'koa';
import { klantByHand, type Relatie, type Settings } from '../translation/by-hand.ts';
import { answerUsage } from './answer-usage.ts';

/** What somebody would write who needs nothing but this: Koa, axios as shipped, and a translation by hand. */
const [backend = '', settingsText = '{}', klantenUrl = ''] = process.argv.slice(2);
const settings = JSON.parse(settingsText) as Settings;
const client = axios.create({ baseURL: backend, httpAgent: new http.Agent({ keepAlive: true }) });

const app = new Koa();
app.use(async (ctx) => {
  const number = /^\/klanten\/([0-9]+)$/.exec(ctx.path)?.[1];
  ctx.body = number === undefined ? await list() : await one(number);
});
const server = app.listen(0, '127.0.0.1', () => {
  answerUsage(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

async function one(number: string): Promise<object> {
  const { data } = await client.get<{ RELATIE: Relatie }>(`/relaties/${number}`);
  return klantOf(data.RELATIE);
}

async function list(): Promise<object> {
  const { data } = await client.get<{ TOTAAL: number; RELATIES: Relatie[] }>('/relaties?VANAF=0&AANTAL=100');
  return { count: data.TOTAAL, next: null, previous: null, results: data.RELATIES.map(klantOf) };
}

function klantOf(relatie: Relatie): object {
  return { url: `${klantenUrl}/${String(relatie.RELNR)}`, ...klantByHand(relatie, settings) };
}
