import type { LanguageCode } from '../../domain/company.ts'

/** Sentences about ringing back and passing on, under the same rules as `Phrases`. No digit of a number is ever said. */
interface CallbackPhrases {
  /** `number`: which of the two numbers that the caller may have. */
  readonly created: (when: string, number: 'said' | 'visible', hasWindow: boolean) => string
  readonly needsPhone: string
  /** `isVisible`: the number of the call itself could be rung instead. */
  readonly phoneUnusable: (isVisible: boolean) => string
  readonly needsMessage: string
  readonly taken: (hasNumber: boolean) => string
}

const de: CallbackPhrases = {
  created: (when, number, hasWindow) =>
    `Gern, wir rufen Sie spätestens am ${when} zurück, unter der Nummer, ${number === 'said' ? 'die Sie genannt haben' : 'mit der Sie gerade telefonieren'}.${hasWindow ? ' Ihre Wunschzeit habe ich dazu notiert.' : ''}`,
  needsPhone: 'Unter welcher Nummer dürfen wir Sie zurückrufen?',
  phoneUnusable: (isVisible) =>
    isVisible
      ? 'Diese Nummer habe ich leider nicht richtig verstanden. Nennen Sie sie mir bitte noch einmal, Ziffer für Ziffer, oder dürfen wir die Nummer nehmen, mit der Sie gerade telefonieren?'
      : 'Diese Nummer habe ich leider nicht richtig verstanden. Nennen Sie mir Ihre Rufnummer bitte noch einmal, Ziffer für Ziffer?',
  needsMessage: 'Was darf ich für Sie ausrichten?',
  taken: (hasNumber) =>
    hasNumber
      ? 'Ich habe Ihre Nachricht mit Ihrer Nummer aufgenommen und gebe sie weiter.'
      : 'Ich habe Ihre Nachricht aufgenommen und gebe sie weiter.',
}

const en: CallbackPhrases = {
  created: (when, number, hasWindow) =>
    `Certainly, we will call you back by ${when} at the latest, on the number ${number === 'said' ? 'you gave me' : 'you are on now'}.${hasWindow ? ' I have noted the time you prefer.' : ''}`,
  needsPhone: 'On which number may we call you back?',
  phoneUnusable: (isVisible) =>
    isVisible
      ? 'I am afraid I did not catch that number. Could you tell me it again, digit by digit, or may we use the number you are on now?'
      : 'I am afraid I did not catch that number. Could you tell me your phone number again, digit by digit?',
  needsMessage: 'What may I pass on for you?',
  taken: (hasNumber) =>
    hasNumber
      ? 'I have taken your message together with your number and will pass it on.'
      : 'I have taken your message and will pass it on.',
}

export const callbackPhrases: { readonly [L in LanguageCode]: CallbackPhrases } = { de, en }
