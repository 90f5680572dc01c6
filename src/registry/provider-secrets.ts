/** Client secrets: sealed before they are stored, and kept only while they go where they went. Source: CONTRACT.md section 4. */
import type { FieldFault } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import { fieldFault } from './faults.ts'
import { SECRET_CHARACTERS } from './limits.ts'
import type { ProtocolName, Provider } from './provider.ts'
import { shownEndpoints } from './provider-view.ts'
import type { Registry, Sealer } from './registry.ts'

/** Faults of secrets as given, by the protocol's own list of names. */
export function secretFaults(
  protocols: Registry['protocols'],
  protocol: ProtocolName,
  secrets: Readonly<Record<string, string | null>> | undefined,
): FieldFault[] {
  const taken = protocols[protocol]?.secretFields ?? []
  return Object.entries(secrets ?? {}).flatMap(([name, secret]) => {
    const path = `${protocol}.${name}`
    if (secret === null) return []
    if (!taken.includes(name)) return [fieldFault('secret.not_taken', path, 'is not taken by this provider')]
    // Printable ASCII: what survives a form and a Basic header in every server. The mask itself is nobody's secret.
    if (
      /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(secret) &&
      secret.length <= SECRET_CHARACTERS &&
      !/^\*+$/.test(secret)
    )
      return []
    const message = `must be 1 to ${SECRET_CHARACTERS} printable characters without space at the ends`
    return [fieldFault('secret.invalid', path, message)]
  })
}

/** The stored secrets after the change: new ones sealed, null ones gone, the others as they are. */
export function sealedSecrets(
  sealer: Sealer,
  { organisation, uid, secrets: stored }: Pick<Provider, 'organisation' | 'uid' | 'secrets'>,
  given: Readonly<Record<string, string | null>> | undefined,
): Readonly<Record<string, string>> {
  if (given === undefined) return stored
  const entries = new Map(Object.entries(stored))
  for (const [name, secret] of Object.entries(given)) {
    if (secret === null) entries.delete(name)
    else entries.set(name, sealer.seal(placeOfSecret(organisation, uid, name), secret))
  }
  return Object.fromEntries(entries)
}

/** Where a provider's secret lives: bound into its seal. */
export function placeOfSecret(organisation: string, uid: string, name: string) {
  return { organisation, table: 'providers', id: uid, column: name }
}

/** A stored secret that the change does not replace must go on to the same places. */
export function sendAgainFaults(
  before: Provider,
  after: Pick<Provider, 'issuer' | 'settings' | 'protocol'>,
  given: Readonly<Record<string, string | null>> | undefined,
): FieldFault[] {
  const kept = Object.keys(before.secrets).filter((name) => given === undefined || !Object.hasOwn(given, name))
  if (kept.length === 0 || destinationsOf(before) === destinationsOf(after)) return []
  return kept.map((name) =>
    fieldFault(
      'secret.send_again',
      `${after.protocol}.${name}`,
      'must be sent again, since it would go to another place',
    ),
  )
}

function destinationsOf(provider: Pick<Provider, 'issuer' | 'settings' | 'protocol'>): string {
  const { discoveryUrl, tokenUrl, userInfoUrl } = shownEndpoints(provider)
  return JSON.stringify([provider.issuer, discoveryUrl, tokenUrl, userInfoUrl, tenantOf(provider.settings)])
}

function tenantOf({ microsoft }: JsonObject): unknown {
  return typeof microsoft === 'object' && microsoft !== null && 'tenant' in microsoft ? microsoft.tenant : null
}
