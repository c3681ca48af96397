import type { Delivery, DeliveryOutcome } from '../../../application/ports/inbox.ts'
import type { Page } from '../../../application/ports/page.ts'
import { clockSeconds, dayAndTime, moment, recently } from '../format.ts'
import { companyPath, type Frame, readingOf, type View } from '../frame.ts'
import type { Words } from '../words/words.ts'
import { Empty, Fact, PageHead, Select, Tag, type Tone, withQuery } from './parts.tsx'

const tones: { readonly [outcome in DeliveryOutcome]: readonly [Tone, string] } = {
  accepted: ['done', '✓'],
  duplicate: ['plain', ''],
  refused: ['wrong', '!'],
  failed: ['wait', '!'],
  dead: ['wrong', '✕'],
  ignored: ['plain', ''],
}

export const OutcomeTag = ({ outcome, words }: { outcome: DeliveryOutcome; words: Words }): JSX.Element => {
  const [tone, sign] = tones[outcome]
  return <Tag tone={tone} sign={sign} label={words.deliveries.outcome[outcome]} />
}

/** The stages as a row of signs; read aloud as the last one and how it went. */
export const Stages = ({ delivery, words }: { readonly delivery: Delivery; readonly words: Words }): JSX.Element => {
  const last = delivery.stages.at(-1)
  const wrong = delivery.stages.find((one) => !one.ok)
  const shown = wrong ?? last
  const text = shown
    ? `${words.deliveries.stage[shown.name]}: ${shown.ok ? words.deliveries.stageOk : words.deliveries.stageWrong}`
    : words.deliveries.noStages
  return (
    <span class="stages" title={text}>
      {delivery.stages.map((one) => (
        <span class={one.ok ? 'stage ok' : 'stage bad'} aria-hidden="true">
          {one.ok ? '' : '!'}
        </span>
      ))}
      <span class="sr" safe>
        {text}
      </span>
    </span>
  )
}

/** Where deliveries are shown: a company's own, or everybody's. */
export interface DeliveriesAt {
  readonly path: string
  /** Names of companies by id, for the platform's page. */
  readonly companies: ReadonlyMap<string, string> | undefined
}

const Row = (props: { one: Delivery; frame: Frame; at: DeliveriesAt }) => {
  const { one, frame, at } = props
  const { words } = frame
  const reading = readingOf(frame)
  const ago = recently(one.receivedAt, frame.now, words.code)
  const wrong = one.stages.find((stage) => !stage.ok)
  return (
    <li id={`delivery-${one.id}`}>
      <a class={at.companies ? 'row delivery-row with-company' : 'row delivery-row'} href={`${at.path}/${one.id}`}>
        <span class="cell time">
          <time datetime={new Date(one.receivedAt).toISOString()} safe>
            {moment(one.receivedAt, frame.now, reading)}
          </time>
          {ago === undefined ? null : (
            <small class="ago" safe>
              {ago}
            </small>
          )}
        </span>
        <span class="cell event">
          <code safe>{one.event}</code>
          <small safe>{words.deliveries.source[one.source]}</small>
        </span>
        {at.companies ? (
          <span class="cell company" safe>
            {(one.company && at.companies.get(one.company)) ?? words.deliveries.noCompany}
          </span>
        ) : null}
        <span class="cell outcome">
          <OutcomeTag outcome={one.outcome} words={words} />
          {wrong === undefined ? null : (
            <small class="detail" safe>
              {frame.words.said(wrong.detail)}
            </small>
          )}
        </span>
        <span class="cell stages-cell">
          <Stages delivery={one} words={words} />
        </span>
      </a>
    </li>
  )
}

const outcomes = ['accepted', 'duplicate', 'refused', 'failed', 'dead', 'ignored'] as const
export const isDeliveryOutcome = (text: string): text is DeliveryOutcome =>
  (outcomes as readonly string[]).includes(text)

export const deliveriesPage = (props: {
  readonly frame: Frame
  readonly at: DeliveriesAt
  readonly outcome: string
  readonly cursor: string
  readonly page: Page<Delivery>
}): View => {
  const { frame, at, outcome, cursor, page } = props
  const { deliveries } = frame.words
  const rowClass = at.companies ? 'row delivery-row with-company columns' : 'row delivery-row columns'
  return {
    title: at.companies ? frame.words.nav.allDeliveries : deliveries.title,
    place: at.companies ? 'all-deliveries' : 'deliveries',
    content: (
      <>
        <PageHead
          frame={frame}
          title={at.companies ? frame.words.nav.allDeliveries : deliveries.title}
          sentence={at.companies ? deliveries.allLead : deliveries.lead}
        />
        <form
          id="filters"
          class="filters"
          method="get"
          action={at.path}
          aria-label={deliveries.filter.label}
          hx-get={at.path}
          hx-trigger="change"
          hx-target="#list"
          hx-select="#list"
          hx-swap="outerHTML"
          hx-push-url="true"
          hx-indicator="#list"
        >
          <Select
            name="outcome"
            label={deliveries.filter.outcome}
            chosen={outcome}
            options={[['', deliveries.filter.any], ...outcomes.map((one) => [one, deliveries.outcome[one]] as const)]}
          />
          <button class="button no-script" type="submit" safe>
            {deliveries.filter.apply}
          </button>
        </form>
        <section
          id="list"
          class="card list"
          aria-label={deliveries.title}
          data-keyed
          hx-get={frame.address}
          hx-select="#list"
          hx-trigger="sse:delivery.updated, sse:call.updated, reread"
          hx-swap="keyed ignoreTitle:true"
          hx-sync="this:queue last"
          hx-indicator="#live"
        >
          <div id="list-head" class="list-head">
            <p class="count" safe>
              {deliveries.count(page.items.length, page.next !== undefined)}
            </p>
            {cursor === '' ? null : (
              <a href={withQuery(at.path, { outcome })} safe>
                {deliveries.newest}
              </a>
            )}
          </div>
          {page.items.length === 0 ? (
            <div id="list-empty">
              {outcome === '' ? (
                <Empty title={deliveries.empty} help={deliveries.emptyHelp} command="npx frontdesk doctor" />
              ) : (
                <Empty
                  title={deliveries.noMatch}
                  help={deliveries.noMatchHelp}
                  action={{ href: at.path, label: deliveries.filter.reset }}
                />
              )}
            </div>
          ) : (
            <div id="list-table" class="rows" data-keyed>
              <div id="list-columns">
                <div class={rowClass} aria-hidden="true">
                  <span safe>{deliveries.columns.time}</span>
                  <span safe>{deliveries.columns.event}</span>
                  {at.companies ? <span safe>{deliveries.columns.company}</span> : null}
                  <span safe>{deliveries.columns.outcome}</span>
                  <span safe>{deliveries.columns.stages}</span>
                </div>
              </div>
              <ol id="rows" data-keyed data-hold data-rows data-hold-label={frame.words.live.hold}>
                {page.items.map((one) => (
                  <Row one={one} frame={frame} at={at} />
                ))}
              </ol>
            </div>
          )}
          {page.next === undefined ? null : (
            <p id="list-more" class="list-more">
              <a class="button" href={withQuery(at.path, { outcome, cursor: page.next })} safe>
                {deliveries.older}
              </a>
            </p>
          )}
        </section>
      </>
    ),
  }
}

export const deliveryPage = (props: {
  readonly frame: Frame
  readonly at: DeliveriesAt
  readonly one: Delivery
}): View => {
  const { frame, at, one } = props
  const { deliveries } = frame.words
  const reading = readingOf(frame)
  const profile = frame.company?.profile
  const id: string = one.id
  return {
    title: `${deliveries.one}: ${one.event}`,
    place: at.companies ? 'all-deliveries' : 'deliveries',
    content: (
      <>
        <PageHead
          frame={frame}
          title={one.event}
          sentence={`${deliveries.source[one.source]} · ${dayAndTime(one.receivedAt, reading)}`}
          back={{ href: at.path, label: deliveries.back }}
        />
        <div
          id="delivery"
          class="call-detail"
          data-keyed
          hx-get={frame.address}
          hx-select="#delivery"
          hx-trigger="sse:delivery.updated, sse:call.updated, reread"
          hx-swap="keyed ignoreTitle:true"
          hx-sync="this:queue last"
          hx-indicator="#live"
        >
          <section id="stages" class="card" aria-labelledby="stages-title">
            <div class="card-head">
              <h2 id="stages-title" safe>
                {deliveries.what}
              </h2>
              <OutcomeTag outcome={one.outcome} words={frame.words} />
            </div>
            {one.stages.length === 0 ? (
              <p class="calm" safe>
                {deliveries.noStages}
              </p>
            ) : (
              <ol class="timeline">
                {one.stages.map((stage) => (
                  <li class="entry">
                    <time datetime={new Date(stage.at).toISOString()} safe>
                      {clockSeconds(stage.at, reading)}
                    </time>
                    <span class={`bullet ${stage.ok ? 'done' : 'wrong'}`} aria-hidden="true"></span>
                    <div class="entry-body">
                      <p class="stage-name">
                        <b safe>{deliveries.stage[stage.name]}</b>
                        <span class={stage.ok ? 'stage-word done' : 'stage-word wrong'} safe>
                          {stage.ok ? deliveries.stageOk : deliveries.stageWrong}
                        </span>
                      </p>
                      <p class={stage.ok ? 'stage-detail' : 'stage-detail cure'} safe>
                        {frame.words.said(stage.detail)}
                      </p>
                    </div>
                  </li>
                ))}
              </ol>
            )}
          </section>
          <section id="delivery-facts" class="card side-card" aria-label={deliveries.one}>
            <dl class="facts">
              <Fact term={deliveries.call}>
                {one.callId === undefined ? (
                  <span class="faint" safe>
                    {deliveries.noCall}
                  </span>
                ) : profile ? (
                  <a href={companyPath(profile, `/calls/${encodeURIComponent(one.callId)}`)}>
                    <code class="id" safe>
                      {one.callId}
                    </code>
                  </a>
                ) : (
                  <code class="id" safe>
                    {one.callId}
                  </code>
                )}
              </Fact>
              {at.companies ? (
                <Fact term={deliveries.company}>
                  <span safe>{(one.company && at.companies.get(one.company)) ?? deliveries.noCompany}</span>
                </Fact>
              ) : null}
              <Fact term={deliveries.received}>
                <span class="figures-text" safe>
                  {dayAndTime(one.receivedAt, reading)}
                </span>
              </Fact>
              <Fact term={deliveries.address}>
                <code class="id" safe>
                  {one.address}
                </code>
              </Fact>
              <Fact term={deliveries.attempt}>
                <span class="figures-text">{one.attempt}</span>
              </Fact>
              <Fact term={deliveries.id}>
                <code class="id" safe>
                  {id}
                </code>
              </Fact>
            </dl>
          </section>
        </div>
      </>
    ),
  }
}
