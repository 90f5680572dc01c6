/** `entente config`: what is in force, without its secrets; or what is wrong with it. */
import { Command } from 'commander'
import { stringify } from 'yaml'
import { readConfigOrExit, withSettings } from './read-config.ts'

export function configCommand(): Command {
  const command = new Command('config').description('show the configuration in force, or all its faults')
  return withSettings(command).action((flags: Record<string, unknown>) => {
    const config = readConfigOrExit(flags)
    const shown = {
      ...config,
      databaseUrl: withoutPassword(config.databaseUrl),
      sealKey: config.sealKey === null ? 'from the data directory' : 'given',
      operatorToken: config.operatorToken === null ? 'from the data directory' : 'given',
      upstreamCaPem: config.upstreamCaPem === null ? null : 'given',
    }
    process.stdout.write(stringify(shown))
  })
}

function withoutPassword(databaseUrl: string): string {
  return databaseUrl.replace(/^(postgres(?:ql)?:\/\/[^/@]*?):[^/]*@/, '$1:…@').replace(/([?&]password=)[^&]*/i, '$1…')
}
