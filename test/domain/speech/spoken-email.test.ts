import { describe, expect, it } from 'vitest'
import { understandEmail } from '../../../src/domain/speech/spoken-email.ts'

describe('a dictated e-mail address', () => {
  it.each([
    ['max punkt muster at gmail punkt com', 'max.muster@gmail.com'],
    ['Max Punkt Muster Klammeraffe Salon Minus Sonne Punkt Example', 'max.muster@salon-sonne.example'],
    ['max unterstrich muster ät web punkt de', 'max_muster@web.de'],
    ['max dot sample at mail dot example', 'max.sample@mail.example'],
    ['fub handy @gmail.com', 'fubhandy@gmail.com'],
    ['m u s t e r at web de', 'muster@web.de'],
    ['max et gmail punkt com', 'max@gmail.com'],
    ['erika at gmail', 'erika@gmail.com'],
    ['erika at t minus online punkt de', 'erika@t-online.de'],
    ['Meine E-Mail-Adresse ist erika.beispiel@mail.example.', 'erika.beispiel@mail.example'],
    ['die lautet erika@mail.example bitte', 'erika@mail.example'],
    ['my email is jane plus salon at mail dot example', 'jane+salon@mail.example'],
    ['Müller@mail.example', 'mueller@mail.example'],
    ['mail punkt muster at mail punkt example', 'mail.muster@mail.example'],
    ['matt at at gmail punkt com', 'mattat@gmail.com'],
    ['max eins zwei drei at gmail punkt com', 'max123@gmail.com'],
    ['max punkt muster at gmail punkt komm', 'max.muster@gmail.com'],
    ['m wie martha u s t e r at web punkt de', 'muster@web.de'],
    ['alles klein max at web de', 'max@web.de'],
    ['mü doppel l er at web', 'mueller@web.de'],
    ['max unter strich muster at web de', 'max_muster@web.de'],
    ['max at double u e b dot d e', 'max@web.de'],
    ['max[at]gmail[dot]com', 'max@gmail.com'],
    ['my email is max at gmail dot com thank you', 'max@gmail.com'],
    ['max@gmail.con', 'max@gmail.com'],
    ['max at t online', 'max@t-online.de'],
    ['ERIKA@MAIL.EXAMPLE', 'erika@mail.example'],
  ])('„%s“ is %s', (said, email) => expect(understandEmail(said)).toBe(email))

  it.each([
    '',
    'null',
    'habe ich nicht',
    'max muster',
    'max@',
    '@gmail.com',
    'a@b@c.de',
    'max..muster@gmail.com',
    'max at gmx',
    'unbekannt@unbekannt.de',
    'noreply@salon-sonne.example',
    'kunde@example.com',
    'x'.repeat(2000),
  ])('„%s“ is none', (said) => expect(understandEmail(said)).toBeUndefined())
})
