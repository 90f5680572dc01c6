/** Translation between the registry's records and the wire: pure, and total in both directions. */
import type { Static } from 'typebox'
import type { JsonObject } from '../../json.ts'
import type { ProviderDraft } from '../../registry/drafts.ts'
import type { Provider } from '../../registry/provider.ts'
import { shownName } from '../../registry/provider-view.ts'
import type { StepUpTransaction } from '../../registry/step-up-transaction.ts'
import type { Words } from '../google-rpc/errors.ts'
import { withoutUnset } from '../google-rpc/unset.ts'
import { type CreateProvider, MICROSOFT_FIELDS, MODE_PREFIX, OAUTH2_FIELDS, STATE_PREFIX } from './wire.ts'

/** Core path → wire path; what is not here is spelt alike. */
export const WORDS: Words = {
  issuer: 'issuerUrl',
  'oidc.clientId': 'clientId',
  'oidc.clientSecret': 'clientSecret',
  'oidc.oauth2': 'oauth2',
  'oidc.microsoft': 'microsoft',
}

export function fromProvider(provider: Provider): object {
  const { clientId, oauth2, microsoft } = provider.settings
  return withoutUnset({
    id: provider.id,
    displayName: shownName(provider),
    issuerUrl: provider.issuer,
    clientId,
    enabled: provider.enabled,
    oauth2: shownBlock(oauth2, OAUTH2_FIELDS),
    microsoft: shownBlock(microsoft, MICROSOFT_FIELDS),
    createdAt: provider.createdAt.toISOString(),
    updatedAt: provider.updatedAt.toISOString(),
    lastTestedAt: provider.lastTestedAt?.toISOString(),
  })
}

/** By name: what discovery found, and settings of other faces, are not this face's to show. */
function shownBlock(block: unknown, names: readonly string[]): object | null {
  if (typeof block !== 'object' || block === null) return null
  const own = new Map(Object.entries(block))
  const mode = own.get('validationMode')
  if (typeof mode === 'string') own.set('validationMode', MODE_PREFIX + mode)
  return withoutUnset(Object.fromEntries(names.map((name) => [name, own.get(name)])))
}

export function toProviderDraft(body: Static<typeof CreateProvider>): ProviderDraft {
  const { clientId, oauth2, microsoft } = body
  const settings = withoutUnset({ clientId, oauth2: givenBlock(oauth2), microsoft: givenBlock(microsoft) })
  return {
    use: 'step-up',
    id: null,
    displayName: body.displayName ?? null,
    description: null,
    enabled: true,
    known: null,
    issuer: body.issuerUrl || null,
    // The schema has let only JSON through.
    settings: { oidc: settings as JsonObject },
    // An empty secret is an unset one in this API's protobuf form.
    ...(body.clientSecret ? { secrets: { clientSecret: body.clientSecret } } : {}),
  }
}

/** A block as given, without what is unset in it. */
function givenBlock(block: Readonly<Record<string, unknown>> | null | undefined): Record<string, unknown> | null {
  if (block === null || block === undefined) return null
  return withoutUnset({ ...block, validationMode: toMode(block.validationMode) })
}

/** `MICROSOFT_VALIDATION_MODE_ACRS` → `ACRS`; unspecified is unset. */
export function toMode(mode: unknown): string | null {
  if (typeof mode !== 'string' || mode === `${MODE_PREFIX}UNSPECIFIED`) return null
  return mode.slice(MODE_PREFIX.length)
}

/** `providerId` is the registry's id of the provider behind the record's uid. */
export function fromTransaction(transaction: StepUpTransaction, providerId: string): object {
  const { target, claims } = transaction
  const approveTask =
    target.kind === 'task' ? { approveTask: { taskId: target.taskId, policyStepId: target.policyStepId } } : {}
  return withoutUnset({
    id: transaction.uid,
    userId: transaction.person,
    providerId,
    state: STATE_PREFIX + transaction.state.toUpperCase(),
    errorMessage: transaction.errorMessage,
    claims: Object.keys(claims).length === 0 ? null : claims,
    ...(target.kind === 'test' ? { test: {} } : approveTask),
    reason: transaction.reason,
    createdAt: transaction.createdAt.toISOString(),
    updatedAt: transaction.updatedAt.toISOString(),
    expiresAt: transaction.expiresAt.toISOString(),
  })
}
