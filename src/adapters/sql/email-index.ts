/** One text for every spelling of an e-mail address: they are the same in any letter case. Blind indexes are made of it. */
export const foldedEmail = (email: string): string => email.trim().normalize('NFC').toLowerCase().normalize('NFC')
