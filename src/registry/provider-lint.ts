/** Lint of providers: what may be stored, and is worth a word. Nothing here refuses a write. */
import { exampleFaults } from '../claims/examples.ts'
import { isOfAnother } from '../claims/lint/own-tokens.ts'
import { type ProviderRule, providerRules, type Severity } from '../claims/lint/rules.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Provider } from './provider.ts'
import { shownMapping } from './provider-view.ts'

export interface ProviderFinding {
  readonly rule: ProviderRule
  readonly severity: Severity
  readonly message: string
}

const rules: Readonly<Record<ProviderRule, (provider: Provider) => boolean | string>> = {
  'lint.signature_not_validated': ({ settings }) => settings.validateSignature === false,
  'lint.pkce_plain': ({ settings }) => settings.pkceMethod === 'plain',
  'lint.anyone_may_sign_in': isOpenToAll,
  'lint.links_by_email': ({ firstLogin, domains }) => firstLogin === 'link_verified_email' && domains.length === 0,
  'lint.email_as_subject': ({ protocol, settings }) => protocol === 'saml' && isEmail(settings),
  'lint.saml_issuer_not_pinned': ({ protocol, expectedIssuer }) => protocol === 'saml' && expectedIssuer === null,
  'lint.saml_sha1': ({ settings }) => settings.allowSha1 === true,
  'lint.saml_idp_initiated': ({ settings }) => settings.allowIdpInitiated === true,
  'lint.token_through_browser': ({ settings }) => settings.responseType === 'ID_TOKEN',
  'lint.no_level_asked': ({ use, settings }) => use === 'step-up' && !asksLevel(settings),
  'lint.audience_of_another_service': ({ use, settings }) =>
    use === 'workload' && (texts(settings.allowedAudiences).find(isOfAnother) ?? false),
  // Units: seconds; the longest that any known source needs.
  'lint.long_token_age': ({ use, settings }) => use === 'workload' && Number(settings.maxTokenAgeSeconds ?? 0) > 86_400,
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info']

/** What lint says of the provider, the gravest first. */
export function providerFindings(provider: Provider): ProviderFinding[] {
  // Sound: the keys of the table are its own.
  const findings = (Object.keys(rules) as ProviderRule[]).flatMap((rule) => {
    const found = rules[rule](provider)
    if (found === false) return []
    const { severity, says } = providerRules[rule]
    return [{ rule, severity, message: typeof found === 'string' ? `${says} It is ${found}.` : says }]
  })
  return findings.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
}

/** People whom nobody knows, as the providers that are open to the public show them. */
const STRANGERS: readonly { readonly isOf: (provider: Provider) => boolean; readonly claims: JsonObject }[] = [
  {
    isOf: ({ protocol, issuer }) => protocol === 'oidc' && issuer === 'https://accounts.google.com',
    claims: {
      iss: 'https://accounts.google.com',
      sub: '900000000000000000001',
      email: 'mallory@gmail.com',
      email_verified: true,
      name: 'Mallory',
    },
  },
  {
    isOf: ({ protocol, known }) => protocol === 'oauth2' && known === 'GITHUB',
    claims: { sub: '90000001', id: 90_000_001, login: 'mallory', email: 'mallory@example.org', name: 'Mallory' },
  },
  {
    // Microsoft's tenant of personal accounts.
    isOf: ({ settings }) => texts(settings.allowedTenants).includes('9188040d-6c67-4c5b-b112-36a304b66dad'),
    claims: {
      sub: 'AAAAAAAAAAAAAAAAAAAAAMallory',
      tid: '9188040d-6c67-4c5b-b112-36a304b66dad',
      oid: '00000000-0000-0000-0000-00000000cafe',
      email: 'mallory@outlook.com',
    },
  },
]

/** Asked of the condition itself, with the claims of somebody whom nobody knows. */
function isOpenToAll(provider: Provider): boolean {
  if (provider.use !== 'workforce' || provider.firstLogin === 'refuse') return false
  const stranger = STRANGERS.find(({ isOf }) => isOf(provider))
  if (stranger === undefined) return false
  const judge = { condition: provider.condition, mapping: shownMapping(provider) }
  return exampleFaults([{ claims: stranger.claims, expect: true }], 'examples', judge).length === 0
}

/** As attributes are called: by name, and by the object identifiers of RFC 4524 and of Microsoft. */
const EMAIL_ATTRIBUTE = /mail|upn$|userprincipalname|0\.9\.2342\.19200300\.100\.1\.3|emailaddress/i

function isEmail({ principalType, principalAttribute, nameIdFormat }: JsonObject): boolean {
  if (principalType === 'ATTRIBUTE' || principalType === 'FRIENDLY_ATTRIBUTE') {
    return typeof principalAttribute === 'string' && EMAIL_ATTRIBUTE.test(principalAttribute)
  }
  return typeof nameIdFormat === 'string' && nameIdFormat.endsWith(':emailAddress')
}

function asksLevel({ oauth2, microsoft }: JsonObject): boolean {
  const { acrValues } = Object(oauth2)
  const { conditionalAccessIds, validationMode } = Object(microsoft)
  // Microsoft's other mode asks for a fresh sign-in, and gets no less.
  return texts(acrValues).length > 0 || texts(conditionalAccessIds).length > 0 || validationMode === 'OIDC'
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
