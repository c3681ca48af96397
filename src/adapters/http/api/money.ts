import { z } from 'zod'

/** What a call cost, as billed and never converted. */
export const money = z.strictObject({
  amount: z.number().int().meta({ description: 'Minor units, rounded' }),
  amount_micros: z.number().int().meta({ description: 'Millionths of the major unit' }),
  currency: z.string(),
})

/** How many digits a currency's minor unit has; 2 for one that nobody knows. */
const minorDigits = (currency: string): number => {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

export const costOf = ({ amountMicros, currency }: { readonly amountMicros: number; readonly currency: string }) => ({
  amount: Math.round(amountMicros / 10 ** (6 - minorDigits(currency))),
  amount_micros: Math.round(amountMicros),
  currency,
})
