import { faultsOf } from '../fault.ts'

export const decisionFaults = {
  'decision.unknown': {
    kind: 'missing',
    message: 'There is no such decision.',
    remedy: 'Check the decision id and the organisation; a decision whose organisation is unknown lies in `default`.',
  },
  'audit.unknown': {
    kind: 'missing',
    message: 'There is no such audit record.',
    remedy: 'Check the id and the organisation.',
  },
  'decision.unrecorded': {
    kind: 'unavailable',
    message: 'The decision could not be recorded, so nothing was issued.',
    remedy: 'Try again; if it persists, look at the database.',
  },
} as const

export const decisionFault = faultsOf(decisionFaults)
