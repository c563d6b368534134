import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

/**
 * Makes `dist`: the program with all that it needs of its packages, a file for each command. To find, read and compile a
 * thousand modules takes Node longer than all the rest of a start, and memory that stays in use.
 *
 * Names of functions stay, so that the stack of an unexpected error can be read. Swagger UI is what a browser gets, as it is.
 */
await rm('dist', { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 120,
  legalComments: 'none',
  metafile: true,
  external: ['swagger-ui-dist'],
  // Packages that are no modules yet ask for those of Node in the old way.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
});
await chmod('dist/main.js', 0o755);
await writeFile('dist/LICENSES.txt', (await Promise.all(packagesIn(metafile).map(licenceOf))).join('\n\n'));

/**
 * The folders of all packages of which something is in the bundle.
 *
 * @param {import('esbuild').Metafile} metafile
 */
function packagesIn({ inputs }) {
  const folders = Object.keys(inputs).flatMap(
    (file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  );
  return [...new Set(folders)].sort();
}

/**
 * Whoever hands on a package has to hand on its licence.
 *
 * @param {string} folder
 */
async function licenceOf(folder) {
  const manifest = await readFile(path.join(folder, 'package.json'), 'utf8');
  /** @type {unknown} */
  const about = JSON.parse(manifest);
  const { name, version, license } = /** @type {{ name: string, version: string, license: string }} */ (
    about
  );
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}
