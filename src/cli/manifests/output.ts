/** The forms a command prints in. */
import { Option } from 'commander'
import { stringify } from 'yaml'

/** `-o` with its forms, the first of which is the standard. */
export function outputOption(forms: readonly string[]): Option {
  return new Option('-o, --output <form>', 'form of what is printed').choices(forms).default(forms[0])
}

/** Text that another program can read. YAML without anchors, with long texts on one line. */
export function machineText(form: 'json' | 'yaml', value: unknown): string {
  if (form === 'json') return JSON.stringify(value, null, 2)
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 }).trimEnd()
}
