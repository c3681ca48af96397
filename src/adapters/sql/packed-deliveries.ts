import type { DeliveryStage, NewDelivery } from '../../application/ports/inbox.ts'

/**
 * Deliveries of one moment as one text. What they have in common is written once: that halves what has to be sealed and
 * brought to the disk before they are acknowledged.
 */
export const pack = (deliveries: readonly NewDelivery[]): string => {
  const texts: string[] = []
  const places = new Map<string, number>()
  const placeOf = (text: string): number => {
    const known = places.get(text)
    if (known !== undefined) return known
    places.set(text, texts.length)
    return texts.push(text) - 1
  }
  const packed = deliveries.map(
    (one): Packed => [
      one.id,
      placeOf(one.source),
      placeOf(one.event),
      one.callId ?? null,
      one.company === undefined ? null : placeOf(one.company),
      one.account === undefined ? null : placeOf(one.account),
      one.receivedAt,
      placeOf(one.address),
      placeOf(one.outcome),
      one.stages.map(({ name, at, ok, detail }) => [placeOf(name), at, ok ? 1 : 0, placeOf(detail)]),
      one.dedupeKey ?? null,
      one.body ?? null,
      one.dueAt ?? null,
    ],
  )
  return JSON.stringify([texts, packed])
}

/** What was packed, as it was. Throws when it is no such text. */
export const unpack = (text: string): readonly NewDelivery[] => {
  const [texts, packed] = JSON.parse(text) as readonly [readonly string[], readonly Packed[]]
  const textAt = (place: number): string => {
    const found = texts[place]
    if (found === undefined) throw new Error('A packed delivery names a text that is not there')
    return found
  }
  return packed.map(
    ([id, source, event, callId, company, account, receivedAt, address, outcome, stages, dedupeKey, body, dueAt]) => {
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
        stages: stages.map(([name, at, ok, detail]) => ({
          name: textAt(name),
          at,
          ok: ok === 1,
          detail: textAt(detail),
        })),
        dedupeKey: dedupeKey ?? undefined,
        body: body ?? undefined,
        dueAt: dueAt ?? undefined,
      }
      return delivery as NewDelivery
    },
  )
}

type Place = number
type PackedStage = readonly [name: Place, at: DeliveryStage['at'], ok: 0 | 1, detail: Place]
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
  stages: readonly PackedStage[],
  dedupeKey: string | null,
  body: string | null,
  dueAt: NewDelivery['receivedAt'] | null,
]
