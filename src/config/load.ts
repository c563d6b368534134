import path from 'node:path';
import { deepFreeze } from '../json.ts';
import { type Mistake, type Path, pathText, throwMistakes } from '../files/mistakes.ts';
import { oncePerPath, readYaml, validate, valueOf } from '../files/yaml-file.ts';
import type { Config, Tls } from './config.ts';
import { credentialsOf } from './credentials-of.ts';
import { crossChecks } from './cross-checks.ts';
import { type Declared, declaration } from './declaration.ts';
import type { Secret } from './secret.ts';
import { type Environment, misplacedReferences, readSecrets } from './secrets.ts';
import { systemChecks } from './system-checks.ts';
import { readTlsFiles } from './tls-files.ts';

/**
 * Reads the configuration: one YAML file, and the secrets that it refers to.
 * `environment` is where `${NAME}` is looked up. Paths in the file are relative to its folder.
 *
 * @throws Mistakes with everything that is wrong, each with its place in the file
 */
export async function loadConfig(file: string, environment: Environment): Promise<Config> {
  const yaml = await readYaml(file);
  throwMistakes(yaml.mistakes);
  const { secrets, mistakes } = await readSecrets(declaration, yaml, environment);
  const files = await readTlsFiles(yaml, secrets);
  const all = [
    ...misplacedReferences(declaration, yaml),
    ...validate(declaration, yaml),
    ...mistakes,
    ...files.mistakes,
    ...crossChecks(yaml),
    ...systemChecks(yaml),
  ];
  throwMistakes(oncePerPath(all).sort(inOrderOfPlace));
  return deepFreeze(resolved(valueOf(declaration, yaml), path.dirname(file), { secrets, tls: files.tls }));
}

function inOrderOfPlace(one: Mistake, other: Mistake): number {
  return (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
}

/** What was read besides the file itself, by the text of the path that it belongs to. */
interface ReadBesides {
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly tls: ReadonlyMap<string, Tls>;
}

type DeclaredBackend = Declared['backends'][string];

/** What is declared of a system besides itself: how it gets to know us. */
interface DeclaredAccess {
  readonly credentials: DeclaredBackend['credentials'] | undefined;
  readonly tls: DeclaredBackend['tls'] | undefined;
}

/** The declared value with secrets instead of references, and every path and URL in one form. */
function resolved(declared: Declared, folder: string, { secrets, tls }: ReadBesides): Config {
  const secretAt = (...place: Path): Secret => {
    const found = secrets.get(pathText(place));
    if (!found) throw new Error(`No secret was read for ${pathText(place)}.`);
    return found;
  };
  const known = (place: Path, baseUrl: string, { credentials, tls: written }: DeclaredAccess) => {
    const files = written && tls.get(pathText(place));
    return {
      credentials: credentialsOf(credentials, baseUrl, (...inner) =>
        secretAt(...place, 'credentials', ...inner),
      ),
      ...(files ? { tls: files } : {}),
    };
  };
  const { baseUrls, mapping, clients, backends, registers, urlChecks, authorisations } = declared;
  return {
    ...declared,
    baseUrls: {
      canonical: plainUrl(baseUrls.canonical),
      further: mapValues(baseUrls.further, (url) => plainUrl(url)),
    },
    mapping: {
      ...mapping,
      folder: path.resolve(folder, mapping.folder),
      with: mapping.with.map((other) => path.resolve(folder, other)),
    },
    clients: clients.map((client, index) => ({ ...client, secret: secretAt('clients', index, 'secret') })),
    backends: mapValues(backends, ({ credentials, tls: written, ...backend }, name) => {
      const baseUrl = plainUrl(backend.baseUrl);
      return { ...backend, baseUrl, ...known(['backends', name], baseUrl, { credentials, tls: written }) };
    }),
    authorisations: {
      ...authorisations,
      callback: {
        secret:
          authorisations.callback.secret === undefined
            ? undefined
            : secretAt('authorisations', 'callback', 'secret'),
      },
    },
    registers: mapValues(registers, ({ credentials, tls: written, ...register }, name) => {
      const root = plainUrl(register.root);
      return { ...register, root, ...known(['registers', name], root, { credentials, tls: written }) };
    }),
    urlChecks: {
      ...urlChecks,
      hosts: urlChecks.hosts.map((host) => ({ ...host, origin: new URL(host.origin).origin })),
    },
  };
}

/** A URL as parsers write it: lower-case host, no default port; and no slash at its end. */
function plainUrl(url: string): string {
  return new URL(url).href.replace(/\/$/, '');
}

function mapValues<In, Out>(
  values: Readonly<Record<string, In>>,
  change: (value: In, name: string) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));
}
