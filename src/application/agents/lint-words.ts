import type { AgentFinding, ToolFault } from '../../domain/agents/lint/finding.ts'
import type { LanguageCode } from '../../domain/company.ts'
import { type FindingOf, type LintCode, type LintWords, type SaidLint, said } from './lint-sayings.ts'
import { german } from './lint-words-german.ts'

const literal = 'Take it out, for what changes belongs to the settings.'
const known = (own: boolean): string => (own ? ' that the settings have already' : '')

const english: LintWords = {
  sayings: {
    'tool-unknown': ({ tool }) => ({
      found: `A step asks the function “${tool}”, which this agent does not have.`,
      cure: 'Choose one of its functions, or add this one.',
    }),
    'tool-not-ours': ({ tool }) => ({
      found: `Nobody here answers the function “${tool}”.`,
      cure: 'Correct its name, or take it out of the agent.',
    }),
    'tool-mentioned': ({ tool }) => ({
      found: `The prompt counts on “${tool}”, which this agent does not have.`,
      cure: 'Add the function, or take it out of the prompt.',
    }),
    'tool-mentioned-unknown': ({ tool }) => ({
      found: `The prompt speaks of a function “${tool}” that nobody knows.`,
      cure: 'Correct its name in the prompt.',
    }),
    'tool-duplicate': ({ tool }) => ({
      found: `There are two functions called “${tool}”, and the model cannot tell them apart.`,
      cure: 'Rename or remove one of them.',
    }),
    'tool-malformed': ({ wrong }) => english.faults[wrong],
    'tool-url-insecure': ({ tool }) => ({
      found: `The function “${tool}” is asked without encryption.`,
      cure: 'Give it an address that begins with https.',
    }),
    'tool-url-path': ({ tool }) => ({
      found: `The function “${tool}” asks an address of this server at which no functions are answered.`,
      cure: 'Use the address ending in /functions/retell.',
    }),
    'tool-url-foreign': ({ tool, host }) => ({
      found: `The function “${tool}” asks ${host}, which is not this platform.`,
      cure: 'Make sure that this is meant.',
    }),
    'tool-without-call': ({ tool }) => ({
      found: `The function “${tool}” does not say from which call it comes, so it cannot be answered.`,
      cure: 'Send it with POST, and not with the arguments alone.',
    }),
    'tool-argument-missing': ({ tool, argument }) => ({
      found: `The function “${tool}” has no parameter “${argument}”, without which it makes no sense.`,
      cure: 'Add the parameter, or take the function over anew.',
    }),
    'tool-deprecated': ({ tool }) => ({
      found: `The function “${tool}” is one of Retell’s old functions for Cal.com, which no longer work.`,
      cure: 'Use check_availability and book_appointment instead.',
    }),
    'tool-without-booking': ({ tool }) => ({
      found: `The function “${tool}” is about appointments, and this company books none.`,
      cure: 'Take it out of the agent, or switch booking on.',
    }),
    'no-booking-tool': said(
      'The company books appointments, and this agent cannot.',
      'Add the function book_appointment.',
    ),
    'no-tools': said('The agent has no functions, so all that it says is made up.', 'Add the functions that it needs.'),
    'no-tools-left': said(
      'All functions that callers have now would be gone.',
      'Take the functions over from the live version.',
    ),
    'tool-removed': ({ tool }) => ({
      found: `Callers have the function “${tool}” now and would lose it.`,
      cure: 'Put it back, or confirm that it is to go.',
    }),
    'tool-removal-confirmed': ({ tool }) => ({
      found: `The function “${tool}” goes, as was confirmed.`,
      cure: 'Nothing has to be done.',
    }),
    'tool-url-changed': ({ tool, host }) => ({
      found: `The function “${tool}” asks ${host} now, and not where it did.`,
      cure: 'Put the address back that the live version has.',
    }),
    'swap-unpinned': ({ tool }) => ({
      found: `“${tool}” hands over to the newest version of an agent, even if that is a draft.`,
      cure: 'Choose its latest published version.',
    }),
    'mapping-empty': ({ tool }) => ({
      found: `“${tool}” is asked and told nothing.`,
      cure: 'Hand it its parameters, or remove the empty mapping.',
    }),
    'mapping-missing': ({ tool, parameter }) => ({
      found: `“${tool}” needs “${parameter}” and is not told it.`,
      cure: 'Choose the variable that holds it.',
    }),
    'mapping-literal': ({ tool, parameter }) => ({
      found: `“${tool}” is told the same “${parameter}” in every call.`,
      cure: 'Choose a variable instead of the fixed text.',
    }),
    'mapping-unknown-variable': ({ tool, parameter, variable }) => ({
      found: `“${tool}” is told “${parameter}” from the variable “${variable}”, which nobody sets.`,
      cure: 'Choose a variable that a call has.',
    }),
    'variable-unknown': ({ variable }) => ({
      found: `Nobody sets the variable “${variable}”.`,
      cure: 'Correct its name, or give it a default.',
    }),
    'variable-unknown-spoken': ({ variable }) => ({
      found: `Callers would hear “${variable}” read out, for nobody sets this variable.`,
      cure: 'Correct its name, or give it a default.',
    }),
    'variable-single-brace': ({ variable }) => ({
      found: `“{${variable}}” is read out as it stands.`,
      cure: 'Write variables in two braces.',
    }),
    'literal-money': ({ text, own }) => ({
      found: `An amount stands in the text${known(own)}: “${text}”.`,
      cure: 'Have get_service_info or the cancelling function say it.',
    }),
    'literal-date': ({ text }) => ({ found: `A date stands in the text: “${text}”.`, cure: literal }),
    'literal-phone': ({ text, own }) => ({
      found: `A phone number stands in the text${known(own)}: “${text}”.`,
      cure: 'Use the variable transfer_number, or leave it out.',
    }),
    'literal-email': ({ text, own }) => ({
      found: `An e-mail address stands in the text${known(own)}: “${text}”.`,
      cure: 'Take it out, and never give it in place of a caller’s own.',
    }),
    'literal-hours': ({ text }) => ({
      found: `Opening hours stand in the text: “${text}”.`,
      cure: 'Use the variable opening_hours_today, or the function get_opening_hours.',
    }),
    'literal-year': ({ text }) => ({ found: `A year stands in the text: “${text}”.`, cure: literal }),
    'literal-example': ({ text }) => ({
      found: `The model may take an example for a fact: “${text}”.`,
      cure: 'Describe what is meant without a real-looking value.',
    }),
    'instruction-spoken': ({ text }) => ({
      found: `Callers would hear an order to the agent: “${text}”.`,
      cure: 'Put orders into a prompt, and only what is said into fixed sentences.',
    }),
    'success-early': ({ text }) => ({
      found: `The agent says so before anything was done: “${text}”.`,
      cure: 'Say it only after the function’s answer.',
    }),
    'prompt-empty': said('The agent has no prompt.', 'Say who it is and what it is to do.'),
    'prompt-too-long': ({ tokens }) => ({
      found: `The prompt has about ${tokens} tokens, and Retell takes 32,768.`,
      cure: 'Shorten it, or spread it over states.',
    }),
    'begin-message-empty': said(
      'The agent is to speak first and has nothing to say, so both sides wait.',
      'Give it a first sentence, such as the variable greeting.',
    ),
    'flow-empty': said('The flow has no steps.', 'Add a first step.'),
    'flow-start-missing': said('The flow does not say with which step it begins.', 'Choose the first step.'),
    'node-duplicate': ({ node }) => ({
      found: `Two steps have the id “${node}”.`,
      cure: 'Give one of them another one.',
    }),
    'edge-unknown-node': ({ node, to }) => ({
      found: `From “${node}” a way leads to “${to}”, which is not there.`,
      cure: 'Choose another step, or remove the way.',
    }),
    'edge-open': ({ node }) => ({
      found: `A way from “${node}” leads nowhere.`,
      cure: 'Choose where it goes, or remove it.',
    }),
    'dead-end': ({ node }) => ({
      found: `From “${node}” no way leads on, so the agent falls silent there.`,
      cure: 'Connect it with a next step or with the end.',
    }),
    'dead-end-escapable': ({ node }) => ({
      found: `From “${node}” no way leads on, unless the caller speaks of something else.`,
      cure: 'Connect it with a next step or with the end.',
    }),
    'node-unreachable': ({ node }) => ({
      found: `No way leads to “${node}”.`,
      cure: 'Connect it, or remove it.',
    }),
    'tool-node-unreachable': ({ node }) => ({
      found: `No way leads to “${node}”, so its function is never asked.`,
      cure: 'Connect it, or remove it.',
    }),
    'silent-loop': ({ nodes }) => ({
      found: `The agent can go round in circles without listening: ${nodes.join(', ')}.`,
      cure: 'Put a step in between that asks the caller.',
    }),
    'silent-loop-guarded': ({ nodes }) => ({
      found: `The agent tries again without listening until something changes: ${nodes.join(', ')}.`,
      cure: 'Make sure that it ends, or ask the caller in between.',
    }),
    'result-not-awaited': ({ node, tool }) => ({
      found: `“${node}” does not wait for the answer of “${tool}”, on which the next step depends.`,
      cure: 'Switch waiting for the result on.',
    }),
    'silent-node': ({ node }) => ({
      found: `“${node}” is told to be silent, and yet it waits for the caller.`,
      cure: 'Use a branch step, which decides without speaking.',
    }),
    'prompt-edges': ({ node, edges }) => ({
      found: `In “${node}” the model judges ${edges} ways in words.`,
      cure: 'Compare variables instead where a function gave them.',
    }),
    'no-way-out': said('The flow never ends, so the agent does not hang up.', 'Connect a step that ends the call.'),
    'state-unknown': ({ state }) => ({
      found: `A way leads to the state “${state}”, which is not there.`,
      cure: 'Correct its name, or add the state.',
    }),
    'state-unreachable': ({ state }) => ({
      found: `No way leads to the state “${state}”.`,
      cure: 'Connect it, or remove it.',
    }),
    'state-duplicate': ({ state }) => ({
      found: `There are two states called “${state}”.`,
      cure: 'Rename one of them.',
    }),
    'start-state-missing': said('It is not said in which state a call begins.', 'Choose the first state.'),
    'engine-missing': said('The prompt or flow of this agent is missing.', 'Fetch the agent from Retell once more.'),
    'webhook-missing': said(
      'The agent names no address for the events of its calls.',
      'Register the address of this platform.',
    ),
    'webhook-lost': said(
      'The address for the events of calls is gone; the live version has one.',
      'Register the address of this platform.',
    ),
    'webhook-foreign': ({ host }) => ({
      found: `The events of calls go to ${host}, and nothing of them is heard here.`,
      cure: 'Register the address of this platform.',
    }),
    'webhook-events': ({ missing }) => ({
      found: `Of each call these events are not sent: ${missing.join(', ')}.`,
      cure: 'Add them, or leave the choice of events to Retell.',
    }),
    language: ({ spoken, company }) => ({
      found: `The agent speaks ${spoken}, and the company’s callers are spoken to in “${company}”.`,
      cure: 'Choose the language of the company.',
    }),
    'time-zone': ({ zone, company }) => ({
      found: `Retell tells this agent the time of ${zone}; the company is in ${company}.`,
      cure: 'Choose the time zone of the company.',
    }),
    'two-models': said('Two models are named at once, one for text and one for speech.', 'Keep one of them.'),
    'out-of-range': ({ field, least, most }) => ({
      found: `Retell refuses this value of ${field}.`,
      cure: most >= Number.MAX_SAFE_INTEGER ? `Choose at least ${least}.` : `Choose one from ${least} to ${most}.`,
    }),
    'odd-value': ({ field }) => ({
      found: `The value of ${field} is unusual and may end or disturb calls.`,
      cure: 'Make sure that it is meant.',
    }),
    'secret-missing': ({ secret }) => ({
      found: `Nothing is kept for ${secret}.`,
      cure: 'Enter the secret anew.',
    }),
    'no-analysis': said(
      'Retell does not sum up the calls of this agent.',
      'Add the summary to what is analysed after a call.',
    ),
  },
  faults: {
    'not-an-object': { found: 'This is not a function at all.', cure: 'Begin with a template.' },
    name: {
      found: 'The name of the function cannot be used.',
      cure: 'Use up to 64 letters, digits, hyphens and underscores.',
    },
    'type-missing': { found: 'The function does not say of what kind it is.', cure: 'Choose its kind.' },
    'url-missing': { found: 'The function has no address.', cure: 'Enter the address that it asks.' },
    url: {
      found: 'The address of the function cannot be used.',
      cure: 'Enter a whole address that begins with https.',
    },
    method: { found: 'The method is not known.', cure: 'Choose GET, POST, PUT, PATCH or DELETE.' },
    'not-text': { found: 'This has to be text.', cure: 'Enter text.' },
    'not-texts': { found: 'Each of these values has to be text.', cure: 'Put values in quotation marks.' },
    'not-a-switch': { found: 'This has to be yes or no.', cure: 'Choose true or false.' },
    timeout: { found: 'This waiting time is not possible.', cure: 'Choose 1,000 to 600,000 milliseconds.' },
    retries: { found: 'This number of repetitions is not possible.', cure: 'Choose 0 to 5.' },
    'message-type': { found: 'This kind of message is not known.', cure: 'Choose prompt or static_text.' },
    schema: {
      found: 'The parameters are no JSON Schema of an object.',
      cure: 'Describe them with type, properties and required.',
    },
    'schema-type': {
      found: 'This type is not known to JSON Schema.',
      cure: 'Choose string, number, integer, boolean, object or array.',
    },
    'schema-properties': { found: 'A parameter is not described by an object.', cure: 'Describe it with a type.' },
    'schema-required': { found: 'What is required has to be a list of names.', cure: 'Write a list.' },
    'schema-required-unknown': {
      found: 'A parameter is required that is not described.',
      cure: 'Describe it, or take it from the list.',
    },
    'schema-choices': { found: 'The choices have to be a list with something in it.', cure: 'Name the choices.' },
    'field-missing': {
      found: 'Something is missing without which this function does nothing.',
      cure: 'Fill in the empty fields.',
    },
  },
}

const words: { readonly [Language in LanguageCode]: LintWords } = { de: german, en: english }

const say = <One extends LintCode>({ sayings }: LintWords, finding: FindingOf<One>): SaidLint => {
  const one: (finding: FindingOf<One>) => SaidLint = sayings[finding.code as One]
  return one(finding)
}

export const sayLint = (finding: AgentFinding, language: LanguageCode): SaidLint => say(words[language], finding)

/** What is wrong with a tool, as its editor says it. */
export const sayToolFault = (fault: ToolFault, language: LanguageCode): SaidLint => words[language].faults[fault]

/** Both sentences, as the outside shows a finding. */
export const lintMessage = (finding: AgentFinding, language: LanguageCode): string => {
  const { found, cure } = sayLint(finding, language)
  return `${found} ${cure}`
}
