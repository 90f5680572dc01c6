/** Every setting, from the table that reads them. */
import { settings } from '../../src/config-settings.ts'

export function configPage(): string {
  const rows = Object.values(settings).map(({ variable, flag, fileKey, fallback, description, ...setting }) => {
    const standard = fallback === null ? '–' : fallback === '' ? 'none' : `\`${fallback}\``
    const secret = 'secret' in setting ? ' Secret: never shown.' : ''
    return `| \`${variable}\` | \`${flag}\` | \`${fileKey}\` | ${description}${secret} | ${standard} |`
  })
  return [
    '# Configuration',
    '',
    'Generated from `src/config-settings.ts`; change it there and run `npm run docs`.',
    '',
    'Flags win over variables, variables over the config file (YAML, named by `--config` or `ENTENTE_CONFIG`), the file over',
    'the defaults. `entente config` shows what is in force, without secrets. A bad configuration is refused with all of its',
    'faults at once and exit code 2. Lists are separated by commas; in the file they may be YAML lists. The file is read without',
    'aliases and tags, and its texts are taken as written: a token of digits stays one. Do not pass secrets as flags: everyone',
    'who can list processes sees them.',
    '',
    '| variable | flag | in the file | meaning | default |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
