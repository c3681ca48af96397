import type { Result } from 'neverthrow'

/**
 * The keys that everything personal is sealed under, held so that they can be used and never read. The first one seals,
 * all of them open. Sealed text opens under the context that it was sealed under and no other; what cannot be opened
 * throws, for it is never right to go on with it.
 */
export interface KeyRing {
  readonly ids: readonly string[]
  readonly sealText: (context: string, text: string) => string
  readonly openText: (context: string, sealed: string) => string
  readonly sealBytes: (context: string, text: string) => Uint8Array
  readonly openBytes: (context: string, sealed: Uint8Array) => string
  /** Tells whether a key is the one it was, and nothing else about it. */
  readonly checkValue: (id: string) => string
  /** A new key for `indexWith`, as text to be kept sealed. Rotation of the ring does not change it. */
  readonly newIndexKey: () => string
  /** Equal texts in equal contexts have equal digests, and without the key a digest says nothing. */
  readonly indexWith: (key: string) => (context: string, text: string) => string
}

export type KeyRingMalformed = {
  readonly kind: 'key-ring-malformed'
  /** The place in the list, from 1. */
  readonly position: number
  readonly reason: 'empty' | 'no-id' | 'unusable-id' | 'repeated-id' | 'not-base64' | 'wrong-length'
}

export type KeyRingFailure =
  | KeyRingMalformed
  /** The database is sealed, or has to be sealed under given keys, and there are none. */
  | { readonly kind: 'key-ring-missing'; readonly file: string | undefined }
  | { readonly kind: 'key-ring-unreadable'; readonly file: string; readonly code: string }

export type KeyFault =
  /** Rows are sealed under a key that is not in the ring. */
  | { readonly kind: 'key-missing'; readonly keyId: string }
  /** The key of this id is not the one that the rows were sealed under. */
  | { readonly kind: 'key-wrong'; readonly keyId: string }

export interface FoundKeys {
  readonly ring: KeyRing
  /** The file in which a new key was kept; undefined: nothing was made. */
  readonly made: string | undefined
}

/**
 * Finds the ring for a database, or makes one where that is allowed: for an empty database that lives in a file of its
 * own. `file` undefined: the database is on a server; `:memory:`: it is nowhere.
 */
export type FindKeys = (database: {
  readonly isEmpty: boolean
  readonly file: string | undefined
}) => Result<FoundKeys, KeyRingFailure>
