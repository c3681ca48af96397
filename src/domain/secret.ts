/** A value that can be used and never printed: every way of turning it into text says `[secret]`. */
export interface Secret {
  /** Lends the plain text to `work` for as long as it runs. Do not let it escape. */
  readonly use: <T>(work: (plain: string) => T) => T
  readonly toString: () => string
  readonly toJSON: () => string
}

const shown = (): string => '[secret]'

export const secret = (plain: string): Secret =>
  Object.freeze({
    use: <T>(work: (plain: string) => T): T => work(plain),
    toString: shown,
    toJSON: shown,
    [Symbol.for('nodejs.util.inspect.custom')]: shown,
  })
