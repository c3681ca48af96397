import type { ActorName } from '../domain/booking/appointment.ts'
import type { CompanyId } from '../domain/ids.ts'
import type { CompanyScope, PlatformScope } from './scope.ts'

/** Only where a company was proven: by authentication, by the dialled number, by a stored job. */
export const grantCompany = (company: CompanyId, actor: ActorName): CompanyScope => ({ company, actor }) as CompanyScope

/** Only for platform administrators, the start of the service and the platform's own jobs. */
export const grantPlatform = (actor: ActorName): PlatformScope => ({ actor }) as PlatformScope
