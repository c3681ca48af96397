import { listIn, numberIn, objectIn, objectsIn, own, textIn } from '../../domain/agents/json-places.ts'
import { isObject, type Json, type JsonObject } from '../../domain/canonical-json.ts'
import { instant } from '../../domain/time.ts'
import type { Rehearsal } from '../ports/rehearsals.ts'
import type { PlayedScript, RehearsalFault, RehearsalLine } from './rehearse.ts'

/** The report of a stored rehearsal, as it was when it was played. What cannot be read in it is left out. */
export const readReport = ({ report, at }: Pick<Rehearsal, 'report' | 'at'>): readonly PlayedScript[] =>
  objectsIn(report, 'scripts', '').map(({ value }) => {
    const effects = objectIn(value, 'effects')
    return {
      name: textIn(value, 'name') ?? '',
      isUsual: own(value, 'isUsual') === true,
      passed: own(value, 'passed') === true,
      at: instant(numberIn(value, 'at') ?? at),
      lines: listIn(value, 'lines').flatMap((one) => lineOf(one) ?? []),
      faults: faultsIn(value),
      effects: {
        booked: numberIn(effects, 'booked') ?? 0,
        rescheduled: numberIn(effects, 'rescheduled') ?? 0,
        cancelled: numberIn(effects, 'cancelled') ?? 0,
      },
    }
  })

const lineOf = (line: Json): RehearsalLine | undefined => {
  const kind = textIn(line, 'kind')
  if (kind === 'agent' || kind === 'caller') return { kind, text: textIn(line, 'text') ?? '' }
  if (kind !== 'tool') return undefined
  const answer = own(line, 'answer')
  return {
    kind,
    tool: textIn(line, 'tool') ?? '',
    args: objectIn(line, 'args'),
    answer: isObject(answer) ? answer : undefined,
    faults: faultsIn(line),
  }
}

const faultsIn = (value: Json): readonly RehearsalFault[] =>
  listIn(value, 'faults').flatMap((one) => (isObject(one) ? (faultOf(one) ?? []) : []))

const faultOf = (fault: JsonObject): RehearsalFault | undefined => {
  const kind = textIn(fault, 'kind')
  const text = (name: string) => textIn(fault, name) ?? ''
  switch (kind) {
    case 'not-a-parameter':
    case 'required-missing':
    case 'tool-missing':
    case 'tool-elsewhere':
      return { kind, name: text('name') }
    case 'not-allowed':
      return { kind, name: text('name'), allowed: text('allowed') }
    case 'failed':
      return { kind, status: text('status') }
    case 'unmet':
      return { kind, wanted: text('wanted'), found: text('found') }
    case 'claim':
      return { kind, sentence: text('sentence') }
    default:
      return undefined
  }
}
