import { err, ok, type Result } from 'neverthrow'
import { toolsOf } from '../../domain/agents/agent-tools.ts'
import { objectIn } from '../../domain/agents/json-places.ts'
import { isOurServer, isOurs } from '../../domain/agents/lint/our-address.ts'
import { openValues, placeholder, sealedIds } from '../../domain/agents/sealed-values.ts'
import { type ToolHttpRequest, toolRequest, withVariables } from '../../domain/agents/tool-request.ts'
import { isObject, type JsonObject } from '../../domain/canonical-json.ts'
import type { AgentId } from '../../domain/ids.ts'
import type { Secret } from '../../domain/secret.ts'
import { noteLook } from '../access/audited.ts'
import { needsFlag } from '../access/flags.ts'
import type { FeatureOff } from '../access/known-flags.ts'
import type { CopiedCall } from '../ports/copies.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'
import { currentVersion } from './current-version.ts'
import { openCopy } from './open-copy.ts'
import { answeringBranch } from './rehearse.ts'

export interface ToolTrial {
  /** A pointer to the tool in the version's document. */
  readonly path: string
  readonly args: JsonObject
  /** Values of `{{variables}}` in its address and headers. */
  readonly variables?: { readonly [name: string]: string } | undefined
  /** Ours. Undefined: the draft, else what is live. */
  readonly version?: number | undefined
  /** Who rings, in any spelling. Undefined: a hidden number. */
  readonly caller?: string | undefined
}

export interface ToolTried {
  /** `copy`: it is one of ours, and answered on a copy of the company, where nothing is really booked. */
  readonly where: 'copy' | 'outside'
  /** As it was sent; secrets in it are placeholders. */
  readonly request: ToolHttpRequest
  readonly answer:
    | { readonly status: number; readonly ms: number; readonly body: string; readonly isCut: boolean }
    | { readonly failure: 'unreachable' | 'forbidden'; readonly detail: string | undefined }
}

export type CannotTry =
  | { readonly kind: 'not-found' }
  /** Retell does it itself: it ends calls, passes them on and the like. */
  | { readonly kind: 'not-asked-over-http' }
  | { readonly kind: 'secret-missing' }
  | FeatureOff

type Needs = Pick<
  Ports,
  'store' | 'directory' | 'copies' | 'clock' | 'ids' | 'outsideTools' | 'voice' | 'realTime' | 'flags'
>

/** Sends a tool the request that Retell would send, and shows what came back. It is signed as Retell signs where the company has an account of its own. */
export const tryTool =
  (ports: Needs, { publicUrl }: { readonly publicUrl: string }) =>
  async (scope: CompanyScope, agent: AgentId, trial: ToolTrial): Promise<Result<ToolTried, CannotTry>> => {
    const profile = await ports.directory.profile(scope.company)
    const found = await ports.store.read(scope, async (tx) => {
      const managed = await tx.agents.find(agent)
      const version = trial.version ?? (managed && currentVersion(managed))
      const configuration = version === undefined ? undefined : await tx.agents.configuration(agent, version)
      const tool = configuration && toolsOf(configuration).find(({ path }) => path === trial.path)
      if (!managed || !tool) return undefined
      const defaults = objectIn(configuration?.engine, 'default_dynamic_variables')
      const secrets = new Map<string, Secret>()
      for (const id of sealedIds({ tool: tool.document, defaults })) {
        const value = await tx.agents.secret(id)
        if (value) secrets.set(id, value)
      }
      return { managed, tool, secrets, defaults }
    })
    const branch = profile && found && answeringBranch(profile, found.managed)
    if (!profile || !found || !branch) return err({ kind: 'not-found' })
    const { tool, secrets } = found
    const { url } = tool.document
    if (tool.kind !== 'custom' || typeof url !== 'string') return err({ kind: 'not-asked-over-http' })
    const call: CopiedCall = {
      id: `trial_${ports.ids.next('rehearsal')}`,
      caller: trial.caller,
      branch: branch.id,
      agentId: found.managed.retellAgentId,
    }
    const number = branch.phoneNumbers.find(({ active }) => active)?.number
    const requestOf = (document: JsonObject, defaults: JsonObject): ToolHttpRequest =>
      withVariables(toolRequest(document, trial.args, callShown(call, number)), {
        ...textsIn(defaults),
        ...trial.variables,
      })
    const request = requestOf(tool.document, found.defaults)
    if (isOurs(inTheEnd(request.url), publicUrl)) {
      const copy = await openCopy(ports)(scope, profile, ports.clock.now(), trial.caller)
      const measure = ports.realTime.measure()
      const body = JSON.stringify(await copy.ask(tool.name ?? '', trial.args, call), null, 2)
      return ok({ where: 'copy', request, answer: { status: 200, ms: measure(), body, isCut: false } })
    }
    const opened = openValues({ tool: tool.document, defaults: found.defaults }, (id) => secrets.get(id))
    if (opened.isErr()) return err({ kind: 'secret-missing' })
    const sent = requestOf(objectIn(opened.value, 'tool'), objectIn(opened.value, 'defaults'))
    // Whoever may say the whole body could otherwise have signed whatever we believe of Retell.
    const isSigned = tool.document.args_at_root !== true && !isOurServer(inTheEnd(sent.url), publicUrl)
    const key = isSigned ? await ownKey(ports, scope) : undefined
    const signature = key && ports.voice.sign(sent.body ?? '', ports.clock.now(), key)
    const allowed = await needsFlag(ports)(scope, 'outside-trials')
    if (allowed.isErr()) return err(allowed.error)
    const subject = { kind: 'agent', id: agent } as const
    const facts = { agent: found.managed.slug, tool: tool.name ?? '' }
    await noteLook(ports)(scope, { kind: 'agent.tool_tried', subject, facts })
    const answer = await ports.outsideTools.call({
      ...sent,
      headers: {
        ...sent.headers,
        ...(signature === undefined ? {} : { 'x-retell-signature': signature }),
      },
    })
    return ok({
      where: 'outside',
      request,
      answer: answer.match(
        (given) => ({ ...given, body: withoutSecrets(given.body, secrets) }),
        (failure) => ({ failure: failure.kind, detail: failure.kind === 'unreachable' ? failure.detail : undefined }),
      ),
    })
  }

/**
 * Only an account that is the company's alone signs for it: what it is sent to could send it on to us, and with a key of
 * several companies it would be believed of any of them.
 */
const ownKey = async ({ directory }: Needs, scope: CompanyScope): Promise<Secret | undefined> => {
  const account = await directory.accountOf(scope.company)
  return account.company === scope.company ? account.keys[0] : undefined
}

/** Where an address leads, whatever spelling leads there. */
const inTheEnd = (url: string): string => (URL.canParse(url) ? new URL(url).href : url)

/** Some servers tell whoever asks what they were sent. */
const withoutSecrets = (text: string, secrets: ReadonlyMap<string, Secret>): string => {
  let shown = text
  for (const [id, value] of secrets) {
    for (const form of value.use((plain) => [plain, JSON.stringify(plain).slice(1, -1), encodeURIComponent(plain)])) {
      if (form !== '') shown = shown.replaceAll(form, placeholder(id))
    }
  }
  return shown
}

const textsIn = (value: unknown): { readonly [name: string]: string } =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
      )
    : {}

const callShown = ({ id, caller, agentId }: CopiedCall, number: string | undefined): JsonObject => ({
  call_id: id,
  call_type: 'phone_call',
  direction: 'inbound',
  call_status: 'ongoing',
  from_number: caller ?? 'anonymous',
  ...(number === undefined ? {} : { to_number: number }),
  ...(agentId === undefined ? {} : { agent_id: agentId }),
})
