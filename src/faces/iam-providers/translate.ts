/** Translation between the registry's records and the wire: pure, and total in both directions. */
import type { Static } from 'typebox'
import { type FieldFault, invalidFields } from '../../fault.ts'
import type { JsonObject } from '../../json.ts'
import type { OrganisationDraft, ProviderChange, ProviderDraft } from '../../registry/drafts.ts'
import type { Organisation } from '../../registry/organisation.ts'
import type { OrganisationChange } from '../../registry/organisations.ts'
import type { Provider } from '../../registry/provider.ts'
import { shownDomain, shownEndpoints, shownName } from '../../registry/provider-view.ts'
import {
  type CreateOrganization,
  type CreateProvider,
  ORGANIZATIONS,
  type Organization as OrganizationSchema,
  PROVIDERS,
  type Provider as ProviderSchema,
  SECRET_MASK,
  type UpdateOrganization,
  type UpdateProvider,
} from './wire.ts'

type ProviderBody = Static<typeof ProviderSchema>

export function fromProvider(provider: Provider): ProviderBody {
  return {
    uid: provider.uid,
    id: provider.id,
    displayName: shownName(provider),
    enabled: provider.enabled,
    tenantDomain: shownDomain(provider),
    oidcConfig: shownConfig(provider),
    createdAt: provider.createdAt.toISOString(),
    selfLink: `${PROVIDERS}/${provider.id}`,
    updatedAt: provider.updatedAt.toISOString(),
  }
}

/** By name: what other faces set, and secrets, are not this face's to show. */
function shownConfig(provider: Provider): ProviderBody['oidcConfig'] {
  const { clientId } = provider.settings
  return {
    discoveryUrl: shownEndpoints(provider).discoveryUrl ?? '',
    clientId: typeof clientId === 'string' ? clientId : '',
  }
}

/** `vouched`: an operator writes, so that the domain needs no proof. */
export function toProviderDraft(body: Static<typeof CreateProvider>, vouched: boolean): ProviderDraft {
  const { discoveryUrl, clientId, clientSecret } = body.oidcConfig
  requireName(body.displayName)
  return {
    use: 'workforce',
    id: body.id ?? null,
    displayName: body.displayName,
    description: null,
    enabled: body.enabled ?? true,
    known: null,
    // The prefix of the discovery URL.
    issuer: null,
    settings: { oidc: { discoveryUrl, clientId } },
    ...(typeof clientSecret === 'string' ? { secrets: { clientSecret } } : {}),
    domains: [body.tenantDomain],
    vouched,
  }
}

/**
 * What a partial body changes, without its domain (tenant-domain.ts). What is sent back as it is shown changes nothing, so
 * that a value this face only made up (a name from the id, a discovery URL from the issuer) is never stored.
 *
 * Faults: field.invalid, for a blank display name
 */
export function toProviderChange(body: Static<typeof UpdateProvider>, seen: Provider): ProviderChange {
  const { displayName, enabled } = body
  const renamed = displayName !== undefined && displayName !== shownName(seen)
  if (renamed) requireName(displayName)
  const { clientSecret } = body.oidcConfig ?? {}
  const rewritten = clientSecret !== undefined && clientSecret !== SECRET_MASK
  const settings = changedSettings(body.oidcConfig ?? {}, shownConfig(seen))
  return {
    ...(renamed ? { displayName } : {}),
    ...(enabled === undefined ? {} : { enabled }),
    // A new discovery URL takes the issuer along: the registry derives it.
    ...(Object.keys(settings).length > 0 ? { settings: { oidc: settings } } : {}),
    ...(rewritten ? { secrets: { clientSecret } } : {}),
  }
}

function changedSettings(
  given: { readonly discoveryUrl?: string; readonly clientId?: string },
  shown: ProviderBody['oidcConfig'],
): JsonObject {
  const { discoveryUrl, clientId } = given
  return {
    ...(discoveryUrl === undefined || discoveryUrl === shown.discoveryUrl ? {} : { discoveryUrl }),
    ...(clientId === undefined || clientId === shown.clientId ? {} : { clientId }),
  }
}

/** The schema counts characters, spaces among them; the registry takes a blank name for none. */
function requireName(displayName: string): void {
  if (displayName.trim() !== '') return
  throw invalidFields([{ path: 'displayName', code: 'field.invalid', message: 'must not be blank' }])
}

const READ_ONLY = ['id', 'uid', 'selfLink', 'createdAt', 'updatedAt'] as const
type ReadOnly = { readonly [K in (typeof READ_ONLY)[number]]?: string }

/** Read-only fields that say something else than what is shown does. */
export function readOnlyFaults(body: ReadOnly, shown: Required<ReadOnly>): FieldFault[] {
  return READ_ONLY.flatMap((path) => {
    const given = body[path]
    if (given === undefined || given === shown[path] || (path.endsWith('At') && isSameTime(given, shown[path])))
      return []
    return [{ path, code: 'field.read_only', message: 'cannot be changed' }]
  })
}

/** Clients write a time they have read in their own way. */
function isSameTime(one: string, other: string): boolean {
  return Date.parse(one) === Date.parse(other)
}

export function fromOrganisation(organisation: Organisation): Static<typeof OrganizationSchema> {
  const { uid, id, displayName, description, createdAt, updatedAt } = organisation
  return {
    selfLink: `${ORGANIZATIONS}/${id}`,
    uid,
    id,
    displayName: displayName ?? id,
    ...(description === null ? {} : { description }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

export function toOrganisationDraft(body: Static<typeof CreateOrganization>): OrganisationDraft {
  const { id = null, displayName = null, description = null } = body
  return { id, displayName, description, host: null, roles: [], settings: {} }
}

/** A name that is sent back as it is shown may be one that was only made up from the id: it changes nothing. */
export function toOrganisationChange(
  { displayName, description }: Static<typeof UpdateOrganization>,
  seen: Organisation,
): OrganisationChange {
  return {
    ...(displayName === undefined || displayName === fromOrganisation(seen).displayName ? {} : { displayName }),
    ...(description === undefined ? {} : { description }),
  }
}
