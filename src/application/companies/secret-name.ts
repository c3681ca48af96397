/**
 * The name of a secret that was typed in rather than named: `SALON_SONNE_RETELL_API_KEY` of company `salon-sonne` and
 * field `retell_api_key`, with a number behind it where that name is not free. Usable as an environment variable.
 */
export const inventSecretName = (company: string, field: string, isFree: (name: string) => boolean): string => {
  const name = `${company}_${field}`
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^(?=\d)/, '_')
    .slice(0, 120)
  if (isFree(name)) return name
  let number = 2
  while (!isFree(`${name}_${number}`)) number += 1
  return `${name}_${number}`
}
