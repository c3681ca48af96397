import type { Frame } from '../frame.ts'
import { Icon } from './icon.tsx'

/** Colour means state, never decoration, and always stands beside a sign or a word. */
export type Tone = 'now' | 'done' | 'wait' | 'wrong' | 'plain'

const signs: { readonly [T in Tone]: string } = { now: '●', done: '✓', wait: '↩', wrong: '!', plain: '' }

type Child = JSX.Element | null
type Children = Child | readonly (Child | readonly Child[])[]

export const Tag = (props: { readonly tone: Tone; readonly label: string; readonly sign?: string }): JSX.Element => {
  const sign = props.sign ?? signs[props.tone]
  return (
    <span class={`tag ${props.tone}`}>
      {sign === '' ? null : (
        <span aria-hidden="true" safe>
          {sign}
        </span>
      )}
      <span safe>{props.label}</span>
    </span>
  )
}

/** Says whether the page is fed by the server; the script keeps it true. */
const LiveMark = ({ frame }: { readonly frame: Frame }) => {
  const { live } = frame.words
  return (
    <span
      id="live"
      class="live"
      data-state="connecting"
      data-on={live.on}
      data-lost={live.lost}
      data-connecting={live.connecting}
      data-zone={frame.company?.profile.company.timeZone}
      title={live.hint}
      hidden
    >
      <span class="dot" aria-hidden="true"></span>
      <span id="live-text" role="status" safe>
        {live.connecting}
      </span>
    </span>
  )
}

/** The head of a page: its name, one sentence of context, at most two actions. */
export const PageHead = (props: {
  readonly frame: Frame
  readonly title: string
  readonly sentence?: string
  readonly back?: { readonly href: string; readonly label: string }
  readonly children?: Children
}): JSX.Element => (
  <header class="page-head">
    <div class="page-title">
      {props.back ? (
        <a class="back" href={props.back.href}>
          <Icon name="back" />
          <span safe>{props.back.label}</span>
        </a>
      ) : null}
      <h1 safe>{props.title}</h1>
      {props.sentence === undefined ? null : (
        <p class="sentence" safe>
          {props.sentence}
        </p>
      )}
    </div>
    <div class="actions">
      {props.frame.company ? <LiveMark frame={props.frame} /> : null}
      {props.children as 'safe'}
    </div>
  </header>
)

/** What a list says when it has nothing to show: why, and the next step. */
export const Empty = (props: {
  readonly title: string
  readonly help: string
  readonly command?: string
  readonly action?: { readonly href: string; readonly label: string }
}): JSX.Element => (
  <div class="empty">
    <p class="empty-title" safe>
      {props.title}
    </p>
    <p safe>{props.help}</p>
    {props.command === undefined ? null : (
      <p>
        <code safe>{props.command}</code>
      </p>
    )}
    {props.action ? (
      <p>
        <a class="button" href={props.action.href} safe>
          {props.action.label}
        </a>
      </p>
    ) : null}
  </div>
)

/** A term and what it says, in the column beside a timeline. */
export const Fact = (props: { readonly term: string; readonly children?: Children }): JSX.Element => (
  <div class="fact">
    <dt safe>{props.term}</dt>
    <dd>{props.children as 'safe'}</dd>
  </div>
)

/** The rows of a list under the names of their columns; `row` is the class that both share. */
export const Rows = (props: {
  readonly row: string
  readonly columns: readonly string[]
  readonly children?: Children
}): JSX.Element => (
  <div class="rows">
    <div class={`row ${props.row} columns`} aria-hidden="true">
      {props.columns.map((name) => (
        <span safe>{name}</span>
      ))}
    </div>
    <ol id="rows" data-rows>
      {props.children as 'safe'}
    </ol>
  </div>
)

/** The way back to the first page of a list and on to its next one; nothing where the list is on one page. */
export const Pager = (props: {
  readonly path: string
  readonly query: { readonly [name: string]: string | undefined }
  readonly cursor: string
  readonly next: string | undefined
  readonly first: string
  readonly more: string
}): JSX.Element => {
  const { path, query, cursor, next, first, more } = props
  if (next === undefined && cursor === '') return ''
  return (
    <p id="list-more" class="list-more">
      {cursor === '' ? null : (
        <a class="button" href={withQuery(path, query)} safe>
          {first}
        </a>
      )}
      {next === undefined ? null : (
        <a class="button" href={withQuery(path, { ...query, cursor: next })} safe>
          {more}
        </a>
      )}
    </p>
  )
}

/** A choice of a filter. '' stands for no filter. */
export const Select = (props: {
  readonly name: string
  readonly label: string
  readonly chosen: string
  readonly options: readonly (readonly [value: string, label: string])[]
}): JSX.Element => (
  <label class="field">
    <span safe>{props.label}</span>
    <select name={props.name} data-set={props.chosen === '' ? undefined : 'true'}>
      {props.options.map(([value, label]) => (
        <option value={value} selected={value === props.chosen} safe>
          {label}
        </option>
      ))}
    </select>
  </label>
)

/** An address with some parameters, without the empty ones. */
export const withQuery = (path: string, query: { readonly [name: string]: string | undefined }): string => {
  const set = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []))
  const text = new URLSearchParams(set).toString()
  return text === '' ? path : `${path}?${text}`
}
