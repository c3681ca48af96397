import type { JobId } from '../../domain/ids.ts'
import type { StoredJob } from '../ports/jobs.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'

export const findJob =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, id: JobId): Promise<StoredJob | undefined> =>
    store.read(scope, (tx) => tx.jobs.find(id))
