import { expect } from 'vitest'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import type { Ask, Desk } from '../desk.ts'

/** The one whose number the company knows, in a call after the one that booked. */
export const max = { from: '+491713920001', call: 'call_later' }
export const maxBooking = { from: '+491713920001', call: 'call_before' }
export const tuesday = { service: 'Herrenhaarschnitt', date: '24.11.2026', time: '10:30', staff: 'Nina' }

export const book = async (desk: Desk, wish: JsonObject = tuesday, caller: Ask = maxBooking): Promise<string> => {
  const booked = await desk.ask('book_appointment', { name: 'Max Muster', ...wish, confirmed: true }, caller)
  if (typeof booked.appointment_id !== 'string') throw new Error(JSON.stringify(booked))
  return booked.appointment_id
}
export const find = (desk: Desk, id: string) => desk.look((tx) => tx.appointments.find(id as `apt_${string}`))
export const sentences = (answer: JsonObject) =>
  String(answer.message)
    .replace(/\d\. /g, '')
    .split(/[.?!](?:\s|$)/).length - 1
/** Asks and says yes. */
export const agreed = async (desk: Desk, tool: string, args: JsonObject, caller: Ask = max) => {
  const asked = await desk.ask(tool, args, caller)
  expect(asked.status).toBe('needs_confirmation')
  return desk.ask(tool, { ...args, confirmed: true }, caller)
}
