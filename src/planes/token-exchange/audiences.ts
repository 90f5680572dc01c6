/** What a subject token may carry as `aud`, and how old it may be. Source: CONTRACT.md section 5. */
import { maxTokenAgeOf } from '../../registry/known/index.ts'
import type { Provider } from '../../registry/provider.ts'

const cache = new WeakMap<Provider, readonly string[]>()

/** The organisation's audience, the provider's resource name with and without `https:`, and its allowed audiences. */
export function workloadAudiences(provider: Provider, audience: string, resourceName: string): readonly string[] {
  // Provider records are immutable and replaced when they change, so the list may live as long as the record.
  const known = cache.get(provider)
  if (known !== undefined) return known
  const allowed = provider.settings.allowedAudiences
  const own = Array.isArray(allowed) ? allowed.filter((item): item is string => typeof item === 'string') : []
  const audiences = [audience, resourceName, `https:${resourceName}`, ...own]
  cache.set(provider, audiences)
  return audiences
}

/** An ID token of a person is meant for the client that signed them in, and for nobody else. */
export function clientAudience({ settings }: Provider): readonly string[] {
  return typeof settings.clientId === 'string' ? [settings.clientId] : []
}

/** A day: command lines keep a person's token for as long as they work. Units: seconds. Source: CONTRACT.md section 5. */
const PERSON_TOKEN_AGE_SECONDS = 86_400

/** Seconds: the provider's setting, else its known source's default. */
export function knownMaxTokenAge(provider: Provider): number {
  if (provider.use !== 'workload') return PERSON_TOKEN_AGE_SECONDS
  const own = provider.settings.maxTokenAgeSeconds
  return typeof own === 'number' ? own : maxTokenAgeOf(provider.known)
}
