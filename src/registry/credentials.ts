/** Use cases of credentials of service principals. */
import { type FieldFault, throwFields } from '../fault.ts'
import { audienceOf } from './audience.ts'
import { cidrFaults } from './cidrs.ts'
import { drawUntilFree } from './create-with-id.ts'
import { makeSecret } from './credential-secret.ts'
import { drawCutename, isClientIdOf, parseClientId } from './cutename.ts'
import type { CredentialChange, CredentialDraft } from './drafts.ts'
import { eventOf } from './event.ts'
import { fieldFault, registryFault } from './faults.ts'
import { CREDENTIAL_LIFETIME_SECONDS } from './limits.ts'
import { isSame, merged, requireVersion, swapped } from './merge.ts'
import type { PageRequest } from './provider-store.ts'
import type { Registry } from './registry.ts'
import { effectiveRoles, type Grantor, requireGrantable, roleFaults } from './roles.ts'
import type { Credential } from './service-principal.ts'
import { getServicePrincipal } from './service-principals.ts'
import type { Actor } from './stores.ts'
import { givenText, nameFaults } from './texts.ts'
import { write } from './write.ts'

/**
 * Makes a credential; the secret is answered once and never kept. Whoever holds it has the principal's roles, so the
 * grantor must be allowed to give them.
 *
 * Faults: principal.unknown, role.above_own
 */
export async function createCredential(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  principalId: string,
  draft: CredentialDraft,
): Promise<{ credential: Credential; clientSecret: string }> {
  const seen = await getServicePrincipal(at, actor.organisation, principalId)
  throwFields([...credentialFaults(draft), ...lifetimeFaults(draft.lifetimeSeconds)])
  const { clientSecret, secretHash, publicKeyX } = makeSecret()
  const lifetimeSeconds = draft.lifetimeSeconds ?? CREDENTIAL_LIFETIME_SECONDS.usual
  const credential = await drawUntilFree('credential.id_taken', async () => {
    const now = at.now()
    const made: Credential = {
      uid: at.newUid(),
      id: drawCutename(at.randomBytes),
      organisation: seen.organisation,
      principal: seen.uid,
      displayName: givenText(draft.displayName),
      secretHash,
      publicKeyX,
      scopedRoleIds: [...new Set(draft.scopedRoleIds)],
      allowSourceCidrs: draft.allowSourceCidrs,
      requireDpop: draft.requireDpop,
      expiresAt: new Date(now.getTime() + lifetimeSeconds * 1000),
      lastUsedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    }
    await write(at, async (tx) => {
      const principal = await tx.servicePrincipals.getByUid(seen.uid)
      if (principal === null) throw registryFault('principal.unknown')
      const given = effectiveRoles(principal.roleIds, made.scopedRoleIds)
      requireGrantable(grantor, seen.organisation, 'scopedRoleIds', given)
      await tx.credentials.insert(made)
      tx.audit(eventOf(actor, { kind: 'credential', verb: 'create', before: null, after: made }))
    })
    return made
  })
  return { credential, clientSecret }
}

/** By short or full client id; a full one must name the organisation's audience. Faults: principal.unknown, credential.unknown */
export async function getCredential(
  at: Registry,
  organisation: string,
  principalId: string,
  clientId: string,
): Promise<Credential> {
  const principal = await getServicePrincipal(at, organisation, principalId)
  const id = parseClientId(clientId)
  const credential = id === null ? null : await at.stores.credentials.get(id.cutename)
  if (id === null || credential === null || credential.principal !== principal.uid) {
    throw registryFault('credential.unknown')
  }
  const owner = await at.stores.organisations.get(organisation)
  if (owner === null || !isClientIdOf(id, audienceOf(owner, at.publicUrl), 'spc')) {
    throw registryFault('credential.unknown')
  }
  return credential
}

/** Faults: principal.unknown */
export async function listCredentials(
  at: Registry,
  organisation: string,
  principalId: string,
  page: PageRequest,
): Promise<Credential[]> {
  const principal = await getServicePrincipal(at, organisation, principalId)
  return await at.stores.credentials.list(principal.uid, page)
}

/** Faults: principal.unknown, credential.unknown, credential.changed, role.above_own */
export async function updateCredential(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  principalId: string,
  clientId: string,
  change: CredentialChange,
): Promise<Credential> {
  const { version, displayName, scopedRoleIds, allowSourceCidrs } = change
  const seen = await getCredential(at, actor.organisation, principalId, clientId)
  throwFields(credentialFaults(change))
  const part = {
    displayName: displayName === undefined ? undefined : givenText(displayName),
    scopedRoleIds: scopedRoleIds === undefined ? undefined : [...new Set(scopedRoleIds)],
    allowSourceCidrs,
  }
  return await swapped(version, 'credential.changed', () =>
    write(at, async (tx) => {
      const before = await tx.credentials.get(seen.id)
      const principal = await tx.servicePrincipals.getByUid(seen.principal)
      if (before === null || principal === null) throw registryFault('credential.unknown')
      requireVersion(before, version, 'credential.changed')
      const after = merged(before, part, at.now())
      if (isSame(before, after)) return before
      if (scopedRoleIds !== undefined || allowSourceCidrs !== undefined) {
        const given = effectiveRoles(principal.roleIds, after.scopedRoleIds)
        requireGrantable(grantor, seen.organisation, 'scopedRoleIds', given)
      }
      if (!(await tx.credentials.update(after))) return null
      tx.audit(eventOf(actor, { kind: 'credential', verb: 'update', before, after }))
      return after
    }),
  )
}

/** Faults: principal.unknown, credential.unknown */
export async function removeCredential(
  at: Registry,
  actor: Actor,
  principalId: string,
  clientId: string,
): Promise<void> {
  const seen = await getCredential(at, actor.organisation, principalId, clientId)
  await write(at, async (tx) => {
    const before = await tx.credentials.get(seen.id)
    if (before === null || !(await tx.credentials.remove(seen.uid))) throw registryFault('credential.unknown')
    tx.audit(eventOf(actor, { kind: 'credential', verb: 'remove', before, after: null }))
  })
}

function credentialFaults(fields: CredentialDraft | CredentialChange): FieldFault[] {
  return [
    ...nameFaults({ displayName: fields.displayName ?? null }),
    ...roleFaults('scopedRoleIds', fields.scopedRoleIds),
    ...cidrFaults('allowSourceCidrs', fields.allowSourceCidrs),
  ]
}

function lifetimeFaults(seconds: number | null): FieldFault[] {
  const { least, most } = CREDENTIAL_LIFETIME_SECONDS
  if (seconds === null || (Number.isInteger(seconds) && seconds >= least && seconds <= most)) return []
  return [fieldFault('credential.lifetime_invalid', 'lifetimeSeconds', `must be ${least} to ${most} whole seconds`)]
}
