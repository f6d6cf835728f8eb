import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    setupFiles: ['packages/testkit/src/setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Bounds for what hangs, not for what is slow: software adapters share two cores with everything else.
    testTimeout: 240_000,
    slowTestThreshold: 2_000,
    hookTimeout: 240_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.{ts,tsx}',
            'packages/*/test/**/*.test.ts',
            'packages/*/e2e/**/*.test.ts',
            'examples/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', 'packages/*/test/shared/**'],
        },
      },
      // Needs the models and datasets of ../shared: `npm run test:shared`.
      { extends: true, test: { name: 'shared', include: ['packages/*/test/shared/**/*.test.ts'], testTimeout: 900_000 } },
    ],
  },
});
