/** A stretch of a list, newest first unless a port says otherwise. `next` is opaque; undefined: this was the end. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | undefined
}

export interface PageRequest {
  /** 1 to 200. */
  readonly limit: number
  readonly cursor: string | undefined
}
