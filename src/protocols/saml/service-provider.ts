/** Who we are to a SAML identity provider: an entity of our own for each, at its own addresses. Source: CONTRACT.md section 1. */
import type { Provider } from '../../registry/provider.ts'
import { writeSpMetadata } from './write-metadata.ts'

export interface ServiceProvider {
  /** Our metadata URL, too. */
  readonly entityId: string
  /** Where responses go; the Recipient they must name. */
  readonly acsUrl: string
  readonly sloUrl: string
}

/** Our entity for the provider. */
export function serviceProviderOf(
  publicUrl: string,
  { organisation, id }: Pick<Provider, 'organisation' | 'id'>,
): ServiceProvider {
  const at = `${publicUrl}/saml/${organisation}/${id}`
  return { entityId: `${at}/metadata`, acsUrl: `${at}/acs`, sloUrl: `${at}/slo` }
}

export interface ServiceProviderSettings {
  readonly nameIdFormat: string | null
  readonly authnRequestsSigned: boolean
  /** Publishes a key for encryption: many providers encrypt as soon as they see one. */
  readonly wantAssertionsEncrypted: boolean
  /** Ours, DER in base64. */
  readonly certificate: string
}

/** Our metadata for the administrator of the provider. */
export function writeOurMetadata(
  { entityId, acsUrl, sloUrl }: ServiceProvider,
  settings: ServiceProviderSettings,
): string {
  const { nameIdFormat, authnRequestsSigned, wantAssertionsEncrypted, certificate } = settings
  return writeSpMetadata({
    entityId,
    acsUrl,
    sloUrl,
    nameIdFormat,
    // The response may be signed as well; what counts is that a signature covers the assertion.
    wantAssertionsSigned: true,
    authnRequestsSigned,
    signingCertificates: [certificate],
    encryptionCertificates: wantAssertionsEncrypted ? [certificate] : [],
  })
}
