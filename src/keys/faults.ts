import { faultsOf } from '../fault.ts'

export const keyFaults = {
  'keys.seal_key_wrong': {
    kind: 'internal',
    message: 'The seal key does not open this database.',
    remedy:
      'Give ENTENTE_SEAL_KEY the value the database was created with, or restore the key file of the data directory.',
  },
  'keys.seal_broken': {
    kind: 'internal',
    message: 'A sealed value cannot be opened.',
    remedy: 'The row was changed outside Entente or moved to another place; write the secret again.',
  },
  'keys.unknown': {
    kind: 'missing',
    message: 'There is no such signing key.',
    remedy: 'Look at the list: retired keys go away a day after their last token.',
  },
  'keys.no_signing_key': {
    kind: 'internal',
    message: 'There is no signing key.',
    remedy: 'Restart the server; if it persists, look for storage errors at start.',
  },
} as const

export const keyFault = faultsOf(keyFaults)
