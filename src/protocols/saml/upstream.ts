/** What is known of an identity provider: what was typed, and what its metadata say where nothing was. */
import type { JsonObject } from '../../json.ts'
import type { IdpMetadata } from './metadata.ts'
import { type Binding, PERSISTENT, TRANSIENT } from './names.ts'
import type { IdpDescription } from './write-metadata.ts'

/** What the metadata say, as it is stored in `settings.discovered`; members without a value are left out. */
export function discoveredOf(metadata: IdpMetadata): JsonObject {
  const { sloUrl, sloBinding, encryptionCertificates, validUntil } = metadata
  return {
    idpEntityId: metadata.entityId,
    ssoUrl: metadata.ssoUrl,
    ssoBinding: metadata.ssoBinding,
    ...(sloUrl === null || sloBinding === null ? {} : { sloUrl, sloBinding }),
    signingCertificate: metadata.signingCertificates.join(','),
    ...(encryptionCertificates.length === 0 ? {} : { encryptionCertificate: encryptionCertificates.join(',') }),
    nameIdFormats: metadata.nameIdFormats,
    wantAuthnRequestsSigned: metadata.wantAuthnRequestsSigned,
    ...(validUntil === null ? {} : { validUntil: validUntil.toISOString() }),
  }
}

/** The provider as its stored settings describe it; null where they do not name its entity, its address and its keys. */
export function upstreamOf(settings: JsonObject): IdpDescription | null {
  const found = isObject(settings.discovered) ? settings.discovered : {}
  const textOf = (name: string): string | null => {
    const value = settings[name] ?? found[name]
    return typeof value === 'string' ? value : null
  }
  const entityId = textOf('idpEntityId')
  const ssoUrl = textOf('ssoUrl')
  const signing = textOf('signingCertificate')
  if (entityId === null || ssoUrl === null || signing === null) return null
  const { nameIdFormat, postBindingAuthnRequest } = settings
  const formats = Array.isArray(found.nameIdFormats) ? found.nameIdFormats : []
  const chosen = typeof postBindingAuthnRequest === 'boolean' ? binding(postBindingAuthnRequest) : null
  return {
    entityId,
    ssoUrl,
    ssoBinding: chosen ?? bindingOf(found.ssoBinding),
    sloUrl: textOf('sloUrl'),
    sloBinding: bindingOf(found.sloBinding),
    nameIdFormats:
      typeof nameIdFormat === 'string'
        ? [nameIdFormat]
        : formats.filter((one): one is string => typeof one === 'string'),
    wantAuthnRequestsSigned: (settings.wantAuthnRequestsSigned ?? found.wantAuthnRequestsSigned) === true,
    signingCertificates: signing.split(','),
    encryptionCertificates: textOf('encryptionCertificate')?.split(',') ?? [],
  }
}

const binding = (isPost: boolean): Binding => (isPost ? 'post' : 'redirect')

function bindingOf(value: unknown): Binding {
  return binding(value !== 'redirect')
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a sign-in goes by. */
export interface SignInUpstream {
  /** Null: any issuer whose certificate signed. */
  readonly entityId: string | null
  readonly ssoUrl: string
  readonly ssoBinding: Binding
  readonly sloUrl: string | null
  readonly sloBinding: Binding
  /** Past it nothing that the metadata said counts any more; null: it is not said. */
  readonly validUntil: Date | null
  /** Null: none is asked for. */
  readonly nameIdFormat: string | null
  readonly pinsNameIdFormat: boolean
  readonly signsRequests: boolean
  readonly certificates: readonly string[]
  readonly allowSha1: boolean
  readonly wantAssertionsEncrypted: boolean
  readonly forceAuthn: boolean
  readonly contexts: readonly string[]
  readonly principal: Principal
}

/** Where the name stands that a person is known by. */
export type Principal = { readonly by: 'NameID' } | { readonly by: 'name' | 'friendlyName'; readonly attribute: string }

/** The provider as a sign-in goes by it; null where it has no address, or no certificate. */
export function signInUpstreamOf(settings: JsonObject): SignInUpstream | null {
  const found = isObject(settings.discovered) ? settings.discovered : {}
  const textOf = (name: string): string | null => {
    const value = settings[name] ?? found[name]
    return typeof value === 'string' ? value : null
  }
  const ssoUrl = textOf('ssoUrl')
  const signing = textOf('signingCertificate')
  if (ssoUrl === null || signing === null) return null
  const { postBindingAuthnRequest: isPost, nameIdFormat } = settings
  return {
    entityId: textOf('idpEntityId'),
    ssoUrl,
    ssoBinding: typeof isPost === 'boolean' ? binding(isPost) : bindingOf(found.ssoBinding),
    sloUrl: textOf('sloUrl'),
    // Who types an address takes redirects there.
    sloBinding: textOf('sloUrl') === found.sloUrl ? bindingOf(found.sloBinding) : 'redirect',
    validUntil: typeof found.validUntil === 'string' ? new Date(found.validUntil) : null,
    nameIdFormat: typeof nameIdFormat === 'string' ? nameIdFormat : offeredFormat(textsIn(found.nameIdFormats)),
    pinsNameIdFormat: settings.pinNameIdFormat === true,
    // Whoever does not ask for signed requests takes them too; the same default is shown by the faces.
    signsRequests: settings.wantAuthnRequestsSigned !== false,
    certificates: signing.split(','),
    allowSha1: settings.allowSha1 === true,
    wantAssertionsEncrypted: settings.wantAssertionsEncrypted === true,
    forceAuthn: settings.forceAuthn === true,
    contexts: textsIn(settings.authnContextClassRefs),
    principal: principalOf(settings),
  }
}

/** True where the metadata say that they do not count any more. */
export function isPast({ validUntil }: SignInUpstream, now: Date): boolean {
  return validUntil !== null && validUntil <= now
}

function principalOf({ principalType, principalAttribute: attribute }: JsonObject): Principal {
  if (typeof attribute !== 'string') return { by: 'NameID' }
  if (principalType === 'ATTRIBUTE') return { by: 'name', attribute }
  return principalType === 'FRIENDLY_ATTRIBUTE' ? { by: 'friendlyName', attribute } : { by: 'NameID' }
}

/** Persistent if the provider offers it or says nothing, else the first lasting one; a provider that has none is asked for none. */
function offeredFormat(offered: readonly string[]): string | null {
  if (offered.length === 0 || offered.includes(PERSISTENT)) return PERSISTENT
  return offered.find((format) => format !== TRANSIENT) ?? null
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}
