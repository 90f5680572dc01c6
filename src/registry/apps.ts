/** Use cases of apps. */
import { type FieldFault, throwFields } from '../fault.ts'
import { type App, clientIdOf } from './app.ts'
import { appContradictions, appFaults, inFull, MANAGE_SCOPE, USUAL_GRANT_TYPES, USUAL_SCOPES } from './app-rules.ts'
import { createWithId } from './create-with-id.ts'
import type { AppChange, AppDraft } from './drafts.ts'
import { eventOf } from './event.ts'
import { fieldFault, registryFault } from './faults.ts'
import { isSame, merged, requireVersion, swapped } from './merge.ts'
import { idFaults, isId } from './names.ts'
import { DEFAULT_ORGANISATION } from './organisation.ts'
import type { PageRequest } from './provider-store.ts'
import type { Registry } from './registry.ts'
import type { Grantor } from './roles.ts'
import type { Actor } from './stores.ts'
import { givenText } from './texts.ts'
import { write } from './write.ts'

/** 256 bits. */
const SECRET_BYTES = 32

/**
 * Registers an app. The answer has the secret that was made for it, once; null where it was given or none is needed.
 *
 * Faults: organisation.unknown, app.id_taken, app.manage_needs_operator
 */
export async function createApp(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  draft: AppDraft,
): Promise<{ readonly app: App; readonly clientSecret: string | null }> {
  const { id, clientSecret, ...fields } = draft
  const method = fields.tokenEndpointAuthMethod ?? 'client_secret_basic'
  const usual = {
    displayName: givenText(fields.displayName ?? null),
    enabled: fields.enabled ?? true,
    redirectUris: fields.redirectUris ?? [],
    postLogoutRedirectUris: fields.postLogoutRedirectUris ?? [],
    backchannelLogoutUri: fields.backchannelLogoutUri ?? null,
    grantTypes: fields.grantTypes ?? USUAL_GRANT_TYPES,
    scopes: fields.scopes ?? USUAL_SCOPES,
    resources: fields.resources ?? [],
    tokenEndpointAuthMethod: method,
    jwks: fields.jwks ?? null,
    jwksUri: fields.jwksUri ?? null,
    requireDpop: fields.requireDpop ?? false,
    // An organisation registers its own apps here: to ask its people again would teach them to click yes.
    firstParty: fields.firstParty ?? true,
    idTokenSignedResponseAlg: fields.idTokenSignedResponseAlg ?? 'RS256',
    initiateLoginUri: fields.initiateLoginUri ?? null,
    allowedOrganizations: fields.allowedOrganizations ?? [],
    allowedProviders: (fields.allowedProviders ?? []).map((name) => inFull(name, actor.organisation)),
    labels: fields.labels ?? {},
  }
  throwFields([...idFaults(id), ...appFaults(draft, actor.organisation), ...appContradictions(usual)])
  requireManage(grantor, [], usual.scopes)
  if ((await at.stores.organisations.get(actor.organisation)) === null) throw registryFault('organisation.unknown')
  const hasSecret = needsSecret(method)
  const made =
    hasSecret && (clientSecret ?? null) === null
      ? Buffer.from(at.randomBytes(SECRET_BYTES)).toString('base64url')
      : null
  const secret = hasSecret ? (made ?? clientSecret ?? null) : null
  const naming = { fallback: 'app', taken: 'app.id_taken' as const, randomBytes: at.randomBytes }
  const app = await createWithId({ given: id, displayName: usual.displayName, ...naming }, async (name) => {
    const now = at.now()
    const uid = at.newUid()
    const app: App = {
      uid,
      id: name,
      organisation: actor.organisation,
      ...usual,
      secrets: secret === null ? {} : sealed(at, actor.organisation, uid, secret),
      version: 1,
      createdAt: now,
      updatedAt: now,
    }
    await write(at, async (tx) => {
      await tx.apps.insert(app)
      tx.audit(eventOf(actor, { kind: 'app', verb: 'create', before: null, after: app }))
    })
    return app
  })
  return { app, clientSecret: made }
}

function needsSecret(method: App['tokenEndpointAuthMethod']): boolean {
  return method === 'client_secret_basic' || method === 'client_secret_post'
}

/** Where an app's secret lies: bound into its seal. */
export function placeOfAppSecret(organisation: string, uid: string) {
  return { organisation, table: 'apps', id: uid, column: 'clientSecret' }
}

function sealed(at: Registry, organisation: string, uid: string, secret: string) {
  return { clientSecret: at.sealer.seal(placeOfAppSecret(organisation, uid), secret) }
}

/** Faults: app.unknown */
export async function getApp(at: Pick<Registry, 'stores'>, organisation: string, id: string): Promise<App> {
  const app = isId(id) ? await at.stores.apps.get(organisation, id) : null
  if (app === null) throw registryFault('app.unknown')
  return app
}

/** The app that a client id names, or null. */
export async function findAppByClientId(at: Pick<Registry, 'stores'>, clientId: string): Promise<App | null> {
  const dot = clientId.indexOf('.')
  const organisation = dot < 0 ? DEFAULT_ORGANISATION : clientId.slice(0, dot)
  const id = clientId.slice(dot + 1)
  if (!isId(organisation) || !isId(id)) return null
  const app = await at.stores.apps.get(organisation, id)
  // `default.x` is no one's client id.
  return app === null || clientIdOf(app) !== clientId ? null : app
}

export function listApps(at: Registry, organisation: string, page: PageRequest): Promise<App[]> {
  return at.stores.apps.list(organisation, page)
}

/** Faults: app.unknown, app.changed, app.manage_needs_operator */
export async function updateApp(
  at: Registry,
  actor: Actor,
  grantor: Grantor,
  id: string,
  change: AppChange,
): Promise<App> {
  throwFields(appFaults(change, actor.organisation))
  const { version, clientSecret, displayName, allowedProviders, ...fields } = change
  const part = {
    ...fields,
    displayName: displayName === undefined ? undefined : givenText(displayName),
    allowedProviders: allowedProviders?.map((name) => inFull(name, actor.organisation)),
  }
  const seen = await getApp(at, actor.organisation, id)
  return await swapped(version, 'app.changed', () =>
    write(at, async (tx) => {
      const before = await tx.apps.getByUid(seen.uid)
      if (before === null) throw registryFault('app.unknown')
      requireVersion(before, version, 'app.changed')
      const secrets =
        clientSecret === undefined
          ? undefined
          : clientSecret === null
            ? {}
            : sealed(at, before.organisation, before.uid, clientSecret)
      const method = part.tokenEndpointAuthMethod ?? before.tokenEndpointAuthMethod
      const after = merged(before, { ...part, secrets: needsSecret(method) ? secrets : {} }, at.now())
      throwFields([...appContradictions(after), ...secretFaults(after)])
      requireManage(grantor, before.scopes, after.scopes)
      if (before.scopes.includes(MANAGE_SCOPE)) requireOperatorFor(grantor, before, after)
      if (isSame(before, after)) return before
      if (!(await tx.apps.update(after))) return null
      tx.audit(eventOf(actor, { kind: 'app', verb: 'update', before, after }))
      return after
    }),
  )
}

/** One is made for a new app only, since that answer alone shows it. */
function secretFaults({ tokenEndpointAuthMethod: method, secrets }: App): FieldFault[] {
  if (!needsSecret(method) || Object.hasOwn(secrets, 'clientSecret')) return []
  return [fieldFault('app.contradicts', 'clientSecret', `is required with ${method}`)]
}

/** Faults: app.unknown */
export async function removeApp(at: Registry, actor: Actor, id: string): Promise<void> {
  const seen = await getApp(at, actor.organisation, id)
  await write(at, async (tx) => {
    if (!(await tx.apps.remove(seen.uid))) throw registryFault('app.unknown')
    tx.audit(eventOf(actor, { kind: 'app', verb: 'remove', before: seen, after: null }))
  })
}

/** Faults: app.manage_needs_operator. Source: CONTRACT.md section 2. */
function requireManage(grantor: Grantor, before: readonly string[], after: readonly string[]): void {
  if (grantor.operator || before.includes(MANAGE_SCOPE) || !after.includes(MANAGE_SCOPE)) return
  const message = `may contain ${MANAGE_SCOPE} only where an operator grants it`
  const fields = [fieldFault('app.manage_needs_operator', 'scopes', message)]
  throw registryFault('app.manage_needs_operator', { fields })
}

const WAYS = [
  'redirectUris',
  'tokenEndpointAuthMethod',
  'secrets',
  'jwks',
  'jwksUri',
  'grantTypes',
  'requireDpop',
  'firstParty',
  'allowedOrganizations',
  'allowedProviders',
] as const

/** Where a managing app's tokens go, and how it proves itself, is what the operator granted: an admin may only narrow it. */
function requireOperatorFor(grantor: Grantor, before: App, after: App): void {
  if (grantor.operator || !after.scopes.includes(MANAGE_SCOPE)) return
  const ways = (app: App) => JSON.stringify(WAYS.map((name) => app[name]))
  if (ways(before) !== ways(after)) throw registryFault('app.manage_needs_operator')
}
