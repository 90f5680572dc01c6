/** Use cases of credentials. Source: service principal API, credentials; the form of the secret: docs/guides/service-principals.md. */
import { createHash, generateKeyPairSync } from 'node:crypto'
import { Fault, type FieldFault, throwFields } from '../fault.ts'
import { cidrFaults } from './cidrs.ts'
import { drawCutename, parseClientId } from './cutename.ts'
import type { CredentialChange, CredentialDraft } from './drafts.ts'
import { eventOf } from './event.ts'
import { registryFault } from './faults.ts'
import { textFaults } from './limits.ts'
import { isSame, merged, requireVersion } from './merge.ts'
import type { PageRequest } from './provider-store.ts'
import type { Registry } from './registry.ts'
import { type Grantor, requireGrantable, roleFaults } from './roles.ts'
import type { Credential } from './service-principal.ts'
import { getServicePrincipal } from './service-principals.ts'
import type { Actor } from './stores.ts'

const DAY_SECONDS = 86_400
/** Source: service principal API: 30, 60, 90 or 180 days, never longer. */
const LONGEST_SECONDS = 180 * DAY_SECONDS
const DEFAULT_SECONDS = 90 * DAY_SECONDS
/** What existing clients look for in front of the key; the third part is the version they check. */
const SECRET_PREFIX = 'secret-token:conductorone.com:v1:'
/** A taken cutename is one in hundreds of millions; twice in a row means something else is wrong. */
const DRAWS = 5

/** Makes a credential; the secret is answered once and never kept. Faults: principal.unknown, role.above_own */
export async function createCredential(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  principalId: string,
  draft: CredentialDraft,
): Promise<{ credential: Credential; clientSecret: string }> {
  throwFields([...changeFaults(draft), ...lifetimeFaults(draft.lifetimeSeconds)])
  requireGrantable(grantor, actor.organisation, draft.scopedRoleIds)
  const principal = await getServicePrincipal(at, actor.organisation, principalId)
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  const clientSecret = SECRET_PREFIX + Buffer.from(JSON.stringify(jwk)).toString('base64url')
  for (let draw = 1; ; draw++) {
    const now = at.now()
    const credential: Credential = {
      uid: at.newUid(),
      id: drawCutename(at.randomBytes),
      organisation: actor.organisation,
      principal: principal.uid,
      displayName: draft.displayName,
      secretHash: createHash('sha256').update(clientSecret).digest('base64url'),
      publicKeyX: jwk.x ?? '',
      scopedRoleIds: draft.scopedRoleIds,
      allowSourceCidrs: draft.allowSourceCidrs,
      requireDpop: draft.requireDpop,
      expiresAt: new Date(now.getTime() + (draft.lifetimeSeconds ?? DEFAULT_SECONDS) * 1000),
      lastUsedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    }
    try {
      await at.write(async (tx) => {
        if ((await tx.servicePrincipals.getByUid(principal.uid)) === null) throw registryFault('principal.unknown')
        await tx.credentials.insert(credential)
        tx.audit(eventOf(actor, { kind: 'credential', verb: 'create', before: null, after: credential }))
      })
      return { credential, clientSecret }
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'credential.id_taken' || draw >= DRAWS) throw error
    }
  }
}

/** By short or full client id. Faults: principal.unknown, credential.unknown */
export async function getCredential(
  at: Registry,
  organisation: string,
  principalId: string,
  id: string,
): Promise<Credential> {
  const principal = await getServicePrincipal(at, organisation, principalId)
  const credential = await at.stores.credentials.get(parseClientId(id)?.cutename ?? id)
  if (credential === null || credential.principal !== principal.uid) throw registryFault('credential.unknown')
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
  id: string,
  change: CredentialChange,
): Promise<Credential> {
  const { version, ...fields } = change
  throwFields(changeFaults(change))
  const found = await getCredential(at, actor.organisation, principalId, id)
  return await at.write(async (tx) => {
    const before = await tx.credentials.get(found.id)
    if (before === null) throw registryFault('credential.unknown')
    requireVersion(before, version, 'credential.changed')
    requireGrantable(
      grantor,
      actor.organisation,
      (change.scopedRoleIds ?? []).filter((role) => !before.scopedRoleIds.includes(role)),
    )
    const after = merged(before, fields as Partial<Credential>, at.now())
    if (isSame(before, after)) return before
    if (!(await tx.credentials.update(after))) throw registryFault('credential.changed')
    tx.audit(eventOf(actor, { kind: 'credential', verb: 'update', before, after }))
    return after
  })
}

/** Faults: principal.unknown, credential.unknown */
export async function removeCredential(at: Registry, actor: Actor, principalId: string, id: string): Promise<void> {
  const found = await getCredential(at, actor.organisation, principalId, id)
  await at.write(async (tx) => {
    if (!(await tx.credentials.remove(found.uid))) throw registryFault('credential.unknown')
    tx.audit(eventOf(actor, { kind: 'credential', verb: 'remove', before: found, after: null }))
  })
}

function changeFaults(fields: CredentialChange): FieldFault[] {
  return [
    ...textFaults(fields.displayName === undefined ? {} : { displayName: fields.displayName }),
    ...roleFaults(fields.scopedRoleIds ?? [], 'scopedRoleIds'),
    ...cidrFaults(fields.allowSourceCidrs ?? [], 'allowSourceCidrs'),
  ]
}

function lifetimeFaults(seconds: number | null): FieldFault[] {
  if (seconds === null || (seconds >= 1 && seconds <= LONGEST_SECONDS)) return []
  return [{ path: 'expires', code: 'credential.lifetime_invalid', message: `must be 1 to ${LONGEST_SECONDS} seconds` }]
}
