const decoded = (text: string): string =>
  text.replace(/&(?:#(\d+)|(amp|lt|gt|quot|apos));/g, (_, code, name: string) =>
    code === undefined
      ? ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name] ?? '')
      : String.fromCodePoint(Number(code)),
  )

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : decoded(found)
}

/** What a browser sends of the form with this action that nobody touched, buttons aside; text areas have the line ends of forms. */
export const formFields = (page: string, action: string): Record<string, string> => {
  const form = [...page.matchAll(/<form[\s\S]*?<\/form>/g)]
    .map(([text]) => text)
    .find((text) => attribute(text.slice(0, text.indexOf('>') + 1), 'action')?.split('#')[0] === action)
  if (form === undefined) throw new Error(`There is no form for ${action}.`)
  const fields: Record<string, string> = {}
  const elements =
    /<(input)([^>]*)\/?>|<(textarea)([^>]*)>([\s\S]*?)<\/textarea>|<(select)([^>]*)>([\s\S]*?)<\/select>/g
  for (const [, input, ofInput = '', area, ofArea = '', text = '', , ofSelect = '', options = ''] of form.matchAll(
    elements,
  )) {
    if (input) {
      const name = attribute(ofInput, 'name')
      if (name === undefined || (attribute(ofInput, 'type') === 'checkbox' && !/\schecked/.test(ofInput))) continue
      fields[name] = (attribute(ofInput, 'value') ?? '').replaceAll(/[\r\n]/g, '')
    } else if (area) {
      fields[attribute(ofArea, 'name') ?? ''] = decoded(text).replace(/^\n/, '').replaceAll('\n', '\r\n')
    } else {
      const all = [...options.matchAll(/<option([^>]*)>/g)].map(([, tag = '']) => tag)
      const chosen = all.find((tag) => /\sselected/.test(tag)) ?? all[0] ?? ''
      fields[attribute(ofSelect, 'name') ?? ''] = attribute(chosen, 'value') ?? ''
    }
  }
  return fields
}
