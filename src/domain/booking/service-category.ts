import type { ServiceSpec } from '../company.ts'
import { fold, matchByName } from '../likeness.ts'

type Listed = Pick<ServiceSpec, 'name' | 'keywords' | 'category'>

/** For whom a service is, in the words that callers and price lists use for the same people. */
const people: readonly (readonly string[])[] = [
  ['herren', 'herr', 'herrn', 'maenner', 'mann', 'maennlich', 'men', 'man', 'mens', 'male', 'gentlemen', 'gentleman'],
  ['damen', 'dame', 'frauen', 'frau', 'weiblich', 'women', 'woman', 'womens', 'female', 'ladies', 'lady'],
  ['kinder', 'kind', 'jungen', 'maedchen', 'children', 'child', 'kids', 'kid', 'childrens'],
]

/** Longer spellings also begin compounds such as `Herrenschnitt`. */
const peopleIn = (text: string): readonly number[] => {
  const words = fold(text).split(' ')
  const names = (spelling: string, word: string) =>
    spelling.length >= 5 ? word.startsWith(spelling) : word === spelling
  return people.flatMap((spellings, index) =>
    words.some((word) => spellings.some((spelling) => names(spelling, word))) ? [index] : [],
  )
}

/** The services of a category, or for whom they are: `Farbe`, `für Männer`. None when nothing is called like that. */
export const inCategory = <S extends Listed>(said: string, services: readonly S[]): readonly S[] => {
  const names = [...new Set(services.flatMap(({ category }) => category ?? []))]
  const match = matchByName(said, names, (name) => [name])
  const chosen = match.kind === 'one' ? [match.item] : match.kind === 'several' ? match.items : []
  const named = services.filter(({ category }) => category !== undefined && chosen.includes(category))
  if (named.length > 0) return named
  const meant = peopleIn(said)
  return services.filter(({ name, keywords, category }) => {
    const whom = peopleIn([name, category ?? '', ...keywords].join(' '))
    return meant.some((one) => whom.includes(one))
  })
}

/** The services by category, in the order of the first of each; what has none comes last. */
export const sortedByCategory = <S extends Listed>(
  services: readonly S[],
): readonly { readonly category: string | undefined; readonly services: readonly S[] }[] => {
  const categories = [...new Set(services.map(({ category }) => category))]
  return categories
    .toSorted((a, b) => Number(a === undefined) - Number(b === undefined))
    .map((category) => ({ category, services: services.filter((one) => one.category === category) }))
}
