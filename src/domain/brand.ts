declare const brand: unique symbol

/** A value that was checked once, at a door, and needs no second look. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name }
