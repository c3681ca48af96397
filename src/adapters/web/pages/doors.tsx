import type { Frame, View } from '../frame.ts'
import { Message } from './fields.tsx'

/** A plain form: it works without any script. */
export const loginPage = (props: {
  readonly frame: Frame
  readonly next: string
  readonly email: string
  readonly problem: string | undefined
  readonly notice: string | undefined
}): View => {
  const { frame, next, email, problem, notice } = props
  const { login } = frame.words
  return {
    title: login.title,
    place: 'elsewhere',
    content: (
      <section class="card door-card">
        <h1 safe>{login.title}</h1>
        <p class="sentence" safe>
          {login.lead}
        </p>
        <Message text={problem} tone="wrong" />
        <Message text={notice} tone="done" />
        <form method="post" action="/login" class="door-form">
          <input type="hidden" name="_csrf" value={frame.csrf} />
          <input type="hidden" name="next" value={next} />
          <label class="field">
            <span safe>{login.email}</span>
            <input
              type="email"
              name="email"
              value={email}
              autocomplete="username"
              required
              autofocus
              aria-describedby={problem === undefined ? undefined : 'message'}
            />
          </label>
          <label class="field">
            <span safe>{login.password}</span>
            <input type="password" name="password" autocomplete="current-password" required />
          </label>
          <button class="button primary" type="submit" safe>
            {login.submit}
          </button>
        </form>
        <p class="faint" safe>
          {login.help}
        </p>
      </section>
    ),
  }
}

export const setPasswordPage = (props: {
  readonly frame: Frame
  readonly token: string
  readonly problem: string | undefined
}): View => {
  const { frame, token, problem } = props
  const { setPassword } = frame.words
  return {
    title: setPassword.title,
    place: 'elsewhere',
    content: (
      <section class="card door-card">
        <h1 safe>{setPassword.title}</h1>
        <p class="sentence" safe>
          {setPassword.lead}
        </p>
        <Message text={problem} tone="wrong" />
        <form method="post" action={`/set-password/${encodeURIComponent(token)}`} class="door-form">
          <input type="hidden" name="_csrf" value={frame.csrf} />
          <label class="field">
            <span safe>{setPassword.password}</span>
            <input
              type="password"
              name="password"
              autocomplete="new-password"
              required
              autofocus
              aria-describedby="password-hint"
            />
          </label>
          <p id="password-hint" class="faint" safe>
            {setPassword.hint}
          </p>
          <label class="field">
            <span safe>{setPassword.repeat}</span>
            <input type="password" name="repeat" autocomplete="new-password" required />
          </label>
          <button class="button primary" type="submit" safe>
            {setPassword.submit}
          </button>
        </form>
      </section>
    ),
  }
}

export type Problem = 'notFound' | 'forbidden' | 'expired' | 'broken' | 'busy'

const statuses: { readonly [P in Problem]: number } = {
  notFound: 404,
  forbidden: 403,
  expired: 403,
  broken: 500,
  busy: 429,
}

/** What went wrong and what to do about it. It never says whether something exists for somebody else. */
export const problemPage = (props: {
  readonly frame: Frame
  readonly problem: Problem
  readonly reference?: string
}): View => {
  const { problem: words } = props.frame.words
  const title = words[props.problem]
  return {
    title,
    place: 'elsewhere',
    status: statuses[props.problem],
    content: (
      <section class="card problem">
        <h1 safe>{title}</h1>
        <p safe>{words[`${props.problem}Help`]}</p>
        {props.reference === undefined ? null : (
          <p>
            <code safe>{props.reference}</code>
          </p>
        )}
        <p>
          <a class="button primary" href="/" safe>
            {words.home}
          </a>
        </p>
      </section>
    ),
  }
}
