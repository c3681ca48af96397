import type { Flag, FlagRules } from '../../../domain/access/flag.ts'
import { type Role, roles } from '../../../domain/access/role.ts'
import type { CompanySummary } from '../application.ts'
import { moment } from '../format.ts'
import { type Frame, readingOf, type View } from '../frame.ts'
import { Csrf, Message, Wrong } from './fields.tsx'
import { PageHead, Tag, type Tone } from './parts.tsx'

export type FlagReach = 'everybody' | 'some' | 'nobody'

/** As ticked and typed. */
export interface FlagEntry {
  readonly reach: FlagReach
  readonly roles: readonly string[]
  /** Ids. */
  readonly companies: readonly string[]
  readonly percent: string
  /** E-mail addresses and ids, one in each line. */
  readonly users: string
}

export interface FlagMistakes {
  readonly some?: string | undefined
  readonly percent?: string | undefined
  readonly users?: string | undefined
}

/** A feature with what its form shows. */
export interface ShownFlag {
  readonly flag: Flag
  readonly title: string
  readonly help: string
  readonly entry: FlagEntry
  readonly mistakes: FlagMistakes
}

interface Props {
  readonly frame: Frame
  readonly flags: readonly ShownFlag[]
  /** By name. */
  readonly companies: readonly CompanySummary[]
  readonly said?: string | undefined
  readonly wrong?: string | undefined
  readonly status?: number
}

export const reachOf = ({ everybody, roles: named, users, companies, percent }: FlagRules): FlagReach => {
  if (everybody) return 'everybody'
  return named.length + users.length + companies.length > 0 || percent > 0 ? 'some' : 'nobody'
}

const tones: { readonly [R in FlagReach]: readonly [tone: Tone, sign: string] } = {
  everybody: ['done', '✓'],
  some: ['wait', '◐'],
  nobody: ['plain', '–'],
}

type OneProps = Pick<Props, 'frame' | 'companies'> & { readonly one: ShownFlag }

const Reach = ({ frame, one, value }: OneProps & { readonly value: FlagReach }) => (
  <label class="check">
    <input type="radio" name="reach" value={value} checked={one.entry.reach === value} />
    <span safe>{frame.words.flags.reach[value]}</span>
  </label>
)

const Choice = (props: {
  readonly name: string
  readonly value: string
  readonly label: string
  readonly chosen: readonly string[]
}) => (
  <label class="check">
    <input type="checkbox" name={props.name} value={props.value} checked={props.chosen.includes(props.value)} />
    <span safe>{props.label}</span>
  </label>
)

const described = (id: string, wrong: string | undefined) =>
  wrong === undefined ? {} : { 'aria-invalid': 'true' as const, 'aria-describedby': `${id}-wrong` }

const Some = ({ frame, companies, one }: OneProps) => {
  const { flags } = frame.words
  const { entry, mistakes, flag } = one
  const [percentId, usersId] = [`${flag.name}-percent`, `${flag.name}-users`]
  return (
    <div class="flag-some">
      <p class="connection-help" safe>
        {flags.someHelp}
      </p>
      <fieldset class="checks">
        <legend safe>{flags.roles}</legend>
        {roles.map((role: Role) => (
          <Choice name="role" value={role} label={flags.roleNames[role]} chosen={entry.roles} />
        ))}
      </fieldset>
      {companies.length === 0 ? null : (
        <fieldset class="checks flag-companies">
          <legend safe>{flags.companies}</legend>
          <div>
            {companies.map(({ id, name }) => (
              <Choice name="company" value={id} label={name} chosen={entry.companies} />
            ))}
          </div>
        </fieldset>
      )}
      <label class="field">
        <span class="field-label">
          <span safe>{flags.percent}</span>
          <small safe>{flags.percentHelp}</small>
        </span>
        <input
          id={percentId}
          type="text"
          inputmode="numeric"
          name="percent"
          value={entry.percent}
          maxlength="3"
          autocomplete="off"
          {...described(percentId, mistakes.percent)}
        />
        <Wrong name={percentId} text={mistakes.percent} />
      </label>
      <label class="field">
        <span class="field-label">
          <span safe>{flags.users}</span>
          <small safe>{flags.usersHelp}</small>
        </span>
        <textarea id={usersId} name="users" rows="2" {...described(usersId, mistakes.users)} safe>
          {entry.users}
        </textarea>
        <Wrong name={usersId} text={mistakes.users} />
      </label>
    </div>
  )
}

const One = (props: OneProps) => {
  const { frame, one } = props
  const { flags } = frame.words
  const { flag, title, help, mistakes } = one
  const state = reachOf(flag.rules)
  const [tone, sign] = tones[state]
  const someId = `${flag.name}-some`
  return (
    <form
      id={flag.name}
      method="post"
      action={`/flags/${encodeURIComponent(flag.name)}`}
      class="card form-card flag-form"
      aria-labelledby={`${flag.name}-title`}
    >
      <Csrf frame={frame} />
      <input type="hidden" name="seen" value={String(flag.changedAt ?? '')} />
      <div class="flag-head">
        <h2 id={`${flag.name}-title`} safe>
          {title}
        </h2>
        <Tag tone={tone} sign={sign} label={flags.state[state]} />
        <p class="connection-help" safe>
          {help}
        </p>
        <p class="faint">
          <code safe>{flag.name}</code>{' '}
          <span safe>
            {flag.changedAt === undefined
              ? flags.never
              : flags.changed(moment(flag.changedAt, frame.now, readingOf(frame)))}
          </span>
        </p>
      </div>
      <fieldset class="checks" {...described(someId, mistakes.some)}>
        <legend safe>{flags.for}</legend>
        <Reach {...props} value="everybody" />
        <Reach {...props} value="nobody" />
        <Reach {...props} value="some" />
        <Some {...props} />
        <Wrong name={someId} text={mistakes.some} />
      </fieldset>
      <div class="form-actions">
        <button class="button primary" type="submit" safe>
          {flags.save}
        </button>
      </div>
    </form>
  )
}

/** Features that are on for some and not yet for others. */
export const flagsPage = ({ frame, flags: shown, companies, said, wrong, status }: Props): View => {
  const { flags } = frame.words
  return {
    title: flags.title,
    place: 'flags',
    status: status ?? 200,
    content: (
      <>
        <PageHead frame={frame} title={flags.title} sentence={flags.lead} />
        <Message text={wrong} tone="wrong" />
        {wrong === undefined ? <Message text={said} tone="done" /> : null}
        <div class="flag-list">
          {shown.map((one) => (
            <One frame={frame} companies={companies} one={one} />
          ))}
        </div>
      </>
    ),
  }
}
