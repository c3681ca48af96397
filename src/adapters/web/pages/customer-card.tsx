import type { CustomerDetail, CustomerListing } from '../../../application/reading/customers.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { dayAndTime } from '../format.ts'
import { companyPath, type Frame, may, readingOf } from '../frame.ts'
import { Csrf, NotesField } from './fields.tsx'
import { Tag } from './parts.tsx'

interface CardProps {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly detail: CustomerDetail
}

/** A star with its word, for those who may see it; nothing for everybody else and for everybody without it. */
export const VipMark = ({
  frame,
  vip,
}: {
  readonly frame: Frame
  readonly vip: CustomerListing['vip']
}): JSX.Element => (vip?.mark ? <Tag tone="now" sign="★" label={frame.words.vip.mark} /> : '')

/** Whose mark it is, and the button that sets it or takes it away. Nothing for those who may not see it. */
export const VipForm = ({ frame, profile, detail: { customer, vip } }: CardProps): JSX.Element => {
  if (!vip) return ''
  const words = frame.words.vip
  return (
    <form method="post" action={companyPath(profile, `/customers/${customer.id}/vip`)} class="vip-form">
      <Csrf frame={frame} />
      {vip.mark === undefined ? null : (
        <p class="calm" safe>
          {words.since(vip.mark.by.name, dayAndTime(vip.mark.at, readingOf(frame)))}
        </p>
      )}
      <button class="button" type="submit" name="vip" value={vip.mark ? '0' : '1'} safe>
        {vip.mark ? words.unset : words.set}
      </button>
    </form>
  )
}

/** For those who work with appointments. */
export const NotesForm = (props: CardProps & { readonly written?: string; readonly wrong?: string }): JSX.Element => {
  const { frame, profile, detail, written, wrong } = props
  if (!may(frame, 'appointments.change')) return ''
  const words = frame.words.vip
  return (
    <form method="post" action={companyPath(profile, `/customers/${detail.customer.id}/notes`)} class="form-lines">
      <Csrf frame={frame} />
      <NotesField
        name="notes"
        label={words.notes}
        value={written ?? detail.customer.notes ?? ''}
        optional={words.notesHelp}
        wrong={wrong}
      />
      <button class="button" type="submit" safe>
        {words.save}
      </button>
    </form>
  )
}
