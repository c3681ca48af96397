import type { ActorName } from '../domain/booking/appointment.ts'
import type { CompanyId } from '../domain/ids.ts'
import type { CompanyScope, PlatformScope } from './scope.ts'

type Asking = Pick<PlatformScope, 'actorId' | 'address'>

const nobodyInParticular: Asking = { actorId: undefined, address: undefined }

/** Only where a company was proven: by authentication, by the dialled number, by a stored job. */
export const grantCompany = (
  company: CompanyId,
  actor: ActorName,
  asking: Asking & Pick<CompanyScope, 'role' | 'seesVip'> & Partial<Pick<CompanyScope, 'rereads'>> = {
    ...nobodyInParticular,
    ...{ role: undefined, seesVip: false },
  },
): CompanyScope => ({ company, actor, rereads: false, ...asking }) as CompanyScope

/** Only for platform administrators, the start of the service and the platform's own jobs. */
export const grantPlatform = (actor: ActorName, asking: Asking = nobodyInParticular): PlatformScope =>
  ({ actor, ...asking }) as PlatformScope
