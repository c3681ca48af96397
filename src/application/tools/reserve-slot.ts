import { releaseOffer } from '../booking/hold-offer.ts'
import { checkAvailability } from './check-availability.ts'
import type { Tool } from './context.ts'
import { infoPhrases } from './phrases-info.ts'

/** Checks and keeps a time, said as a reservation. */
export const reserveSlot: Tool = async (context) => {
  const answer = await checkAvailability(context)
  const { offer_id, held_until, spoken } = answer.fields
  if (answer.status === 'unavailable') {
    return { ...answer, status: 'slot_taken', fields: { ...answer.fields, reserved: false } }
  }
  if (answer.status !== 'available') return answer
  return {
    ...answer,
    status: 'reserved',
    message: infoPhrases[context.language].reserved(String(spoken)),
    fields: {
      ...answer.fields,
      reserved: true,
      reservation_uid: offer_id ?? null,
      reservation_until: held_until ?? null,
    },
  }
}

/** Lets go what this call holds: one offer, or all of them when none is named. What is booked stays booked. */
export const releaseSlot: Tool = async ({ tx, call, args, language }) => {
  const named = args.text('offer_id')
  for (const offer of await tx.offers.openOf(call.id)) {
    if (named === undefined || offer.id === named) await releaseOffer(tx, offer)
  }
  return {
    status: 'released',
    message: infoPhrases[language].released,
    fields: { released: true, offer_id: named?.slice(0, 100) ?? null },
  }
}
