import { err, ok, type Result } from 'neverthrow'
import type { KeyFault, KeyRing } from '../../application/ports/keyring.ts'
import type { Engine, Trx } from './engine.ts'
import { type Seals, sealsOf } from './sealing.ts'

const indexKeyPurpose = 'blind-index'
const contextOf = (purpose: string): string => `sealed_keys\nsealed\nplatform\n${purpose}`

/** Whether anything in the database may have been sealed under a key ring. */
export const isSealed = (engine: Engine): Promise<boolean> =>
  engine.readAsSystem(async (trx) => {
    const checks = await trx.selectFrom('key_checks').select('key_id').limit(1).execute()
    return checks.length > 0
  })

/**
 * Makes sure that the ring opens what is in the database, before anything is read or written with it. New keys of the
 * ring are remembered; a key that the database was sealed with must be there and be the same.
 */
export const unlock = (engine: Engine, ring: KeyRing): Promise<Result<Seals, KeyFault>> =>
  engine.asSystem(async (trx): Promise<Result<Seals, KeyFault>> => {
    const fault = faultOf(ring, await trx.selectFrom('key_checks').selectAll().execute())
    if (fault) return err(fault)
    await trx
      .insertInto('key_checks')
      .values(ring.ids.map((key_id) => ({ key_id, check_value: ring.checkValue(key_id) })))
      .onConflict((conflict) => conflict.column('key_id').doNothing())
      .execute()
    // Another process may have been first, with another key under the same id.
    const late = faultOf(ring, await trx.selectFrom('key_checks').selectAll().execute())
    if (late) return err(late)
    return ok(sealsOf(ring, await indexKey(trx, ring)))
  })

const faultOf = (
  ring: KeyRing,
  checks: readonly { readonly key_id: string; readonly check_value: string }[],
): KeyFault | undefined => {
  for (const { key_id, check_value } of checks) {
    if (!ring.ids.includes(key_id)) return { kind: 'key-missing', keyId: key_id }
    if (ring.checkValue(key_id) !== check_value) return { kind: 'key-wrong', keyId: key_id }
  }
  return undefined
}

const indexKey = async (trx: Trx, ring: KeyRing): Promise<string> => {
  const known = async () =>
    trx.selectFrom('sealed_keys').select('sealed').where('purpose', '=', indexKeyPurpose).executeTakeFirst()
  if (!(await known())) {
    const sealed = ring.sealText(contextOf(indexKeyPurpose), ring.newIndexKey())
    await trx
      .insertInto('sealed_keys')
      .values({ purpose: indexKeyPurpose, sealed })
      .onConflict((conflict) => conflict.column('purpose').doNothing())
      .execute()
  }
  const kept = await known()
  if (!kept) throw new Error('The key of the blind index was not kept')
  return ring.openText(contextOf(indexKeyPurpose), kept.sealed)
}
