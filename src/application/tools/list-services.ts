import { canDo, isOfferedAt } from '../../domain/booking/catalogue.ts'
import { inCategory, sortedByCategory } from '../../domain/booking/service-category.ts'
import type { CompanyProfile, LanguageCode, Service } from '../../domain/company.ts'
import { spokenDuration, spokenList, spokenMoney } from '../../domain/speech/say.ts'
import type { Json } from '../ports/tool-calls.ts'
import type { Tool, ToolContext } from './context.ts'
import { infoPhrases } from './phrases-info.ts'
import { branchFields, named, resolveBranch, resolveService, serviceFields } from './resolve.ts'

const most = 5

/** What the branch offers: five services at most, else their categories with a question. */
export const listServices: Tool = async (context) => {
  const branch = resolveBranch(context)
  if (branch.isErr()) return branch.error
  const { language, profile, args } = context
  const words = infoPhrases[language]
  const here = profile.services.filter((service) => isOfferedAt(service, branch.value))
  const category = args.text('category')
  const shelved = here.map((one) => ({ ...one, category: one.category ?? words.others }))
  const meant = category === undefined ? shelved : inCategory(category, shelved)
  const wanted = here.filter(({ id }) => meant.some((one) => one.id === id))
  const services = wanted.length === 0 ? here : wanted
  const fields = branchFields(branch.value)
  if (here.length === 0) return { status: 'ok', message: words.noServices, fields: { ...fields, services: [] } }

  const missed = wanted.length === 0 ? words.noSuchCategory : undefined
  const groups = sortedByCategory(services)
  if (services.length > most && groups.length > 1) {
    const names = groups.map((group) => group.category ?? words.others)
    const question = words.whichCategory(spokenList(language, names.slice(0, most), 'and'))
    return {
      status: 'ok',
      message: missed === undefined ? question : `${missed} ${question}`,
      fields: {
        ...fields,
        categories: groups.map((group) => ({
          name: group.category ?? words.others,
          count: group.services.length,
        })),
      },
    }
  }
  const shown = services.slice(0, most)
  const list = spokenList(
    language,
    shown.map((service) => spokenService(context, service)),
    'and',
  )
  const offering = shown.length < services.length ? words.servicesAmongOthers(list) : words.services(list)
  return {
    status: 'ok',
    message: missed === undefined ? offering : `${missed} ${offering}`,
    fields: {
      ...fields,
      services: shown.map((service) => viewOf(language, profile, service)),
      more: services.length - shown.length,
    },
  }
}

/** One service: how long it takes, what it costs, who does it. */
export const getServiceInfo: Tool = async (context) => {
  const branch = resolveBranch(context)
  if (branch.isErr()) return branch.error
  const service = resolveService(context, branch.value)
  if (service.isErr()) return service.error
  const { language, profile } = context
  const price = spokenPrice(language, profile, service.value)
  return {
    status: 'ok',
    message: infoPhrases[language].service(
      service.value.name,
      spokenDuration(language, service.value.durationMinutes),
      price,
      profile.company.booking,
    ),
    fields: {
      ...branchFields(branch.value),
      ...serviceFields(service.value),
      ...detailsOf(language, profile, service.value),
      who_can: profile.staff.filter((one) => canDo(one, service.value, branch.value)).map(named),
    },
  }
}

const priceOf = ({ company }: CompanyProfile, { price }: Service) =>
  price === undefined ? undefined : { amount: price, currency: company.currency }

const spokenPrice = (language: LanguageCode, profile: CompanyProfile, service: Service): string | undefined => {
  const price = priceOf(profile, service)
  return price && spokenMoney(language, price)
}

const spokenService = ({ language, profile }: ToolContext, service: Service): string =>
  infoPhrases[language].servicePriced(
    service.name,
    spokenDuration(language, service.durationMinutes),
    spokenPrice(language, profile, service),
  )

const detailsOf = (language: LanguageCode, profile: CompanyProfile, service: Service) => ({
  category: service.category ?? null,
  duration_minutes: service.durationMinutes,
  duration: spokenDuration(language, service.durationMinutes),
  price: priceOf(profile, service) ?? null,
  price_spoken: spokenPrice(language, profile, service) ?? null,
})

const viewOf = (language: LanguageCode, profile: CompanyProfile, service: Service): Json => ({
  name: service.name,
  slug: service.slug,
  ...detailsOf(language, profile, service),
})
