import { isPlain } from '../../draft-entries.ts'
import { TextField, Wrong } from '../fields.tsx'
import { agentPath } from './agent-frame.tsx'
import type { DraftProps } from './draft-props.ts'
import { NumberChoice } from './number-choice.tsx'

type Props = DraftProps & { readonly canChange: boolean }

const Numbers = ({ frame, profile, agent, numbers, entry, mistakes, rung }: Props) => {
  const { drafts } = frame.words
  return (
    <fieldset class="checks">
      <legend safe>{drafts.numbers}</legend>
      <input type="hidden" name="with_numbers" value="1" />
      <p class="faint" safe>
        {numbers.length === 0 ? drafts.noNumbers : drafts.numbersHelp}
      </p>
      <NumberChoice
        frame={frame}
        profile={profile}
        agent={agent}
        numbers={numbers}
        chosen={entry.numbers}
        rung={rung}
      />
      <Wrong name="numbers" text={mistakes.numbers} />
    </fieldset>
  )
}

/** Name, language, voice and numbers, and the word for the history. */
export const DraftBasics = (props: Props): JSX.Element => {
  const { frame, profile, agent, draft, entry, mistakes, message, canChange, overtaken } = props
  const { drafts } = frame.words
  return (
    <section class="card form-card form-lines draft-basics" aria-labelledby="basics-title">
      <h2 id="basics-title" safe>
        {drafts.basics}
      </h2>
      {(['name', 'language', 'voice'] as const)
        .filter((name) => isPlain(draft.configuration, name))
        .map((name) => (
          <TextField
            type="text"
            name={name}
            label={drafts[name]}
            value={entry[name]}
            wrong={mistakes[name]}
            optional=""
          />
        ))}
      <Numbers {...props} />
      {canChange ? (
        <>
          <TextField type="text" name="message" label={drafts.message} value={message} optional={drafts.messageHint} />
          <button class="button primary" type="submit" safe>
            {overtaken === undefined ? drafts.save : drafts.fasterOver}
          </button>
          {draft.isDraft ? (
            <a class="button" href={agentPath(profile, agent, '/publish')} safe>
              {drafts.publish}
            </a>
          ) : null}
        </>
      ) : null}
    </section>
  )
}
