import { hoursOn, isOpenAt } from '../../domain/opening-hours.ts'
import { spokenDate, spokenHours, spokenTime, weekdayName } from '../../domain/speech/say.ts'
import { clockText, isoWithOffset, localMoment } from '../../domain/time.ts'
import { customerFields } from './check-customer.ts'
import type { Tool } from './context.ts'
import { writtenDate } from './written.ts'

/** The moment, the place and the caller, for the agent's first words. */
export const initializeCall: Tool = async (context) => {
  const { profile, branch, now, language, words } = context
  const zone = branch?.timeZone ?? profile.company.timeZone
  const { date, minute, weekday } = localMoment(now, zone)
  const customer = await customerFields(context)
  return {
    status: 'ready',
    message: words.ready(spokenDate(language, date), spokenTime(language, minute)),
    fields: {
      call_id: context.call.id,
      company: profile.company.name,
      company_slug: profile.company.slug,
      branch: branch?.name ?? null,
      branch_slug: branch?.slug ?? null,
      current_time: isoWithOffset(now, zone),
      current_clock: clockText(minute),
      current_date: writtenDate(language, date),
      current_date_iso: date,
      current_weekday: weekdayName(language, weekday),
      is_open: branch ? isOpenAt(branch.hours, now, zone) : null,
      opening_hours_today: branch ? spokenHours(language, hoursOn(branch.hours, date)) : null,
      ...customer,
      policies: {
        min_notice_minutes: profile.policies.minNoticeMinutes,
        max_advance_days: profile.policies.maxAdvanceDays,
        cancel_hours_before: profile.policies.cancel.hoursBefore,
        reschedule_hours_before: profile.policies.reschedule.hoursBefore,
      },
    },
  }
}
