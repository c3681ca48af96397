const paths = {
  overview: 'M4 13h6V4H4zM14 20h6v-9h-6zM4 20h6v-3H4zM14 7h6V4h-6z',
  calls:
    'M6.5 3.5 9 4l1 4-2 1.5a12 12 0 0 0 6.5 6.5L16 14l4 1 .5 2.5c0 1.5-1.2 3-3 3C10 20 4 14 3.5 6.5c0-1.8 1.5-3 3-3z',
  callbacks: 'M8 4 4 8l4 4M4 8h9.5a6 6 0 0 1 0 12H9',
  wishes: 'M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.300 4.200 4.200 0 0 1 19.500 10c0 5.400-7.500 10-7.500 10z',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  customers:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.500 20c0-3.500 2.900-6 6.500-6s6.500 2.500 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6M17.500 14.500c2.400.6 4 2.700 4 5.500',
  agent:
    'M5 13v-1a7 7 0 0 1 14 0v1M5 12.500h1.500a1 1 0 0 1 1 1V17a1 1 0 0 1-1 1H6a2 2 0 0 1-2-2v-2.500a1 1 0 0 1 1-1zM19 12.500h-1.500a1 1 0 0 0-1 1V17a1 1 0 0 0 1 1h.5a2 2 0 0 0 2-2v-2.500a1 1 0 0 0-1-1zM18.500 18c0 1.500-1.500 2.500-4 2.500',
  numbers: 'M5 4v16M5 8h9l-2.5-3M14 8l-2.5 3M5 16h13l-2.5-3M18 16l-2.5 3',
  team: 'M4 5h16v14H4zM9.5 12.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM6.500 16.500c.3-1.500 1.500-2.500 3-2.500s2.700 1 3 2.500M15 10h3M15 13.500h3',
  audit: 'M6 3h9l4 4v14H6zM9 9h4M9 13h7M9 17h7',
  inbox: 'M4 13 6.5 5h11L20 13v6H4zM4 13h4.5l1.5 2.5h4l1.5-2.5H20',
  flags: 'M8 7h8a5 5 0 0 1 0 10H8A5 5 0 0 1 8 7zM8 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  unrouted: 'M12 8v5M12 16.5v.01M12 3l9.5 17h-19z',
  connection:
    'M9.5 14.500l5-5M8 11l-2.500 2.500a3.500 3.500 0 0 0 5 5L13 16M16 13l2.500-2.500a3.500 3.500 0 0 0-5-5L11 8',
  steps: 'M4 6l1.500 1.500L8 5M4 12l1.500 1.500L8 11M4 18l1.500 1.500L8 17M12 6.500h8M12 12.500h8M12 18.500h8',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
} as const

export type IconName = keyof typeof paths | 'brand'

/** A sign beside a word; screen readers pass over it. */
export const Icon = ({ name }: { readonly name: IconName }): JSX.Element =>
  name === 'brand' ? (
    <svg class="brand-mark" viewBox="0 0 26 26" width="26" height="26" aria-hidden="true" focusable="false">
      <rect class="brand-ground" width="26" height="26" rx="7" />
      <path
        class="brand-sign"
        d="M6 10.5c0-1.6 3.100-3 7-3s7 1.4 7 3v1.3h-4v-1.3c-1-.3-2-.4-3-.4s-2 .1-3 .4v1.3H6zM8.5 13.5h9l1 5h-11z"
      />
    </svg>
  ) : (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
