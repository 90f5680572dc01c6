/** Writes metadata: of an identity provider as its settings say, and our own as a service provider. Source: SAML 2.0 Metadata §2.3–2.4. */
import { BINDINGS, type Binding, METADATA, PROTOCOL, SIGNATURE } from './names.ts'
import { escapeXml } from './xml.ts'

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
      ...idp.nameIdFormats.map((format) => element('md:NameIDFormat', {}, [escapeXml(format)])),
      endpoint('SingleSignOnService', idp.ssoBinding ?? 'post', idp.ssoUrl),
    ],
  )
  return documentOf(idp.entityId, role)
}

/** Our metadata, for the administrator of an identity provider: where responses go, and what we sign and decrypt with. */
export function writeSpMetadata(sp: SpDescription): string {
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
      ...(nameIdFormat === null ? [] : [element('md:NameIDFormat', {}, [escapeXml(nameIdFormat)])]),
      endpoint('AssertionConsumerService', 'post', acsUrl, { index: '0', isDefault: 'true' }),
    ],
  )
  return documentOf(sp.entityId, role)
}

function documentOf(entityID: string, role: string): string {
  const entity = element('md:EntityDescriptor', { 'xmlns:md': METADATA, 'xmlns:ds': SIGNATURE, entityID }, [role])
  return `<?xml version="1.0" encoding="UTF-8"?>\n${entity}\n`
}

/** Values are escaped here; content is XML already. */
function element(name: string, attributes: Readonly<Record<string, string>>, content: readonly string[] = []): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
  const open = `<${name}${written.join('')}`
  return content.length === 0 ? `${open}/>` : `${open}>${content.join('')}</${name}>`
}

function endpoint(name: string, binding: Binding, url: string, more: Readonly<Record<string, string>> = {}): string {
  return element(`md:${name}`, { Binding: BINDINGS[binding], Location: url, ...more })
}

function keys(use: 'signing' | 'encryption', certificates: readonly string[]): string[] {
  return certificates.map((certificate) => {
    const x509 = element('ds:X509Certificate', {}, [escapeXml(certificate)])
    return element('md:KeyDescriptor', { use }, [element('ds:KeyInfo', {}, [element('ds:X509Data', {}, [x509])])])
  })
}
