/** Kind StepUpProvider: where a fresh, stronger proof comes from. Source: docs/sources/step-up.txt and its API's description. */
import { type Static, Type } from 'typebox'
import type { Json, JsonObject } from '../../../json.ts'
import { fieldFault, registryFault } from '../../../registry/faults.ts'
import { normaliseIssuer } from '../../../registry/issuer.ts'
import type { Provider } from '../../../registry/provider.ts'
import { shownName } from '../../../registry/provider-view.ts'
import { createProvider, getProvider, updateProvider } from '../../../registry/providers.ts'
import type { Registry } from '../../../registry/registry.ts'
import { createStepUpTest, stepUpUrlOf } from '../../../registry/step-up-transactions.ts'
import { defined, type Kind, withoutUnset } from '../kind.ts'
import { labelsOf, type Manifest, manifestOf, manifestSchema, versionOf } from '../manifest.ts'
import {
  changedName,
  lintedStatus,
  type ProviderKind,
  providerBasics,
  scopeOf,
  secretOf,
  TestedStatus,
} from './provider-kind.ts'

const closed = { additionalProperties: false } as const
const text = (description: string) => Type.Optional(Type.String({ description }))
const texts = (description: string) => Type.Optional(Type.Array(Type.String(), { description }))
const MODE = 'MICROSOFT_VALIDATION_MODE_'

const Spec = Type.Object(
  {
    displayName: text('Required.'),
    issuerUrl: text('The issuer; left out for Microsoft it follows from the tenant.'),
    clientId: text('The client id registered at the provider.'),
    clientSecret: text('Written, never shown; where it is left out, a stored one stays.'),
    enabled: Type.Optional(Type.Boolean({ default: true, description: 'Nobody proves anything at a disabled one.' })),
    oauth2: Type.Optional(Type.Object({ acrValues: texts('Asked for and expected back. Source: RFC 9470.') }, closed)),
    microsoft: Type.Optional(
      Type.Object(
        {
          tenant: text('GUID or domain of the Entra tenant.'),
          conditionalAccessIds: texts('C1 to C99; required for ACRS.'),
          validationMode: Type.Optional(
            Type.String({
              enum: [`${MODE}ACRS`, `${MODE}OIDC`, `${MODE}UNSPECIFIED`],
              description: 'Required: by authentication contexts, or by a fresh login alone.',
            }),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
)

const EXAMPLE = {
  apiVersion: 'entente.dev/v1',
  kind: 'StepUpProvider',
  metadata: { name: 'okta-step-up' },
  spec: {
    displayName: 'Okta',
    issuerUrl: 'https://example.okta.com',
    clientId: 'client-id-of-okta',
    oauth2: { acrValues: ['phr'] },
  },
}

const NAMELESS = fieldFault('field.required', 'displayName', 'is required')

const kind: ProviderKind = { use: 'step-up', protocols: ['oidc'], plural: 'stepupproviders', toDocument }
const { list, get, find, remove } = providerBasics(kind)

export const stepUpProviders: Kind = {
  kind: 'StepUpProvider',
  plural: kind.plural,
  namespaced: true,
  summary: 'List step-up providers',
  document: manifestSchema('StepUpProvider', Spec, EXAMPLE),
  required: ['displayName', 'clientId'],
  status: TestedStatus,
  filters: {},
  roles: { read: 'viewer', write: 'admin' },
  words: {
    issuer: 'issuerUrl',
    'oidc.clientId': 'clientId',
    'oidc.clientSecret': 'clientSecret',
    'oidc.oauth2': 'oauth2',
    'oidc.microsoft': 'microsoft',
  },
  list,
  get,
  write: {
    find,
    remove,
    ...secretOf(kind),
    async test({ registry }, { actor, caller }, name) {
      const provider = await getProvider(registry, caller.organisation, name, scopeOf(kind))
      return { redirectUrl: stepUpUrlOf(registry.publicUrl, await createStepUpTest(registry, actor, provider)) }
    },
    async create(at, { actor }, document) {
      const spec = specOf(document)
      const draft = {
        use: 'step-up' as const,
        id: document.metadata.name ?? null,
        displayName: spec.displayName ?? null,
        description: null,
        enabled: spec.enabled !== false,
        known: null,
        issuer: spec.issuerUrl ?? null,
        settings: { oidc: settingsOf(spec) },
        ...secretsOf(spec),
        ...labelsOf(document),
      }
      return toDocument(at, await createProvider(at, actor, draft))
    },
    async replace(at, ask, name, document) {
      const spec = specOf(document)
      const before = await getProvider(at, ask.caller.organisation, name, scopeOf(kind))
      const { displayName = '' } = spec
      if (displayName.trim() === '') throw registryFault('field.required', { fields: [NAMELESS] })
      const change = {
        displayName: changedName(before, displayName),
        enabled: spec.enabled !== false,
        ...issuerOf(at, before, spec),
        settings: { oidc: replacedBlocks(spec) },
        ...secretsOf(spec),
        ...labelsOf(document),
        ...versionOf(document),
      }
      return toDocument(at, await updateProvider(at, ask.actor, ask.caller, scopeOf(kind), name, defined(change)))
    },
  },
}

function specOf(document: Manifest): Static<typeof Spec> {
  return (document.spec ?? {}) as Static<typeof Spec> // the route validated against this very schema
}

function settingsOf({ clientId, oauth2, microsoft }: Static<typeof Spec>): JsonObject {
  const mode = microsoft?.validationMode?.slice(MODE.length)
  // The schema has let only JSON through.
  return withoutUnset({
    clientId,
    oauth2,
    microsoft:
      microsoft === undefined
        ? null
        : withoutUnset({ ...microsoft, validationMode: mode === 'UNSPECIFIED' ? null : mode }),
  }) as JsonObject
}

/** Everything that the document could say, so that what it does not say is taken away. */
function replacedBlocks(spec: Static<typeof Spec>): JsonObject {
  const { clientId = null, oauth2 = null, microsoft = null } = settingsOf(spec)
  const whole = (block: Json, names: readonly string[]) =>
    block === null ? null : { ...Object.fromEntries(names.map((name) => [name, null])), ...Object(block) }
  return {
    clientId,
    oauth2: whole(oauth2, ['acrValues']),
    microsoft: whole(microsoft, ['tenant', 'conditionalAccessIds', 'validationMode']),
  }
}

function secretsOf({ clientSecret }: Static<typeof Spec>) {
  return clientSecret === undefined ? {} : { secrets: { clientSecret } }
}

function issuerOf(at: Registry, before: Provider, { issuerUrl }: Static<typeof Spec>): { issuer?: string } {
  // Left out, it follows from the tenant, or stays.
  if (issuerUrl === undefined) return {}
  const normalised = normaliseIssuer(issuerUrl, { allowsPlainHttp: at.allowsPlainHttp, takesTemplate: true })
  return 'issuer' in normalised && normalised.issuer === before.issuer ? {} : { issuer: issuerUrl }
}

function toDocument(at: Registry, provider: Provider): Manifest {
  const { clientId, oauth2, microsoft } = provider.settings
  const { validationMode, ...tenant } = Object(microsoft)
  const spec = {
    displayName: shownName(provider),
    issuerUrl: provider.issuer,
    clientId,
    enabled: provider.enabled,
    oauth2,
    microsoft: microsoft === undefined ? null : { ...tenant, validationMode: `${MODE}${validationMode}` },
  }
  const status = { ...lintedStatus(provider, at.now()), lastTestedAt: provider.lastTestedAt?.toISOString() }
  return manifestOf('StepUpProvider', provider.organisation, provider, spec, status)
}
