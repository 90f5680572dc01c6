/** Writes metadata: of an identity provider as its settings say, and our own as a service provider. Source: SAML 2.0 Metadata §2.3–2.4. */
import { createHash } from 'node:crypto'
import { element, text } from './canonical.ts'
import { BINDINGS, type Binding, METADATA, PROTOCOL, SIGNATURE } from './names.ts'
import { type ToSign, unsigned } from './sign-xml.ts'

export interface IdpDescription {
  readonly entityId: string
  readonly ssoUrl: string
  /** Default: POST. */
  readonly ssoBinding?: Binding
  readonly sloUrl: string | null
  /** Default: POST. */
  readonly sloBinding?: Binding
  readonly nameIdFormats: readonly string[]
  readonly wantAuthnRequestsSigned?: boolean
  /** DER in base64. */
  readonly signingCertificates: readonly string[]
  readonly encryptionCertificates?: readonly string[]
}

export interface SpDescription {
  readonly entityId: string
  readonly acsUrl: string
  readonly sloUrl: string | null
  readonly nameIdFormat: string | null
  readonly wantAssertionsSigned: boolean
  readonly authnRequestsSigned: boolean
  /** DER in base64. */
  readonly signingCertificates: readonly string[]
  readonly encryptionCertificates: readonly string[]
}

/** The metadata of an identity provider; `readIdpMetadata` gives the same description back. */
export function writeIdpMetadata(idp: IdpDescription): string {
  const role = element(
    'md:IDPSSODescriptor',
    { WantAuthnRequestsSigned: `${idp.wantAuthnRequestsSigned ?? false}`, protocolSupportEnumeration: PROTOCOL },
    [
      ...keys('signing', idp.signingCertificates),
      ...keys('encryption', idp.encryptionCertificates ?? []),
      ...(idp.sloUrl === null ? [] : [endpoint('SingleLogoutService', idp.sloBinding ?? 'post', idp.sloUrl)]),
      ...idp.nameIdFormats.map((format) => element('md:NameIDFormat', {}, [text(format)])),
      endpoint('SingleSignOnService', idp.ssoBinding ?? 'post', idp.ssoUrl),
    ],
  )
  return documentOf(element('md:EntityDescriptor', { 'xmlns:md': METADATA, entityID: idp.entityId }, [role]))
}

/** Our metadata, for the administrator of an identity provider: where responses go, and what we sign and decrypt with. */
export function writeSpMetadata(sp: SpDescription): string {
  return documentOf(unsigned(spEntity(sp)))
}

/** The same as an element that can be signed; its ID is always the same. */
export function spEntity(sp: SpDescription): ToSign {
  const { acsUrl, sloUrl, nameIdFormat } = sp
  const role = element(
    'md:SPSSODescriptor',
    {
      AuthnRequestsSigned: `${sp.authnRequestsSigned}`,
      WantAssertionsSigned: `${sp.wantAssertionsSigned}`,
      protocolSupportEnumeration: PROTOCOL,
    },
    [
      ...keys('signing', sp.signingCertificates),
      ...keys('encryption', sp.encryptionCertificates),
      ...(sloUrl === null
        ? []
        : (['post', 'redirect'] as const).map((binding) => endpoint('SingleLogoutService', binding, sloUrl))),
      ...(nameIdFormat === null ? [] : [element('md:NameIDFormat', {}, [text(nameIdFormat)])]),
      endpoint('AssertionConsumerService', 'post', acsUrl, { index: '0', isDefault: 'true' }),
    ],
  )
  return {
    name: 'md:EntityDescriptor',
    attributes: { 'xmlns:md': METADATA, entityID: sp.entityId, ID: idOf(sp.entityId) },
    before: [],
    after: [role],
  }
}

/** An XML name: letters, digits and an underscore in front. */
function idOf(entityId: string): string {
  return `_${createHash('sha256').update(entityId).digest('hex').slice(0, 32)}`
}

export function documentOf(entity: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${entity}\n`
}

function endpoint(name: string, binding: Binding, url: string, more: Readonly<Record<string, string>> = {}): string {
  return element(`md:${name}`, { Binding: BINDINGS[binding], Location: url, ...more })
}

function keys(use: 'signing' | 'encryption', certificates: readonly string[]): string[] {
  return certificates.map((certificate) => {
    const x509 = element('ds:X509Certificate', {}, [text(certificate)])
    const info = element('ds:KeyInfo', { 'xmlns:ds': SIGNATURE }, [element('ds:X509Data', {}, [x509])])
    return element('md:KeyDescriptor', { use }, [info])
  })
}
