import type { CompanyProfile } from '../../../domain/company.ts'

/** Where the calendar of a company tells us of its bookings. */
export const webhookAddress = (publicUrl: string, { company }: Pick<CompanyProfile, 'company'>): string =>
  `${publicUrl.replace(/\/+$/, '')}/webhooks/calcom/${encodeURIComponent(company.slug)}`
