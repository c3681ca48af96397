import type { EditableTools, ToolBeginnings } from '../../../../application/agents/edit-tools.ts'
import { textIn } from '../../../../domain/agents/json-places.ts'
import { referencesTo } from '../../../../domain/agents/tool-editing.ts'
import type { View } from '../../frame.ts'
import { Csrf, Message } from '../fields.tsx'
import { PageHead } from '../parts.tsx'
import { ownerText, type ToolPageProps, type ToolShown, toolName, toolPath } from './tool-parts.tsx'

interface NewProps extends Omit<ToolPageProps, 'draft'> {
  readonly editable: EditableTools
  readonly beginnings: ToolBeginnings
  readonly chosen: { readonly place: string; readonly beginning: string }
  readonly status: number
  readonly wrong: string | undefined
}

/** Chooses what a new function begins as, and where it stands. */
export const newToolPage = (props: NewProps): View => {
  const { frame, profile, editable, beginnings, chosen, status, wrong } = props
  const { draft, places } = editable
  const { tools } = frame.words
  const names: { readonly [name: string]: string } = tools.templateNames
  const Option = ({ value, label }: { readonly value: string; readonly label: string }) => (
    <option value={value} selected={chosen.beginning === value} safe>
      {label}
    </option>
  )
  return {
    title: tools.newTitle,
    place: 'agents',
    status,
    content: (
      <>
        <PageHead
          frame={frame}
          title={tools.newTitle}
          sentence={tools.newLead}
          back={{ href: toolPath({ profile, draft }), label: tools.back }}
        />
        <Message text={wrong} tone="wrong" />
        <section class="card form-card narrow" aria-label={tools.newTitle}>
          <form method="post" action={toolPath({ profile, draft }, '/new')} class="form-lines">
            <Csrf frame={frame} />
            <input type="hidden" name="version" value={String(draft.version)} />
            <label class="field">
              <span safe>{tools.beginning}</span>
              <select name="beginning" id="beginning">
                <optgroup label={tools.ourTools}>
                  {beginnings.ours.map((one) => {
                    const name = textIn(one, 'name') ?? ''
                    return <Option value={`ours:${name}`} label={name} />
                  })}
                </optgroup>
                <optgroup label={tools.templates}>
                  {Object.keys(beginnings.templates).map((name) => (
                    <Option value={`template:${name}`} label={names[name] ?? name} />
                  ))}
                </optgroup>
              </select>
            </label>
            <label class="field">
              <span safe>{tools.place}</span>
              <select name="place" id="place">
                {places.map(({ path, owner }) => (
                  <option value={path} selected={chosen.place === path} safe>
                    {ownerText(owner, frame.words)}
                  </option>
                ))}
              </select>
            </label>
            <div class="form-actions">
              <button class="button primary" type="submit" safe>
                {tools.addHere}
              </button>
            </div>
          </form>
        </section>
      </>
    ),
  }
}

/** Asks once more, and names what still speaks of the function. */
export const removeToolPage = (props: ToolPageProps & { readonly tool: ToolShown }): View => {
  const { frame, profile, draft, tool } = props
  const { tools } = frame.words
  const references = referencesTo(draft.configuration, tool)
  const title = tools.removeTitle(toolName(tool, frame.words))
  return {
    title,
    place: 'agents',
    content: (
      <>
        <PageHead
          frame={frame}
          title={title}
          sentence={tools.removeLead}
          back={{ href: toolPath({ profile, draft }), label: tools.back }}
        />
        <section class="card form-card narrow" aria-label={title}>
          {references.length === 0 ? (
            <p safe>{tools.notNamed}</p>
          ) : (
            <div class="tool-references">
              <p safe>{tools.stillNamed}</p>
              <ul>
                {references.map(({ kind, path }) => (
                  <li>
                    <span safe>{tools[kind]}</span> <code safe>{path.slice(1)}</code>
                  </li>
                ))}
              </ul>
            </div>
          )}
          <form method="post" action={toolPath({ profile, draft }, '/remove')} class="form-actions">
            <Csrf frame={frame} />
            <input type="hidden" name="at" value={tool.path} />
            <input type="hidden" name="version" value={String(draft.version)} />
            <button class="button danger" type="submit" safe>
              {tools.remove}
            </button>
            <a class="button" href={toolPath({ profile, draft })} safe>
              {tools.keep}
            </a>
          </form>
        </section>
      </>
    ),
  }
}
