import http from 'node:http';
import { quantile } from './rounds.ts';

/** One thing to ask, over and over. */
export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a stretch of load took. */
export interface Measured {
  readonly requestsPerSecond: number;
  /** Milliseconds, of single requests. */
  readonly p50: number;
  readonly p99: number;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

/** Sends `count` requests, `concurrency` at a time. Anything but a 200 stops the benchmark: it would measure errors. */
export async function load(target: Target, count: number, concurrency: number): Promise<Measured> {
  const times: number[] = [];
  let left = count;
  const start = performance.now();
  const worker = async (): Promise<void> => {
    while (left-- > 0) times.push(await once(target));
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - start) / 1000;
  times.sort((one, other) => one - other);
  return { requestsPerSecond: count / seconds, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

function once({ url, headers }: Target): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    http
      .get(url, { agent, headers }, (response) => {
        response.resume();
        response.once('end', () => {
          if (response.statusCode === 200) resolve(performance.now() - start);
          else reject(new Error(`${url} answered ${response.statusCode ?? 0}`));
        });
      })
      .once('error', reject);
  });
}
