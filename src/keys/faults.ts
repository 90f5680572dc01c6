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
  'keys.client_id_is_issuer': {
    kind: 'invalid',
    message: 'Our own issuer was registered as our client id elsewhere, and nothing is signed in its name there.',
    remedy: 'Register Entente at the provider under another client id.',
  },
  'keys.unknown': {
    kind: 'missing',
    message: 'There is no such signing key.',
    remedy: 'Look at the list: retired keys go away a day after their last token.',
  },
  'keys.not_signing': {
    kind: 'conflict',
    message: 'Only a key that signs tokens now can be rotated.',
    remedy: 'Name the active key of the algorithm; the key of SAML is replaced by itself.',
  },
  'keys.rotation_under_way': {
    kind: 'conflict',
    message: 'The next key of this algorithm is published already.',
    remedy: 'It signs from its `activeAt` on; rotate again after that.',
  },
  'keys.same_master_key': {
    kind: 'invalid',
    message: 'The new master key is the one in force.',
    remedy: 'Make another one with `openssl rand -base64 32`.',
  },
  'keys.rewrap_unfinished': {
    kind: 'conflict',
    message: 'An earlier change of the master key is not finished.',
    remedy:
      'Give the new key of that change again, or end it: `entente keys rewrap --finish` with the new key in force, `--abandon` with the old one.',
  },
  'keys.rewrap_not_in_force': {
    kind: 'conflict',
    message: 'The master key in force is still the old one.',
    remedy:
      'Give every process the new key and restart it first (with a generated key file: run `entente keys rewrap` again); or undo the change with `--abandon`.',
  },
  'keys.rewrap_in_force': {
    kind: 'conflict',
    message: 'The master key in force is already the new one.',
    remedy:
      'End the change with `entente keys rewrap --finish`; or go back to the old key before you abandon the new one.',
  },
  'keys.changed_meanwhile': {
    kind: 'unavailable',
    message: 'The data keys were changed by others at the same time.',
    remedy: 'Try again; one operator at a time.',
  },
  'keys.no_signing_key': {
    kind: 'internal',
    message: 'There is no signing key.',
    remedy: 'Restart the server; if it persists, look for storage errors at start.',
  },
} as const

export const keyFault = faultsOf(keyFaults)
