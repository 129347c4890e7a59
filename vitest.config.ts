import { defineConfig } from 'vitest/config';

/** People of all roles beside each other on one engine, each in a browser: it has the machine for itself, after all others. */
const walk = 'test/ui/walk.test.ts';

export default defineConfig({
  test: {
    setupFiles: ['test/support/propertySeed.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Polling ends as soon as it succeeds: a busy machine gets the time of a whole test.
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: [walk],
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'walk', include: [walk], sequence: { groupOrder: 1 } } },
    ],
  },
});
