import type { Result } from 'neverthrow'

/** What was said in a call, to be heard. */
export interface Recording {
  readonly contentType: string
  /** In bytes, of what follows. Undefined: nobody said. */
  readonly length: number | undefined
  /** `bytes 0-99/500`. Undefined: it is the whole recording. */
  readonly range: string | undefined
  /** Whoever stops reading ends it. */
  readonly sound: AsyncIterable<Uint8Array>
}

/** `gone`: nothing is there any more. `forbidden`: the address is none that may be asked. */
export type RecordingFailure = { readonly kind: 'gone' | 'unreachable' | 'forbidden' }

/** Recordings where the voice platform keeps them, under links that end. No copy is made of them. */
export interface Recordings {
  /** Begins to read, with a range such as `bytes=0-99` only that. Ten seconds at most until the first byte, and between two. */
  readonly open: (link: string, range: string | undefined) => Promise<Result<Recording, RecordingFailure>>
}
