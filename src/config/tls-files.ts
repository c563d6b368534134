import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Mistake, type Path, pathText } from '../files/mistakes.ts';
import { mistakeAt, systemCode, type YamlFile } from '../files/yaml-file.ts';
import { isObject, type JsonObject, valueAt } from '../json.ts';
import { parseUrl } from '../url.ts';
import type { Tls } from './config.ts';
import { type Secret, secret } from './secret.ts';

/** What came of reading the files of all `tls` sections, by the path of the system that each is of. */
export interface ReadTls {
  readonly tls: ReadonlyMap<string, Tls>;
  readonly mistakes: readonly Mistake[];
}

/**
 * Reads the certificates and keys of all systems, and tries whether they can be used: a gateway that starts does not
 * find out at its first call that they cannot. What is in a file is never shown.
 *
 * @param secrets those that were read, by the text of their path: a key may have its passphrase there
 */
export async function readTlsFiles(yaml: YamlFile, secrets: ReadonlyMap<string, Secret>): Promise<ReadTls> {
  const tls = new Map<string, Tls>();
  const mistakes: Mistake[] = [];
  for (const { place, system, declared } of sectionsIn(yaml)) {
    const passphrase = secrets.get(pathText([...place, 'tls', 'passphrase']));
    const read = await readSection(declared, path.dirname(yaml.file), passphrase);
    const wrong = [...onPlainHttp(system), ...missingHalf(declared), ...read.wrong];
    tls.set(pathText(place), read.tls);
    mistakes.push(
      ...wrong.map(({ key, ...words }) => mistakeAt(yaml, { path: [...place, 'tls', ...key], ...words })),
    );
  }
  return { tls, mistakes };
}

interface Section {
  readonly place: Path;
  readonly system: JsonObject;
  readonly declared: JsonObject;
}

/** What is wrong with one key of a section, or with the section itself when there is no key. */
interface Wrong {
  readonly key: Path;
  readonly problem: string;
  readonly expected: string;
}

function sectionsIn({ value }: YamlFile): Section[] {
  return ['backends', 'registers'].flatMap((group) => {
    const systems = valueAt(value, group);
    if (!isObject(systems)) return [];
    return Object.entries(systems).flatMap(([name, system]) =>
      isObject(system) && isObject(system.tls)
        ? [{ place: [group, name], system, declared: system.tls }]
        : [],
    );
  });
}

function onPlainHttp(system: JsonObject): Wrong[] {
  const url = system.baseUrl ?? system.root;
  if (typeof url !== 'string' || parseUrl(url)?.protocol !== 'http:') return [];
  return [{ key: [], problem: 'the system is called over http', expected: 'an https URL, or no tls' }];
}

function missingHalf(declared: JsonObject): Wrong[] {
  const needs = [
    ['certificateFile', 'keyFile'],
    ['keyFile', 'certificateFile'],
    ['passphrase', 'keyFile'],
  ] as const;
  return needs
    .filter(([one, other]) => declared[one] !== undefined && declared[other] === undefined)
    .map(([one, other]) => ({ key: [one], problem: `${other} is missing`, expected: 'both, or neither' }));
}

async function readSection(
  declared: JsonObject,
  folder: string,
  passphrase: Secret | undefined,
): Promise<{ readonly tls: Tls; readonly wrong: readonly Wrong[] }> {
  const wrong: Wrong[] = [];
  const read = async (
    key: string,
    judge: (text: string) => string | undefined,
  ): Promise<string | undefined> => {
    const name = declared[key];
    if (typeof name !== 'string') return undefined;
    const text = await readFile(path.resolve(folder, name), 'utf8').catch((error: unknown) => {
      wrong.push({ key: [key], problem: `it cannot be read (${systemCode(error)})`, expected: 'a PEM file' });
      return undefined;
    });
    const problem = text === undefined ? undefined : judge(text);
    if (problem !== undefined) wrong.push({ key: [key], problem, expected: 'a PEM file that can be used' });
    return problem === undefined ? text : undefined;
  };
  const cert = await read('certificateFile', certificatesProblem);
  // Without its passphrase, which is a mistake already, nothing can be said of a key.
  const isUnreadable = declared.passphrase !== undefined && passphrase === undefined;
  const key = await read('keyFile', (text) =>
    isUnreadable ? undefined : keyProblem(text, passphrase?.reveal(), cert),
  );
  const ca = await read('caFile', certificatesProblem);
  return { tls: { cert, key: key === undefined ? undefined : secret(key), passphrase, ca }, wrong };
}

function certificatesProblem(text: string): string | undefined {
  const blocks =
    text.match(/-----BEGIN [A-Z0-9 ]*CERTIFICATE-----.*?-----END [A-Z0-9 ]*CERTIFICATE-----/gs) ?? [];
  if (blocks.length === 0) return 'there is no certificate in it';
  return blocks.every((block) => certificateIn(block) !== undefined)
    ? undefined
    : 'a certificate in it is damaged';
}

function certificateIn(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}

function keyProblem(
  text: string,
  passphrase: string | undefined,
  certificate: string | undefined,
): string | undefined {
  const key = keyIn(text, passphrase);
  if (!key) {
    return passphrase === undefined
      ? 'there is no private key in it, or one that has a passphrase'
      : 'there is no private key in it, or one that has another passphrase';
  }
  const belongs = certificate === undefined || certificateIn(certificate)?.checkPrivateKey(key) === true;
  return belongs ? undefined : 'it is not the key of the certificate';
}

function keyIn(key: string, passphrase: string | undefined): KeyObject | undefined {
  try {
    return createPrivateKey({ key, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    return undefined;
  }
}
