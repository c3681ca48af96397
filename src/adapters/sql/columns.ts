import type { ColumnType } from 'kysely'

/** A row's company is written once and never changes. */
export type Own = ColumnType<string, string, never>
/** Null: the platform's. */
export type OwnOrPlatform = ColumnType<string | null, string | null, never>
/** Ciphertext with the row's identity as associated data. */
export type Sealed = string
/** Keyed digest by which sealed text is found again. */
export type Blind = string
export type Moment = number
export type Flag = 0 | 1
