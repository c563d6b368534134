import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { loadConfig } from '../../src/config/index.ts';
import { signedToken } from '../../src/demo/around/token.ts';
import { differenceText } from '../../src/examples/difference.ts';
import { findExamples, loadExample } from '../../src/examples/load.ts';
import { exampleClock, exampleRandom, playExample } from '../../src/examples/run.ts';
import { isObject, type Json } from '../../src/json.ts';
import { loadForExamples } from '../../src/load.ts';
import { logEvents } from '../../src/observe/log.ts';
import { startGateway } from '../../src/server.ts';
import { allLogLines } from '../kit/log.ts';
import { root } from '../kit/process.ts';
import { runningStandIn } from '../stand-ins/kit/running.ts';
import { tutorial } from '../stand-ins/tutorial.ts';

const finished = path.join(root, 'docs/tutorial/finished');
const set = path.join(finished, 'mappings/tutorial-crm');
const secret = 'a-secret-of-32-characters-or-more';

const page = await readFile(path.join(root, 'docs/your-own-crm.md'), 'utf8');
const examples = await findExamples(set);

/** A block of the page: its language and its text. */
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
  language,
  text,
}));

/** The lines with curl, each with what the page shows of its answer. */
const calls = blocks.flatMap(({ language, text }, index) => {
  const line = text.split('\n').find((one) => one.startsWith('curl '));
  const shown = blocks[index + 1];
  return language === 'sh' && line !== undefined && shown?.language === 'json'
    ? [{ line, shown: JSON.parse(shown.text) as Json }]
    : [];
});

/** The body that the page has the reader put into klant.json. */
const body = /cat > klant\.json <<'END'\n([\s\S]*?)END\n/.exec(page)?.[1] ?? '';

describe('the tutorial (docs/your-own-crm.md)', () => {
  const crm = runningStandIn(tutorial());
  let folder = '';
  let gateway: Awaited<ReturnType<typeof startGateway>>;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'klantbrug-tutorial-'));
    const text = await readFile(path.join(finished, 'config/tutorial-crm.yaml'), 'utf8');
    const file = path.join(folder, 'tutorial-crm.yaml');
    await writeFile(
      file,
      text
        .replace('../mappings/tutorial-crm', set)
        .replace('http://127.0.0.1:9100/api', crm.url)
        .replace('port: 8080', 'port: 0'),
    );
    const config = await loadConfig(file, {
      KLANTBRUG_CLIENT_SECRET: secret,
      TUTORIAL_CRM_KEY: 'tutorial-key',
    });
    gateway = await startGateway(config, {
      observe: logEvents('debug', { write: (line) => allLogLines.push(line) }),
    });
  });

  after(async () => {
    await gateway.stop('end of the specs');
    await rm(folder, { recursive: true, force: true });
  });

  /** Does what a line of the page does, with the servers of this spec. */
  async function carryOut(line: string): Promise<Json> {
    const [, quoted, bare] = /(?:'(http[^']+)'|(http\S+))$/.exec(line) ?? [];
    const url = (quoted ?? bare ?? '')
      .replace('http://127.0.0.1:9100/api', crm.url)
      .replace('127.0.0.1:8080', `127.0.0.1:${gateway.port}`);
    const token = await signedToken({ id: 'client', secret });
    const headers = [...line.matchAll(/-H (?:"([^"]+)"|'([^']+)')/g)].map(([, double, single]) => {
      const [name = '', value = ''] = (double ?? single ?? '').replace('$TOKEN', token).split(': ');
      return [name, value] as [string, string];
    });
    const response = await fetch(url, {
      headers,
      ...(line.includes('-d @klant.json') ? { method: 'POST', body } : {}),
    });
    return (await response.json()) as Json;
  }

  it('shows what its curl lines are answered', async () => {
    expect(calls).to.have.lengthOf(5);
    for (const { line, shown } of calls)
      expect(partOf(await carryOut(line), shown), line).to.deep.equal(shown);
  });

  it('shows pieces of the finished files', async () => {
    const files = (await readdir(set)).filter((name) => /\.(yaml|jsonata)$/.test(name));
    const texts = [
      path.join(finished, 'config/tutorial-crm.yaml'),
      ...files.map((name) => path.join(set, name)),
    ];
    const all = (await Promise.all(texts.map((file) => readFile(file, 'utf8')))).join('\n');
    const lines = new Set(all.split('\n').map((line) => line.trim()));
    const pieces = blocks.filter(({ language }) => ['yaml', 'jsonata'].includes(language));
    const shown = pieces.flatMap(({ text }) => text.trim().split('\n'));
    expect(shown).not.to.be.empty;
    expect(shown.map((line) => line.trim()).filter((line) => !lines.has(line))).to.deep.equal([]);
  });

  it('counts the examples of the finished set', () => {
    expect(page).to.include(`${examples.length} examples of The CRM of the tutorial: all hold`);
  });

  for (const file of examples) {
    it(`holds: ${path.basename(file)}`, async () => {
      const loaded = await loadForExamples(set, { clock: exampleClock, random: exampleRandom });
      const { differences } = await playExample(loaded, await loadExample(file));
      expect(differences.map(differenceText)).to.deep.equal([]);
    });
  }
});

/** What an answer has in the places that are shown; of a list, as many of its first items. */
function partOf(answer: Json | undefined, shown: Json): Json | undefined {
  if (Array.isArray(shown))
    return shown.flatMap(
      (item, index) => partOf(Array.isArray(answer) ? answer[index] : undefined, item) ?? [],
    );
  if (!isObject(shown) || !isObject(answer)) return answer;
  return Object.fromEntries(
    Object.entries(shown).map(([key, value]) => [key, partOf(answer[key], value) ?? null]),
  );
}
