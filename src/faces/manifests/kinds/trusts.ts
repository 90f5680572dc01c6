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
import { trustFindings } from '../../../registry/trust-lint.ts'
import { createTrust, removeTrust, searchTrusts, trustDraftFaults, updateTrust } from '../../../registry/trusts.ts'
import { defined, type Kind, type KindAsk } from '../kind.ts'
import { labelsOf, type Manifest, manifestOf, manifestSchema, versionOf } from '../manifest.ts'
import { listed } from '../paging.ts'
import { lintCondition } from '../status-conditions.ts'
import { type Neighbours, neighboursIn, readyOf } from './trust-neighbours.ts'

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
    acknowledgedLint: texts(
      'Lint rules whose findings are taken upon oneself, for this condition; an error refuses the write else.',
    ),
    disabled: Type.Optional(Type.Boolean({ description: 'A disabled trust rejects every exchange.' })),
  },
  { additionalProperties: false },
)

const Finding = Type.Object(
  {
    rule: Type.String(),
    severity: Type.String({ enum: ['error', 'warning', 'info'] }),
    message: Type.String(),
    fix: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: 'A narrower condition to put in its place.',
    }),
    witness: Type.Unsafe<object | null>({
      type: ['object', 'null'],
      description: 'Claims of a token that the condition lets in, and perhaps should not.',
    }),
    acknowledged: Type.Boolean({ description: 'Somebody has taken it upon themselves.' }),
  },
  { title: 'TrustFinding' },
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
  required: ['servicePrincipal', 'provider'],
  status: {
    clientId: Type.Optional(Type.String({ description: 'What a token request names.' })),
    lint: Type.Optional(Type.Array(Finding, { description: 'What lint says of it, the gravest first.' })),
  },
  filters: {
    provider: 'Name of a workload provider.',
    servicePrincipal: 'Name of a service principal.',
  },
  roles: { read: 'viewer', write: 'admin' },
  words: { enabled: 'disabled' },
  list({ registry, pageTokens }, ask) {
    const { provider, servicePrincipal } = ask.query
    const search = defined({ provider, principal: servicePrincipal })
    const neighbours = neighboursIn(registry)
    return listed(pageTokens, ask, {
      question: `trusts ${JSON.stringify(search)}`,
      read: (page) => searchTrusts(registry, ask.caller.organisation, page, search),
      key: ({ uid }) => uid,
      labels: ({ labels }) => labels,
      show: (trust) => toDocument(trust, neighbours, registry),
    })
  },
  async get({ registry }, ask, name) {
    return toDocument(await trustOf(registry, ask, name), neighboursIn(registry), registry)
  },
  write: {
    async find(at, { caller }, name) {
      const trust = await at.stores.trusts.get(caller.organisation, name)
      return trust === null ? null : await toDocument(trust, neighboursIn(at), at)
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
      const named = { id: document.metadata.name ?? null, provider: provider ?? '' }
      const draft = { ...named, ...stateOf(fields), ...labelsOf(document) }
      if (faults.length > 0 || servicePrincipal === undefined) {
        const others = await trustDraftFaults(at, caller.organisation, draft)
        // What is not there is missing, and not unknown.
        throw invalidFields([...faults, ...others.filter(({ path }) => path !== 'provider' || provider !== undefined)])
      }
      return await toDocument(await createTrust(at, actor, caller, servicePrincipal, draft), neighboursIn(at), at)
    },
    async replace(at, ask, name, document) {
      const { servicePrincipal, provider, ...fields } = specOf(document)
      const before = await trustOf(at, ask, name)
      const neighbours = neighboursIn(at)
      const owner = await neighbours.principal(before)
      const issuer = await neighbours.provider(before)
      const names = { servicePrincipal: owner?.id, provider: issuer?.id }
      const faults: FieldFault[] = []
      if (servicePrincipal === undefined) faults.push(missing('servicePrincipal'))
      else if (servicePrincipal !== names.servicePrincipal) faults.push(immutable('servicePrincipal'))
      if (provider === undefined) faults.push(missing('provider'))
      else if (provider !== names.provider) faults.push(immutable('provider'))
      if (faults.length > 0 || servicePrincipal === undefined) throw invalidFields(faults)
      const state = stateOf(fields)
      const change = {
        ...state,
        displayName: state.displayName === shownName(before) ? undefined : state.displayName,
        ...labelsOf(document),
        ...versionOf(document),
      }
      const { actor, caller } = ask
      const updated = await updateTrust(at, actor, caller, servicePrincipal, before.cutename, defined(change))
      return await toDocument(updated, neighboursIn(at), at)
    },
    // An acknowledgement is of one condition: who changes that gives it again.
    beneath(before, patch) {
      const { acknowledgedLint: _, ...spec } = before.spec ?? {}
      const { condition = spec.condition } = Object(Object(patch).spec)
      return condition === spec.condition ? before : { ...before, spec }
    },
    async remove(at, ask, name) {
      const before = await trustOf(at, ask, name)
      const owner = await neighboursIn(at).principal(before)
      if (owner === null) throw registryFault('trust.unknown')
      await removeTrust(at, ask.actor, owner.id, before.cutename)
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
    acknowledgedLint: spec.acknowledgedLint ?? [],
    enabled: spec.disabled !== true,
  }
}

function shownName({ displayName, id }: Trust): string {
  return displayName ?? id
}

const orUnset = <T>(list: readonly T[]) => (list.length === 0 ? null : list)

async function toDocument(trust: Trust, neighbours: Neighbours, at: Registry): Promise<Manifest> {
  const [owner, principal, provider] = await Promise.all([
    neighbours.organisation(trust),
    neighbours.principal(trust),
    neighbours.provider(trust),
  ])
  const spec = {
    servicePrincipal: principal?.id ?? trust.principal,
    provider: provider?.id ?? trust.provider,
    displayName: shownName(trust),
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
    acknowledgedLint: orUnset(trust.acknowledgedLint),
    disabled: trust.enabled ? null : true,
  }
  const audience = owner === null ? null : audienceOf(owner, at.publicUrl)
  const clientId = audience === null ? null : clientIdOf(trust.cutename, audience, 'wfe')
  const lint = audience === null || provider === null ? [] : await trustFindings(trust, provider, audience)
  const conditions = [readyOf(trust, principal, provider, at.now()), ...lintCondition(lint, trust.updatedAt)]
  return manifestOf('Trust', trust.organisation, trust, spec, { clientId, conditions, lint: orUnset(lint) })
}
