/** The rules of a step-up provider. Source: the step-up page and its API's description; CONTRACT.md section 3. */
import type { JsonObject } from '../json.ts'
import type { ProviderDraft } from './drafts.ts'
import { fieldFault } from './faults.ts'
import { idFaults } from './names.ts'
import { type ProviderVerdict, parseBlock } from './provider-rules.ts'
import type { Registry } from './registry.ts'
import { labelFaults, nameFaults } from './texts.ts'
import { judgeIssuer } from './workforce-rules.ts'

/** Every fault of the draft, or what it says; the issuer of a Microsoft provider follows from its tenant. */
export function judgeStepUpProvider(
  draft: ProviderDraft,
  at: Pick<Registry, 'protocols' | 'allowsPlainHttp'>,
): ProviderVerdict {
  const faults = [...idFaults(draft.id), ...nameFaults(draft), ...labelFaults(draft.labels)]
  if ((draft.displayName ?? '').trim() === '') faults.push(fieldFault('field.required', 'displayName', 'is required'))
  const given = draft.settings.oidc ?? {}
  const kind = kindOf(given)
  if (kind === null) {
    const message = 'or microsoft is required, and not both'
    faults.push(fieldFault('step_up.settings_missing', 'oidc.oauth2', message))
  }
  const parsed = parseBlock(at.protocols, 'step-up', 'oidc', given)
  faults.push(...parsed.faults)
  const typed = draft.issuer === '' ? null : draft.issuer
  // Of a tenant that is none follows no issuer to find fault with.
  if (typed === null && parsed.faults.some(({ path }) => path === TENANT)) return { faults }
  const issuer = judgeIssuer(typed ?? issuerOfTenant(parsed.settings), parsed.settings, MICROSOFT(kind), at, faults)
  if (faults.length > 0 || kind === null || issuer === null) return { faults }
  const { typed: typedIssuer, normalised } = issuer
  return { judged: { known: kind, protocol: 'oidc', issuer: normalised, typedIssuer, settings: parsed.settings } }
}

const TENANT = 'oidc.microsoft.tenant'
const MICROSOFT = (kind: string | null) => (kind === 'MICROSOFT' ? { name: 'ENTRA_ID', issuer: null } : null)

/** `OAUTH2` or `MICROSOFT` by the one block that is there; null for none and for both. */
export function kindOf({ oauth2, microsoft }: JsonObject): 'OAUTH2' | 'MICROSOFT' | null {
  const isOauth2 = oauth2 !== undefined && oauth2 !== null
  const isMicrosoft = microsoft !== undefined && microsoft !== null
  if (isOauth2 === isMicrosoft) return null
  return isOauth2 ? 'OAUTH2' : 'MICROSOFT'
}

/** Source: Microsoft identity platform, "OpenID Connect", issuer of v2.0 endpoints. */
export function issuerOfTenant({ microsoft }: JsonObject): string | null {
  const tenant = typeof microsoft === 'object' && microsoft !== null && 'tenant' in microsoft ? microsoft.tenant : null
  return typeof tenant === 'string' ? `https://login.microsoftonline.com/${tenant}/v2.0` : null
}
