import type { DeliveryStage, NewDelivery } from '../../application/ports/inbox.ts'

/**
 * Deliveries of one moment as one text: a line of JSON, then their bodies as they are. What they have in common is
 * written once: that halves what has to be sealed and brought to the disk before they are acknowledged.
 */
export const pack = (deliveries: readonly NewDelivery[]): string => {
  const texts: string[] = []
  let bodies = ''
  const places = new Map<string, number>()
  const placeOf = (text: string): number => {
    const known = places.get(text)
    if (known !== undefined) return known
    places.set(text, texts.length)
    return texts.push(text) - 1
  }
  const packed = deliveries.map((one): Packed => {
    bodies += one.body ?? ''
    const stages: number[] = []
    for (const { name, at, ok, detail } of one.stages) {
      stages.push(placeOf(name), at - one.receivedAt, ok ? 1 : 0, placeOf(detail))
    }
    return [
      one.id,
      placeOf(one.source),
      placeOf(one.event),
      one.callId ?? null,
      one.company === undefined ? null : placeOf(one.company),
      one.account === undefined ? null : placeOf(one.account),
      one.receivedAt,
      placeOf(one.address),
      placeOf(one.outcome),
      stages,
      one.dedupeKey ?? null,
      one.body?.length ?? null,
      one.dueAt ?? null,
    ]
  })
  return `${JSON.stringify([texts, packed])}\n${bodies}`
}

/** What was packed, as it was; also one line of JSON alone, as it was packed before bodies had a place of their own. Throws when it is no such text. */
export const unpack = (text: string): readonly NewDelivery[] => {
  const end = text.indexOf('\n')
  const [texts, packed] = JSON.parse(end < 0 ? text : text.slice(0, end)) as readonly [
    readonly string[],
    readonly Packed[],
  ]
  let place = end + 1
  const bodyOf = (length: Packed[11]): string | undefined => {
    if (typeof length !== 'number') return length ?? undefined
    place += length
    if (place > text.length) throw new Error('Packed deliveries end before their bodies do')
    return text.slice(place - length, place)
  }
  const textAt = (place: number): string => {
    const found = texts[place]
    if (found === undefined) throw new Error('A packed delivery names a text that is not there')
    return found
  }
  return packed.map(
    ([
      id,
      source,
      event,
      callId,
      company,
      account,
      receivedAt,
      address,
      outcome,
      stages,
      dedupeKey,
      bodyLength,
      dueAt,
    ]) => {
      const delivery = {
        id,
        source: textAt(source),
        event: textAt(event),
        callId: callId ?? undefined,
        company: company === null ? undefined : textAt(company),
        account: account === null ? undefined : textAt(account),
        receivedAt,
        address: textAt(address),
        outcome: textAt(outcome),
        stages: stagesOf(stages, receivedAt, textAt),
        dedupeKey: dedupeKey ?? undefined,
        body: bodyOf(bodyLength),
        dueAt: dueAt ?? undefined,
      }
      return delivery as NewDelivery
    },
  )
}

const stagesOf = (
  packed: Packed[9],
  receivedAt: number,
  textAt: (place: Place) => string,
): readonly DeliveryStage[] => {
  const stages: DeliveryStage[] = []
  const flat = packed.flatMap((one) => (typeof one === 'number' ? one : [one[0], one[1] - receivedAt, one[2], one[3]]))
  for (let next = 0; next < flat.length; next += partsOfStage) {
    const [name = -1, after = 0, ok, detail = -1] = flat.slice(next, next + partsOfStage)
    const stage = { name: textAt(name), at: receivedAt + after, ok: ok === 1, detail: textAt(detail) }
    stages.push(stage as DeliveryStage)
  }
  return stages
}

type Place = number
/** Of each its name, the milliseconds after the receipt, whether it went well (1 or 0) and its detail. */
type PackedStages = readonly (number | readonly [name: Place, at: number, ok: 0 | 1, detail: Place])[]
const partsOfStage = 4
type Packed = readonly [
  id: string,
  source: Place,
  event: Place,
  callId: string | null,
  company: Place | null,
  account: Place | null,
  receivedAt: NewDelivery['receivedAt'],
  address: Place,
  outcome: Place,
  stages: PackedStages,
  dedupeKey: string | null,
  /** The body itself in what was packed before. */
  bodyLength: number | string | null,
  dueAt: NewDelivery['receivedAt'] | null,
]
