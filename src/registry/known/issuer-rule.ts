/** Reads the issuer rules of known sources. */
import type { KnownSource } from './source.ts'

const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?'
const DOMAIN = '[-a-z0-9._]+'
const SEGMENT = '[^/]+'

const compiled = new Map<string, RegExp>()

/** True when the normalised issuer is one of the source's, given all sources that there are. */
export function isIssuerOf(source: KnownSource, issuer: string, all: readonly KnownSource[]): boolean {
  const { issuers } = source
  if (typeof issuers === 'object') return issuers.templates.some((template) => matches(template, issuer))
  if (!issuer.startsWith('https://')) return false
  if (issuers === 'any https') return true
  return !all.some((other) => typeof other.issuers === 'object' && isIssuerOf(other, issuer, all))
}

function matches(template: string, issuer: string): boolean {
  const known = compiled.get(template) ?? compile(template)
  compiled.set(template, known)
  return known.test(issuer)
}

/** Anchored at both ends; every other character than a `{word}` stands for itself. */
function compile(template: string): RegExp {
  const [scheme = '', rest = ''] = template.split('://')
  const inHost = scheme === 'spiffe' ? DOMAIN : LABEL
  const slash = rest.indexOf('/')
  const host = slash < 0 ? rest : rest.slice(0, slash)
  const path = slash < 0 ? '' : rest.slice(slash)
  return new RegExp(`^${scheme}://${fill(host, inHost)}${fill(path, SEGMENT)}$`)
}

function fill(text: string, placeholder: string): string {
  return text
    .split(/\{[a-z]+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join(placeholder)
}
