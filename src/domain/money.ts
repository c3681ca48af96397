/** An amount in minor units (cents) of an ISO 4217 currency. Amounts of two currencies never meet. */
export interface Money {
  readonly amount: number
  readonly currency: string
}
