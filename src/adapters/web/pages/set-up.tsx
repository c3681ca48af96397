import type { CompanyProfile } from '../../../domain/company.ts'
import { companyPath, type Frame, type View } from '../frame.ts'
import { PageHead, Tag } from './parts.tsx'

const order = ['company', 'numbers', 'calendar', 'call'] as const

/** Which steps of the set-up are done. */
export type SetUpSteps = { readonly [Step in (typeof order)[number]]: boolean }

interface Props {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly steps: SetUpSteps
}

const Step = ({
  frame,
  profile,
  steps,
  step,
  nth,
}: Props & { readonly step: keyof SetUpSteps; readonly nth: number }) => {
  const { setUp } = frame.words
  const [name = '', help = ''] = setUp.steps[step]
  const isDone = steps[step]
  const next = order.find((one) => !steps[one])
  const href: { readonly [Where in keyof SetUpSteps]: string } = {
    company: companyPath(profile),
    numbers: companyPath(profile, '/numbers'),
    calendar: companyPath(profile, '/calendar-connection'),
    call: companyPath(profile, '/calls'),
  }
  const number = profile.branches.flatMap(({ phoneNumbers }) => phoneNumbers)[0]?.number
  return (
    <li class="row step-row">
      <span class="step-number" aria-hidden="true" safe>
        {String(nth + 1)}
      </span>
      <div class="cell">
        <h2 safe>{name}</h2>
        <p safe>{help}</p>
        {step === 'call' && number !== undefined ? (
          <p>
            <code safe>{`npx frontdesk call --to ${number}`}</code>
          </p>
        ) : null}
      </div>
      <Tag tone={isDone ? 'done' : 'wait'} sign={isDone ? '✓' : '○'} label={isDone ? setUp.done : setUp.open} />
      <a class={step === next ? 'button primary' : 'button'} href={href[step]}>
        <span safe>{setUp.go}</span>
        <span class="sr" safe>{` ${name}`}</span>
      </a>
    </li>
  )
}

/** What has to be done before the first call, in its order, with what is done already. */
export const setUpPage = (props: Props): View => {
  const { frame, steps } = props
  const { setUp } = frame.words
  return {
    title: setUp.title,
    place: 'set-up',
    content: (
      <>
        <PageHead frame={frame} title={setUp.title} sentence={setUp.lead} />
        <section class="card list" aria-label={setUp.title}>
          <div class="list-head">
            <p class="count" safe>
              {setUp.progress(order.filter((step) => steps[step]).length, order.length)}
            </p>
          </div>
          <ol class="steps">
            {order.map((step, nth) => (
              <Step {...props} step={step} nth={nth} />
            ))}
          </ol>
        </section>
      </>
    ),
  }
}
