import type { Branch, Service, Staff } from '../../domain/company.ts'
import { type Instant, parseInstant } from '../../domain/time.ts'
import type { Json, JsonObject } from '../ports/tool-calls.ts'
import type { ToolContext } from './context.ts'

/** One of the times that were last told as alternatives in this call, as it was told. */
export interface ToldOption {
  readonly at: Instant
  readonly branch: Branch
  readonly service: Service
  readonly staff: Staff | undefined
}

/** What "1", "option 2" or "die 3" stands for; undefined when nothing was told that it could stand for. */
export const toldOption = async (context: ToolContext, said: string): Promise<ToldOption | undefined> => {
  const number = Number(/^\D{0,20}([1-3])\D{0,5}$/.exec(said)?.[1])
  if (Number.isNaN(number)) return undefined
  const answers = await context.tx.toolCalls.list(context.call.id)
  const last = answers.findLast(({ output }) => Array.isArray(output.alternatives))?.output
  const option = last && optionsOf(last).find((one) => one.option === number)
  const at = typeof option?.starts_at === 'string' ? parseInstant(option.starts_at).unwrapOr(undefined) : undefined
  const { branches, services, staff } = context.profile
  const branch = branches.find(({ slug }) => slug === last?.branch_slug)
  const service = services.find(({ slug }) => slug === last?.service_slug)
  if (at === undefined || !branch || !service) return undefined
  return { at, branch, service, staff: staff.find(({ slug }) => slug === option?.staff_slug) }
}

const optionsOf = ({ alternatives }: JsonObject): readonly JsonObject[] =>
  Array.isArray(alternatives) ? alternatives.filter(isObject) : []

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
