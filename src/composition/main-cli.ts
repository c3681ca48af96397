#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { note } from '../adapters/cli/terminal.ts'
import { agentCommands } from './commands/agents/commands.ts'
import type { ExitCode } from './commands/context.ts'
import { version } from './version.ts'

/** Undefined: the command goes on until it is stopped. */
const run = (work: Promise<ExitCode | undefined>): Promise<void> =>
  work.then((code) => {
    if (code !== undefined) process.exitCode = code
  })

const portNumber = (text: string): number => {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

const json = () => new Option('--json', 'one JSON document on stdout, nothing else')

const program = new Command('frontdesk')
  .description('Between AI phone agents and the calendars of the businesses they answer for.')
  .version(version)
  .exitOverride()
  // `--version` in front of a command asks for ours; behind it, it is the command's own.
  .enablePositionalOptions()
  .showHelpAfterError('(frontdesk --help shows what there is)')
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })

program
  .command('serve')
  .description('answer calls and show the dashboard')
  .option('--host <host>', 'address to listen at')
  .option('--port <port>', 'port to listen at', portNumber)
  .addOption(new Option('--role <role>', 'what this process does').choices(['all', 'web', 'worker']).default('all'))
  .action((options) => run(import('./commands/serve.ts').then(({ serve }) => serve(options))))

program
  .command('migrate')
  .description('bring the database to this version, or one step back')
  .argument('<direction>', 'up, down or status')
  .addOption(json())
  .action((direction: string, options) => {
    if (direction !== 'up' && direction !== 'down' && direction !== 'status') {
      note('frontdesk migrate up, down or status.')
      process.exitCode = 2
      return
    }
    return run(import('./commands/migrate.ts').then(({ migrate }) => migrate(direction, options)))
  })

program
  .command('apply')
  .description('bring a company to what its file says')
  .argument('<file>', 'the company file')
  .option('--dry-run', 'print the plan and change nothing')
  .option('--prune', 'retire what the file does not name')
  .addOption(json())
  .action((file: string, options) => run(import('./commands/apply.ts').then(({ apply }) => apply(file, options))))

program
  .command('export')
  .description('the company file on stdout, with secrets only as ${NAME}; applied again, it changes nothing')
  .argument('<company>', 'slug')
  .addOption(json())
  .action((company: string, options) =>
    run(import('./commands/export.ts').then(({ exportCompany }) => exportCompany(company, options))),
  )

program
  .command('call')
  .description('make a simulated, correctly signed call')
  .requiredOption('--to <number>', 'the number to call, in any spelling')
  .option('--from <number>', 'who calls; hidden when left out')
  .option('--script <file>', 'what is said and which tools are called, as YAML')
  .option('--url <url>', 'where the service is')
  .addOption(json())
  .action((options) => run(import('./commands/call.ts').then(({ call }) => call(options))))

program
  .command('doctor')
  .description('look at every link from the dialled number to the dashboard')
  .option('--company <slug>', 'this company only')
  .addOption(json())
  .action((options) => run(import('./commands/doctor.ts').then(({ doctor }) => doctor(options))))

const calendar = program.command('calendar').description('the calendar of a vendor beside our own side')
calendar
  .command('differences')
  .description('in what both sides are not of one mind')
  .requiredOption('--company <slug>')
  .addOption(json())
  .action((options) =>
    run(import('./commands/calendar.ts').then(({ calendarDifferences }) => calendarDifferences(options))),
  )
calendar
  .command('settle')
  .description('decide about one difference')
  .requiredOption('--company <slug>')
  .option('--appointment <id>')
  .option('--booking <uid>', 'what the calendar calls it')
  .requiredOption('--decision <decision>', 'look-again, book-there, cancel-here, keep-ours, take-over or cancel-there')
  .option('--branch <slug>', 'of what is taken over')
  .option('--service <slug>', 'of what is taken over')
  .option('--staff <slug>', 'of what is taken over')
  .addOption(json())
  .action((options) => run(import('./commands/calendar.ts').then(({ settleCalendar }) => settleCalendar(options))))
calendar
  .command('reconcile')
  .description('compare the next 60 days with the calendar now')
  .requiredOption('--company <slug>')
  .addOption(json())
  .action((options) =>
    run(import('./commands/calendar.ts').then(({ reconcileCalendar }) => reconcileCalendar(options))),
  )

const agents = program.command('agents').description('voice agents: their drafts, their history, what callers reach')
agentCommands(agents, { run, json })

const token = program.command('token').description('tokens for programs')
token
  .command('create')
  .description('make a token and print it once')
  .requiredOption('--role <role>')
  .option('--company <slug>')
  .option('--expires <time>', 'such as 90d or 12h')
  .option('--vip', 'may see and set the VIP mark of customers')
  .addOption(json())
  .action((options) => run(import('./commands/access.ts').then(({ createToken }) => createToken(options))))

const user = program.command('user').description('people who use the dashboard')
user
  .command('create')
  .description('make a user and print a one-time link to set the password')
  .requiredOption('--email <email>')
  .requiredOption('--role <role>')
  .option('--company <slug>')
  .option('--vip', 'may see and set the VIP mark of customers')
  .addOption(json())
  .action((options) => run(import('./commands/access.ts').then(({ createUser }) => createUser(options))))
user
  .command('list')
  .option('--company <slug>')
  .addOption(json())
  .action((options) => run(import('./commands/access.ts').then(({ listUsers }) => listUsers(options))))
user
  .command('reset')
  .description('print a new one-time link')
  .requiredOption('--email <email>')
  .addOption(json())
  .action((options) => run(import('./commands/access.ts').then(({ resetUser }) => resetUser(options))))
user
  .command('disable')
  .description('end every session and let nobody in')
  .requiredOption('--email <email>')
  .addOption(json())
  .action((options) => run(import('./commands/access.ts').then(({ disableUser }) => disableUser(options))))

const flags = program.command('flags').description('features that are on for some and not yet for others')
flags
  .command('list')
  .description('which there are, and for whom they are on')
  .addOption(json())
  .action((options) => run(import('./commands/flags.ts').then(({ listFlags }) => listFlags(options))))
flags
  .command('set')
  .description('say for whom a feature is on, in place of what was said before')
  .argument('<flag>')
  .option('--on', 'for everybody')
  .option('--off', 'for nobody')
  .option('--role <role...>', 'for these roles')
  .option('--user <id...>', 'for these users or tokens, by id')
  .option('--company <slug...>', 'for these companies')
  .option('--percent <share>', 'for so many of a hundred companies, always the same ones for a share')
  .addOption(json())
  .action((flag: string, options) => run(import('./commands/flags.ts').then(({ setFlag }) => setFlag(flag, options))))

program
  .command('demo')
  .description('a company, a call and a dashboard on a temporary database')
  .option('--port <port>', 'the first port to try', portNumber, 3000)
  .option('--pace <ms>', 'pause between two sentences', Number, 1200)
  .option('--once', 'end after the call')
  .option('--calcom', 'with a second company, whose calendar is a Cal.com on this machine')
  .action((options) => run(import('./commands/demo.ts').then(({ demo }) => demo(options))))

if (existsSync('.env')) loadEnvFile('.env')
try {
  await program.parseAsync()
} catch (fault) {
  if (!(fault instanceof CommanderError)) throw fault
  process.exitCode = fault.exitCode === 0 ? 0 : 2
}
