/**
 * Who may import whom: `npm run boundaries`. docs/ARCHITECTURE.md says why.
 *
 * Every folder of src is in `mayImport`, but for those at the top (cli and demo), which may import anything, as do
 * the files in `top`, which put everything together. The other files directly in src (json.ts, problem.ts, ...) and
 * files/ and observe/ are the ground that everyone stands on.
 */

/**
 * Layers from the top down, and the folders that each may use besides itself and the ground. Types, which are gone
 * at run time, may also come from what those folders use in their turn, down to the bottom; never from above.
 */
const mayImport = {
  conformance: ['api', 'config', 'kic', 'resources', 'rules', 'contract'],
  examples: ['gateway', 'register', 'mapping', 'backend', 'resources', 'rules', 'contract'],
  api: ['gateway', 'rules', 'contract'],
  kic: ['gateway', 'register', 'resources', 'rules', 'contract'],
  gateway: ['register', 'surrounding', 'rules', 'contract'],
  register: ['mapping', 'backend', 'contract'],
  mapping: ['jsonata', 'contract'],
  jsonata: [],
  surrounding: ['backend', 'contract'],
  backend: ['contract'],
  config: [
    'api',
    'kic',
    'gateway',
    'register',
    'surrounding',
    'mapping',
    'backend',
    'resources',
    'rules',
    'contract',
  ],
  resources: ['rules', 'contract'],
  rules: ['contract'],
  contract: ['rules'],
  observe: [],
  files: [],
};

/** Packages that only one part of the source may know, so that replacing one is a change in one place. */
const homes = {
  'koa|@koa/router|raw-body': '^src/api/',
  'axios|undici|opossum|oauth4webapi': '^src/backend/',
  'saxes|iconv-lite': '^src/backend/encoding/',
  jsonata: '^src/(jsonata|mapping)/',
  'luxon|libphonenumber-js': '^src/mapping/',
  pino: '^src/observe(/|\\.ts$)',
  'lru-cache': '^src/(api|register|gateway|surrounding)/',
  jose: '^src/(api|backend|cli|conformance|demo)/',
  yaml: '^src/(files/|api/openapi)',
  leven: '^src/files/',
  'classic-level': '^src/demo/',
};

const entryPoints = '^src/(main|conformance/main|demo/start|demo/(crm|around)/main)\\.ts$';
const top = '(main|server|compose|load)\\.ts$';
const ground = [`^src/(?!${top})[^/]+\\.ts$`, '^src/observe/', '^src/files/'];
const folder = (name) => `^src/${name}(/|\\.ts$)`;

/** A folder with all that it reaches by any number of steps. */
function below(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  mayImport[name].forEach((other) => below(other, seen));
  return seen;
}

const layers = Object.entries(mayImport).flatMap(([name, others]) => [
  {
    name: `layers-${name}`,
    comment: `src/${name} may use: ${['the ground', ...others].join(', ')}`,
    severity: 'error',
    from: { path: folder(name) },
    to: {
      path: '^src/',
      pathNot: [...ground, ...[name, ...others].map(folder)],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: `layers-${name}-types`,
    comment: `src/${name} may know types of: ${['the ground', ...below(name)].join(', ')}`,
    severity: 'error',
    from: { path: folder(name) },
    to: { path: '^src/', pathNot: [...ground, ...[...below(name)].map(folder)] },
  },
]);

const packages = Object.entries(homes).map(([names, home]) => ({
  name: `home-of-${names.split('|')[0].replace('@', '')}`,
  comment: `${names.replaceAll('|', ', ')}: only in ${home}`,
  severity: 'error',
  from: { path: '^src/', pathNot: home },
  to: { path: `^node_modules/(@types/)?(${names})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'No module needs itself to be loaded. Types may refer to each other: they are gone by then.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment:
        'Every module is imported by another one; only entry points, tests and tools start by themselves.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: entryPoints },
      to: {},
    },
    ...layers,
    {
      name: 'layers-are-declared',
      comment: 'A new folder of src gets its place in the list of layers before it imports anything.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: [...Object.keys(mayImport), 'cli', 'demo'].map(folder) },
      to: {},
    },
    {
      name: 'gateway-knows-rules-as-types',
      comment: 'A rule reaches the gateway through the resource that names it, never by an import.',
      severity: 'error',
      from: { path: '^src/gateway/' },
      to: { path: '^src/rules/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'surrounding-is-handed-in',
      comment:
        'The systems around the gateway are opened by who puts everything together; others know their types.',
      severity: 'error',
      from: { path: '^src/(gateway|config|examples|api)/' },
      to: { path: '^src/surrounding/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'ground-knows-no-layer',
      comment: 'What everyone uses, uses nobody (but the ground itself).',
      severity: 'error',
      from: { path: ground },
      to: { path: '^src/', pathNot: ground },
    },
    {
      name: 'jsonata-stands-alone',
      comment: 'The compiler of JSONata is of use without Klantbrug.',
      severity: 'error',
      from: { path: '^src/jsonata/' },
      to: { path: '^src/', pathNot: '^src/jsonata/' },
    },
    {
      name: 'pure-ground',
      comment: 'Declarations and rules do no I/O, so of the ground they use only what does none.',
      severity: 'error',
      from: { path: '^src/(contract|resources|rules)/' },
      to: { path: ['^src/files/', '^src/observe'], pathNot: '^src/files/markdown\\.ts$' },
    },
    {
      name: 'pure-core-modules',
      comment: 'Declarations and rules do no I/O: no core modules but the ones that only compute.',
      severity: 'error',
      from: { path: '^src/(contract|resources|rules)/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|util|assert|url)$' },
    },
    {
      name: 'pure-packages',
      comment: 'Declarations and rules need no package.',
      severity: 'error',
      from: { path: '^src/(contract|resources|rules)/' },
      to: { path: '^node_modules/' },
    },
    {
      name: 'demo-stays-apart',
      comment: 'The product works without the demonstration; it is not even built into it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/demo/' },
      to: { path: '^src/demo/' },
    },
    {
      name: 'conformance-run-is-a-client',
      comment:
        'The conformance run judges by the declarations, and by HTTP. Of how we keep them it knows nothing.',
      severity: 'error',
      from: { path: '^src/conformance/(run/|main\\.ts$)' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(conformance/run/|api/openapi/|resources/|kic/views\\.ts$|contract/|json\\.ts$|url\\.ts$)',
      },
    },
    {
      name: 'main-is-the-top',
      comment: 'What puts everything together is started, not imported by what it puts together.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${top}|cli/|demo/)` },
      to: { path: `^src/(${top}|cli/)` },
    },
    ...packages,
    {
      name: 'no-development-packages',
      comment: 'What runs in production is a dependency of production.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/demo/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/@types/',
      },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'Every package that is imported is in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json'],
    },
    reporterOptions: { dot: { collapsePattern: '^src/[^/]+' } },
  },
};
