import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that work through processes, browsers and databases take longest, whatever their size: begun last, one would run alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => /\/test\/(journeys|browser|adapters\/sql)\//.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/laws.ts'],
    globalSetup: ['test/databases/postgres-server.ts'],
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // Loading what a file needs takes longer than most files: the files of a worker share what was loaded once.
    isolate: false,
    // Many tests wait for somebody: for Retell’s turns, for a browser, for a process to end.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
