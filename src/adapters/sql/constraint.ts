export interface ConstraintBroken {
  readonly kind: 'constraint-broken'
  readonly constraint: 'overlap' | 'unique' | 'foreign-key' | 'check'
}

const constraints: { readonly [code: string]: ConstraintBroken['constraint'] } = {
  '23P01': 'overlap',
  '23505': 'unique',
  '23503': 'foreign-key',
  '23514': 'check',
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign-key',
  SQLITE_CONSTRAINT_CHECK: 'check',
}

/** What SQLite's trigger says when two rows of one resource overlap. */
export const overlapMessage = 'occupancy overlap'

const textOf = (fault: unknown, name: 'code' | 'message'): string | undefined => {
  const value = fault instanceof Error ? (fault as Error & { readonly code?: unknown })[name] : undefined
  return typeof value === 'string' ? value : undefined
}

/** The database's own code of a fault: an SQLSTATE, or SQLite's extended result code. */
export const codeOf = (fault: unknown): string | undefined => textOf(fault, 'code')

/** The constraint that a statement broke, or undefined when the fault is another one. */
export const brokenConstraint = (fault: unknown): ConstraintBroken | undefined => {
  const code = codeOf(fault) ?? ''
  const overlap = code === 'SQLITE_CONSTRAINT_TRIGGER' && textOf(fault, 'message') === overlapMessage
  const constraint = overlap ? 'overlap' : constraints[code]
  return constraint && { kind: 'constraint-broken', constraint }
}

/** Whether what was to be written is at fault, rather than the database, the disk or the line to it. */
export const isOfTheRows = (fault: unknown): boolean =>
  fault instanceof TypeError ||
  fault instanceof RangeError ||
  /^(22|23)...$|^54000$|^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/.test(codeOf(fault) ?? '')
