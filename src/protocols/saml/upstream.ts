/** What is known of an identity provider: what was typed, and what its metadata say where nothing was. */
import type { JsonObject } from '../../json.ts'
import type { IdpMetadata } from './metadata.ts'
import type { Binding } from './names.ts'
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
