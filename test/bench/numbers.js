// Number to branch, inside the service: at 10, 1,000 and 100,000 numbers.
import { openDesk } from '../../dist/composition/desk.js'

const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]

export const companyOf = (count) => ({
  company: { slug: 'bench', name: 'Bench', time_zone: 'Europe/Berlin', country: 'DE' },
  branches: Array.from({ length: Math.max(1, Math.ceil(count / 1000)) }, (_, branch) => ({
    slug: `branch-${branch}`,
    name: `Branch ${branch}`,
    phone_numbers: Array.from(
      { length: Math.min(1000, count) },
      (_, index) => `+4930${20_000_000 + branch * 1000 + index}`,
    ),
  })),
})

export const lookUps = async (count, rounds) => {
  const { readCompanyFile } = await import('../../dist/adapters/company-file/read-company-file.js')
  const { grantPlatform } = await import('../../dist/application/grant-scope.js')
  const opened = await openDesk({
    databaseUrl: 'sqlite::memory:',
    encryptionKeys: undefined,
    publicUrl: 'http://127.0.0.1:3000',
    retellWebhookKeys: [],
    poolMin: 0,
    poolMax: 1,
    autoMigrate: true,
  })
  const desk = opened._unsafeUnwrap()
  const file = readCompanyFile(companyOf(count), {})
  if (file.isErr()) throw new Error(JSON.stringify(file.error.slice(0, 3)))
  const scope = grantPlatform({ kind: 'job', name: 'bench' })
  await desk.ports.companies.write(
    scope,
    { spec: file.value.spec, customers: [], secrets: [], prune: false },
    desk.ports.clock.now(),
  )
  const times = []
  for (let round = 0; round < rounds; round += 1) {
    const pick = Math.floor(Math.random() * count)
    const number = `+4930${20_000_000 + pick}`
    const at = performance.now()
    const line = await desk.ports.directory.lineOf(number)
    times.push(performance.now() - at)
    if (!line) throw new Error(`${number} has no line`)
  }
  await desk.close()
  times.sort((a, b) => a - b)
  return { numbers: count, p50_ms: percentile(times, 0.5), p99_ms: percentile(times, 0.99) }
}
