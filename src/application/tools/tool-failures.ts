/**
 * Statuses of stored tool calls that failed through us: a calendar that did not answer, or an agent that was given a tool
 * which its company does not have. Wishes that could not be met and questions are none. A request that broke off within us
 * is stored nowhere, so it has no status here.
 */
export const failureStatuses: readonly string[] = ['calendar_unreachable', 'unknown_tool', 'booking_not_offered']
