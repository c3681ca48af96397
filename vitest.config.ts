import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Generous, because laws try many cases and the machine may be busy; a hanging test still ends.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
