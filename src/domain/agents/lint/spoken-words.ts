/** Is the agent told to say nothing here? A node that listens cannot keep that. */
export const isToldToBeSilent = (text: string): boolean =>
  /(?<!\p{L})(?:silent(?:ly)?|stumm|lautlos|(?:do not|don't|don’t|never) (?:speak|say anything|talk|respond)|say nothing|without (?:speaking|saying)|(?:sage?|sprich|rede) (?:hier )?(?:nichts?|kein wort)|nicht sprechen|nichts sagen|ohne etwas zu sagen)(?!\p{L})/iu.test(
    text,
  )

type Done = 'booked' | 'moved' | 'cancelled'

const participles: { readonly [Kind in Done]: string } = {
  booked:
    'gebucht|eingebucht|eingetragen|reserviert|vereinbart|bestätigt|booked(?! up| out| solid)|scheduled|reserved|confirmed',
  moved: 'verschoben|verlegt|umgebucht|rescheduled|moved',
  cancelled: 'storniert|abgesagt|gestrichen|cancell?ed',
}

const done = (words: string): RegExp =>
  new RegExp(
    `(?<!\\p{L})(?:ist|sind|wurden?|haben?|hab|is|are|was|has been|have|i've|we've|been|all)(?!\\p{L})[^.!?]{0,120}?(?<!\\p{L})(?:${words})(?!\\p{L})|(?<!\\p{L})(?:${words})[!.]*$`,
    'iu',
  )

const claims = [
  { claim: 'booked', pattern: done(participles.booked) },
  { claim: 'moved', pattern: done(participles.moved) },
  { claim: 'cancelled', pattern: done(participles.cancelled) },
] as const satisfies readonly { readonly claim: Done; readonly pattern: RegExp }[]

const doubts =
  /(?<!\p{L})(?:ob|wenn|falls|sobald|bevor|erst|noch|nicht|nichts|kein|keine|keinen|leider|schon|bereits|already|wird|werde|werden|soll|sollen|möchten|würde|könnte|if|when|once|before|until|whether|not|never|nothing|will|would|could|cannot|can't|shall|should|unfortunately)(?!\p{L})|n['’]t(?!\p{L})/iu

/** What a text claims to have been done, sentence by sentence. Questions, conditions and the future claim nothing. */
export const claimsOf = (text: string): readonly { readonly claim: Done; readonly sentence: string }[] =>
  sentencesOf(text).flatMap((sentence) => {
    if (/\?\s*["“”']?$/.test(sentence) || doubts.test(sentence)) return []
    const found = claims.find(({ pattern }) => pattern.test(sentence))
    return found ? [{ claim: found.claim, sentence }] : []
  })

const sentencesOf = (text: string): readonly string[] =>
  (text.match(/[^.!?\n]+[.!?]*/g) ?? []).map((sentence) => sentence.trim()).filter((sentence) => sentence !== '')
