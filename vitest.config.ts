import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    setupFiles: ['test/support/propertySeed.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Polling ends as soon as it succeeds: a busy machine gets the time of a whole test.
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
  },
});
