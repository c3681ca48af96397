import { expect, it } from 'vitest'
import { renderHtml, renderText } from '../../../src/adapters/mail/render-mail.ts'
import type { Mail } from '../../../src/application/ports/mailer.ts'

const evil = `<img src=x onerror="alert(1)">&'`

it('shows what people wrote as it is, wherever it stands in a mail', () => {
  const mail: Mail = {
    ...{ id: 'a', to: 'max@muster.example', replyTo: undefined, sender: evil, subject: evil },
    ...{ language: 'de', content: [evil, [[evil, evil]]], invitation: undefined },
  }
  const html = renderHtml(mail)
  expect(html).not.toContain('<img')
  expect(html.match(/&lt;img src=x onerror=&quot;alert\(1\)&quot;&gt;&amp;&#39;/g)).toHaveLength(4)
  expect(renderText(mail)).toBe(`${evil}\n\n${evil}: ${evil}\n`)
})
