import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { promisesIn } from '../../../src/domain/speech/spoken-promise.ts'

const kindsIn = (text: string) => promisesIn(text).map(({ kind }) => kind)

const promised: readonly (readonly [string, ...string[]])[] = [
  ['Ihr Termin ist gebucht.', 'booked'],
  ['Ich habe den Termin für Sie gebucht.', 'booked'],
  ['Wunderbar, ich habe Sie für Dienstag um 10 Uhr 30 eingetragen.', 'booked'],
  ['Der Termin ist für Sie reserviert.', 'booked'],
  ['Ihr Termin am Dienstag, den 24. November um 10 Uhr 30 ist hiermit bestätigt.', 'booked'],
  ['Damit ist der Termin fest eingeplant.', 'booked'],
  ['Gebucht!', 'booked'],
  ['Ihr Termin wurde erfolgreich gebucht. Kann ich sonst noch etwas für Sie tun?', 'booked'],
  ['Ihr Termin ist gebucht, kann ich sonst noch etwas für Sie tun?', 'booked'],
  ['Keine Sorge, Ihr Termin ist eingetragen.', 'booked'],
  ['Kein Problem ich habe das für Sie gebucht', 'booked'],
  ['Ich konnte den Termin für Sie buchen.', 'booked'],
  ['Ich bestätige, dass Ihr Termin gebucht ist.', 'booked'],
  ['Ihr Termin steht.', 'booked'],
  ['Ihr Termin ist bereits gebucht.', 'booked'],
  ["You're booked for Tuesday at 10:30 am.", 'booked'],
  ['Your appointment is booked.', 'booked'],
  ["I've booked that for you.", 'booked'],
  ['Your appointment has been scheduled for Tuesday at ten.', 'booked'],
  ['I have you down for Tuesday at ten.', 'booked'],
  ['Your booking is confirmed.', 'booked'],
  ["You're all set for Tuesday at 10 am.", 'booked'],
  ['I was able to book the appointment for you.', 'booked'],
  ['I went ahead and booked that for you.', 'booked'],
  ['No problem, your slot is reserved.', 'booked'],
  ['Ihr Termin ist storniert.', 'cancelled'],
  ['Ich habe den Termin am Freitag für Sie abgesagt.', 'cancelled'],
  ['Der Termin wurde gelöscht.', 'cancelled'],
  ['Your appointment has been cancelled.', 'cancelled'],
  ["I've canceled it for you.", 'cancelled'],
  ['Ihr Termin ist auf Freitag verschoben.', 'moved'],
  ['Ich habe Ihren Termin umgebucht.', 'moved'],
  ['Ihr Termin wurde auf 15 Uhr geändert.', 'moved'],
  ["I've moved your appointment to Friday.", 'moved'],
  ['Your appointment was rescheduled to 3 pm.', 'moved'],
  ['Ja, 15 Uhr ist noch frei. Soll ich den Termin für Sie buchen?', 'free'],
  ['15 Uhr ist noch frei, soll ich den Termin buchen?', 'free'],
  ['15 uhr ist noch frei soll ich den termin buchen', 'free'],
  ['Wenn Sie möchten, am Freitag um 10 Uhr wäre noch etwas frei.', 'free'],
  ['Ich hätte 14 Uhr 30 oder 15 Uhr.', 'free'],
  ['Ich könnte Ihnen Dienstag um 10 Uhr anbieten.', 'free'],
  ['Am Montag haben wir noch freie Termine.', 'free'],
  ['Der Termin ist verfügbar.', 'free'],
  ['Um zehn ist nicht belegt.', 'free'],
  ['10:30 am is available.', 'free'],
  ['Yes, that slot is still free.', 'free'],
  ['I have 2:30 or 3 pm.', 'free'],
  ['We have an opening available on Friday.', 'free'],
  ['Um 14 Uhr ist leider schon belegt.', 'taken'],
  ['Um 14 Uhr ist leider schon belegt, aber ich hätte 14 Uhr 30.', 'taken', 'free'],
  ['Der Termin ist leider nicht mehr frei.', 'taken'],
  ['Am Montag sind wir leider ausgebucht.', 'taken'],
  ['Diese Zeit ist leider schon gebucht.', 'taken'],
  ['Leider wurde dieser Termin gerade vergeben.', 'taken'],
  ['That time is not available.', 'taken'],
  ["I'm sorry, 3 pm is already booked.", 'taken'],
  ['We are fully booked on Friday.', 'taken'],
  ['Sie erhalten gleich eine Bestätigung per E-Mail.', 'mailed'],
  ['Ich habe Ihnen eine Bestätigung per E-Mail geschickt.', 'mailed'],
  ['Die Bestätigung ist unterwegs.', 'mailed'],
  ['You will receive a confirmation by email.', 'mailed'],
  ["I'll send you a confirmation by email.", 'mailed'],
  ['Die Bestätigung per SMS ist unterwegs.', 'texted'],
  ["We've sent you a text message.", 'texted'],
  ['Ihr Termin ist gebucht und Sie erhalten eine Bestätigung per E-Mail.', 'booked', 'mailed'],
  ['Ich rufe Sie zurück.', 'called-back'],
  ['Wir rufen Sie heute noch zurück.', 'called-back'],
  [
    'Gern, wir rufen Sie spätestens am Montag um 12 Uhr zurück, unter der Nummer, die Sie genannt haben.',
    'called-back',
  ],
  ['Ein Kollege ruft Sie gleich zurück.', 'called-back'],
  ['Sie werden zurückgerufen.', 'called-back'],
  ['Ich lasse Sie zurückrufen.', 'called-back'],
  ['Sie erhalten einen Rückruf von unserem Team.', 'called-back'],
  ['Ich habe Ihren Rückruf notiert.', 'called-back'],
  ['Unser Team meldet sich bei Ihnen.', 'called-back'],
  ['Wir melden uns bei Ihnen.', 'called-back'],
  ['Ich werde mich bei Ihnen melden.', 'called-back'],
  ['Someone will call you back.', 'called-back'],
  ["We'll call you back today.", 'called-back'],
  ['A colleague will get back to you.', 'called-back'],
  ['You will be called back.', 'called-back'],
  ["You'll get a call back within the hour.", 'called-back'],
  ["I've arranged a callback for you.", 'called-back'],
]

const nothing: readonly string[] = [
  'Ich habe noch nichts gebucht.',
  'Ich habe Ihnen noch nichts eingetragen.',
  'Der Termin wurde noch nicht gebucht.',
  'Es ist nichts gebucht.',
  'Soll ich den Termin für Sie buchen?',
  'soll ich den termin buchen',
  'Kann ich den Termin für Sie buchen?',
  'Möchten Sie, dass ich den Termin eintrage?',
  'Ist der Termin schon gebucht?',
  'Haben Sie schon einen Termin gebucht?',
  'Sie haben am Montag einen Termin gebucht.',
  'Ich sehe, dass Sie bereits einen Termin gebucht haben.',
  'Sobald der Termin gebucht ist, erhalten Sie eine Bestätigung per E-Mail.',
  'Wenn der Termin gebucht ist, sage ich Ihnen Bescheid.',
  'Falls Sie storniert haben, rufen Sie bitte noch einmal an.',
  'Ich buche den Termin jetzt für Sie.',
  'Ich werde den Termin gleich eintragen.',
  'Der Termin wird gleich gebucht.',
  'Der Termin kann leider nicht mehr storniert werden.',
  'Ich könnte den Termin für Sie buchen.',
  'Einen Moment bitte, ich prüfe die Verfügbarkeit.',
  'Ich prüfe, ob um 10 Uhr noch etwas frei ist.',
  'Ich schaue nach ob der Termin noch frei ist.',
  'Ist 15 Uhr noch frei?',
  'Wann wären Sie frei?',
  'Welche Zeit ist Ihnen am liebsten?',
  'Wir haben montags von 9 bis 18 Uhr geöffnet.',
  'Fühlen Sie sich frei, jederzeit anzurufen.',
  'Nina hat am Montag frei.',
  'Zu welcher Uhrzeit hätten Sie Zeit?',
  'Darf ich Ihren Namen haben?',
  'Leider ist gerade kein Mitarbeiter verfügbar.',
  'Soll ich Ihnen eine Bestätigung per E-Mail schicken?',
  'Ich kann Ihnen leider keine SMS schicken.',
  'Ich habe Ihre Nachricht weitergegeben.',
  'I have not booked anything yet.',
  "I haven't booked that yet.",
  'Nothing has been booked.',
  'Shall I book that for you?',
  'Would you like me to book it?',
  'Is that time available?',
  'Let me check if that time is available.',
  'Let me get that booked for you.',
  "I'll book that for you now.",
  "Once it's booked, you'll receive a confirmation by email.",
  'You already booked an appointment for Monday.',
  'You have an appointment booked for Monday.',
  'Feel free to call us any time.',
  'The consultation is free of charge.',
  'We are open from 9 am to 6 pm.',
  'I could not cancel the appointment.',
  'Should I send you a confirmation by email?',
  'Sollen wir Sie zurückrufen?',
  'Unter welcher Nummer dürfen wir Sie zurückrufen?',
  'Möchten Sie zurückgerufen werden?',
  'Ich kann Sie leider nicht zurückrufen.',
  'Ich könnte einen Rückruf für Sie notieren.',
  'Rufen Sie uns bitte morgen zurück.',
  'Bitte melden Sie sich noch einmal.',
  'Wenn wir Sie zurückrufen sollen, brauche ich Ihre Nummer.',
  'Sie haben einen Rückruf angefordert.',
  'Shall we call you back?',
  'Would you like a call back?',
  'At which number may we call you back?',
  'Please call us back tomorrow.',
  'Nobody will call you back.',
  'Wenn Sie möchten, rufen wir Sie zurück.',
  'If you like, we will call you back.',
  'Bleiben Sie dran, ich melde mich gleich wieder bei Ihnen.',
  "I'll be right back with you.",
  'We called you back yesterday.',
  'Sie können uns jederzeit zurückrufen.',
  'Vielen Dank für Ihren Rückruf.',
  'Ich rufe kurz den Kalender auf und komme gleich zurück zu Ihnen.',
  '',
  '...',
]

describe('a promise', () => {
  it.each(promised)('is heard in „%s“', (text, ...kinds) => expect(kindsIn(text)).toEqual(kinds))
  it.each(nothing)('is not heard in „%s“', (text) => expect(kindsIn(text)).toEqual([]))

  it('has been done, or stands', () => {
    expect(promisesIn('Ich habe den Termin gebucht.')).toMatchObject([{ manner: 'done' }])
    expect(promisesIn('Ihr Termin ist am Montag eingetragen.')).toMatchObject([{ manner: 'stands' }])
  })

  it.each<[string, readonly (readonly number[])[]]>([
    ['Ich habe Sie um 10 Uhr eingetragen.', [[600, 1320]]],
    ['Ihr Termin ist gebucht, Dienstag um 14:30 Uhr.', [[870]]],
    ['Ihr Termin um halb drei ist bestätigt.', [[150, 870]]],
    ["You're booked for Tuesday at 10:30 a.m.", [[630]]],
    ['Your appointment at 3 is booked.', [[180, 900]]],
    ['Ihr Termin ist gebucht.', []],
    ['Ihr Termin am 24.11. ist gebucht.', []],
    ['Ihr Termin ist gebucht, wir haben bis 18 Uhr geöffnet.', []],
    ['Zwischen 10 und 12 Uhr ist noch etwas frei.', []],
    ['Ihr Termin ist um 10 Minuten auf 14 Uhr 30 verschoben.', [[870]]],
    ['Ihr Termin um 10 Uhr ist verschoben.', []],
    ['10 Uhr ist leider belegt.', []],
  ])('knows the clock times of „%s“', (text, times) =>
    expect(promisesIn(text).map((promise) => promise.times)).toEqual([times]),
  )

  it('has the place of its sentence', () => {
    const text = 'Einen Moment. Ihr Termin am 24. November ist gebucht. Auf Wiederhören!'
    const [promise] = promisesIn(text)
    expect(promise?.text).toBe('Ihr Termin am 24. November ist gebucht.')
    expect(text.slice(promise?.from, promise?.to)).toBe(promise?.text)
  })
})

describe('promises', () => {
  const some = fc.constantFrom(...promised)
  it('are heard whatever the case, the spaces and the last sign', () =>
    fc.assert(
      fc.property(some, fc.constantFrom('', '.', '!', ' ', '...'), fc.nat(2), ([text, ...kinds], last, how) => {
        const plain = /\?$/.test(text) ? text : text.replace(/[.!]$/, last)
        const said = [plain, plain.toUpperCase(), plain.toLowerCase()][how] ?? plain
        expect(kindsIn(said.replaceAll(' ', '  '))).toEqual(kinds)
      }),
    ))

  it('in several sentences are those of each', () =>
    fc.assert(
      fc.property(
        fc.array(some, { maxLength: 4 }),
        fc.array(fc.constantFrom(...nothing), { maxLength: 3 }),
        (some, none) => {
          const text = [...some.map(([text]) => text.replace(/(?<![.!?])$/, '.')), ...none].join('\n')
          expect(kindsIn(text)).toEqual(some.flatMap(([, ...kinds]) => kinds))
        },
      ),
    ))

  it('are looked for in any text, within it', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc
            .array(
              fc.constantFrom('ist', 'frei', 'gebucht', '?', '.', ',', 'nicht', 'ob', '10', 'Uhr', 'booked', 'if'),
              { maxLength: 30 },
            )
            .map((words) => words.join(' ')),
        ),
        (text) => {
          for (const { from, to, text: sentence } of promisesIn(text)) expect(text.slice(from, to)).toBe(sentence)
        },
      ),
    ))
})
