import { faultsOf } from '../fault.ts'

export const storageFaults = {
  'storage.url_invalid': {
    kind: 'invalid',
    message: 'ENTENTE_DATABASE must be sqlite:<file> or postgres://….',
    remedy: 'Correct the setting.',
  },
  'storage.unavailable': {
    kind: 'unavailable',
    message: 'The database does not answer at the moment.',
    remedy: 'Try again; if it persists, look at the database and at the free disk space.',
  },
  'storage.newer_database': {
    kind: 'internal',
    message: 'The database was written by a newer version of Entente than this one.',
    remedy: 'Start the newer version again, or restore a backup made before the upgrade.',
  },
  'storage.text_invalid': {
    kind: 'invalid',
    message: 'A text contains a character that the database cannot hold.',
    remedy: 'Leave out NUL characters.',
  },
} as const

export const storageFault = faultsOf(storageFaults)
