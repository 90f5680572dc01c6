/** Kind WorkloadProvider: issuers of tokens of jobs and workloads. Source: CONTRACT.md section 3. */
import { type Static, Type } from 'typebox'
import type { JsonObject } from '../../../json.ts'
import { normaliseIssuer } from '../../../registry/issuer.ts'
import type { Provider } from '../../../registry/provider.ts'
import { shownName } from '../../../registry/provider-view.ts'
import { createProvider, getProvider, updateProvider } from '../../../registry/providers.ts'
import type { Registry } from '../../../registry/registry.ts'
import { defined, type Kind, withoutUnset } from '../kind.ts'
import { labelsOf, type Manifest, manifestOf, manifestSchema, versionOf } from '../manifest.ts'
import {
  changedName,
  LintStatus,
  lintedStatus,
  type ProviderKind,
  providerBasics,
  replacedSettings,
  scopeOf,
} from './provider-kind.ts'

const closed = { additionalProperties: false } as const
const text = (description: string) => Type.Optional(Type.String({ description }))

const OIDC = {
  jwksJson: text('Uploaded JSON Web Key Set as JSON text; the issuer is then not asked for its keys.'),
  allowedAudiences: Type.Optional(
    Type.Array(Type.String(), { description: 'Accepted beside the organisation’s own.' }),
  ),
  caPem: text('PEM of the authorities behind the issuer’s TLS certificate.'),
  maxTokenAgeSeconds: Type.Optional(Type.Integer({ description: 'How long after `iat` a token is taken.' })),
  singleUse: Type.Optional(Type.Boolean({ description: 'Each `jti` is taken once.' })),
}
const SPIFFE = {
  bundleEndpointUrl: text('https URL of the trust domain’s bundle.'),
  profile: text('Profile of the bundle endpoint: https_web.'),
  bundleJson: text('Uploaded SPIFFE bundle as JSON text; the endpoint is then not asked.'),
}
const BLOCKS = { oidc: Object.keys(OIDC), spiffe: Object.keys(SPIFFE) } as const

const KNOWN = ['CUSTOM', 'GITHUB_ACTIONS', 'GITLAB_CI', 'HCP_TERRAFORM', 'AWS_IAM_OUTBOUND', 'KUBERNETES', 'SPIFFE']

const Spec = Type.Object(
  {
    displayName: text('Shown in lists; the name, where it is left out.'),
    description: text('What the provider is for.'),
    issuer: text('https URL checked by discovery, or the spiffe URI of the trust domain. Immutable.'),
    knownProvider: Type.Optional(Type.String({ enum: KNOWN, description: 'Immutable.' })),
    disabled: Type.Optional(Type.Boolean({ description: 'A disabled provider rejects every exchange.' })),
    oidc: Type.Optional(Type.Object(OIDC, closed)),
    spiffe: Type.Optional(Type.Object(SPIFFE, closed)),
  },
  closed,
)

const EXAMPLE = {
  apiVersion: 'entente.dev/v1',
  kind: 'WorkloadProvider',
  metadata: { name: 'github' },
  spec: { issuer: 'https://token.actions.githubusercontent.com', knownProvider: 'GITHUB_ACTIONS', oidc: {} },
}

const kind: ProviderKind = { use: 'workload', protocols: ['oidc', 'spiffe'], plural: 'workloadproviders', toDocument }
const { list, get, find, remove } = providerBasics(kind)

export const workloadProviders: Kind = {
  kind: 'WorkloadProvider',
  plural: kind.plural,
  namespaced: true,
  summary: 'List workload providers',
  document: manifestSchema('WorkloadProvider', Spec, EXAMPLE),
  required: ['issuer', 'knownProvider'],
  filters: {},
  roles: { read: 'viewer', write: 'admin' },
  status: LintStatus,
  words: { known: 'knownProvider', enabled: 'disabled' },
  list,
  get,
  write: {
    find,
    remove,
    async create(at, { actor }, document) {
      const spec = specOf(document)
      const draft = {
        use: 'workload' as const,
        id: document.metadata.name ?? null,
        displayName: spec.displayName ?? null,
        description: spec.description ?? null,
        enabled: spec.disabled !== true,
        known: spec.knownProvider ?? null,
        issuer: spec.issuer ?? null,
        settings: blocksOf(spec),
        ...labelsOf(document),
      }
      return toDocument(at, await createProvider(at, actor, draft))
    },
    async replace(at, ask, name, document) {
      const spec = specOf(document)
      const before = await getProvider(at, ask.caller.organisation, name, scopeOf(kind))
      const change = {
        displayName: changedName(before, spec.displayName),
        description: spec.description ?? null,
        enabled: spec.disabled !== true,
        ...(isSameIssuer(before, spec.issuer) ? {} : { issuer: spec.issuer ?? '' }),
        ...(spec.knownProvider === before.known ? {} : { known: spec.knownProvider ?? null }),
        settings: changedBlocks(before, spec),
        ...labelsOf(document),
        ...versionOf(document),
      }
      return toDocument(at, await updateProvider(at, ask.actor, ask.caller, scopeOf(kind), name, defined(change)))
    },
  },
}

function specOf(document: Manifest): Static<typeof Spec> {
  // The route validated against this very schema.
  return (document.spec ?? {}) as Static<typeof Spec>
}

/** The blocks that are there, as settings. */
function blocksOf({ oidc, spiffe }: Static<typeof Spec>) {
  // The schema has let only JSON through.
  return { ...(oidc === undefined ? {} : { oidc: oidc as JsonObject }), ...(spiffe === undefined ? {} : { spiffe }) }
}

/** Both blocks as they differ from what is shown; the other protocol's own is a contradiction that the registry names. */
function changedBlocks(before: Provider, spec: Static<typeof Spec>): Record<string, JsonObject> {
  const other = before.protocol === 'oidc' ? 'spiffe' : 'oidc'
  const own = before.protocol === 'oidc' ? 'oidc' : 'spiffe'
  const changed = replacedSettings(BLOCKS[own], spec[own] ?? {}, before.settings)
  return {
    // The schema has let only JSON through.
    ...(Object.keys(changed).length === 0 ? {} : { [own]: changed as JsonObject }),
    ...(spec[other] === undefined ? {} : { [other]: spec[other] as JsonObject }),
  }
}

function isSameIssuer(before: Provider, typed: string | undefined): boolean {
  const normalised = normaliseIssuer(typed ?? '')
  return 'issuer' in normalised && normalised.issuer === before.issuer
}

function toDocument(at: Registry, provider: Provider): Manifest {
  const block = provider.protocol === 'spiffe' ? 'spiffe' : 'oidc'
  const settings = Object.fromEntries(BLOCKS[block].map((name) => [name, provider.settings[name]]))
  const spec = {
    displayName: shownName(provider),
    description: provider.description,
    issuer: provider.issuer,
    knownProvider: provider.known,
    disabled: provider.enabled ? null : true,
    [block]: withoutUnset(settings),
  }
  const status = { ...lintedStatus(provider, at.now()) }
  return manifestOf('WorkloadProvider', provider.organisation, provider, spec, status)
}
