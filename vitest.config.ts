import { defineConfig } from 'vitest/config';

const temporaryFolder = 'tests/material/temporary-folder.ts';

export default defineConfig({
  test: {
    // Two at a time, also on a machine of two cores, where the default is one.
    maxWorkers: 2,
    reporters: ['default', './scripts/summary-reporter.mjs'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{core,web,server,tpp,demo}/src/**/*.test.{ts,tsx}', 'tests/cost/**/*.test.ts'],
          globalSetup: [temporaryFolder],
          setupFiles: ['tests/material/fixed-seed.ts'],
          // No test asserts a time; this only ends what hangs.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          globalSetup: [temporaryFolder, 'tests/material/prepared-demo.ts'],
          include: ['tests/{integration,attacks,transcripts,vectors}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          // Whole processes on a shared machine: what holds only on a second try is named at the end of the run.
          retry: 1,
        },
      },
      {
        test: {
          name: 'browser',
          globalSetup: [temporaryFolder, 'tests/material/prepared-demo.ts'],
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          retry: 1,
        },
      },
      {
        test: {
          name: 'conformance',
          globalSetup: [temporaryFolder],
          include: ['tests/conformance/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
