// A reporter for vitest: writes down what scripts/test.js has to count and tell.
import { writeFileSync } from 'node:fs'

const skipped = (test) => ({ name: test.fullName, reason: test.result().note ?? '' })

export default class TestReport {
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((one) => [...one.children.allTests()])
    const inState = (state) => tests.filter((test) => test.result().state === state)
    // A file or a hook that fails takes no test with it, so it is counted by itself.
    const broken = modules.filter((one) => one.state() === 'failed' && ![...one.children.allTests('failed')].length)
    const report = {
      passed: inState('passed').length,
      failed: inState('failed').length + inState('pending').length + broken.length + unhandled.length,
      skipped: inState('skipped').map(skipped),
    }
    writeFileSync(process.env.TEST_REPORT, JSON.stringify(report))
  }
}
