import type { CompanyProfile, LanguageCode } from '../../domain/company.ts'
import { parseId } from '../../domain/ids.ts'
import { nationalSpelling } from '../../domain/phone-number.ts'
import { type Callback, isStanding } from '../../domain/reception/callback.ts'
import { after, DAY } from '../../domain/time.ts'
import type { JobHandler } from '../jobs/job-handler.ts'
import type { Mail } from '../ports/mailer.ts'
import type { Ports } from '../ports/ports.ts'
import { summaryReaders } from './call-summary.ts'
import { writtenMoment } from './letters.ts'
import type { PostOffice } from './post-office.ts'

interface CallbackWords {
  readonly subject: { readonly [Kind in Callback['kind']]: (who: string) => string }
  readonly opening: { readonly [Kind in Callback['kind']]: string }
  readonly somebody: string
  readonly labels: {
    readonly [Label in 'name' | 'number' | 'reason' | 'message' | 'service' | 'window' | 'branch' | 'due']: string
  }
}

const callbackWords: { readonly [Code in LanguageCode]: CallbackWords } = {
  de: {
    subject: { callback: (who) => `Überfälliger Rückruf: ${who}`, message: (who) => `Unerledigte Nachricht: ${who}` },
    opening: {
      callback: 'Dieser Rückruf ist versprochen, und noch hat ihn niemand erledigt. Bitte rufen Sie jetzt zurück.',
      message: 'Diese Nachricht hat noch niemand erledigt. Bitte kümmern Sie sich jetzt darum.',
    },
    somebody: 'ohne Namen',
    labels: {
      ...{ name: 'Name', number: 'Nummer', reason: 'Worum es geht', message: 'Nachricht', service: 'Leistung' },
      ...{ window: 'Am liebsten', branch: 'Filiale', due: 'Zugesagt bis' },
    },
  },
  en: {
    subject: { callback: (who) => `Overdue callback: ${who}`, message: (who) => `Message not seen to: ${who}` },
    opening: {
      callback: 'This call back was promised and nobody has made it yet. Please call now.',
      message: 'Nobody has seen to this message yet. Please see to it now.',
    },
    somebody: 'no name',
    labels: {
      ...{ name: 'Name', number: 'Number', reason: 'What it is about', message: 'Message', service: 'Service' },
      ...{ window: 'Preferred', branch: 'Branch', due: 'Promised by' },
    },
  },
}

/** Tells a reader of the branch that a callback is overdue, unless it was done meanwhile. */
export const sendCallbackMail =
  ({ store, directory }: Pick<Ports, 'store' | 'directory'>, post: PostOffice): JobHandler =>
  async (scope, job) => {
    const { payload } = job
    const id = parseId('callback', String(payload.callback))
    const position = Number(payload.position)
    const profile = await directory.profile(scope.company)
    const callback = id.isOk() ? await store.read(scope, (tx) => tx.callbacks.find(id.value)) : undefined
    const address = profile && callback && summaryReaders(profile, callback.branch)[position]
    if (!profile || !callback || address === undefined || !isStanding(callback)) return { kind: 'done' }
    return post(scope, overdueMail(profile, callback, address, position), job, after(job.createdAt, DAY))
  }

/** `position` tells the readers apart. */
const overdueMail = (profile: CompanyProfile, callback: Callback, address: string, position: number): Mail => {
  const { language, name: sender, country, timeZone } = profile.company
  const { subject, opening, somebody, labels } = callbackWords[language]
  const branch = profile.branches.find(({ id }) => id === callback.branch)
  const rows: readonly (readonly [string, string | undefined])[] = [
    [labels.name, callback.customerName],
    [labels.number, callback.phoneNumber && nationalSpelling(callback.phoneNumber, country)],
    [labels.reason, callback.reason],
    [labels.message, callback.message],
    [labels.service, profile.services.find(({ id }) => id === callback.service)?.name],
    [labels.window, callback.preferredTimeWindow],
    [labels.branch, branch?.name],
    [labels.due, writtenMoment(language, callback.dueBy, branch?.timeZone ?? timeZone)],
  ]
  return {
    id: `${callback.id}.${callback.dueBy}.${position}`,
    to: address,
    replyTo: undefined,
    sender,
    language,
    subject: subject[callback.kind](callback.customerName ?? somebody),
    content: [opening[callback.kind], rows.flatMap(([label, text]) => (text === undefined ? [] : [[label, text]]))],
    invitation: undefined,
  }
}
