import type { Alternative } from '../../../application/failure.ts'
import type { AppointmentView } from '../../../application/reading/appointments.ts'
import type { CompanyProfile, Staff } from '../../../domain/company.ts'
import type { Instant } from '../../../domain/time.ts'
import type { Frame, View } from '../frame.ts'
import { appointmentPath, wholeTime } from './appointment.tsx'
import { asking, DayField } from './booking-form.tsx'
import { branchLabel, branchOf } from './call-row.tsx'
import { Csrf, Message, NotesField, Wrong } from './fields.tsx'
import { Fact, PageHead } from './parts.tsx'
import { type FreeDay, Instead, Times } from './times.tsx'

interface Changing {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly view: AppointmentView
  readonly status?: number
}

/** What is about to be changed, so that nobody changes another one. */
const SoFar = ({ frame, profile, view }: Changing) => {
  const one = view.appointment
  const { appointment } = frame.words
  const branch = branchOf(profile, one.branch)
  const service = profile.services.find(({ id }) => id === one.service)
  const staff = profile.staff.find(({ id }) => id === one.staff)
  return (
    <dl class="facts">
      <Fact term={appointment.now}>
        <b safe>{wholeTime(one, frame, branch?.timeZone)}</b>
        <small safe>
          {[service?.name, staff?.name, branch && branchLabel(branch, profile)].filter(Boolean).join(' · ')}
        </small>
      </Fact>
    </dl>
  )
}

/** To another time, another colleague or both. */
export const movePage = (
  props: Changing & {
    readonly able: readonly Staff[]
    readonly staff: Staff | undefined
    readonly free: FreeDay
    readonly at: Instant | undefined
    readonly reason: string
    readonly wrong: { readonly at?: string; readonly staff?: string; readonly reason?: string; readonly all?: string }
    readonly alternatives: readonly Alternative[] | undefined
  },
): View => {
  const { frame, profile, view, able, staff, free, at, reason, wrong, alternatives, status = 200 } = props
  const one = view.appointment
  const { appointment } = frame.words
  const path = appointmentPath(profile, one, '/move')
  return {
    title: appointment.moveTitle,
    place: 'calendar',
    status,
    content: (
      <>
        <PageHead
          frame={frame}
          title={appointment.moveTitle}
          sentence={one.attendeeName}
          back={{ href: appointmentPath(profile, one), label: appointment.backToAppointment }}
        />
        <Message text={wrong.all} tone="wrong" />
        <div class="form-columns">
          <section id="what" class="card form-card" aria-label={appointment.what}>
            <form {...asking(path)} class="form-grid">
              {able.length === 0 ? null : (
                <label class="field">
                  <span safe>{appointment.staff}</span>
                  <select id="choice-staff" name="staff">
                    {able.map(({ slug, name }) => (
                      <option value={slug} selected={slug === staff?.slug} safe>
                        {name}
                      </option>
                    ))}
                  </select>
                  <Wrong name="staff" text={wrong.staff} />
                </label>
              )}
              <DayField frame={frame} free={free} />
            </form>
            <input type="hidden" form="move" name="staff" value={staff?.slug ?? ''} />
            <input type="hidden" form="move" name="date" value={free.date} />
            <Times frame={frame} form="move" free={free} chosen={at} named={false} wrong={wrong.at} />
            <Instead frame={frame} zone={free.zone} form="move" alternatives={alternatives} />
          </section>
          <section class="card form-card" aria-label={appointment.now}>
            <SoFar frame={frame} profile={profile} view={view} />
            <form id="move" method="post" action={path} class="form-lines">
              <Csrf frame={frame} />
              <NotesField
                name="reason"
                label={appointment.reason}
                value={reason}
                wrong={wrong.reason}
                optional={appointment.optional}
              />
              <button class="button primary" type="submit" safe>
                {appointment.moveTo}
              </button>
            </form>
          </section>
        </div>
      </>
    ),
  }
}

/** The question before an appointment is cancelled. */
export const cancelPage = (
  props: Changing & { readonly reason: string; readonly wrong: { readonly reason?: string; readonly all?: string } },
): View => {
  const { frame, profile, view, reason, wrong, status = 200 } = props
  const one = view.appointment
  const { appointment } = frame.words
  return {
    title: appointment.cancelTitle,
    place: 'calendar',
    status,
    content: (
      <>
        <PageHead
          frame={frame}
          title={appointment.cancelTitle}
          sentence={one.attendeeName}
          back={{ href: appointmentPath(profile, one), label: appointment.backToAppointment }}
        />
        <Message text={wrong.all} tone="wrong" />
        <section class="card form-card narrow" aria-label={appointment.cancelTitle}>
          <SoFar frame={frame} profile={profile} view={view} />
          <p class="sentence" safe>
            {appointment.cancelLead}
          </p>
          <form method="post" action={appointmentPath(profile, one, '/cancel')} class="form-lines">
            <Csrf frame={frame} />
            <NotesField
              name="reason"
              label={appointment.reason}
              value={reason}
              wrong={wrong.reason}
              optional={appointment.optional}
            />
            <div class="form-actions">
              <button class="button danger" type="submit" safe>
                {appointment.cancelNow}
              </button>
              <a class="button" href={appointmentPath(profile, one)} safe>
                {appointment.keep}
              </a>
            </div>
          </form>
        </section>
      </>
    ),
  }
}
