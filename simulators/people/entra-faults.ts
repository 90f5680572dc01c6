/** What can go wrong with a login of Microsoft Entra, beside what can with any. */
import type { LoginFault, Setting } from './login-faults.ts'
import { type Claims, OTHER_COMPANY, tenantIdOf } from './person.ts'

const SLOW_MS = 2_000

const claims = (change: (setting: Setting, claims: Claims) => Claims) => (before: Claims, setting: Setting) => ({
  ...before,
  ...change(setting, before),
})

export const ENTRA_FAULTS: Readonly<Record<string, LoginFault>> = {
  'wrong-tenant': {
    says: 'another tenant’s token: its tid, and the issuer that goes with it',
    claims: claims(({ issuer }, { tid }) => ({
      tid: tenantIdOf(OTHER_COMPANY.name),
      iss: issuer.replace(String(tid), tenantIdOf(OTHER_COMPANY.name)),
    })),
  },
  'other-tid': {
    says: 'the tid of another tenant under the issuer of the right one',
    claims: claims(() => ({ tid: tenantIdOf(OTHER_COMPANY.name) })),
  },
  'missing-tid': { says: 'the ID token names no tenant', claims: claims(() => ({ tid: undefined })) },
  'missing-oid': { says: 'the ID token names no object', claims: claims(() => ({ oid: undefined })) },
  'other-oid': {
    says: 'the ID token is of another object with the same subject',
    claims: claims(() => ({ oid: tenantIdOf('oid') })),
  },
  'missing-acrs': { says: 'no authentication context is met', claims: claims(() => ({ acrs: undefined })) },
  'empty-acrs': { says: 'the list of met authentication contexts is empty', claims: claims(() => ({ acrs: [] })) },
  'wrong-acrs': {
    says: 'another authentication context is met than was asked for',
    claims: claims(() => ({ acrs: ['c98'] })),
  },
  'fewer-acrs': {
    says: 'the last one of the asked authentication contexts is not met',
    claims: claims((_, { acrs }) => ({ acrs: Array.isArray(acrs) ? acrs.slice(0, -1) : undefined })),
  },
  'acrs-as-text': {
    says: 'the met authentication contexts are one text',
    claims: claims((_, { acrs }) => ({ acrs: Array.isArray(acrs) ? acrs.join(' ') : undefined })),
  },
  'unproved-domain': {
    says: 'the tenant does not own the domain of the address',
    claims: claims(() => ({ xms_edov: false })),
  },
  'groups-unavailable': {
    says: 'Graph answers 503',
    endpoint: { name: 'graph', how: { kind: 'status', status: 503 } },
  },
  'groups-slow': {
    says: 'Graph takes two seconds a page',
    endpoint: { name: 'graph', how: { kind: 'slow', delayMs: SLOW_MS } },
  },
  'groups-endless': { says: 'Graph says after each page that there is another', nextPage: 'again' },
  'groups-elsewhere': { says: 'Graph’s next page is said to be on another host', nextPage: 'elsewhere' },
}
