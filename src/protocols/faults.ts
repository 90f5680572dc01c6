import { faultsOf } from '../fault.ts'

export const protocolFaults = {
  'provider.discovery_failed': {
    kind: 'upstream',
    message: 'The issuer’s discovery document or keys could not be fetched, or are not what they must be.',
    remedy:
      'Open {issuer}/.well-known/openid-configuration from outside; it must be public, https, and list a jwks_uri with signing keys.',
  },
  'provider.issuer_differs': {
    kind: 'upstream',
    message: 'The discovery document is about another issuer.',
    remedy: 'Register the issuer exactly as the document spells it.',
  },
  'provider.bundle_invalid': {
    kind: 'upstream',
    message: 'The bundle endpoint does not answer with a usable SPIFFE bundle.',
    remedy: 'The bundle must hold at least one key with use jwt-svid.',
  },
} as const

export const protocolFault = faultsOf(protocolFaults)
