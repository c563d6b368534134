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

/**
 * Files of packages that would be loaded at every start for nothing, and what is there instead.
 *
 * @type {Readonly<Record<string, (text: string) => string>>}
 */
const instead = {
  // Each call has an adapter of our own, and sends what is written already.
  'axios/lib/adapters/http.js': () => 'export default undefined;',
  'axios/lib/adapters/xhr.js': () => 'export default undefined;',
  'axios/lib/adapters/fetch.js': () => 'export const getFetch = undefined;',
  'axios/lib/platform/node/classes/FormData.js': () => 'export default undefined;',
  // Who looks whether there is a FormData has Node load all that it has of a browser.
  'axios/lib/utils.js': (text) => text.replace(/typeof G\.FormData .*;/, 'undefined;'),
  // The rest of undici is proxies, mocks, and a browser again.
  'undici/index.js': () => `
    exports.Agent = require('./lib/dispatcher/agent.js');
    exports.buildConnector = require('./lib/core/connect.js');
    exports.errors = require('./lib/core/errors.js');`,
  // One list of media types, instead of three.
  'mime-types/index.js': () => "module.exports = require('../koa/node_modules/mime-types');",
  'type-is/node_modules/mime-types/index.js': () =>
    "module.exports = require('../../../koa/node_modules/mime-types');",
  // What is read is in Unicode or in Latin letters.
  'iconv-lite/encodings/dbcs-data.js': () => 'module.exports = {};',
};

/** @type {import('esbuild').Plugin} */
const leaveOut = {
  name: 'leave out',
  setup(building) {
    const met = new Set();
    for (const [file, written] of Object.entries(instead)) {
      const whole = path.resolve('node_modules', file).replaceAll(/[^\w/]/g, '\\$&');
      const filter = new RegExp(`^${whole}$`);
      building.onLoad({ filter }, async ({ path: found }) => {
        const text = await readFile(found, 'utf8');
        const contents = written(text);
        if (contents !== text) met.add(file);
        return { contents, resolveDir: path.dirname(found) };
      });
    }
    building.onEnd(() => {
      const others = Object.keys(instead).filter((file) => !met.has(file));
      if (others.length > 0) throw new Error(`${others.join(', ')} is not what it was: see build.js.`);
    });
  },
};

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
  plugins: [leaveOut],
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
