import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/laws.ts'],
    globalSetup: ['test/databases/postgres-server.ts'],
    pool: 'forks',
    // Loading what a file needs takes longer than most files: the files of a worker share what was loaded once.
    isolate: false,
    // Many tests wait for somebody: for Retell’s turns, for a browser, for a process to end.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
