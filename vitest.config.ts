import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      // The matrix asks thousands of questions in one test, and machines may be busy.
      // Modules are loaded once for all files: half the time of the suite goes into loading them otherwise.
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000, isolate: false } },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 20_000 } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'swarm',
          include: ['test/swarm/**/*.test.ts'],
          globalSetup: ['test/lab/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          // One Swarm at a time: the machine's cores and the network ranges are shared.
          fileParallelism: false,
        },
      },
    ],
  },
});
