import type { MinuteOfDay } from '../time.ts'
import { wordMap, wordSet } from './fold.ts'

/** A part of the day: what it offers as a window, and which clock times said beside it can be meant (half-open minutes). */
export interface DayPart {
  readonly from: MinuteOfDay
  readonly to: MinuteOfDay
  readonly covers: (minute: MinuteOfDay) => boolean
}

const hour = (hours: number): MinuteOfDay => hours * 60
const part = (from: number, to: number, first: number, last: number): DayPart => ({
  from: hour(from),
  to: hour(to),
  covers: (minute) => hour(first) <= minute && minute < hour(last),
})

export const morning = part(6, 10, 0, 13)
export const forenoon = part(9, 12, 5, 13)
/** English says "in the morning" for all of it until noon. */
const englishMorning: DayPart = { ...forenoon, covers: morning.covers }
export const midday = part(11, 14, 11, 15)
export const afternoon = part(13, 17, 12, 19)
export const evening = part(17, 21, 16, 24)
const late = part(19, 22, 17, 24)
const night: DayPart = {
  from: hour(21),
  to: hour(24),
  covers: (minute) => minute >= hour(19) || minute < hour(6),
}

export const dayPartWords: ReadonlyMap<string, DayPart> = wordMap<DayPart>([
  [morning, 'morgens früh frühmorgens'],
  [englishMorning, 'morning mornings'],
  [forenoon, 'vormittag vormittags forenoon'],
  [midday, 'mittag mittags mittagszeit noon midday lunchtime'],
  [afternoon, 'nachmittag nachmittags afternoon afternoons'],
  [evening, 'abend abends evening evenings'],
  [late, 'spät spätabends'],
  [night, 'nacht nachts night nights'],
])

/** Before a part of the day: "am späten Nachmittag", "early afternoon". */
export const halves: ReadonlyMap<string, 'first' | 'second'> = wordMap<'first' | 'second'>([
  ['first', 'frühen früher frühe early'],
  ['second', 'späten später späte late'],
])

/** Words that make a following bare number a clock time. */
export const timePrepositions = wordSet(`
  um gegen ca circa etwa ungefähr rund at around about approximately roughly uhrzeit`)

export const hourWords = wordSet('uhr h oclock')
export const minuteWords = wordSet('minuten minute minutes min')
/** "zehn nach drei", "ten past three". */
export const pastWords = wordSet('nach past after')
export const toWords = wordSet('vor to before of till')

export const betweenWords = wordSet('zwischen between')
export const openEndedWords = wordSet('ab nach after from frühestens')
export const untilWords = wordSet('vor bis before until till by spätestens')
export const rangeWords = wordSet('bis und and to until till')

/** Words that carry no date and no time: politeness, articles, "egal". Whatever is neither here nor in the grammar is not understood. */
export const fillers = wordSet(`
  am an im in der die das den dem des der vom von zum zur auf für mit da dann denn doch mal noch schon nur also ja jo äh ähm öh hm
  bitte gern gerne danke vielen dank lieber am liebsten liebsten wenn falls möglich geht ginge gehts passt passen würde
  wäre wär sein ist es das mir uns ich wir sie man hätte hätten habe haben möchte möchten will wollen würden könnte könnten
  kann können brauche bräuchte nehme nehmen kommen komme vorbei vorbeikommen einen ein eine einer einem eines termin termine
  super gut prima ok okay perfekt klasse toll so um gegen ca circa etwa ungefähr rund genau punkt pünktlich schlag uhrzeit
  datum zeit time date ab oder und or and vielleicht eventuell wohl halt eben egal irgendwann jederzeit beliebig zeitlich
  hallo guten servus moin jetzt gleich direkt ganz werktag tag days heißt meine mein
  at around about approximately roughly on the a an of for please thanks thank you i we would like want need id to have
  hello hi do good day yes yeah then maybe perhaps possible if any anytime whenever works fine great with be is it its that
  my me us get come book appointment slot sometime from starting st oclockish well um uh wie as was frei free available rum herum`)
