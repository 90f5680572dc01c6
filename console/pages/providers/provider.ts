/** One provider as the pages show it, whichever API it came by. */
import type { Schema } from '../../../src/client/index.ts'
import { humanised } from '../../ui/words.ts'
import type { Use } from './use.ts'

export type Condition = Schema<'manifests.Condition'>
export type Finding = Schema<'manifests.ProviderFinding'>

export interface Provider {
  readonly use: Use
  readonly name: string
  readonly displayName: string
  /** Null where it has none that it could be named by. */
  readonly issuer: string | null
  readonly enabled: boolean
  readonly state: State
  /** Null: it is shown by the identity-providers API alone, which has no versions. */
  readonly resourceVersion: string | null
  readonly createdAt: string | null
  readonly lastTestedAt: string | null
  readonly spec: Readonly<Record<string, unknown>>
  readonly conditions: readonly Condition[]
  readonly lint: readonly Finding[]
}

/** What its condition `Ready` says, in a word. */
export interface State {
  readonly word: string
  readonly tone: 'good' | 'off' | 'bad'
}

type Document =
  | Schema<'manifests.WorkloadProvider'>
  | Schema<'manifests.WorkforceIdentityProvider'>
  | Schema<'manifests.StepUpProvider'>

/** Of a document of the manifests API. */
export function providerOf(use: Use, { metadata, spec = {}, status = {} }: Document): Provider {
  const shown: Readonly<Record<string, unknown>> = spec
  const conditions = status.conditions ?? []
  const ready = conditions.find(({ type }) => type === 'Ready')
  const tested = 'lastTestedAt' in status ? status.lastTestedAt : undefined
  const oidc: unknown = Object(shown.oidc).issuerUri
  const issuer = [shown.issuer, shown.issuerUrl, oidc, Object(shown.saml).idpEntityId].find(isText)
  return {
    use,
    name: metadata.name,
    displayName: spec.displayName ?? metadata.name,
    issuer: issuer ?? null,
    enabled: use === 'step-up' ? shown.enabled !== false : shown.disabled !== true,
    state: stateOf(ready),
    resourceVersion: metadata.resourceVersion,
    createdAt: metadata.creationTimestamp,
    lastTestedAt: tested ?? null,
    spec: shown,
    conditions,
    lint: status.lint ?? [],
  }
}

/** Of the identity-providers API, which alone shows providers without an issuer, GitHub among them. */
export function providerOfAlias(shown: Schema<'identity-providers.Provider'>): Provider {
  const { alias, display_name, enabled, config, internal_id: _, ...more } = shown
  const issuer = [config.issuer, config.idp_entity_id].find(isText)
  return {
    use: 'workforce',
    name: alias,
    displayName: display_name,
    issuer: issuer ?? null,
    enabled,
    state: enabled ? { word: 'Enabled', tone: 'good' } : { word: 'Disabled', tone: 'off' },
    resourceVersion: null,
    createdAt: null,
    lastTestedAt: null,
    spec: { ...more, ...config },
    conditions: [],
    lint: [],
  }
}

export function stateOf(ready: Pick<Condition, 'status' | 'reason'> | undefined): State {
  if (ready === undefined) return { word: 'Unknown', tone: 'off' }
  if (ready.status === 'True') return { word: 'Enabled', tone: 'good' }
  return { word: humanised(ready.reason), tone: ready.reason === 'Disabled' ? 'off' : 'bad' }
}

/** Those of the first list, and of the second what the first does not have; by name, as people read. */
export function merged(documents: readonly Provider[], others: readonly Provider[]): Provider[] {
  const known = new Set(documents.map(({ name }) => name))
  const all = [...documents, ...others.filter(({ name }) => !known.has(name))]
  return all.sort((a, b) => a.displayName.localeCompare(b.displayName, 'en') || a.name.localeCompare(b.name, 'en'))
}

/** Whether the text stands in one of the names, whatever its case. */
export function matches({ name, displayName, issuer }: Provider, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  return [name, displayName, issuer ?? ''].some((one) => one.toLowerCase().includes(wanted))
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
