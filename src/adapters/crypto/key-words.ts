import type { KeyFault, KeyRingFailure, KeyRingMalformed } from '../../application/ports/keyring.ts'

const shape = 'ENCRYPTION_KEYS is a list of id:key, separated by commas, each key 32 bytes as base64'

const malformed: { readonly [Reason in KeyRingMalformed['reason']]: string } = {
  empty: 'is empty',
  'no-id': 'has no id before a colon',
  'unusable-id': 'has an id that is not made of 1 to 32 letters, digits, _ or -',
  'repeated-id': 'has the id of an earlier one',
  'not-base64': 'is not base64',
  'wrong-length': 'is not 32 bytes long; `openssl rand -base64 32` makes one that is',
}

/** What is wrong with the keys and what to do about it, in plain sentences without any key. */
export const keyCure = (failure: KeyRingFailure | KeyFault): string => {
  switch (failure.kind) {
    case 'key-ring-malformed':
      return `${shape}. Key ${failure.position} ${malformed[failure.reason]}.`
    case 'key-ring-missing':
      return failure.file === undefined
        ? `A PostgreSQL database needs ENCRYPTION_KEYS, and none is set. ${shape}.`
        : `This database holds encrypted data, but ENCRYPTION_KEYS is not set and ${failure.file} is not there. Put back the key ring this database was made with; a new one could not open it.`
    case 'key-ring-unreadable':
      return `The key ring ${failure.file} cannot be read or written (${failure.code}). Let the user of this service read and write it and its folder, or set ENCRYPTION_KEYS.`
    case 'key-missing':
      return `The database holds data under the key "${failure.keyId}", which is not in the key ring. Add that key to ENCRYPTION_KEYS again; old keys go behind the first one.`
    case 'key-wrong':
      return `The key "${failure.keyId}" is not the one this database was encrypted with. Put back the right key under this id, or give a new key an id of its own.`
  }
}
