import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ServedApi } from '../routes.ts';
import { apiTitle } from '../../contract/apis.ts';
import { once } from '../../once.ts';
import { markup, pageText } from './markup.ts';
import { contentPlace, type Place, type Places, policyOf, redirectPlace } from './place.ts';
import { viewerStyle } from './style.ts';

/**
 * Swagger UI runs under a policy without exceptions for inline code, with three things granted:
 * - `connect-src`: it fetches the document that it shows;
 * - `img-src data:`: its stylesheet holds its icons;
 * - `style-src` without `unsafe-inline`: it has one stylesheet. What it styles from JavaScript goes through the
 *   DOM, which a policy leaves alone.
 */
const policy = policyOf({
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
});

/**
 * Starts Swagger UI, in the browser. A file of its own, because the policy allows no script in the page.
 *
 * Reading only: whoever could try a request here would have to paste a token for real persons' data. And no
 * validator: some of Swagger UI's layouts send the address of the document to validator.swagger.io, to get a badge.
 */
const startScript = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#viewer',
  deepLinking: true,
  supportedSubmitMethods: [],
  validatorUrl: null,
  plugins: [{ wrapComponents: { authorizeBtn: () => () => null, authorizeOperationBtn: () => () => null } }],
});
`;

const mediaTypes = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
} as const;

/** What the page loads, and the licences that the bundle refers to. */
const packaged = {
  'swagger-ui.css': 'css',
  'swagger-ui-bundle.js': 'js',
  'swagger-ui-bundle.js.LICENSE.txt': 'txt',
} as const;

/** What the page of every API loads. */
export interface Viewer {
  /** Named after what is in it, so that browsers can keep it for good. */
  readonly folder: string;
  /** By name. */
  readonly files: Places;
}

let loaded: Viewer | undefined;

/**
 * Reads the viewer from its package, once for a process: it is the same for every deployment.
 *
 * @throws Error when the package is not installed
 */
export function theViewer(): Viewer {
  loaded ??= loadViewer();
  return loaded;
}

/**
 * Reads the viewer from its package, where it is complete: nothing of it comes from elsewhere.
 *
 * @throws Error when the package is not installed
 */
function loadViewer(): Viewer {
  const { folder, version } = installedPackage();
  const own = { 'start.js': ['js', startScript], 'page.css': ['css', viewerStyle] } as const;
  const place = (type: keyof typeof mediaTypes, text: string): Place =>
    contentPlace(mediaTypes[type], text, 'forever', policy);
  const ofPackage = Object.entries(packaged).map(([name, type]) => {
    // Over a megabyte, which most gateways are never asked for.
    return [name, once(() => place(type, readFileSync(path.join(folder, name), 'utf8')))] as const;
  });
  const ofUs = Object.entries(own).map(([name, [type, text]]) => [name, place(type, text)] as const);
  const digest = createHash('sha256')
    .update(JSON.stringify([version, own]))
    .digest('hex');
  return { folder: `viewer-${digest.slice(0, 16)}`, files: [...ofPackage, ...ofUs] };
}

/** The page that shows the OpenAPI document of an API, beside that document, and what it loads. */
export function viewerPlaces(api: ServedApi, { folder, files }: Viewer): Places {
  const root = `${api.path}/schema`;
  return [
    [root, redirectPlace('schema/')],
    [`${root}/`, viewerPage(api, folder)],
    ...files.map(([name, place]) => [`${root}/${folder}/${name}`, place] as const),
  ];
}

function viewerPage(api: ServedApi, folder: string): Place {
  // One step up for `schema`, and one for each part of the API's path.
  const top = '../'.repeat(api.path.split('/').length);
  const body = markup`<header>
<nav aria-label="Documentatie">
<a href="openapi.json">OpenAPI (JSON)</a>
<a href="openapi.yaml">OpenAPI (YAML)</a>
<a href="${top}ref/fouten/">Foutmeldingen</a>
</nav>
</header>
<main id="viewer">
<noscript><h1>${apiTitle(api.name)}</h1><p>Deze pagina toont het OpenAPI-document met JavaScript. Zonder JavaScript is het document zelf te lezen.</p></noscript>
</main>
<script src="${folder}/swagger-ui-bundle.js"></script>
<script src="${folder}/start.js"></script>`;
  const text = pageText({
    title: `${apiTitle(api.name)} ${api.version}`,
    styles: [`${folder}/swagger-ui.css`, `${folder}/page.css`],
    body,
  });
  return contentPlace('text/html; charset=utf-8', text, 'ask', policy);
}

/** Not by import.meta.resolve, which is missing where TypeScript is run as it is. */
function installedPackage(): { readonly folder: string; readonly version: string } {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('swagger-ui-dist/package.json');
  const { version } = require(manifest) as { version: string };
  return { folder: path.dirname(manifest), version };
}
