/** The walls of the house: who may import whom. */
const test = '\\.test\\.tsx?$';
const inner = {
  certificate: ['certificate', 'asn1', 'refusal'],
  trust: ['trust', 'certificate', 'asn1', 'refusal'],
  revocation: ['revocation', 'trust', 'certificate', 'asn1', 'refusal'],
  register: ['register', 'certificate', 'qualification/qualification', 'refusal'],
};
const features = [
  'registration',
  'certificate-check',
  'oauth',
  'gateway',
  'portal',
  'openapi',
  'own-registrations',
  'explorer',
  'sandbox',
  'fallback',
  'operator',
  'kpi',
];
const workspaces = { core: [], web: ['core'], server: ['core', 'web'], tpp: ['core'], demo: ['core'] };

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core-touches-nothing',
      comment: 'core is pure: node:crypto, node:zlib and zod, no network, disk, clock, randomness, environment',
      severity: 'error',
      from: { path: '^core/src/', pathNot: test },
      to: { pathNot: ['^core/src/', '^(node:)?(crypto|zlib)$', 'node_modules/zod/'] },
    },
    {
      name: 'web-is-functions',
      severity: 'error',
      from: { path: '^web/src/', pathNot: test },
      to: { pathNot: ['^web/src/', '(^core/(src|dist)/|@postern/core)', 'node_modules/preact'] },
    },
    ...Object.entries(workspaces).map(([name, allowed]) => ({
      name: `${name}-imports-only-${allowed.join('-and-') || 'itself'}`,
      severity: 'error',
      from: { path: `^${name}/src/` },
      to: { path: `^(?!(${[name, ...allowed].join('|')})/)(core|web|server|tpp|demo)/` },
    })),
    ...Object.entries(inner).map(([name, allowed]) => ({
      name: `core-${name}-direction`,
      severity: 'error',
      from: { path: `^core/src/${name}/`, pathNot: test },
      to: {
        path: '^core/src/',
        pathNot: [
          ...allowed.map((folder) => `^core/src/${folder}`),
          '^core/src/refusal',
          '^core/src/qualification/finding',
        ],
      },
    })),
    ...features.map((name) => ({
      name: `${name}-is-a-feature`,
      comment: 'features do not import each other; only commands wire things together',
      severity: 'error',
      from: { path: `^server/src/${name}/`, pathNot: test },
      to: { path: `^server/src/(${features.filter((other) => other !== name).join('|')}|commands)/` },
    })),
    {
      name: 'only-commands-wire',
      severity: 'error',
      from: { path: '^server/src/', pathNot: ['^server/src/commands/', test] },
      to: { path: '^server/src/commands/' },
    },
    {
      name: 'fastify-stays-at-the-edge',
      severity: 'error',
      from: {
        path: '^server/src/',
        pathNot: ['^server/src/http/', 'route\\.ts$', '-routes\\.ts$', '^server/src/commands/', test],
      },
      to: { path: 'node_modules/fastify/' },
    },
    {
      name: 'no-test-in-product',
      severity: 'error',
      from: { pathNot: [test, '^tests/', '^bench/'] },
      to: { path: [test, '^tests/'] },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'dist'] },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
