import type { OpenFailure } from './desk.ts'
import type { ServiceFailure } from './service.ts'

type Failure = OpenFailure | ServiceFailure

const ringReasons = {
  empty: 'is empty',
  'no-id': 'has no id before its colon',
  'unusable-id': 'has an id of other than 1 to 32 letters, digits, - and _',
  'repeated-id': 'repeats an id',
  'not-base64': 'is not base64',
  'wrong-length': 'is not 32 bytes long',
} as const

const urlReasons = {
  scheme: 'must begin with sqlite: or postgres://',
  'no-path': 'names no file; write sqlite:./data/frontdesk.sqlite',
  malformed: 'is no address; write postgres://user:password@host:5432/database',
} as const

/** Plain sentences: what is wrong, and what to do about it. */
export const explain = (failure: Failure): readonly string[] => {
  switch (failure.kind) {
    case 'database-url-unusable':
      return [`DATABASE_URL ${urlReasons[failure.reason]}.`]
    case 'database-unreachable':
      return [
        `The database at ${failure.where} cannot be opened (${failure.code}).`,
        'Is it running, does DATABASE_URL name it rightly, and may this user read and write it?',
      ]
    case 'database-forbids':
      return [
        `The login of the database at ${failure.where} may not do what is needed (${failure.code}).`,
        'It has to own the database and make the two roles of row-level security once: alter role … createrole.',
      ]
    case 'older-database':
      return [
        `The database is older than this version: ${failure.pending.join(', ')}.`,
        'Bring it up to date with: frontdesk migrate up',
      ]
    case 'newer-database':
      return [
        `The database belongs to a newer version of frontdesk (${failure.unknown.join(', ')}).`,
        'Start that version, or restore a backup of this one. Nothing was changed.',
      ]
    case 'still-in-use':
      return [
        `The step ${failure.migration} cannot be taken back while deliveries wait in what it made. Nothing was changed.`,
        'Run frontdesk doctor, which puts them into the inbox, look at the open alerts, and try again.',
      ]
    case 'key-ring-malformed':
      return [
        `ENCRYPTION_KEYS: entry ${failure.position} ${ringReasons[failure.reason]}.`,
        'Write id:base64 of 32 bytes, several separated by commas. A new key: echo "k1:$(openssl rand -base64 32)"',
      ]
    case 'key-ring-missing':
      return failure.file === undefined
        ? [
            'ENCRYPTION_KEYS is not set. On PostgreSQL the key ring has to be given.',
            'Make one: echo "k1:$(openssl rand -base64 32)", and keep a copy apart from the database.',
          ]
        : [
            `There is data in the database, and no key ring at ${failure.file}.`,
            'Put the key ring back from its copy, or set ENCRYPTION_KEYS. No new key is made, for it could open nothing.',
          ]
    case 'key-ring-unreadable':
      return [
        `The key ring ${failure.file} cannot be read (${failure.code}).`,
        'Let the user of this process read it (mode 0600).',
      ]
    case 'key-missing':
      return [
        `The database holds data sealed under the key "${failure.keyId}", which is not in the key ring.`,
        'Add it to ENCRYPTION_KEYS, after the first one if it shall only decrypt. Nothing was changed.',
      ]
    case 'key-wrong':
      return [
        `The key "${failure.keyId}" is not the one that this database was sealed with.`,
        'Put the right key under this id into ENCRYPTION_KEYS. Nothing was changed.',
      ]
    case 'role-needs-postgres':
      return [`--role ${failure.role} needs PostgreSQL. SQLite has one writer: use --role all.`]
  }
}
