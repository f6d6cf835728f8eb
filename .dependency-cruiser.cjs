// The import table of docs/architecture.md. Folders of core are stages of a pipeline, and imports point one way.

/** What each folder of packages/core/src may import, beside itself, errors.ts and tensor/. */
const stages = {
  tensor: [],
  wgsl: [],
  ir: [],
  ops: ['wgsl', 'ir'],
  onnx: ['ir', 'ops/registry'],
  passes: ['ir', 'ops', 'wgsl'],
  plan: ['ir', 'ops', 'wgsl'],
  gpu: ['plan', 'wgsl', 'platform'],
  wasm: ['ir', 'onnx', 'session/engine', 'platform'],
  session: ['wgsl', 'ir', 'ops', 'onnx', 'passes', 'plan', 'gpu', 'wasm', 'platform'],
  backbone: ['wgsl', 'ir', 'ops', 'onnx', 'passes', 'session', 'platform'],
  speech: ['session', 'backbone', 'platform'],
  train: ['wgsl', 'ir', 'ops', 'onnx', 'passes', 'wasm', 'session', 'backbone', 'evaluate/metrics', 'platform'],
  evaluate: ['ir', 'session', 'backbone', 'train', 'platform'],
  project: ['train/write-result', 'platform'],
  platform: [],
};

/** Tests may use the testkit and whatever is below what they test. */
const tests = '\\.test\\.tsx?$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(stages).map(([stage, allowed]) => ({
      name: `core-${stage}`,
      comment: `${stage}/ may import ${['errors', 'tensor', ...allowed].join(', ')} of core, and nothing above it.`,
      severity: 'error',
      from: { path: `^packages/core/src/${stage}/`, pathNot: tests },
      to: {
        path: '^packages/core/src/',
        pathNot: ['errors\\.ts$', `${stage}/`, 'tensor/', ...allowed.map((folder) => `${folder}(/|\\.ts$)`)].map(
          (path) => `^packages/core/src/${path}`,
        ),
      },
    })),
    {
      name: 'only-gpu-touches-the-device',
      comment: 'Everything outside gpu/ (and the adapter in platform/) is device-free.',
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: ['^packages/core/src/platform/', tests] },
      to: { path: 'node_modules/webgpu/' },
    },
    {
      name: 'no-circular',
      comment: 'Two files that import each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'packages-through-their-entry',
      comment: 'A package is used through what it exports, never through its files.',
      severity: 'error',
      // The testkit tests the stages one by one.
      from: { path: '^(packages/[^/]+|examples|scripts)/', pathNot: '^packages/testkit/' },
      to: {
        path: '^packages/([^/]+)/src/',
        pathNot: ['^$1/', '^packages/(core|server)/src/(index|app|client)\\.ts$', '^packages/testkit/'],
      },
    },
    {
      name: 'testkit-only-in-tests',
      severity: 'error',
      from: { path: '^packages/(core|cli|server|web)/src/', pathNot: tests },
      to: { path: '^packages/testkit/' },
    },
    {
      name: 'front-ends-apart',
      comment: 'cli may serve the API; otherwise the front ends share only core.',
      severity: 'error',
      from: { path: '^packages/(server|web)/src/' },
      to: { path: '^packages/(cli|web|server)/src/', pathNot: ['^packages/$1/', '^packages/server/src/client\\.ts$'] },
    },
    {
      name: 'nothing-imports-the-bin',
      comment: 'cli/src/index.ts runs when it is loaded and holds the only process.exit; commands return exit codes.',
      severity: 'error',
      from: { path: '^packages/cli/src/(?!index\\.ts)' },
      to: { path: '^packages/cli/src/index\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.pnpm)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'default'] },
  },
};
