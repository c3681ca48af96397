import { wordSet } from './fold.ts'

/** What stands for a name where none is known. */
export const placeholderNames = wordSet(`
  unbekannt unbekannter unbekannte unknown anonym anonymous null none undefined nil nan na kunde kundin customer caller
  anrufer anruferin client user guest gast name vorname nachname string text test privat private withheld restricted
  leer empty person jemand someone niemand nobody assistent assistentin assistant agent ki ai bot noname default tbd tba xx
  xxx abc asdf testkunde testkundin neukunde neukundin privatkunde stammkunde neuer neue anonymer anonyme derselbe
  dieselbe selber myself firstname lastname customername no kein ohne des`)

/** Stands where a part of a name is missing: "Max null". */
export const missingParts = wordSet('null none undefined nil nan unknown unbekannt')

/** Names that nobody has, and that forms and programs are filled in with. */
export const specimens = wordSet('maxmustermann erikamustermann johndoe janedoe mustermann')

/** Words that are never part of a name: a text with one of them is a piece of a sentence. */
export const sentenceWords = wordSet(`
  ich mir mich nicht wir uns euch ihnen mein meine meinen meinem meiner dein deine ihre ihren möchte möchten hätte hätten
  habe haben hatte wollte würde würden könnte könnten kann können brauche brauchen wäre sollte soll muss müssen wie
  termin termine uhr uhrzeit heute gestern übermorgen bitte danke genau okay ok tschüss tschau hallo wiederhören
  wiedersehen gern gerne was warum wann wieso welche welcher welchen keine keinen kein egal ahnung moment sagen
  dank oder siehe oben haarschnitt haare schneiden färben friseur reservieren buchen stornieren absagen verschieben
  i im my me your you would could should want need like please thanks thank hello bye goodbye appointment today tomorrow
  yesterday what when where why which dont cant wont not speak speaking calling sorry pardon oclock or above`)

/** Words that may stand in a name, but that make none by themselves. */
export const smallWords = wordSet(`
  ja nein doch jo jawohl nee ne klar gut gute guten guter schön schönen schönes vielen tag morgen abend nacht mittag so also hm ähm äh und oder aber
  ist sind bin war das die der den dem es er sie man du ihr für von mit bei zu auf an am im in um ein eine einen einer
  hier da dort jetzt dann schon noch mal wie wer wo richtig falsch stimmt super prima toll schön mann frau herr sohn
  tochter kind mutter vater freund freundin kollege kollegin niemand alles nichts andere anderen einfach vielleicht
  yes no yeah yep nope sure right good day morning evening night hi hey and or the a an is are am was for from with at to
  of on in it this that he she we they here there now then fine great well maybe husband wife son daughter mister sir
  madam wrong correct`)

/** Words around a clock time or a date, beside numbers, weekdays and months. */
export const timeWords = wordSet(`
  halb viertel dreiviertel nach vor zwischen ab bis gegen um früh mittags morgens abends vormittag vormittags nachmittag
  nachmittags half quarter past noon midnight woche nächste nächsten nächster nächstes diese dieser diesen week next`)

/** First names that are also months. */
export const monthNames = wordSet('august april mai may june juni')

export const titles = wordSet('herr herrn frau fräulein mr mrs ms miss mister madam')
