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
import { applyCommand } from './apply.ts'
import { conditionCommand } from './condition.ts'
import { configCommand } from './config.ts'
import { deleteCommand } from './delete.ts'
import { demoCommand } from './demo.ts'
import { diffCommand } from './diff.ts'
import { exchangeCommand } from './exchange.ts'
import { explainCommand } from './explain.ts'
import { getCommand } from './get.ts'
import { keysCommand } from './keys.ts'
import { lintCommand } from './lint.ts'
import { schemaCommand } from './manifests/schema.ts'
import { BAD_CONFIGURATION } from './read-config.ts'
import { serveCommand } from './serve.ts'
import { simulateCommand } from './simulate.ts'
import { testCommand } from './test.ts'
import { readVersion } from './version.ts'

const program = new Command('entente')
  .description(
    'Identity federation: one registry of trust in outside identity providers, and the planes that make it work.',
  )
  .version(readVersion())
  .showHelpAfterError('(entente --help shows the commands)')

const commands = [
  serveCommand(),
  demoCommand(),
  simulateCommand(),
  keysCommand(),
  configCommand(),
  applyCommand(),
  diffCommand(),
  getCommand(),
  deleteCommand(),
  exchangeCommand(),
  explainCommand(),
  testCommand(),
  lintCommand(),
  conditionCommand(),
  schemaCommand(),
]
for (const command of commands) program.addCommand(command)
// commander leaves with 1 for wrong usage; 2 is what scripts look for.
for (const command of [program, ...program.commands, ...program.commands.flatMap((inner) => inner.commands)]) {
  command.exitOverride()
}

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : BAD_CONFIGURATION
}
