import type { LanguageCode } from '../../domain/company.ts'
import type { AskedFinding, GateFinding } from './gate-finding.ts'
import type { SaidLint } from './lint-sayings.ts'
import { sayLint } from './lint-words.ts'

const asked: { readonly [Language in LanguageCode]: (finding: AskedFinding) => SaidLint } = {
  de: (finding) => {
    switch (finding.code) {
      case 'tool-unreachable':
        return {
          found: `Unter ${finding.host} antwortet niemand auf die Funktion ${finding.tool}.`,
          cure: 'Bringen Sie den Server wieder ans Netz, oder nehmen Sie die Funktion heraus.',
        }
      case 'tool-address-forbidden':
        return {
          found: `Die Adresse ${finding.host} der Funktion ${finding.tool} liegt in einem privaten Netz, das Retell nicht erreicht.`,
          cure: 'Tragen Sie eine öffentliche Adresse ein.',
        }
      case 'rehearsal-failed':
        return {
          found: `Die Probe „${finding.script}“ ist nicht so verlaufen, wie sie soll.`,
          cure: 'Lesen Sie den Bericht der Probe, und beheben Sie, was dort rot steht.',
        }
    }
  },
  en: (finding) => {
    switch (finding.code) {
      case 'tool-unreachable':
        return {
          found: `Nobody at ${finding.host} answers the function ${finding.tool}.`,
          cure: 'Bring the server back, or take the function out.',
        }
      case 'tool-address-forbidden':
        return {
          found: `The address ${finding.host} of the function ${finding.tool} is in a private network, which Retell does not reach.`,
          cure: 'Give it a public address.',
        }
      case 'rehearsal-failed':
        return {
          found: `The rehearsal “${finding.script}” did not go as it should.`,
          cure: 'Read its report, and mend what is marked there.',
        }
    }
  },
}

const isAsked = (finding: GateFinding): finding is AskedFinding =>
  finding.code === 'tool-unreachable' ||
  finding.code === 'tool-address-forbidden' ||
  finding.code === 'rehearsal-failed'

/** What was found and what helps. */
export const sayFinding = (finding: GateFinding, language: LanguageCode): SaidLint =>
  isAsked(finding) ? asked[language](finding) : sayLint(finding, language)

/** A finding as the outside shows it. */
export const shownFinding = (finding: GateFinding, language: LanguageCode) => {
  const { found, cure } = sayFinding(finding, language)
  const { code, severity, path } = finding
  return { code: code.replaceAll('-', '_'), severity, message: `${found} ${cure}`, path }
}
