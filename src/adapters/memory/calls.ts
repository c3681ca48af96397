import type { CallCard, CallEventEntry, Calls, Rings, StoredCall } from '../../application/ports/calls.ts'
import { type CallState, callState, unheard } from '../../domain/calling/call.ts'
import { type Country, parseCallerNumber } from '../../domain/phone-number.ts'
import { HOUR } from '../../domain/time.ts'
import { pageOf } from './page.ts'
import type { Draft } from './tables.ts'

const cardOf = ({ record, firstHeardAt, ...call }: StoredCall): CallCard => {
  const { transcript, turns, ...state } = callState(record)
  return { ...state, ...call, at: state.startedAt ?? firstHeardAt }
}

/** The other side's number: who calls us, or whom we called. */
const callerOf = (call: Pick<CallState, 'direction' | 'fromNumber' | 'toNumber'>, country: Country | undefined) => {
  const text = call.direction === 'outbound' ? call.toNumber : call.fromNumber
  const caller = country === undefined ? undefined : parseCallerNumber(text, country)
  return caller?.kind === 'visible' ? caller.number : text
}

const answered = new Set<CallState['status']>(['ongoing', 'ended'])

export const callsIn = (draft: Draft, countryOf: () => Country | undefined): Calls => ({
  find: async (id) => draft.row('calls', id),
  open: async (id, branch, now) => {
    const known = draft.row('calls', id)
    if (known) return known
    const call: StoredCall = {
      id,
      branch,
      customer: undefined,
      callerName: undefined,
      outcome: 'none',
      firstHeardAt: now,
      findings: [],
      record: unheard,
    }
    draft.put('calls', id, call)
    return call
  },
  save: async (call) => {
    if (!draft.row('calls', call.id)) throw new Error('A call is opened before it is saved')
    draft.put('calls', call.id, call)
  },
  list: async ({ branch, status, outcome, customer, caller, from, to, ...request }) => {
    const country = countryOf()
    const found = draft
      .rows('calls')
      .map(cardOf)
      .filter(
        (card) =>
          (branch === undefined || card.branch === branch) &&
          (status === undefined || card.status === status) &&
          (outcome === undefined || card.outcome === outcome) &&
          (customer === undefined || card.customer === customer) &&
          (caller === undefined || callerOf(card, country) === caller) &&
          (from === undefined || from <= card.at) &&
          (to === undefined || card.at < to),
      )
    return pageOf(found, request, 'newest-first', ({ at, id }) => [at, id])
  },
  addEvent: async (call, entry) => {
    const key = JSON.stringify([call, entry.key])
    if (draft.row('callEvents', key)) return false
    draft.put('callEvents', key, { ...entry, call })
    return true
  },
  events: async (id) =>
    draft
      .rows('callEvents')
      .filter(({ call }) => call === id)
      .map(({ call, ...entry }): CallEventEntry => entry)
      .toSorted((one, other) => one.at - other.at || one.receivedAt - other.receivedAt),
  tally: async (from, to) => {
    const cards = draft
      .rows('calls')
      .map(cardOf)
      .filter(({ at }) => from <= at && at < to)
    const booked = cards.filter(({ outcome }) => outcome === 'booked')
    const byHour = (some: readonly CallCard[]) => {
      const hours = Array.from({ length: 24 }, () => 0)
      for (const { at } of some) {
        const hour = Math.min(Math.floor((at - from) / HOUR), 23)
        hours[hour] = (hours[hour] ?? 0) + 1
      }
      return hours
    }
    return {
      calls: cards.length,
      answered: cards.filter(({ status }) => answered.has(status)).length,
      booked: booked.length,
      byHour: byHour(cards),
      bookedByHour: byHour(booked),
    }
  },
})

export const ringsIn = (draft: Draft): Rings => {
  const open = () => draft.rows('rings').flatMap(({ joined, ...ring }) => (joined === undefined ? ring : []))
  return {
    add: async (ring) => draft.put('rings', ring.id, { ...ring, joined: undefined }),
    open: async (since) =>
      open()
        .filter(({ at }) => since <= at)
        .toSorted((one, other) => one.at - other.at),
    between: async (fromNumber, toNumber, from, to) =>
      open()
        .filter((ring) => ring.fromNumber === fromNumber && ring.toNumber === toNumber)
        .filter(({ at }) => from <= at && at <= to)
        .toSorted((one, other) => one.at - other.at),
    join: async (id, call) => {
      const ring = draft.row('rings', id)
      if (ring) draft.put('rings', id, { ...ring, joined: call })
    },
  }
}
