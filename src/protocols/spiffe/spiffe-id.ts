/** SPIFFE IDs: `spiffe://` trust domain, path. Source: SPIFFE-ID §2 (grammar), §2.3 (lengths). */

export interface SpiffeId {
  readonly trustDomain: string
  /** With its leading slash; empty for the id of the trust domain itself. */
  readonly path: string
}

const ID_BYTES = 2_048
const TRUST_DOMAIN = /^[a-z0-9._-]{1,255}$/
const SEGMENT = /^[A-Za-z0-9._-]+$/
const SCHEME = 'spiffe://'

/** Null for anything but the one canonical spelling: nothing is lower-cased, unescaped or shortened here. */
export function parseSpiffeId(text: string): SpiffeId | null {
  if (text.length > ID_BYTES || !text.startsWith(SCHEME)) return null
  const [trustDomain = '', ...segments] = text.slice(SCHEME.length).split('/')
  if (!isTrustDomain(trustDomain)) return null
  if (!segments.every((segment) => SEGMENT.test(segment) && segment !== '.' && segment !== '..')) return null
  return { trustDomain, path: text.slice(SCHEME.length + trustDomain.length) }
}

/** True for a trust domain's name, without scheme and path. */
export function isTrustDomain(text: string): boolean {
  return TRUST_DOMAIN.test(text)
}

/** True for the id of a workload, which has a path; without one it names the trust domain itself, and nobody in it. */
export function isWorkloadId(text: string): boolean {
  const id = parseSpiffeId(text)
  return id !== null && id.path !== ''
}

/** True when the text begins with exactly this trust domain (`spiffe://…`), whatever comes after; the rest is not judged. */
export function isIn(trustDomain: string, text: string): boolean {
  return text === trustDomain || text.startsWith(`${trustDomain}/`)
}
