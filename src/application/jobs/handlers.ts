import type { Ports } from '../ports/ports.ts'
import { escalateCallback } from '../reception/escalate-callback.ts'
import type { JobHandlers } from './job-handler.ts'

/** Who does which kind of job: the only list of them. */
export const jobHandlers = (ports: Pick<Ports, 'store' | 'ids'>) =>
  ({ 'escalate-callback': escalateCallback(ports) }) satisfies JobHandlers
