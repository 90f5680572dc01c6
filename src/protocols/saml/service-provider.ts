/** Who we are to a SAML identity provider: an entity of our own for each, at its own addresses. Source: CONTRACT.md section 1. */
import type { Provider } from '../../registry/provider.ts'
import { type Signer, signed, unsigned } from './sign-xml.ts'
import { documentOf, spEntity } from './write-metadata.ts'

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
  /** Publishes keys for encryption: many providers encrypt as soon as they see one. */
  readonly wantAssertionsEncrypted: boolean
  /** Ours, DER in base64: the one in use and the next. */
  readonly certificates: readonly string[]
}

/** Our metadata for the administrator of the provider; with a signer, they carry its signature. */
export async function writeOurMetadata(
  us: ServiceProvider,
  settings: ServiceProviderSettings,
  signer: Signer | null,
): Promise<string> {
  const { nameIdFormat, authnRequestsSigned, wantAssertionsEncrypted, certificates } = settings
  const entity = spEntity({
    ...us,
    nameIdFormat,
    // The response may be signed as well; what counts is that a signature covers the assertion.
    wantAssertionsSigned: true,
    authnRequestsSigned,
    signingCertificates: certificates,
    // Of several keys a provider takes any: the next one is not for encryption before its turn.
    encryptionCertificates: wantAssertionsEncrypted ? certificates.slice(0, 1) : [],
  })
  return documentOf(signer === null ? unsigned(entity) : await signed(entity, signer))
}
