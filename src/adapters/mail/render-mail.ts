import type { Mail } from '../../application/ports/mailer.ts'

/** A mail as text, for whoever reads it without markup. */
export const renderText = ({ content }: Mail): string =>
  content
    .map((part) => (typeof part === 'string' ? part : part.map(([label, value]) => `${label}: ${value}`).join('\n')))
    .join('\n\n')
    .concat('\n')

/** The same as simple HTML. Everything is escaped; styles stand in the elements, for mail programs read no others. */
export const renderHtml = ({ language, subject, content }: Mail): string => {
  const parts = content.map((part) => (typeof part === 'string' ? paragraph(part) : table(part)))
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px;background:#ffffff;color:#1c1b19;font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">
<div style="max-width:560px;margin:0 auto">
${parts.join('\n')}
</div>
</body>
</html>
`
}

const escapes: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '')

const paragraph = (text: string): string => `<p style="margin:0 0 16px">${escaped(text).replaceAll('\n', '<br>')}</p>`

const table = (rows: readonly (readonly [string, string])[]): string => {
  const cells = rows.map(
    ([label, value]) =>
      `<tr><th scope="row" style="padding:4px 16px 4px 0;text-align:left;vertical-align:top;font-weight:normal;color:#6b6862;white-space:nowrap">${escaped(label)}</th><td style="padding:4px 0;vertical-align:top">${escaped(value).replaceAll('\n', '<br>')}</td></tr>`,
  )
  return `<table role="presentation" style="margin:0 0 20px;border-collapse:collapse">${cells.join('')}</table>`
}
