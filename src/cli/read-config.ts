/** The configuration as a command gets it: flags, variables, file; or every fault at once and exit code 2. */
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { type Config, loadConfig } from '../config.ts'
import { settings } from '../config-settings.ts'

/** Conventional for a command that was called wrongly. */
export const BAD_CONFIGURATION = 2

/** Gives the command a flag for every setting. */
export function withSettings(command: Command): Command {
  command.option('--config <file>', 'YAML file of settings (ENTENTE_CONFIG)')
  for (const { flag, description, fallback, variable } of Object.values(settings)) {
    const standard = fallback === null || fallback === '' ? '' : `, default ${fallback}`
    command.option(`${flag} <value>`, `${description} (${variable}${standard})`)
  }
  return command
}

/** Answers the configuration, or prints all faults and ends the process. */
export function readConfigOrExit(flags: Readonly<Record<string, unknown>>): Config {
  const loaded = loadConfig({ env: process.env, flags, readFile: (path) => readFileSync(path, 'utf8') })
  if ('faults' in loaded) {
    process.stderr.write('entente: the configuration has faults:\n')
    for (const { path, message } of loaded.faults) process.stderr.write(`  ${path} ${message}\n`)
    process.exit(BAD_CONFIGURATION)
  }
  for (const warning of loaded.warnings) process.stderr.write(`entente: warning: ${warning}\n`)
  return loaded.config
}
