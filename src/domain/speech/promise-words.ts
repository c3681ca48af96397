import { fold } from './fold.ts'

/** Finds any of these words in folded text; `*` stands for any ending, `_` for a space. */
const any = (words: string): RegExp => {
  const patterns = words
    .trim()
    .split(/\s+/)
    .map((word) => fold(word).replaceAll('_', ' ').replaceAll('*', '\\p{L}*'))
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'u')
}

export const negations = any(`
  nicht nichts kein* nie niemals weder ohne niemand not no nothing never neither none without unable cannot
  isnt arent wasnt werent havent hasnt hadnt dont doesnt didnt cant couldnt wont wouldnt`)
/** Negations that deny nothing. */
export const idioms =
  /(?<!\p{L})(?:kein problem|keine sorge|kein thema|no problem|no worries|not a problem|nicht wahr|noch einmal)(?!\p{L})/gu

export const intentions = any(`
  kann können könnte könnten soll sollen sollte sollten werde werden wird möchte möchten muss müssen müsste
  darf dürfen dürfte lasse lassen lass will wollen would could can shall should may might must let lets need ill youll
  itll well going about want`)
/** Folded, "würde" and "wurde" are one. */
export const wishes = /(?<!\p{L})w(?:ü|ue)rde/iu
/** Intentions of which a listener takes the sending for sure. */
export const certainties = any('werde werden wird will ill youll itll well going')
export const helpers = any(`
  ist sind wurde wurden war waren habe hab haben hatten worden is are was were been has have had got ive weve youre its
  thats`)
export const doing = any('habe hab haben wurde wurden worden have has ive weve got been')
export const ours = any('ich wir i we ive weve id')
/** What the caller did or has is no promise of ours. */
export const theirs =
  /(?<!\p{L})(?:sie (?:\S+ )*?haben|haben sie|you(?:ve| have| had)? (?:already |just |previously )?(?!are |been |re )(?:\S+ed|an? )|you have)(?!\p{L})/u

export const participles = {
  booked: any(`
    gebucht eingebucht eingetragen reserviert vereinbart eingeplant festgemacht angelegt booked scheduled
    reserved`),
  moved: any('verschoben verlegt umgebucht umgelegt rescheduled moved'),
  cancelled: any('storniert abgesagt gecancelt gelöscht cancelled canceled called_off'),
} as const
export const infinitives = {
  booked: any('buchen eintragen reservieren vereinbaren einbuchen book schedule reserve'),
  moved: any('verschieben verlegen umbuchen reschedule move'),
  cancelled: any('stornieren absagen löschen cancel'),
} as const
/** Said of an appointment these mean that it stands. */
export const settled = {
  booked: any('bestätigt confirmed'),
  moved: any('geändert changed'),
  cancelled: any('gestrichen'),
} as const
export const managed = /(?<!\p{L})(?:konnte[nt]?|was able to|managed to)(?!\p{L})/iu
export const bookedFor =
  /(?<!\p{L})(?:(?:have|got|put|ive|youre) (?:you )?(?:down|in) (?:for|at|on)|all set for|(?:der|ihr) (?:neu )?termin steht|steht (?:ihr|der) termin)(?!\p{L})/u

export const things = any('termin* buchung reservierung appointment* booking reservation slot visit')
export const openings = any(
  'termin* platz plätze zeit lücke slot slots spot spots opening openings appointment* time times',
)
export const clock = any(`
  uhr oclock am pm noon mittag* vormittag* nachmittag* abend* morgen heute today tomorrow monday tuesday wednesday thursday
  friday saturday sunday montag* dienstag* mittwoch* donnerstag* freitag* samstag* sonntag* noch still das dieser that this
  it its thats dann da`)
export const hours =
  /(?<![\p{L}\p{N}])\d{1,2}(?: \d{2})?(?: (?:uhr|am|pm|oclock))?(?![\p{L}\p{N}])|(?<!\p{L})(?:uhr|oclock)(?!\p{L})/u

export const freeWords = any('frei verfügbar free available')
export const freeThings =
  /(?<!\p{L})(?:frei\p{L}*|verfugbar\p{L}*|available|open) (?:termin|platz|zeit|lucke|slot|spot|appointment|time)/u
export const taken = any('belegt vergeben ausgebucht besetzt unavailable booked_up fully_booked booked_out')
/** Words beside "frei" and "free" that make it something else. */
export const otherwise = any('fühlen feel charge wählen aussuchen entscheiden hat_frei hat_urlaub of_charge')
export const being = any(`
  ist sind wäre wären hätte hätten habe haben gibt wurde wurden is are was were been has
  have got its thats ive weve`)
export const offering = any('anbieten hätte hätten offer have_got i_have we_have ive_got')
export const alreadyTaken = any('schon bereits leider already unfortunately anderweitig')
export const forYou = any('ihr ihre ihren sie ihnen your you ich wir i we ive weve')

export const mail = any('mail email e_mail mails emails')
export const text = any('sms textnachricht whatsapp text text_message')
export const confirmation = any('bestätigung* terminbestätigung* confirmation* erinnerung* reminder* einladung*')
export const sending = any(`
  geschickt gesendet verschickt versendet zugeschickt zugesandt unterwegs erhalten bekommen kriegen schicke sende schicken
  senden geht sent send sending receive get getting way`)

/** Where something is moved to. */
export const towards = any('auf to nun jetzt now')

export const callback = any('rückruf* callback* call_back')
export const receiving = any('erhalten erhältst bekommen bekommst kriegen kriegst get getting receive expect')
export const arranged = any(`
  notiert vermerkt vorgemerkt eingetragen veranlasst vereinbart aufgenommen eingerichtet angelegt angefordert eingeplant
  arranged scheduled noted booked requested logged`)
/** Who rings back: us, or somebody for us; or nobody in particular ("Sie werden zurückgerufen"). */
export const ringers = any(`
  ich wir man jemand kolleg* mitarbeiter* team chef* inhaber* frau herr sie_werden werden_sie
  i we ill well someone somebody colleague* team manager they he she youll_be you_will_be`)
export const ringing =
  /(?<!\p{L})(?:rufe[nt]?|ruft|zuruckrufen|zuruckgerufen|zuruckruft|melde[nt]?|meldet|call|calls|called|ring|rings|phone|get|gets)(?!\p{L})/u
/** Back in this very call, or in the past. */
export const holding =
  /(?<!\p{L})(?:(?:gleich|sofort|sogleich) wieder|bleiben sie dran|right back|hold the line|(?:i|we|they|he|she) called)(?!\p{L})/u
/** "ich lasse Sie zurückrufen" is no question. */
export const having = /(?<!\p{L})lasse(?!\p{L})/gu
/** Beside the verb: to whom. "rufen Sie uns zurück" is no promise of ours. */
export const backwards =
  /(?<!\p{L})(?:sie (?:\S+ )*?zuruck|zuruckrufen|zuruckgerufen|zuruckruft|meld\p{L}* (?:sich|uns|mich)|(?:sich|uns|mich) (?:\S+ )*?(?:melden|meldet)|you (?:\S+ )?back|called back|back to you)(?!\p{L})/u
