/** Kind WorkforceIdentityProvider, exactly as its page, and our extras. Source: docs/sources/workforce-manifest.txt. */

import { Fault, type FieldFault, invalidFields, throwFields } from '../../../fault.ts'
import type { JsonObject } from '../../../json.ts'
import { normaliseIssuer } from '../../../registry/issuer.ts'
import type { Provider } from '../../../registry/provider.ts'
import { shownMapping } from '../../../registry/provider-view.ts'
import { createProvider, getProvider, updateProvider } from '../../../registry/providers.ts'
import type { Registry } from '../../../registry/registry.ts'
import { defined, type Kind } from '../kind.ts'
import { labelsOf, type Manifest, manifestOf, manifestSchema, versionOf } from '../manifest.ts'
import {
  changedName,
  lintedStatus,
  type ProviderKind,
  providerBasics,
  replacedSettings,
  scopeOf,
  secretOf,
  TestedStatus,
} from './provider-kind.ts'
import {
  fieldsOf,
  SEEN_SETTINGS,
  settingsOf,
  specOfProvider,
  WORKFORCE_WORDS,
  WorkforceSpec,
  type WorkforceSpecValue,
} from './workforce-spec.ts'

const EXAMPLE = {
  apiVersion: 'entente.dev/v1',
  kind: 'WorkforceIdentityProvider',
  metadata: { name: 'google-workspace' },
  spec: {
    description: 'Employees',
    attributeMapping: [
      { key: 'google.subject', value: 'assertion.sub' },
      { key: 'google.groups', value: 'assertion.groups' },
    ],
    attributeCondition: 'assertion.hd == "example.com"',
    oidc: {
      issuerUri: 'https://accounts.google.com',
      clientId: 'client-id-of-google',
      webSsoConfig: { responseType: 'CODE', assertionClaimsBehavior: 'ONLY_ID_TOKEN_CLAIMS', additionalScopes: [] },
    },
  },
}

const kind: ProviderKind = {
  use: 'workforce',
  protocols: ['oidc', 'saml'],
  plural: 'workforceidentityproviders',
  toDocument,
}
const { list, get, find, remove } = providerBasics(kind)

const MAPPED = 'attributeMapping.'
const MAPPER_TYPE = /^(mappers\[\d+\])\.type$/
/** Settings of other faces that stand for a part of the metadata. */
const SAID_BY_METADATA = ['ssoUrl', 'sloUrl', 'signingCertificate'] as const

export const workforceIdentityProviders: Kind = {
  kind: 'WorkforceIdentityProvider',
  plural: kind.plural,
  namespaced: true,
  summary: 'List identity providers that people sign in with',
  document: manifestSchema('WorkforceIdentityProvider', WorkforceSpec, EXAMPLE),
  status: TestedStatus,
  filters: {},
  roles: { read: 'viewer', write: 'admin' },
  words: WORKFORCE_WORDS,
  list,
  get,
  write: {
    find,
    remove,
    ...secretOf(kind),
    async test({ registry, beginTest }, { caller }, name) {
      return { redirectUrl: beginTest(await getProvider(registry, caller.organisation, name, scopeOf(kind))) }
    },
    async create(at, { actor, caller }, document) {
      const spec = specOf(document)
      const draft = {
        use: 'workforce' as const,
        id: document.metadata.name ?? null,
        displayName: spec.displayName ?? null,
        description: spec.description ?? null,
        enabled: spec.disabled !== true,
        known: null,
        issuer: spec.oidc?.issuerUri ?? null,
        settings: settingsOf(spec, null),
        ...fieldsOf(spec, caller.operator),
        ...labelsOf(document),
      }
      return await inListPlaces(spec, async () => toDocument(at, await createProvider(at, actor, draft)))
    },
    async replace(at, ask, name, document) {
      const spec = specOf(document)
      const before = await getProvider(at, ask.caller.organisation, name, scopeOf(kind))
      const change = {
        displayName: changedName(before, spec.displayName),
        description: spec.description ?? null,
        enabled: spec.disabled !== true,
        ...issuerOf(at, before, spec),
        settings: changedSettings(at, before, spec),
        ...changedFields(before, spec, ask.caller.operator),
        ...labelsOf(document),
        ...versionOf(document),
      }
      return await inListPlaces(spec, async () =>
        toDocument(at, await updateProvider(at, ask.actor, ask.caller, scopeOf(kind), name, defined(change))),
      )
    },
  },
}

function specOf(document: Manifest): WorkforceSpecValue {
  const spec = (document.spec ?? {}) as WorkforceSpecValue // the route validated against this very schema
  const keys = new Set<string>()
  const faults: FieldFault[] = []
  for (const [index, { key }] of (spec.attributeMapping ?? []).entries()) {
    const path = `attributeMapping[${index}].key`
    if (keys.has(key)) faults.push({ path, code: 'field.invalid', message: 'stands in the list already' })
    keys.add(key)
  }
  throwFields(faults)
  return spec
}

/** Faults of the mapping name the entry of the list, and which half of it is wrong; those of a mapper's type, our word for it. */
async function inListPlaces<T>({ attributeMapping = [] }: WorkforceSpecValue, work: () => Promise<T>): Promise<T> {
  const placeOf = ({ path, code }: FieldFault) => {
    const key = path.startsWith(MAPPED) ? path.slice(MAPPED.length) : null
    // The registry names long keys by their beginning.
    const index = attributeMapping.findIndex((entry) => key !== null && entry.key.startsWith(key))
    if (index < 0) return path.replace(MAPPER_TYPE, '$1.identityProviderMapper')
    return `attributeMapping[${index}].${code === 'mapping.key_unknown' ? 'key' : 'value'}`
  }
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const fields = error.fields.map((field) => ({ ...field, path: placeOf(field) }))
    throw new Fault(error.kind, error.code, error.message, { fields, cause: error.cause })
  }
}

/** A replacing document without a block has none: that is a contradiction, and named as one. */
function changedSettings(at: Registry, before: Provider, spec: WorkforceSpecValue): Record<string, JsonObject> {
  const own = before.protocol === 'saml' ? 'saml' : 'oidc'
  const other = own === 'saml' ? 'oidc' : 'saml'
  if (spec[own] === undefined && spec[other] === undefined) {
    throw invalidFields([{ path: own, code: 'field.missing', message: 'is required' }])
  }
  const shown = settingsOf(specOfProvider(before, metadataOf(at, before)), before)[own] ?? {}
  const given = settingsOf(spec, before)
  const changed = given[own] === undefined ? {} : replacedSettings(SEEN_SETTINGS[own], given[own], shown)
  // What the new metadata say must not be overridden by what was typed from the old ones elsewhere.
  const outdated = typeof changed.metadataXml === 'string' ? SAID_BY_METADATA : []
  const all = { ...changed, ...Object.fromEntries(outdated.map((name) => [name, null])) }
  return {
    // Only JSON went in.
    ...(Object.keys(all).length === 0 ? {} : { [own]: all as JsonObject }),
    ...(given[other] === undefined ? {} : { [other]: given[other] }),
  }
}

/** What is sent back as it was shown is no change, so that a default stays one. */
function changedFields(before: Provider, spec: WorkforceSpecValue, operator: boolean) {
  const fields = fieldsOf(spec, operator)
  const isSameMapping = JSON.stringify(fields.attributeMapping) === JSON.stringify(shownMapping(before))
  const isSameDomains = JSON.stringify(fields.domains) === JSON.stringify(before.domains)
  return {
    ...fields,
    attributeMapping: isSameMapping ? undefined : fields.attributeMapping,
    domains: isSameDomains ? undefined : fields.domains,
  }
}

function issuerOf(at: Registry, before: Provider, { oidc }: WorkforceSpecValue): { issuer?: string } {
  if (oidc === undefined) return {}
  const typed = oidc.issuerUri ?? ''
  const options = { allowsPlainHttp: at.allowsPlainHttp, takesTemplate: true }
  const normalised = normaliseIssuer(typed, options)
  return 'issuer' in normalised && normalised.issuer === before.issuer ? {} : { issuer: typed }
}

function metadataOf(at: Registry, provider: Provider): string | null {
  const { metadataXml } = provider.settings
  if (typeof metadataXml === 'string') return metadataXml
  return at.protocols[provider.protocol]?.describeUpstream?.(provider) ?? null
}

function toDocument(at: Registry, provider: Provider): Manifest {
  const metadataXml = provider.protocol === 'saml' ? metadataOf(at, provider) : null
  const status = { ...lintedStatus(provider, at.now()), lastTestedAt: provider.lastTestedAt?.toISOString() }
  const spec = specOfProvider(provider, metadataXml)
  return manifestOf('WorkforceIdentityProvider', provider.organisation, provider, spec, status)
}
