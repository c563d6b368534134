/**
 * Looks at the pages for people in a real browser: `BROWSER_TOOLS=<folder> tsx .ci/browser.ts`.
 *
 * BROWSER_TOOLS is a folder with playwright-core in its node_modules, CHROMIUM the browser (default:
 * /usr/bin/chromium), and SCREENSHOTS a folder that exists, for whoever wants to look too. Neither of them belongs to
 * the project: they are larger than all of it.
 *
 * The gateway is reached as in production: under a name, not an address, and under a path that a proxy takes off.
 * Prints a line a check, and `N passed, N failed`; a failure ends it with 1.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parse, stringify } from 'yaml';
import { isObject, type Json } from '../src/json.ts';
import { problemClasses } from '../src/problem.ts';
import { freePort, root } from '../test/kit/process.ts';

/** What we use of playwright-core, which is not here when types are checked. */
interface Playwright {
  readonly chromium: {
    launch(options: { executablePath: string; args: readonly string[] }): Promise<Browser>;
  };
}
interface Browser {
  newContext(options: {
    viewport: { width: number; height: number };
    colorScheme?: 'dark';
  }): Promise<Context>;
  close(): Promise<void>;
}
interface Context {
  newPage(): Promise<Page>;
  cookies(): Promise<unknown[]>;
  close(): Promise<void>;
}
interface Page {
  on(event: 'console', listener: (message: { type(): string; text(): string }) => void): void;
  on(event: 'pageerror', listener: (error: Error) => void): void;
  on(event: 'request', listener: (request: { url(): string }) => void): void;
  on(event: 'response', listener: (response: { url(): string; status(): number }) => void): void;
  goto(url: string): Promise<unknown>;
  url(): string;
  title(): Promise<string>;
  /** Waits until there is one, and clicks it. */
  click(selector: string): Promise<void>;
  waitForSelector(selector: string): Promise<unknown>;
  waitForURL(url: string): Promise<void>;
  /** The value of a JavaScript expression in the page. */
  evaluate(expression: string): Promise<unknown>;
  screenshot(options: { path: string; fullPage: boolean }): Promise<unknown>;
}

const name = 'klantbrug.test';
const prefix = '/klantbrug';
const api = '/klanten/api/v1';

const flags = [
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking',
  `--disable-component-update --disable-sync`,
].flatMap((line) => line.split(' '));

const widths = { desktop: 1280, narrow: 360 } as const;

let passed = 0;
let failed = 0;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** One check: what must hold, and what is the case. */
function check(what: string, actual: unknown, wanted: unknown): void {
  const [is, must] = [JSON.stringify(actual), JSON.stringify(wanted)];
  if (is === must) passed += 1;
  else failed += 1;
  say(is === must ? `ok      ${what}` : `FAILED  ${what}: ${is}, not ${must}`);
}

/** The demonstration's configuration for another place, whose files are still where they were. */
async function writeConfig(folder: string, port: number, canonical: string): Promise<string> {
  const demo = path.join(root, 'config/demo.yaml');
  const config: unknown = parse(await readFile(demo, 'utf8'));
  if (!isObject(config)) throw new Error('config/demo.yaml is no configuration');
  const file = path.join(folder, 'klantbrug.yaml');
  const changed = { ...config, listen: { host: '127.0.0.1', port }, baseUrls: { canonical } };
  await writeFile(file, stringify(withWholePaths(changed, path.dirname(demo))));
  return file;
}

function withWholePaths(value: Json, folder: string): Json {
  if (typeof value === 'string') return /^\.\.?\//.test(value) ? path.resolve(folder, value) : value;
  if (Array.isArray(value)) return value.map((item) => withWholePaths(item, folder));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withWholePaths(item, folder)]));
}

/** Starts `klantbrug serve`, and waits until it listens. */
async function startGateway(config: string): Promise<ChildProcess> {
  const args = ['--import', 'tsx', path.join(root, 'src/main.ts'), 'serve', '--config', config];
  const gateway = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface(gateway.stdout)) {
    if (line.includes('"event":"started"')) {
      gateway.stdout.resume();
      return gateway;
    }
  }
  throw new Error('klantbrug serve did not start');
}

/** A proxy that publishes the gateway under a path, and nothing else. */
async function startProxy(gatewayPort: number): Promise<http.Server> {
  const proxy = http.createServer((request, response) => {
    const { method, headers, url = '' } = request;
    if (!url.startsWith(`${prefix}/`)) {
      response.writeHead(404).end();
      return;
    }
    const options = { host: '127.0.0.1', port: gatewayPort, path: url.slice(prefix.length), method, headers };
    const onward = http.request(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward.on('error', () => response.destroy()));
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return proxy;
}

/** Follows what a page asks for and complains about. */
function watch(page: Page, origin: string) {
  const found = { complaints: [] as string[], elsewhere: [] as string[], missing: [] as string[] };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) found.complaints.push(message.text());
  });
  page.on('pageerror', (error) => found.complaints.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}${prefix}/`) && !url.startsWith('data:')) found.elsewhere.push(url);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) found.missing.push(response.url());
  });
  return found;
}

const tooWide = 'Math.max(0, document.documentElement.scrollWidth - innerWidth)';
const countOf = (selector: string) => `document.querySelectorAll('${selector}').length`;
const textOf = (selector: string) => `document.querySelector('${selector}').innerText`;

async function operationsAt(gatewayPort: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${gatewayPort}${api}/openapi.json`);
  const { paths } = (await answer.json()) as { paths: Record<string, Record<string, unknown>> };
  const methods = Object.values(paths).flatMap((item) => Object.keys(item));
  return methods.filter((method) => method !== 'parameters').length;
}

async function checkViewer(page: Page, base: string, width: string, operations: number): Promise<void> {
  await page.goto(`${base}${api}/schema`);
  check(`${width}: without its last slash, the viewer is found too`, page.url(), `${base}${api}/schema/`);
  await page.waitForSelector('.opblock');
  check(`${width}: the viewer is named after the API`, await page.title(), 'Klanten API 1.0.0');
  check(`${width}: the viewer shows every operation`, await page.evaluate(countOf('.opblock')), operations);
  check(`${width}: the viewer fits`, await page.evaluate(tooWide), 0);
  await shoot(page, `viewer-${width}`);
  await page.click('.opblock-get .opblock-summary-control');
  await page.waitForSelector('.opblock.is-open .responses-table');
  check(`${width}: an operation opens`, await page.evaluate(countOf('.opblock.is-open')), 1);
  check(`${width}: and fits`, await page.evaluate(tooWide), 0);
  const forRequests = countOf('.try-out, .authorize, .authorization__btn, form');
  check(`${width}: the viewer asks for no token, and sends nothing`, await page.evaluate(forRequests), 0);
  await shoot(page, `viewer-open-${width}`);
  await page.click('header a[href$="ref/fouten/"]');
  await page.waitForURL(`${base}/ref/fouten/`);
  check(`${width}: the viewer leads to the errors`, await page.evaluate(textOf('h1')), 'Foutmeldingen');
}

async function checkErrors(page: Page, base: string, width: string): Promise<void> {
  for (const problem of Object.keys(problemClasses)) {
    await page.goto(`${base}/ref/fouten`);
    await page.click(`a[href="${problem}/"]`);
    await page.waitForURL(`${base}/ref/fouten/${problem}/`);
    const seen = [await page.evaluate(textOf('h1')), await page.evaluate(tooWide)];
    check(`${width}: ${problem} is explained, and fits`, seen, [problem, 0]);
    const border = "getComputedStyle(document.querySelector('td')).borderBottomStyle";
    check(`${width}: ${problem} has its style`, await page.evaluate(border), 'solid');
    await shoot(page, `error-${problem}-${width}`);
    await page.click('nav a');
    await page.waitForURL(`${base}/ref/fouten/`);
  }
  check(`${width}: the list of errors fits`, await page.evaluate(tooWide), 0);
  await shoot(page, `errors-${width}`);
}

async function shoot(page: Page, what: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder !== undefined) await page.screenshot({ path: path.join(folder, `${what}.png`), fullPage: true });
}

async function checkPages(browser: Browser, origin: string, operations: number): Promise<void> {
  for (const [width, pixels] of Object.entries(widths)) {
    const context = await browser.newContext({ viewport: { width: pixels, height: 900 } });
    const page = await context.newPage();
    const found = watch(page, origin);
    try {
      await checkViewer(page, `${origin}${prefix}`, width, operations);
      await checkErrors(page, `${origin}${prefix}`, width);
    } catch (error) {
      // Waited for in vain. What follows may say why.
      check(`${width}: everything is found`, String(error), '');
    }
    check(`${width}: nothing in the console`, found.complaints, []);
    check(`${width}: nothing is asked of another host`, found.elsewhere, []);
    check(`${width}: nothing is missing`, found.missing, []);
    check(`${width}: no cookies`, await context.cookies(), []);
    await context.close();
  }
}

async function main(): Promise<void> {
  const tools = process.env.BROWSER_TOOLS;
  if (tools === undefined) throw new Error('BROWSER_TOOLS does not say where playwright-core is');
  const { chromium } = createRequire(path.resolve(tools, 'package.json'))('playwright-core') as Playwright;
  const gatewayPort = await freePort();
  const proxy = await startProxy(gatewayPort);
  const origin = `http://${name}:${(proxy.address() as AddressInfo).port}`;
  const folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-browser-'));
  let gateway: ChildProcess | undefined;
  let browser: Browser | undefined;
  try {
    gateway = await startGateway(await writeConfig(folder, gatewayPort, `${origin}${prefix}`));
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // Only our own name leads anywhere, so that a page that needs another host fails.
      args: [...flags, `--host-resolver-rules=MAP ${name} 127.0.0.1, MAP * ~NOTFOUND`],
    });
    await checkPages(browser, origin, await operationsAt(gatewayPort));
  } finally {
    await browser?.close();
    gateway?.kill('SIGTERM');
    proxy.close();
    proxy.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
