import { happeningLines, note, print, printJson } from '../../adapters/cli/terminal.ts'
import { signatureHeader } from '../../adapters/retell/signature.ts'
import { type Happening, simulateCall } from '../../adapters/simulation/simulated-call.ts'
import type { ScriptStep } from '../../domain/agents/script.ts'
import { parseLineNumber } from '../../domain/calling/line-number.ts'
import { parsePhoneNumber } from '../../domain/phone-number.ts'
import { readCallScript } from '../call-script.ts'
import { bookingSteps } from '../demo-call.ts'
import type { Desk } from '../desk.ts'
import { type ExitCode, withDesk } from './context.ts'

interface CallOptions {
  readonly to: string
  readonly from?: string
  readonly script?: string
  readonly url?: string
  readonly json?: true
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Any spelling: international ones at once, national ones in the countries of the companies that are here. */
const lineOf = async ({ ports }: Desk, text: string) => {
  const international = parseLineNumber(text)
  const candidates = international ? [international] : []
  for (const { id } of international ? [] : await ports.directory.companies()) {
    const profile = await ports.directory.profile(id)
    const parsed = profile && parsePhoneNumber(text, profile.company.country)
    if (parsed?.isOk()) candidates.push(parsed.value)
  }
  for (const number of candidates) {
    const line = await ports.directory.lineOf(number)
    if (line) return { number, line }
  }
  return undefined
}

export const call = (options: CallOptions): Promise<ExitCode> =>
  withDesk(async (desk, config) => {
    const found = await lineOf(desk, options.to)
    const profile = found && (await desk.ports.directory.profile(found.line.company))
    const branch = profile?.branches.find(({ id }) => id === found?.line.branch)
    if (!found || !profile || !branch) {
      note(
        `No company has the number ${options.to}. Look at the phone_numbers of its file, or apply one: frontdesk apply FILE`,
      )
      return 1
    }
    const account = await desk.ports.directory.accountOf(found.line.company)
    const [key] = account.keys
    if (!key) {
      note(
        'There is no Retell key to sign with. Set RETELL_API_KEY or RETELL_WEBHOOK_KEYS, or name the keys in the company file.',
      )
      return 1
    }
    let steps: readonly ScriptStep[] = bookingSteps(profile, branch, desk.ports.clock.now(), 0)
    if (options.script !== undefined) {
      const script = readCallScript(options.script)
      if (script.isErr()) {
        for (const problem of script.error.problems) note(`${options.script}  ${problem}`)
        return 2
      }
      steps = script.value.steps
    }
    const url = options.url ?? config.publicUrl
    const happenings: Happening[] = []
    try {
      const outcome = await simulateCall(
        {
          url,
          key,
          to: found.number,
          from: options.from ?? 'anonymous',
          agentId: branch.retellAgentId,
          steps,
          now: () => desk.ports.clock.now(),
          sign: signatureHeader,
          wait,
        },
        (happening) => {
          happenings.push(happening)
          if (!options.json) for (const line of happeningLines(happening)) print(line)
        },
      )
      if (options.json) printJson({ call_id: outcome.callId, ok: outcome.ok, steps: happenings })
      else
        print(outcome.ok ? `Call ${outcome.callId} went through.` : 'Something was refused; look at the steps above.')
      return outcome.ok ? 0 : 1
    } catch {
      note(`${url} does not answer. Start the service first (frontdesk serve), or name another address with --url.`)
      return 1
    }
  })
