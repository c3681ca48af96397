import type { BranchId, CallId, CompanyId } from '../../domain/ids.ts'

/** A call of this branch was heard of. Returns at once. */
export type CallHeard = (company: CompanyId, branch: BranchId | undefined, call: CallId | undefined) => void
