import { type Command, InvalidArgumentError, type Option } from 'commander'
import type { ExitCode } from '../context.ts'

/** How the command line runs what was asked for, and what every command that prints a result takes. */
interface CommandLine {
  readonly run: (work: Promise<ExitCode | undefined>) => Promise<void>
  readonly json: () => Option
}

const wholeNumber =
  (least: number, most: number, what: string) =>
  (text: string): number => {
    const number = Number(text)
    if (!/^\d{1,9}$/.test(text) || number < least || number > most) throw new InvalidArgumentError(what)
    return number
  }
const version = wholeNumber(1, 999_999_999, 'A version is one of our numbers, from 1.')
const percent = wholeNumber(0, 100, 'A share is a whole number from 0 to 100.')

/** `frontdesk agents …`: the control centre from the shell. */
export const agentCommands = (agents: Command, { run, json }: CommandLine): void => {
  const add = (usage: string, description: string): Command =>
    agents.command(usage).description(description).requiredOption('--company <slug>', 'whose agents').addOption(json())

  add('list', 'all agents, as they were last known')
    .option('--search <text>', 'a part of the name, the slug or Retell’s id')
    .option('--status <status>', 'clean, ours_ahead, theirs_ahead, diverged or unknown')
    .option('--gone', 'those that Retell has no longer, as well')
    .action((options) => run(import('./list.ts').then((one) => one.listAgents(options))))
  add('create <name>', 'make an agent here, with the settings of the company')
    .option('--slug <slug>')
    .option('--language <locale>', 'such as de-DE')
    .option('--voice <voice>', 'a voice of Retell')
    .action((name: string, options) => run(import('./account.ts').then((one) => one.createAgent(name, options))))
  add('sync', 'read all agents from Retell; nothing of ours is overwritten').action((options) =>
    run(import('./account.ts').then((one) => one.syncAgents(options))),
  )
  add('pull <folder>', 'write agents as files, a folder each')
    .option('--agent <name...>', 'these only')
    .option('--from-retell', 'take over first what Retell has')
    .option(
      '--overwrite',
      'changes in the files may go, and with --from-retell the draft as well; it stays in the history',
    )
    .action((folder: string, options) => run(import('./pull.ts').then((one) => one.pullAgents(folder, options))))
  add('status [folder]', 'how agents stand to Retell, and their files to them')
    .option('--agent <name...>', 'these only')
    .action((folder: string | undefined, options) =>
      run(import('./status.ts').then((one) => one.agentStatus(folder, options))),
    )
  add('diff [folder]', 'what the files change in the draft, or the draft in what is live')
    .option('--agent <name...>', 'these only')
    .option('--against <version>', 'draft, live, retell or one of our numbers')
    .action((folder: string | undefined, options) =>
      run(import('./diff.ts').then((one) => one.diffAgents(folder, options))),
    )
  add('merge <agent>', 'bring what was changed here and at Retell together in a draft')
    .option('--take <decision...>', 'whose side stands where both differ: /engine/begin_message=ours, or =theirs')
    .option('--ours', 'ours, wherever nothing else was said')
    .option('--theirs', 'Retell’s, wherever nothing else was said')
    .option('-m, --message <text>', 'why, for the history')
    .action((name: string, options) => run(import('./merge.ts').then((one) => one.mergeSides(name, options))))
  add('versions <agent>', 'the history of an agent, newest first: the last fifty').action((name: string, options) =>
    run(import('./versions.ts').then((one) => one.listVersions(name, options))),
  )
  add('push <folder>', 'make what the files say the draft')
    .option('--agent <name...>', 'these only')
    .option('-m, --message <text>', 'why, for the history')
    .option('--overwrite', 'also when somebody changed the agent meanwhile')
    .option('--publish', 'and bring it to callers')
    .action((folder: string, options) => run(import('./push.ts').then((one) => one.pushAgents(folder, options))))
  add('publish <agent>', 'bring a version to its callers, proven by Retell’s own answers')
    .option('--version <n>', 'ours; the draft, when left out', version)
    .option('--number <number...>', 'which numbers shall ring it')
    .option('--candidate', 'no number yet: a rollout sends callers there')
    .option('--confirm-removal <function...>', 'functions of the live version that may go')
    .option('-m, --message <text>', 'why, for the history')
    .action((name: string, options) => run(import('./releases.ts').then((one) => one.publishAgent(name, options))))
  add('rollback <agent>', 'go back to a version that was live before')
    .option('--to <n>', 'ours; one live version back, when left out', version)
    .option('-m, --message <text>', 'why, for the history')
    .action((name: string, options) => run(import('./releases.ts').then((one) => one.rollbackAgent(name, options))))
  add('resume <agent>', 'go on with the last publication where it stopped').action((name: string, options) =>
    run(import('./releases.ts').then((one) => one.resumeAgent(name, options))),
  )
  add('undo <agent>', 'take the last publication back, if it did not come to its end').action((name: string, options) =>
    run(import('./releases.ts').then((one) => one.undoAgent(name, options))),
  )
  add('rollout <agent>', 'send a share of callers to a published version; without a share, say how it stands')
    .option('--version <n>', 'ours', version)
    .option('--percent <n>', 'of 100 callers; 0 takes it back, 100 makes it live', percent)
    .option('--automatic', 'goes on from 10 to 50 and 100 while it does well')
    .option('--reason <text>', 'why it is taken back')
    .action((name: string, options) => run(import('./releases.ts').then((one) => one.rolloutAgent(name, options))))
  add('lint <agent>', 'what of a version would harm callers; fails when that keeps it from being published')
    .option('--version <n>', 'ours; the draft, when left out', version)
    .option('--asks', 'also ask the servers of its functions, and play the rehearsals')
    .option('--confirm-removal <function...>', 'functions of the live version that may go')
    .action((name: string, options) => run(import('./checks.ts').then((one) => one.lintAgent(name, options))))
  add('rehearse <agent>', 'play scripted calls on a copy of the company’s calendar')
    .option('--version <n>', 'ours; the draft, when left out', version)
    .option('--script <file...>', 'in place of those that the company keeps')
    .action((name: string, options) => run(import('./checks.ts').then((one) => one.rehearseAgent(name, options))))
  add('export <agent>', 'an agent as a file on stdout, with its secrets only named')
    .option('--version <n>', 'ours; the draft, when left out', version)
    .action((name: string, options) => run(import('./exchange.ts').then((one) => one.exportAgent(name, options))))
  add('import <file>', 'make a file a draft: an export, or what Retell or an older system has of an agent')
    .option('--into <agent>', 'of this agent; of a new one, when left out')
    .option('--slug <slug>', 'of a new one')
    .option('--name <name>', 'in place of the one in the file')
    .option('--secret <name...>', 'names in the file whose values are in the environment')
    .option('-m, --message <text>', 'why, for the history')
    .action((file: string, options) =>
      run(import('./exchange.ts').then((one) => one.importAgent(file, options, process.env))),
    )
  add('register', 'have Retell ask us about calls at the company’s numbers').action((options) =>
    run(import('./account.ts').then((one) => one.registerNumbers(options))),
  )
}
