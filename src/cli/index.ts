#!/usr/bin/env node
/**
 * THE COMMAND LINE
 *
 * serve     runs the server
 * demo      plays the main job once
 * simulate  plays somebody else's identity provider
 * keys      changes the master key, adds a data key
 * config    shows the configuration in force, or all its faults
 * apply     creates or replaces what files say
 * diff      shows what that would change; 1 means differences
 * get       shows objects
 * delete    deletes objects
 * exchange  trades a job's token for one of ours; 3 means refused
 * test      judges a token or claims by a trust; 3 means it would be refused
 * explain   shows why a request was granted or refused
 * lint      shows what lint says of trusts and providers
 * condition makes a narrow condition for a known source, and a trust with it
 * schema    prints the form of manifests, for editors
 *
 * Exit codes: 0 done, 1 failed, 2 called or configured wrongly.
 */
import { Command, CommanderError } from 'commander'
import { findOurPackage } from '../package-folder.ts'
import { BAD_CONFIGURATION } from './read-config.ts'

const program = new Command('entente')
  .description(
    'Identity federation: one registry of trust in outside identity providers, and the planes that make it work.',
  )
  .version(findOurPackage()?.version ?? 'unknown')
  .showHelpAfterError('(entente --help shows the commands)')

/** In the order of the help. Each loads what it needs, and only that of the command that is called is loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serveCommand(),
  demo: async () => (await import('./demo.ts')).demoCommand(),
  simulate: async () => (await import('./simulate.ts')).simulateCommand(),
  keys: async () => (await import('./keys.ts')).keysCommand(),
  config: async () => (await import('./config.ts')).configCommand(),
  apply: async () => (await import('./apply.ts')).applyCommand(),
  diff: async () => (await import('./diff.ts')).diffCommand(),
  get: async () => (await import('./get.ts')).getCommand(),
  delete: async () => (await import('./delete.ts')).deleteCommand(),
  exchange: async () => (await import('./exchange.ts')).exchangeCommand(),
  explain: async () => (await import('./explain.ts')).explainCommand(),
  test: async () => (await import('./test.ts')).testCommand(),
  lint: async () => (await import('./lint.ts')).lintCommand(),
  condition: async () => (await import('./condition.ts')).conditionCommand(),
  schema: async () => (await import('./manifests/schema.ts')).schemaCommand(),
}

/** `entente condition github` */
function wordsOf(command: Command): string {
  return command.parent === null ? command.name() : `${wordsOf(command.parent)} ${command.name()}`
}

const called = Object.entries(COMMANDS).filter(([name]) => name === process.argv[2])
// Help, and wrong words, want to know them all.
for (const [, load] of called.length > 0 ? called : Object.entries(COMMANDS)) program.addCommand(await load())
// commander leaves with 1 for wrong usage; 2 is what scripts look for.
for (const command of [program, ...program.commands, ...program.commands.flatMap((inner) => inner.commands)]) {
  command.exitOverride()
  if (command !== program) command.showHelpAfterError(`(${wordsOf(command)} --help shows how)`)
}

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : BAD_CONFIGURATION
}
