import path from 'node:path';
import { deepFreeze } from '../json.ts';
import { type Mistake, type Path, pathText, throwMistakes } from '../files/mistakes.ts';
import { oncePerPath, readYaml, validate, valueOf } from '../files/yaml-file.ts';
import type { Config, Credentials } from './config.ts';
import { crossChecks } from './cross-checks.ts';
import { declaration } from './declaration.ts';
import type { Secret } from './secret.ts';
import { type Environment, misplacedReferences, readSecrets } from './secrets.ts';

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
  const all = [
    ...misplacedReferences(declaration, yaml),
    ...validate(declaration, yaml),
    ...mistakes,
    ...crossChecks(yaml),
  ];
  throwMistakes(oncePerPath(all).sort(inOrderOfPlace));
  return deepFreeze(resolved(valueOf(declaration, yaml), path.dirname(file), secrets));
}

function inOrderOfPlace(one: Mistake, other: Mistake): number {
  return (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
}

type Declared = ReturnType<typeof valueOf<typeof declaration>>;

/** The declared value with secrets instead of references, and every path and URL in one form. */
function resolved(declared: Declared, folder: string, secrets: ReadonlyMap<string, Secret>): Config {
  const secretAt = (...place: Path): Secret => {
    const found = secrets.get(pathText(place));
    if (!found) throw new Error(`No secret was read for ${pathText(place)}.`);
    return found;
  };
  const { baseUrls, mapping, clients, backends, registers, urlChecks, authorisations } = declared;
  return {
    ...declared,
    baseUrls: {
      canonical: plainUrl(baseUrls.canonical),
      further: mapValues(baseUrls.further, (url) => plainUrl(url)),
    },
    mapping: { ...mapping, folder: path.resolve(folder, mapping.folder) },
    clients: clients.map((client, index) => ({ ...client, secret: secretAt('clients', index, 'secret') })),
    backends: mapValues(backends, (backend, name) => ({
      ...backend,
      baseUrl: plainUrl(backend.baseUrl),
      credentials: credentialsOf(backend.credentials, (...place) =>
        secretAt('backends', name, 'credentials', ...place),
      ),
    })),
    authorisations: {
      ...authorisations,
      callback: {
        secret:
          authorisations.callback.secret === undefined
            ? undefined
            : secretAt('authorisations', 'callback', 'secret'),
      },
    },
    registers: mapValues(registers, (register, name) => ({
      ...register,
      root: plainUrl(register.root),
      credentials: credentialsOf(register.credentials, (...place) =>
        secretAt('registers', name, 'credentials', ...place),
      ),
    })),
    urlChecks: {
      ...urlChecks,
      hosts: urlChecks.hosts.map((host) => ({ ...host, origin: new URL(host.origin).origin })),
    },
  };
}

function credentialsOf(
  declared: Declared['backends'][string]['credentials'],
  secretAt: (...place: Path) => Secret,
): Credentials {
  if (declared?.header) {
    return { kind: 'header', name: declared.header.name, value: secretAt('header', 'value') };
  }
  if (declared?.basic) {
    return { kind: 'basic', user: declared.basic.user, password: secretAt('basic', 'password') };
  }
  if (declared?.zgw) return { ...declared.zgw, kind: 'zgw', secret: secretAt('zgw', 'secret') };
  return declared?.bearer ? { kind: 'bearer', token: secretAt('bearer', 'token') } : { kind: 'none' };
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
