/** Kind Trust: which tokens of a provider may act as a service principal. Source: CONTRACT.md section 3. */
import { type Static, Type } from 'typebox'
import { type FieldFault, invalidFields } from '../../../fault.ts'
import type { JsonObject } from '../../../json.ts'
import { audienceOf } from '../../../registry/audience.ts'
import { clientIdOf } from '../../../registry/cutename.ts'
import { registryFault } from '../../../registry/faults.ts'
import { isId } from '../../../registry/names.ts'
import type { Registry } from '../../../registry/registry.ts'
import type { Trust } from '../../../registry/trust.ts'
import { createTrust, removeTrust, searchTrusts, updateTrust } from '../../../registry/trusts.ts'
import type { Kind, KindAsk } from '../kind.ts'
import { labelTest } from '../labels.ts'
import { labelsOf, type Manifest, manifestOf, manifestSchema, versionOf } from '../manifest.ts'
import { readManifestPage } from '../paging.ts'

const text = (description: string) => Type.Optional(Type.String({ description }))
const texts = (description: string) => Type.Optional(Type.Array(Type.String(), { description }))

const Spec = Type.Object(
  {
    servicePrincipal: text('Name of the service principal. Immutable.'),
    provider: text('Name of the workload provider. Immutable.'),
    displayName: text('Shown in lists; the name, where it is left out.'),
    description: text('What the trust is for.'),
    condition: text('CEL over `claims`; at most 1024 bytes. Left out: every verified token of the provider.'),
    scopedRoleIds: texts('The principal’s roles are narrowed to these; empty means all.'),
    allowSourceCidrs: texts('Addresses the exchange may come from; empty means any.'),
    passthroughClaims: texts('String claims copied into the issued token.'),
    allowedResources: texts('Values of resource or audience that may be asked for.'),
    allowedScopes: texts('Scopes that may be asked for; others are dropped.'),
    tokenLifetimeSeconds: Type.Optional(Type.Integer({ description: '300 to 3600, default 1800.' })),
    capLifetimeToSubject: Type.Optional(
      Type.Boolean({ description: 'Issued tokens end no later than the subject token.' }),
    ),
    examples: Type.Optional(
      Type.Array(Type.Record(Type.String(), Type.Unknown()), { description: 'Claims in, verdict out.' }),
    ),
    disabled: Type.Optional(Type.Boolean({ description: 'A disabled trust rejects every exchange.' })),
  },
  { additionalProperties: false },
)

const EXAMPLE = {
  apiVersion: 'entente.dev/v1',
  kind: 'Trust',
  metadata: { name: 'deploy-payments' },
  spec: {
    servicePrincipal: 'deploy-bot',
    provider: 'github',
    condition: 'claims.repository == "octo-org/payments" && claims.ref == "refs/heads/main"',
  },
}

export const trusts: Kind = {
  kind: 'Trust',
  plural: 'trusts',
  namespaced: true,
  summary: 'List trusts',
  document: manifestSchema('Trust', Spec, EXAMPLE),
  filters: {
    labelSelector: 'Terms like a=b, a!=b, a and !a, joined by commas.',
    provider: 'Name of a workload provider.',
    servicePrincipal: 'Name of a service principal.',
  },
  roles: { read: 'viewer', write: 'admin' },
  words: { enabled: 'disabled' },
  async list({ registry, pageTokens }, { caller: { organisation }, query }) {
    const { labelSelector: selector, provider, servicePrincipal } = query
    const matches = labelTest(selector)
    const search = {
      ...(provider === undefined ? {} : { provider }),
      ...(servicePrincipal === undefined ? {} : { principal: servicePrincipal }),
    }
    const question = `trusts ${JSON.stringify([selector, search])}`
    const page = { query, tokens: pageTokens, organisation, question }
    const { records, next } = await readManifestPage(
      page,
      (page) => searchTrusts(registry, organisation, page, search),
      ({ uid }) => uid,
      selector === undefined ? undefined : ({ labels }) => matches(labels),
    )
    return { items: await Promise.all(records.map((record) => toDocument(registry, record))), next }
  },
  async get({ registry }, ask, name) {
    return toDocument(registry, await trustOf(registry, ask, name))
  },
  write: {
    async find(at, { caller }, name) {
      const trust = await at.stores.trusts.get(caller.organisation, name)
      return trust === null ? null : await toDocument(at, trust)
    },
    async create(at, { actor, caller }, document) {
      const { servicePrincipal, provider, ...fields } = specOf(document)
      const faults: FieldFault[] = []
      if (servicePrincipal === undefined) faults.push(missing('servicePrincipal'))
      else if (
        !isId(servicePrincipal) ||
        (await at.stores.servicePrincipals.get(caller.organisation, servicePrincipal)) === null
      ) {
        const message = 'is not the name of a service principal of the organisation'
        faults.push({ path: 'servicePrincipal', code: 'principal.unknown', message })
      }
      if (provider === undefined) faults.push(missing('provider'))
      if (faults.length > 0 || servicePrincipal === undefined || provider === undefined) throw invalidFields(faults)
      const draft = { id: document.metadata.name ?? null, provider, ...stateOf(fields), ...labelsOf(document) }
      return await toDocument(at, await createTrust(at, actor, caller, servicePrincipal, draft))
    },
    async replace(at, ask, name, document) {
      const { servicePrincipal, provider, ...fields } = specOf(document)
      const before = await trustOf(at, ask, name)
      const names = await namesOf(at, before)
      const faults: FieldFault[] = []
      if (servicePrincipal !== names.servicePrincipal) faults.push(immutable('servicePrincipal'))
      if (provider !== names.provider) faults.push(immutable('provider'))
      if (faults.length > 0) throw invalidFields(faults)
      const state = stateOf(fields)
      const change = {
        ...state,
        displayName: state.displayName === before.id ? null : state.displayName,
        ...labelsOf(document),
        ...versionOf(document),
      }
      const updated = await updateTrust(at, ask.actor, ask.caller, names.servicePrincipal, before.cutename, change)
      return await toDocument(at, updated)
    },
    async remove(at, ask, name) {
      const before = await trustOf(at, ask, name)
      const { servicePrincipal } = await namesOf(at, before)
      await removeTrust(at, ask.actor, servicePrincipal, before.cutename)
    },
  },
}

const missing = (path: string): FieldFault => ({ path, code: 'field.missing', message: 'is required' })
const immutable = (path: string): FieldFault => ({
  path,
  code: 'field.read_only',
  message: 'cannot change: remove the trust and make another',
})

async function trustOf(at: Registry, { caller }: KindAsk, name: string): Promise<Trust> {
  const trust = isId(name) ? await at.stores.trusts.get(caller.organisation, name) : null
  if (trust === null) throw registryFault('trust.unknown')
  return trust
}

function specOf(document: Manifest): Static<typeof Spec> {
  return (document.spec ?? {}) as Static<typeof Spec> // the route validated against this very schema
}

function stateOf(spec: Omit<Static<typeof Spec>, 'servicePrincipal' | 'provider'>) {
  return {
    displayName: spec.displayName ?? null,
    description: spec.description ?? null,
    condition: spec.condition === undefined || spec.condition === '' ? null : spec.condition,
    scopedRoleIds: spec.scopedRoleIds ?? [],
    allowSourceCidrs: spec.allowSourceCidrs ?? [],
    passthroughClaims: spec.passthroughClaims ?? [],
    allowedResources: spec.allowedResources ?? [],
    allowedScopes: spec.allowedScopes ?? [],
    tokenLifetimeSeconds: spec.tokenLifetimeSeconds ?? null,
    capLifetimeToSubject: spec.capLifetimeToSubject === true,
    // Lists of JSON objects, as the schema says.
    examples: (spec.examples ?? []) as JsonObject[],
    enabled: spec.disabled !== true,
  }
}

async function namesOf({ stores }: Registry, { principal, provider }: Trust) {
  return {
    servicePrincipal: (await stores.servicePrincipals.getByUid(principal))?.id ?? principal,
    provider: (await stores.providers.getByUid(provider))?.id ?? provider,
  }
}

const orUnset = <T>(list: readonly T[]) => (list.length === 0 ? null : list)

async function toDocument(at: Registry, trust: Trust): Promise<Manifest> {
  const owner = await at.stores.organisations.get(trust.organisation)
  const spec = {
    ...(await namesOf(at, trust)),
    displayName: trust.displayName ?? trust.id,
    description: trust.description,
    condition: trust.condition,
    scopedRoleIds: orUnset(trust.scopedRoleIds),
    allowSourceCidrs: orUnset(trust.allowSourceCidrs),
    passthroughClaims: orUnset(trust.passthroughClaims),
    allowedResources: orUnset(trust.allowedResources),
    allowedScopes: orUnset(trust.allowedScopes),
    tokenLifetimeSeconds: trust.tokenLifetimeSeconds,
    capLifetimeToSubject: trust.capLifetimeToSubject ? true : null,
    examples: orUnset(trust.examples),
    disabled: trust.enabled ? null : true,
  }
  const ready = trust.enabled
    ? { type: 'Ready', status: 'True' as const, reason: 'Usable', message: 'Tokens may be exchanged.' }
    : { type: 'Ready', status: 'False' as const, reason: 'Disabled', message: 'The trust is disabled.' }
  const clientId = owner === null ? null : clientIdOf(trust.cutename, audienceOf(owner, at.publicUrl), 'wfe')
  return manifestOf('Trust', trust.organisation, trust, spec, { clientId, conditions: [ready] })
}
